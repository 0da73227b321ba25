"""Say a condition of the law data, or a class of means, in words, for a lawyer who reads no data."""

from collections.abc import Iterator
from typing import Any

JOINS = {"all": "all of these hold:", "any": "at least one of these holds:"}
SINGLE = {"not": "this does not hold:", "not_shown": "this is not known to hold:"}
ASKED = {
    "is": "is {}",
    "in": "is one of: {}",
    "lt": "is less than {}",
    "gte": "is {} or more",
    "before": "is before {}",
    "on_or_after": "is on or after {}",
}

Line = tuple[int, str]  # how far to set it in, and what it says


def in_words(condition: dict[str, Any] | None, depth: int = 0) -> tuple[Line, ...]:
    """Return a condition as it stands in the data, in words; a clause that is not there says that nothing does it."""
    return tuple(_lines(condition, depth)) if condition else ((depth, "nothing in the data does"),)


def class_in_words(given: dict[str, Any]) -> str:
    """Return what a class of means holds, as it stands in the data, in words."""
    said = []
    for fact, lists in given.items():
        for mode, terms in (lists if isinstance(lists, dict) else {"": lists}).items():
            where = "the classes" if fact == "classes" else " ".join(part for part in (fact, mode) if part)
            said.append(f"{where.replace('_', ' ')}: {_several(terms)}")
    return "; ".join(said)


def _lines(condition: dict[str, Any], depth: int) -> Iterator[Line]:
    key = next(iter(condition))
    if key in JOINS:
        yield depth, JOINS[key]
        for part in condition[key]:
            yield from _lines(part, depth + 1)
    elif key in SINGLE:
        yield depth, SINGLE[key]
        yield from _lines(condition[key], depth + 1)
    elif key in ("element", "provision"):
        yield depth, f"the {key} {condition[key]} is supported"
    elif key == "has_means":
        yield depth, f"a means on file falls into one of these classes: {_several(condition[key])}"
    else:
        yield depth, f"{condition['fact']} {_asked(condition)}"


def _asked(condition: dict[str, Any]) -> str:
    if "has" in condition:
        mode = f" ({condition['mode'].replace('_', ' ')})" if "mode" in condition else ""
        return f"has one of: {_several(condition['has'])}{mode}"
    if "count_in" in condition:
        return f"has at least {condition['gte']} of: {_several(condition['count_in'])}"
    key = next(key for key in ASKED if key in condition)
    return ASKED[key].format(_several(condition[key]))


def _several(codes: Any) -> str:
    return ", ".join(str(code).replace("_", " ") for code in (codes if isinstance(codes, list) else [codes]))
