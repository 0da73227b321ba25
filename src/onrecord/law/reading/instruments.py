"""Check the instruments: what each is called, since when it is in force, whom it binds, and how states stand to it.

Beside them stand references: rules without a table of elements, for further reading.
"""

from onrecord.law.reading.conflict import check_country
from onrecord.law.reading.sections import at, check_keys, choice, day, items, mapping, text
from onrecord.law.reading.wrong import KeyNotKnown, wrong
from onrecord.words.strict_yaml import DataFile, Place

TEXTS = {"title", "short", "binds", "basis"}
KEYS = TEXTS | {"in_force", "parties"}
REFERENCE_KEYS = {"id", "label", "instrument", "article", "basis"}


def check_instruments(file: DataFile) -> None:
    """Raise LawWrong with the line of the first thing wrong."""
    for name in mapping(file, ("instruments",)):
        _check_instrument(file, ("instruments", name))
    for index, _given in enumerate(items(file, ("references",), may_be_empty=True)):
        place: Place = ("references", index)
        for key in check_keys(file, place, REFERENCE_KEYS, REFERENCE_KEYS):
            text(file, (*place, key))
        choice(file, (*place, "instrument"), mapping(file, ("instruments",)))


def _check_instrument(file: DataFile, place: Place) -> None:
    check_keys(file, place, KEYS, KEYS)
    for key in TEXTS:
        text(file, (*place, key))
    if at(file, (*place, "in_force")) is not None:
        day(file, (*place, "in_force"))
    for country in mapping(file, (*place, "parties")):
        here: Place = (*place, "parties", country)
        check_country(file, country, here)
        if text(file, here) in ("yes", "no"):
            raise wrong(KeyNotKnown, file, here, "yes or no alone is no answer: since when, or as what?")
