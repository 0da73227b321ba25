"""Turn one coded value into what the law compares: a code, a number, a day, a range, or a means with its mode.

LIMIT: a date that its source gives as uncertain or approximate (`?`, `~`) lies on no known side of any day: no standard
says how far off it may be. A month or a year is the range of its days.
"""

from datetime import date

from onrecord.ground.dates import parse_edtf
from onrecord.law.model import Means, Range, Value
from onrecord.words.fields import UNKNOWN, check_value, load_facts


def read_value(name: str, text: str, mode: str | None = None) -> Value:
    """Return the value of a fact; raise UnknownTerm, ModeWrong or ValueWrong with a hint, as words.fields does."""
    kind = load_facts()[name]
    coded = check_value(name, text if mode is None else f"{text}:{mode}")
    if coded.value == UNKNOWN:
        return UNKNOWN
    if kind.form == "number_or_range":
        low, _dots, high = coded.value.partition("..")
        return Range(int(low), int(high)) if high and high != low else int(low)
    if kind.form == "date_or_range":
        return _days(coded.value)
    return coded.value if coded.mode is None else Means(coded.value, coded.mode)


def _days(text: str) -> Value:
    when = parse_edtf(text)
    if when.is_uncertain or when.is_approximate:
        return Range(None, None)
    low, high = _iso(when.earliest), _iso(when.latest)
    return low if low is not None and low == high else Range(low, high)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
