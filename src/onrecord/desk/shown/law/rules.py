"""Write the rules of the law data out in words, so that a lawyer reads what is computed before signing it.

What is read here is the data as it lies in the file, not what the program made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from onrecord.desk.shown.law.names import element_name, short_name
from onrecord.desk.shown.wording import field_name, mode_name, value_name
from onrecord.law.model import Law, Provision

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
    """One element as it is computed."""

    id: str
    name: str
    question: str
    check: str
    notes: str
    reach: bool
    supported: Rule | None
    contradicted: Rule | None
    flags: tuple[Raised, ...]


def read_provision(law: Law, provision: Provision) -> tuple[tuple[Read, ...], ...]:
    """Return a provision's elements as they are computed, group by group: of a group, one is enough."""
    return tuple(tuple(_read(law, name) for name in group) for group in provision.groups)


def _read(law: Law, name: str) -> Read:
    element, raw = law.elements[name], law.files["elements.yaml"].values["elements"][name]
    return Read(
        id=name,
        name=element_name(name),
        question=element.question,
        check=element.check,
        notes=element.notes,
        reach=element.reach,
        supported=_rule(law, raw["supported_if"]) if "supported_if" in raw else None,
        contradicted=_rule(law, raw["contradicted_if"]) if "contradicted_if" in raw else None,
        flags=tuple(Raised(law.flag_texts[one["flag"]], _rule(law, one["if"])) for one in raw.get("flags", ())),
    )


def _rule(law: Law, raw: Raw) -> Rule:
    if "fact" in raw:
        return Rule(_of_fact(raw))
    (key, value), *_ = raw.items()
    if key in ("all", "any"):
        words = gettext("all of these:") if key == "all" else gettext("one of these:")
        return Rule(words, tuple(_rule(law, part) for part in value))
    if key == "not":
        return Rule(gettext("not this:"), (_rule(law, value),))
    if key == "has_means":
        return Rule(gettext("a means of one of these classes:"), tuple(_class(law, name) for name in value))
    named = element_name(value) if key == "element" else short_name(law.provisions[value])
    return Rule(gettext("the status of “%(name)s”") % {"name": named})


def _of_fact(raw: Raw) -> str:
    fact = raw["fact"]
    asked = []
    for key, value in raw.items():
        values = value if isinstance(value, list) else [value]
        said = ", ".join(str(value_name(fact, str(one))) for one in values)
        if key in ("is", "in"):
            asked.append(gettext("is %(values)s") % {"values": said})
        elif key in ("has", "count_in"):
            asked.append(gettext("has one of: %(values)s") % {"values": said})
        elif key == "mode":
            asked.append(" / ".join(mode_name(str(one)) for one in values))
        elif key != "fact":
            asked.append(f"{_COMPARED.get(key, key)} {value}")
    return f"{field_name(fact)} {'; '.join(asked)}"


_COMPARED = {"lt": "<", "gte": "≥", "before": "<", "on_or_after": "≥"}


def _class(law: Law, name: str) -> Rule:
    """Return a class of means down to its terms: what a class takes in is part of what is signed."""
    raw = law.files["classes.yaml"].values["classes"][name]
    parts = []
    for fact, terms in raw.items():
        if fact == "classes":
            parts += [_class(law, one) for one in terms]
        elif isinstance(terms, dict):
            parts += [Rule(f"{mode_name(mode)}: {_terms(fact, of_mode)}") for mode, of_mode in terms.items()]
        else:
            parts.append(Rule(_terms(fact, terms)))
    return Rule(name.replace("_", " "), tuple(parts))


def _terms(fact: str, codes: list[str]) -> str:
    return f"{field_name(fact)}: {', '.join(value_name(fact, code) for code in codes)}"
