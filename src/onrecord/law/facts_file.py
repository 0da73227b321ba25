"""Read one person's facts from a file: YAML or JSON, `facts`, `closed` and `evidence`, or `scenarios` with many.

A fact is a value, a list, `{v: value, ev: [evidence]}` or `{conflict: [{v: .., ev: [..]}, ..]}`; `disputed` beside a
list `v` names the items of it that somebody denies; a range is `{min: .., max: ..}`; `closed` names the lists that the
coder calls complete (one of which nothing is stated is empty: there was none), `asked` the facts that were asked for in
vain. What does not fit is refused, in YAML with its line; the error names our own data, never what stood there.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from onrecord.errors import BadInput
from onrecord.law.model import Evidence, Fact, Facts, Value
from onrecord.law.reading.sections import at
from onrecord.law.values import read_value
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import UNKNOWN, UnknownField, ValueWrong, load_facts
from onrecord.words.strict_yaml import DataFile, DataFileWrong, Place, parse_data
from onrecord.words.vocabulary import NotInCodebook, nearest

FILE_KEYS = {"schema", "for", "scenarios"}
PERSON_KEYS = {"facts", "closed", "asked", "evidence"}
TOLD_KEYS = {"id", "title", "why", "expect", "expect_risks", "expect_no_risks"}
NAME = "facts"
MOST_CHARACTERS = 4_000_000  # thousands of scenarios
EXAMPLES = {
    "yesno": '"yes" or "no"',
    "country": "UA",
    "number_or_range": "17 or {min: 15, max: 17}",
    "date_or_range": '"2024-05-01" or "2024-05"',
}
NO_SUCH_VALUE = "this fact has no such value; write one like {}"


class FactsFileWrong(BadInput):
    """The file of facts is not written as one, and nothing of it was used."""

    next_step = "Correct it at the place shown. docs/LAW.md shows how such a file is written."

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint  # a line and names of our own data, never what stood there


class ScenarioNotNamed(BadInput):
    """The file holds several scenarios, or none of the name that was given."""

    next_step = "Name one of them with --scenario ID."


def read_facts(text: str, *, scenario: str | None = None) -> Facts:
    """Return the facts of a file, or of one scenario in it; raise FactsFileWrong or ScenarioNotNamed."""
    file = _parse(text)
    place = _person(file, scenario)
    given = _mapping(file, place, at(file, place))
    _check_keys(file, place, given, PERSON_KEYS | TOLD_KEYS | (FILE_KEYS if not place else set()))
    closed, asked = (_facts_named(file, (*place, key), given.get(key, [])) for key in ("closed", "asked"))
    for name in closed:
        if not load_facts()[name].is_list:
            raise _wrong(file, (*place, "closed"), "only a list can be complete, and this fact takes one value")
    stated = _mapping(file, (*place, "facts"), given.get("facts"))
    facts = {}
    for name in dict.fromkeys([*stated, *asked, *closed]):
        here: Place = (*place, "facts", name)
        _check_fact(file, here, name)
        fact = _fact(file, here, name, stated[name]) if name in stated else Fact()
        if name in asked and (not fact.is_missing or name in closed):
            reason = "this fact has a value, or is called complete; what was asked in vain has none"
            raise _wrong(file, (*place, "asked", given["asked"].index(name)), reason)
        facts[name] = replace(fact, asked=name in asked, closed=name in closed)
    return Facts(facts, _evidence(file, (*place, "evidence"), given.get("evidence", {})))


def _parse(text: str) -> DataFile:
    if len(text) > MOST_CHARACTERS:
        raise FactsFileWrong(f"it has more than {MOST_CHARACTERS} characters")
    if text.lstrip().startswith("{"):
        try:
            return DataFile(NAME, _whole(json.loads(text, object_pairs_hook=_no_key_twice)), {})
        except RecursionError:
            raise FactsFileWrong("lists stand too deep within each other") from None
        except ValueError:
            pass  # YAML may begin with a brace too; it says below what is wrong with it
    try:
        return parse_data(text, name=NAME)
    except DataFileWrong as error:
        raise FactsFileWrong(f"line {error.line}: {error.reason}") from None


def _whole(values: Any) -> Any:
    """Return values all of whose characters can be written; JSON alone may name half of one."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise FactsFileWrong("half of a character stands in it (\\ud800 to \\udfff without its other half)") from None
    return values


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise FactsFileWrong("a name is given twice")
    return dict(pairs)


def _person(file: DataFile, scenario: str | None) -> Place:
    scenarios = file.values.get("scenarios")
    if scenarios is None and scenario is None:
        return ()
    if not isinstance(scenarios, list) or scenario is None:
        raise ScenarioNotNamed
    found = [index for index, one in enumerate(scenarios) if isinstance(one, dict) and one.get("id") == scenario]
    if not found:
        raise ScenarioNotNamed
    if len(found) > 1:
        raise _wrong(file, ("scenarios", found[1], "id"), "a scenario before this one has the same id")
    return ("scenarios", found[0])


def _fact(file: DataFile, place: Place, name: str, given: Any) -> Fact:
    if isinstance(given, dict) and "conflict" in given:
        _check_keys(file, place, given, {"conflict"})
        return _in_conflict(file, (*place, "conflict"), name, given["conflict"])
    if isinstance(given, dict) and "disputed" in given:
        _check_keys(file, place, given, {"v", "ev", "disputed"})
        whole = _undisputed(file, place, name, {key: one for key, one in given.items() if key != "disputed"})
        return replace(whole, disputed=_disputed(file, (*place, "disputed"), name, given["disputed"], whole.values))
    return _undisputed(file, place, name, given)


def _disputed(file: DataFile, place: Place, name: str, given: Any, whole: tuple[Value, ...]) -> tuple[Value, ...]:
    if not load_facts()[name].is_list:
        raise _wrong(file, place, "this fact takes one value; where sources disagree about it, write {conflict: [..]}")
    items = _once(_value(file, (*place, index), name, item) for index, item in enumerate(_list(file, place, given)))
    if not items or not set(items) <= set(whole):
        raise _wrong(file, place, "a disputed item must stand in the list itself too, written alike")
    return items


def _in_conflict(file: DataFile, place: Place, name: str, given: Any) -> Fact:
    sides = [_undisputed(file, (*place, index), name, side) for index, side in enumerate(_list(file, place, given))]
    if len({frozenset(side.values) for side in sides}) < 2:
        raise _wrong(file, place, "sources that disagree say at least two different things")
    return Fact(_once(value for side in sides for value in side.values), _once_ids(sides), conflict=True)


def _undisputed(file: DataFile, place: Place, name: str, given: Any) -> Fact:
    evidence: list[str] = []
    if isinstance(given, dict) and "v" in given:
        _check_keys(file, place, given, {"v", "ev"})
        evidence = _names(file, (*place, "ev"), given.get("ev", []))
        place, given = (*place, "v"), given["v"]
    if load_facts()[name].is_list:
        items = _list(file, place, given)
        values = _once(_value(file, (*place, index), name, item) for index, item in enumerate(items))
    else:
        values = (_value(file, place, name, given),)
    return Fact(values, tuple(dict.fromkeys(evidence)))


def _value(file: DataFile, place: Place, name: str, given: Any) -> Value:
    """Return one value; a range of days has two ISO days, a means its mode (none is not known)."""
    text, mode = given, None
    if isinstance(given, dict) and set(given) == {"min", "max"}:
        separator = "/" if load_facts()[name].form == "date_or_range" else ".."
        text = f"{given['min']}{separator}{given['max']}"
    elif isinstance(given, dict) and set(given) <= {"means", "mode"} and "means" in given:
        text, mode = given["means"], given.get("mode")
    if mode is None and _has_modes(name):
        mode = UNKNOWN
    if not isinstance(text, str | int) or isinstance(text, bool) or not isinstance(mode, str | None):
        raise _wrong(file, place, NO_SUCH_VALUE.format(_example(name)))
    try:
        return read_value(name, str(text), mode)
    except (NotInCodebook, UnknownField, ValueWrong) as error:
        raise _wrong(file, place, NO_SUCH_VALUE.format(error.hint or _example(name))) from None


def _example(name: str) -> str:
    vocabulary = load_facts()[name].vocabulary
    if vocabulary is None:
        return EXAMPLES[load_facts()[name].form or ""]
    return next(iter(load_codebook().vocabulary(vocabulary).terms))


def _has_modes(name: str) -> bool:
    vocabulary = load_facts()[name].vocabulary
    return vocabulary is not None and load_codebook().vocabulary(vocabulary).mode is not None


def _evidence(file: DataFile, place: Place, given: Any) -> dict[str, Evidence]:
    evidence = {}
    for name, item in _mapping(file, place, given).items():
        _check_keys(file, (*place, name), _mapping(file, (*place, name), item), {"kind", "source", "grade"})
        grade = item.get("grade")
        if grade is not None and not (
            isinstance(grade, str) and len(grade) == 2 and grade[0] in "ABCDEF" and grade[1] in "123456"
        ):
            raise _wrong(file, (*place, name, "grade"), "a grade is A to F and 1 to 6, such as B3")
        source = item.get("source", "")
        if not isinstance(source, str | int) or isinstance(source, bool):
            raise _wrong(file, (*place, name, "source"), "the name of one source must stand here")
        evidence[name] = Evidence(name, str(source), grade)
    return evidence


def _mapping(file: DataFile, place: Place, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _wrong(file, place, "names with values must stand here")
    return given


def _list(file: DataFile, place: Place, given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise _wrong(file, place, "a list must stand here")
    return given


def _names(file: DataFile, place: Place, given: Any) -> list[str]:
    if not all(isinstance(name, str) for name in _list(file, place, given)):
        raise _wrong(file, place, "a list of names must stand here")
    return list(given)


def _check_keys(file: DataFile, place: Place, given: dict[str, Any], known: set[str]) -> None:
    for key in given:
        if key not in known:
            raise _wrong(file, (*place, key), f"known here are {', '.join(sorted(known))}")


def _facts_named(file: DataFile, place: Place, given: Any) -> frozenset[str]:
    for index, name in enumerate(_names(file, place, given)):
        _check_fact(file, (*place, index), name)
    return frozenset(given)


def _check_fact(file: DataFile, place: Place, name: str) -> None:
    if name not in load_facts():
        near = nearest(name, load_facts())
        raise _wrong(file, place, "there is no fact of this name" + (f"; near are {near}" if near else ""))


def _wrong(file: DataFile, place: Place, reason: str) -> FactsFileWrong:
    return FactsFileWrong(f"line {file.wrong(place, reason).line}: {reason}" if file.lines else reason)


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _once_ids(sides: list[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for side in sides for item in side.evidence))
