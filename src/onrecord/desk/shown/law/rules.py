"""Write out in words all that a signature under a provision binds, so that a lawyer reads it before signing.

What is read here is what is hashed (law/reading/signed_text.py), the same that the printed review form shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from onrecord.desk.shown.wording import field_name, mode_name, value_name
from onrecord.law.model import Law
from onrecord.law.reading.signed_text import needed, signed_text

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition in words, with the conditions it is made of."""

    words: str
    parts: tuple["Rule", ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, what it says, and when it is raised."""

    text: str
    when: Rule


@dataclass(frozen=True, slots=True)
class Read:
    """One element as it is computed; `is_choice`: one of several of which one is enough."""

    id: str
    given: Raw
    is_choice: bool
    supported: Rule | None
    contradicted: Rule | None
    flags: tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class ReadProvision:
    """A provision as it is signed: its own words and elements, and the elements and provisions on which these rest."""

    text: Raw
    elements: tuple[Read, ...]
    rested_on: tuple[Read, ...]
    provisions: tuple[Rule, ...]


def read_provision(law: Law, provision: str) -> ReadProvision:
    """Return all that a signature under a provision binds."""
    signed = signed_text(law.files, provision)
    own = {name: len(group) > 1 for group in needed(signed["provision"]) for name in group}
    return ReadProvision(
        text=signed["provision"],
        elements=tuple(_read(law, signed, name, is_choice=is_choice) for name, is_choice in own.items()),
        rested_on=tuple(_read(law, signed, name) for name in signed["elements"] if name not in own),
        provisions=tuple(_provision(law, name, given) for name, given in signed["provisions"].items()),
    )


def _provision(law: Law, name: str, given: Raw) -> Rule:
    """Return a provision on which an element rests, with the elements that it needs."""
    parts = (" / ".join(f"{law.elements[one].short} ({one})" for one in group) for group in needed(given))
    return Rule(f"{given['short']} ({name}): {given['label']}", tuple(map(Rule, parts)))


def _read(law: Law, signed: Raw, name: str, *, is_choice: bool = False) -> Read:
    given, classes = signed["elements"][name], signed["classes"]
    supported, contradicted = given["supported_if"], given["contradicted_if"]
    return Read(
        id=name,
        given=given,
        is_choice=is_choice,
        supported=_rule(law, classes, supported) if supported else None,
        contradicted=_rule(law, classes, contradicted) if contradicted else None,
        flags=tuple(Raised(flag["text"], _rule(law, classes, flag["if"])) for flag in given["flags"]),
    )


def _rule(law: Law, classes: Raw, raw: Raw) -> Rule:
    if "fact" in raw:
        return Rule(_of_fact(raw))
    (key, value), *_ = raw.items()
    if key in ("all", "any"):
        words = gettext("all of these:") if key == "all" else gettext("one of these:")
        return Rule(words, tuple(_rule(law, classes, part) for part in value))
    if key == "not":
        return Rule(gettext("not this:"), (_rule(law, classes, value),))
    if key == "has_means":
        return Rule(gettext("a means of one of these classes:"), tuple(_class(classes, name) for name in value))
    named = (law.elements if key == "element" else law.provisions)[value].short
    return Rule(gettext("the status of “%(name)s”") % {"name": named})


def _of_fact(raw: Raw) -> str:
    fact = raw["fact"]
    asked = []
    for key, value in raw.items():
        values = value if isinstance(value, list) else [value]
        said = ", ".join(str(value_name(fact, str(one))) for one in values)
        if key in ("is", "in"):
            asked.append(gettext("is %(values)s") % {"values": said})
        elif key == "count_in":
            asked.append(gettext("has at least %(number)s of: %(values)s") % {"number": raw["gte"], "values": said})
        elif key == "has":
            asked.append(gettext("has one of: %(values)s") % {"values": said})
        elif key == "mode":
            asked.append(" / ".join(mode_name(str(one)) for one in values))
        elif key in _COMPARED and "count_in" not in raw:
            asked.append(f"{_COMPARED[key]} {value}")
    return f"{field_name(fact)} {'; '.join(asked)}"


_COMPARED = {"lt": "<", "gte": "≥", "before": "<", "on_or_after": "≥"}


def _class(classes: Raw, name: str) -> Rule:
    """Return a class of means down to its terms: what a class takes in is part of what is signed."""
    parts = []
    for fact, terms in classes[name].items():
        if fact == "classes":
            parts += [_class(classes, one) for one in terms]
        elif isinstance(terms, dict):
            parts += [Rule(f"{mode_name(mode)}: {_terms(fact, of_mode)}") for mode, of_mode in terms.items()]
        else:
            parts.append(Rule(_terms(fact, terms)))
    return Rule(name.replace("_", " "), tuple(parts))


def _terms(fact: str, codes: list[str]) -> str:
    return f"{field_name(fact)}: {', '.join(value_name(fact, code) for code in codes)}"
