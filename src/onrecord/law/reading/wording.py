"""Say a condition of the law data, or a class of means, in words, for a lawyer who reads no data.

The review form, the command line and the desk's page of a provision all say it as it is said here. What a fact, a term
or an element is called is the caller's: its code, or its label. Like the law data, it is said in English.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

JOINS = {"all": "all of these hold:", "any": "at least one of these holds:"}
SINGLE = {"not": "this does not hold:", "not_shown": "this is not known to hold:"}
ASKED = {
    "is": "is {}",
    "in": "is one of: {}",
    "has": "has one of: {}",
    "lt": "is less than {}",
    "gte": "is {} or more",
    "before": "is before {}",
    "on_or_after": "is on or after {}",
}
IDENTIFIED = ("fact", "element", "provision")

# What something is called: what kind of thing it is ("fact", "mode", "element", "provision", "class", or the fact of
# which it is a value), and its code.
Name = Callable[[str, str], str]
Line = tuple[int, str]  # how far to set it in, and what it says


@dataclass(frozen=True, slots=True)
class Said:
    """One condition in words, with the conditions that it is made of."""

    words: str
    parts: tuple["Said", ...] = ()


def by_code(kind: str, code: str) -> str:
    """Name everything by its code: an identifier as it stands, any other code as words."""
    return code if kind in IDENTIFIED else code.replace("_", " ")


def say(condition: Mapping[str, Any] | None, name: Name = by_code) -> Said:
    """Return a condition as it stands in the data, in words; a clause that is not there says that nothing does it."""
    if not condition:
        return Said("nothing in the data does")
    key, given = next(iter(condition.items()))
    if key in JOINS:
        return Said(JOINS[key], tuple(say(part, name) for part in given))
    if key in SINGLE:
        return Said(SINGLE[key], (say(given, name),))
    if key == "has_means":
        return Said(f"a means on file falls into one of these classes: {_several('class', given, name)}")
    if key == "fact":
        return Said(f"{name('fact', given)} {_asked(condition, name)}")
    return Said(f"the {key} {name(key, given)} is supported")


def in_lines(said: Said, depth: int = 0) -> Iterator[Line]:
    """Yield a condition line by line, each set in below what it is a part of."""
    yield depth, said.words
    for part in said.parts:
        yield from in_lines(part, depth + 1)


def say_class(given: Mapping[str, Any], name: Name = by_code) -> tuple[str, ...]:
    """Return what a class of means holds, as it stands in the data, in words."""
    said = []
    for fact, lists in given.items():
        for mode, terms in (lists if isinstance(lists, dict) else {"": lists}).items():
            if fact == "classes":
                said.append(f"the classes: {_several('class', terms, name)}")
            else:
                kind = f"{name('fact', fact)} ({name('mode', mode)})" if mode else name("fact", fact)
                said.append(f"{kind}: {_several(fact, terms, name)}")
    return tuple(said)


def _asked(condition: Mapping[str, Any], name: Name) -> str:
    fact = condition["fact"]
    if "count_in" in condition:
        return f"has at least {condition['gte']} of: {_several(fact, condition['count_in'], name)}"
    key = next(key for key in ASKED if key in condition)
    mode = f" ({name('mode', condition['mode'])})" if "mode" in condition else ""
    return ASKED[key].format(_several(fact, condition[key], name)) + mode


def _several(kind: str, codes: Any, name: Name) -> str:
    return ", ".join(name(kind, str(code)) for code in (codes if isinstance(codes, list) else [codes]))
