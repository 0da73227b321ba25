"""Take values out of a data file of the law: texts, lists and names, or the line where something else stands."""

from collections.abc import Collection
from typing import Any

from onrecord.law.reading.wrong import KeyNotKnown, wrong
from onrecord.words.strict_yaml import DataFile, Place


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


def items(file: DataFile, place: Place) -> list[Any]:
    """Return a list; raise KeyNotKnown where something else stands."""
    value = at(file, place)
    if not isinstance(value, list):
        raise wrong(KeyNotKnown, file, place, "a list must stand here")
    return value


def text(file: DataFile, place: Place) -> str:
    """Return a text that is not empty; raise KeyNotKnown where something else stands."""
    value = at(file, place)
    if not isinstance(value, str) or not value.strip():
        raise wrong(KeyNotKnown, file, place, "a text must stand here")
    return value


def texts(file: DataFile, place: Place) -> tuple[str, ...]:
    """Return a list of texts; raise KeyNotKnown where something else stands."""
    return tuple(text(file, (*place, index)) for index, _item in enumerate(items(file, place)))


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
