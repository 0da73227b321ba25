"""Take values out of a data file of the law: texts, lists and names, or the line where something else stands."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from onrecord.ground.text import is_hidden
from onrecord.law.reading.wrong import ConditionWrong, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.strict_yaml import DataFile, Place

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def at(file: DataFile, place: Place) -> Any:
    """Return what stands at a place; None where nothing does."""
    value: Any = file.values
    for step in place:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def mapping(file: DataFile, place: Place) -> dict[str, Any]:
    """Return names with values; raise KeyNotKnown where something else stands."""
    value = at(file, place)
    if not isinstance(value, dict):
        raise wrong(KeyNotKnown, file, place, "names with values must stand here")
    return value


def items(file: DataFile, place: Place, *, may_be_empty: bool = False) -> list[Any]:
    """Return a list in which nothing stands twice; raise KeyNotKnown where something else stands."""
    value = at(file, place)
    if not isinstance(value, list) or not (value or may_be_empty):
        raise wrong(KeyNotKnown, file, place, "a list must stand here, with something in it")
    for index, item in enumerate(value):
        if item in value[:index]:
            raise wrong(KeyNotKnown, file, (*place, index), "this stands in the list twice")
    return value


def text(file: DataFile, place: Place) -> str:
    """Return a text that is not empty; raise KeyNotKnown where something else stands."""
    value = at(file, place)
    if not isinstance(value, str) or not value.strip():
        raise wrong(KeyNotKnown, file, place, "a text must stand here")
    if any(map(is_hidden, value)):
        raise wrong(
            KeyNotKnown, file, place, "a character stands here that no reader sees, or that turns others around"
        )
    return value


def texts(file: DataFile, place: Place, *, may_be_empty: bool = False) -> tuple[str, ...]:
    """Return a list of texts; raise KeyNotKnown where something else stands."""
    given = items(file, place, may_be_empty=may_be_empty)
    return tuple(text(file, (*place, index)) for index, _item in enumerate(given))


def groups(file: DataFile, place: Place, known: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return names that are all needed, or of an `any_of` one; raise ReferenceDangling for one that is not known."""
    found = []
    for index, entry in enumerate(items(file, place)):
        here: Place = (*place, index)
        if isinstance(entry, dict):
            check_keys(file, here, {"any_of"}, {"any_of"})
        group = texts(file, (*here, "any_of")) if isinstance(entry, dict) else (text(file, here),)
        if not set(group) <= set(known):
            raise wrong(ReferenceDangling, file, here, "what is named here does not exist")
        found.append(group)
    return tuple(found)


def optional(file: DataFile, place: Place) -> str | None:
    """Return a text, or None where nothing stands."""
    return text(file, place) if _stands(file, place) else None


def choice(file: DataFile, place: Place, known: Collection[str]) -> str:
    """Return one of the words that may stand here; raise KeyNotKnown for another."""
    given = text(file, place)
    if given not in known:
        raise wrong(KeyNotKnown, file, place, f"one of these must stand here: {', '.join(sorted(known))}")
    return given


def yes(file: DataFile, place: Place) -> bool:
    """Tell whether true stands here; raise KeyNotKnown for anything but true or false, such as a quoted "yes"."""
    given = at(file, place) if _stands(file, place) else False
    if not isinstance(given, bool):
        raise wrong(KeyNotKnown, file, place, "true or false must stand here, without quotes")
    return given


def day(file: DataFile, place: Place) -> str:
    """Return a day of the calendar, written as 2022-02-24; raise ConditionWrong for anything else."""
    given = at(file, place)
    if not isinstance(given, str) or not ISO_DAY.fullmatch(given) or not _is_in_calendar(given):
        raise wrong(ConditionWrong, file, place, "a day such as 2022-02-24 must stand here")
    return given


def _is_in_calendar(given: str) -> bool:
    try:
        date.fromisoformat(given)
    except ValueError:
        return False
    return True


def _stands(file: DataFile, place: Place) -> bool:
    holder = at(file, place[:-1])
    return isinstance(holder, dict) and place[-1] in holder


def check_keys(file: DataFile, place: Place, known: Collection[str], needed: Collection[str]) -> dict[str, Any]:
    """Return the names with values at a place; raise KeyNotKnown for a name too many or too few."""
    values = mapping(file, place)
    for key in values:
        if key not in known:
            raise wrong(
                KeyNotKnown, file, (*place, key), f"this name is not known here; known are {', '.join(sorted(known))}"
            )
    for key in needed:
        if key not in values:
            raise wrong(KeyNotKnown, file, place, f"the name {key} is missing here")
    return values
