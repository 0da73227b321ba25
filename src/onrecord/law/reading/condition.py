"""Read one condition of the law data into what can be asked of facts, or refuse it and name the line.

A term that a condition names stands for itself and its narrower terms in the codebook: they are looked up here, once,
so that nothing has to be looked up while an assessment is made.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

from onrecord.law.conditions import (
    TWO_MODES,
    All,
    Any,
    AtLeast,
    ElementIs,
    Has,
    HasSome,
    IsOneOf,
    Not,
    NotShown,
    ProvisionIs,
)
from onrecord.law.model import Condition
from onrecord.law.reading.sections import day
from onrecord.law.reading.wrong import CodeNotKnown, ConditionWrong, FactNotKnown, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.fields import COUNTRY, Fact, load_countries, load_facts
from onrecord.words.strict_yaml import DataFile, Place
from onrecord.words.vocabulary import Codebook, Vocabulary

YES_NO, NUMBER, DATE = "yesno", "number_or_range", "date_or_range"
EVERY_MODE = (*sorted(TWO_MODES), "other")

# CLASS -> FACT -> term -> modes that count, narrower terms included.
Wanted = dict[str, frozenset[str]]
Classes = Mapping[str, Mapping[str, Wanted]]


@dataclass(slots=True)
class Reader:
    """Reads the conditions of one file; remembers what they refer to, so that it can be looked up when all is read."""

    file: DataFile
    book: Codebook
    classes: Classes = field(default_factory=dict)
    is_of_safety: bool = False
    elements: list[tuple[Place, str]] = field(default_factory=list)
    provisions: list[tuple[Place, str]] = field(default_factory=list)

    def condition(self, given: Anything, place: Place) -> Condition:
        """Return a condition; raise what is wrong with it."""
        if not isinstance(given, dict) or not given:
            raise wrong(KeyNotKnown, self.file, place, "a condition must stand here")
        if "fact" in given:
            return self._of_fact(given, place)
        key, value = next(iter(given.items()))
        if len(given) != 1 or key not in WORDS:
            raise wrong(KeyNotKnown, self.file, (*place, key), f"a condition is one of: {', '.join(WORDS)}, fact")
        return WORDS[key](self, value, (*place, key))

    def parts(self, given: Anything, place: Place) -> tuple[Condition, ...]:
        """Return the parts of an `all` or `any`."""
        if not isinstance(given, list) or not given:
            raise wrong(KeyNotKnown, self.file, place, "a list of conditions must stand here")
        return tuple(self.condition(part, (*place, index)) for index, part in enumerate(given))

    def not_shown(self, given: Anything, place: Place) -> Condition:
        """Return a `not_shown`, which only a rule of safety may use."""
        if not self.is_of_safety:
            raise wrong(
                ConditionWrong, self.file, place, "not_shown is for risks only: it would turn silence into a yes"
            )
        return NotShown(self.condition(given, place))

    def element(self, given: Anything, place: Place) -> Condition:
        """Return a condition on another element and remember to look it up."""
        self.elements.append((place, str(given)))
        return ElementIs(str(given))

    def provision(self, given: Anything, place: Place) -> Condition:
        """Return a condition on another provision and remember to look it up."""
        self.provisions.append((place, str(given)))
        return ProvisionIs(str(given))

    def has_means(self, given: Anything, place: Place) -> Condition:
        """Return whether the person's means fall into classes; a mode that one class or another wants, counts."""
        facts: dict[str, Wanted] = {}
        for index, name in enumerate(self._list(given, place)):
            if name not in self.classes:
                raise wrong(ReferenceDangling, self.file, (*place, index), "there is no class of means of this name")
            for fact, wanted in self.classes[name].items():
                merge(facts.setdefault(fact, {}), wanted)
        parts = tuple(self.has(fact, wanted) for fact, wanted in facts.items())
        return parts[0] if len(parts) == 1 else Any(parts)

    def has(self, fact: str, wanted: Wanted) -> Condition:
        """Return whether a list has a wanted term, knowing for which terms an unknown mode is good enough."""
        words = self.vocabulary(fact)
        if words is None or words.mode is None:
            return Has(fact, wanted, frozenset(wanted))
        may = {code: frozenset(words.term(code).modes) or TWO_MODES for code in wanted}
        possible = {code: modes for code, modes in wanted.items() if modes & (may[code] | {"other"})}
        return Has(fact, possible, frozenset(code for code in possible if may[code] <= possible[code]))

    def _of_fact(self, given: Mapping[str, Anything], place: Place) -> Condition:
        name, kind = given["fact"], self.kind(given["fact"], (*place, "fact"))
        form = frozenset(given) - {"fact"}
        if form not in FORMS:
            raise wrong(KeyNotKnown, self.file, place, "what is asked of the fact is not known")
        if not FORMS[form](kind):
            raise wrong(ConditionWrong, self.file, place, "this cannot be asked of a fact of this kind")
        if form in ({"has"}, {"has", "mode"}):
            modes = self._modes(given.get("mode"), kind, place)
            codes = self.codes(name, self._list(given["has"], (*place, "has")), (*place, "has"))
            return self.has(name, dict.fromkeys(codes, modes))
        if "count_in" in given:
            here: Place = (*place, "count_in")
            terms = self._list(given["count_in"], here)
            count = self._number(given["gte"], (*place, "gte"))
            return HasSome(name, tuple(self.codes(name, [term], here) for term in terms), count)
        if form <= {"is", "in"}:
            (key,) = form
            given_codes = [given[key]] if key == "is" else self._list(given[key], (*place, key))
            return IsOneOf(name, self.codes(name, given_codes, (*place, key)))
        (key,) = form
        bound = day(self.file, (*place, key)) if kind.form == DATE else self._number(given[key], (*place, key))
        at_least = AtLeast(name, bound)
        return at_least if key in ("gte", "on_or_after") else Not(at_least)

    def kind(self, name: Anything, place: Place) -> Fact:
        """Return what kind of value a fact takes; raise FactNotKnown."""
        if name not in load_facts():
            raise wrong(FactNotKnown, self.file, place, "there is no fact of this name in words/facts.yaml")
        return load_facts()[name]

    def vocabulary(self, fact: str) -> Vocabulary | None:
        """Return the vocabulary whose terms a fact takes; None for yes and no, numbers, dates and countries."""
        name = load_facts()[fact].vocabulary
        return None if name is None else self.book.vocabulary(name)

    def codes(self, fact: str, given: Sequence[Anything], place: Place) -> frozenset[str]:
        """Return codes that a fact may take, with the narrower terms; raise CodeNotKnown."""
        words = self.vocabulary(fact)
        known: Iterable[str] = words.terms if words else load_countries()
        if words is None and load_facts()[fact].form == YES_NO:
            known = ("yes", "no")
        for code in given:
            # A rule on `unknown` would make a status of what nobody knows.
            if code not in known or code == "unknown":
                raise wrong(CodeNotKnown, self.file, place, f"the fact {fact} has no such code")
        if words is None:
            return frozenset(given)
        return frozenset(
            code for code in words.terms if any(self.book.covers(words.name, broad, code) for broad in given)
        )

    def _modes(self, given: Anything, kind: Fact, place: Place) -> frozenset[str]:
        if given is None:
            return frozenset(EVERY_MODE)
        mode = self.book.vocabulary(kind.vocabulary or "").mode
        if mode is None or given not in TWO_MODES:
            raise wrong(CodeNotKnown, self.file, (*place, "mode"), "this fact has no such mode")
        return frozenset((given,))

    def _list(self, given: Anything, place: Place) -> list[Anything]:
        if not isinstance(given, list) or not given:
            raise wrong(KeyNotKnown, self.file, place, "a list must stand here")
        return given

    def _number(self, given: Anything, place: Place) -> int:
        if not isinstance(given, int) or isinstance(given, bool):
            raise wrong(ConditionWrong, self.file, place, "a whole number must stand here")
        return given


def read_classes(reader: Reader, place: Place = ("classes",)) -> Classes:
    """Return the classes of means with narrower terms; a class may join classes that stand above it."""
    classes: dict[str, dict[str, Wanted]] = {}
    for name, given in reader.file.values["classes"].items():
        here: Place = (*place, name)
        facts: dict[str, Wanted] = {}
        for fact, lists in given.items():
            if fact == "classes":
                _join(reader, facts, classes, lists, (*here, fact))
                continue
            reader.kind(fact, (*here, fact))
            by_mode = lists if isinstance(lists, dict) else {None: lists}
            for mode, terms in by_mode.items():
                if mode not in (None, *TWO_MODES):
                    raise wrong(CodeNotKnown, reader.file, (*here, fact), "this fact has no such mode")
                codes = reader.codes(fact, terms, (*here, fact))
                modes = frozenset(EVERY_MODE if mode is None else (mode,))
                merge(facts.setdefault(fact, {}), dict.fromkeys(codes, modes))
        classes[name] = facts
    return classes


def merge(into: Wanted, wanted: Wanted) -> None:
    """Add wanted terms to others; for a term in both, the modes of both count."""
    for code, modes in wanted.items():
        into[code] = into.get(code, frozenset()) | modes


def _join(reader: Reader, facts: dict[str, Wanted], classes: Classes, names: Sequence[str], place: Place) -> None:
    for name in names:
        if name not in classes:
            raise wrong(ReferenceDangling, reader.file, place, "there is no class of this name above this one")
        for fact, wanted in classes[name].items():
            merge(facts.setdefault(fact, {}), wanted)


def _is_scalar(kind: Fact) -> bool:
    return not kind.is_list and kind.form not in (NUMBER, DATE)


WORDS: Mapping[str, Callable[[Reader, Anything, Place], Condition]] = {
    "all": lambda reader, given, place: All(reader.parts(given, place)),
    "any": lambda reader, given, place: Any(reader.parts(given, place)),
    "not": lambda reader, given, place: Not(reader.condition(given, place)),
    "not_shown": Reader.not_shown,
    "element": Reader.element,
    "provision": Reader.provision,
    "has_means": Reader.has_means,
}

FORMS: Mapping[frozenset[str], Callable[[Fact], bool]] = {
    frozenset({"is"}): _is_scalar,
    frozenset({"in"}): _is_scalar,
    frozenset({"has"}): lambda kind: kind.is_list,
    frozenset({"has", "mode"}): lambda kind: kind.is_list and kind.form != COUNTRY,
    frozenset({"count_in", "gte"}): lambda kind: kind.is_list,
    frozenset({"lt"}): lambda kind: kind.form == NUMBER,
    frozenset({"gte"}): lambda kind: kind.form == NUMBER,
    frozenset({"before"}): lambda kind: kind.form == DATE,
    frozenset({"on_or_after"}): lambda kind: kind.form == DATE,
}
