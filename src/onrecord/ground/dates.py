"""Dates as people know them: "in spring", "the 15th of some month", "since February", and what days they may mean.

A strict subset of EDTF (ISO 8601-2:2019, annex A), parsed once when something is recorded and stored as text, earliest
day, latest day, and the words it was read from. docs/format/date.md lists what is allowed and what each form spans. A
form that is not listed is refused: two readers must never span one text differently.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.errors import BadInput
from onrecord.ground.clock import Clock, day_of

GREGORIAN = "gregorian"
QUALIFIERS = {"?": (True, False), "~": (False, True), "%": (True, True)}

DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-(?P<month>[0-9]{2}|XX)(-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%])?",
    re.ASCII,
)

# LIMIT: ISO 8601-2 gives seasons no months. These are the meteorological seasons of the northern hemisphere; somebody
# who writes about the southern one must write months. "Winter 2025" may mean either winter that touches the year, so
# it spans both: from December 2024 to February 2026.
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}
WINTER = 24


class NotADate(BadInput):
    """This is not a date in one of the forms that can be recorded."""

    next_step = "Write it like 2025, 2025-02, 2025-02-09, 2025-02~ or 2025-01/2025-03. See docs/format/date.md."


@dataclass(frozen=True, slots=True)
class ApproximateDate:
    """A date as it was said, and the days it may mean; None where that end is open or not known.

    LIMIT: `?` and `~` do not move earliest and latest, because no standard says by how much. Whoever compares such a
    date with a sharp one must ask `is_uncertain` and `is_approximate` first.
    """

    text: str
    earliest: date | None
    latest: date | None
    raw: str = ""
    calendar: str = GREGORIAN
    locale: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Tell whether the source itself may be wrong about this date (`?` or `%`)."""
        return "?" in self.text or "%" in self.text

    @property
    def is_approximate(self) -> bool:
        """Tell whether the date was given as about right (`~` or `%`)."""
        return "~" in self.text or "%" in self.text

    @property
    def is_open(self) -> bool:
        """Tell whether one end is open (`..`) or not known (nothing written)."""
        return self.earliest is None or self.latest is None


def parse_edtf(text: str, *, raw: str | None = None, locale: str = "") -> ApproximateDate:
    """Return the date that a text in our subset of EDTF means; raise NotADate for anything else."""
    start, slash, end = text.partition("/")
    earliest, latest = _interval(start, end) if slash else _span(text)
    return ApproximateDate(text, earliest, latest, raw=text if raw is None else raw, locale=locale)


def is_to_come(day: date, clock: Clock) -> bool:
    """Tell whether a day has begun nowhere on earth yet: to the east of here it may be tomorrow already."""
    return day > day_of(clock.now()) + timedelta(days=1)


def _interval(start: str, end: str) -> tuple[date | None, date | None]:
    no_end = ("", "..")
    if start in no_end and end in no_end:
        raise NotADate
    first = None if start in no_end else _span(start)
    last = None if end in no_end else _span(end)
    # Both ends must run forward, so that a slip such as 2025-03/2024-04 is caught.
    if first and last and (first[0] > last[0] or first[1] > last[1]):
        raise NotADate
    return first[0] if first else None, last[1] if last else None


def _span(text: str) -> tuple[date, date]:
    parts = DATE.fullmatch(text)
    if parts is None:
        raise NotADate
    year, month, day = parts["year"], parts["month"], parts["day"]
    try:
        if "X" in year:
            return _years(year, has_month=month is not None)
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None and month != "XX" and int(month) >= min(SEASON_MONTHS):
            return _season(int(year), int(month))
        return _days(int(year), month, day or "XX")
    except ValueError:
        raise NotADate from None


def _years(year: str, *, has_month: bool) -> tuple[date, date]:
    # "Some March in the twenties" spans nothing that a rule could use; it stays in the raw words.
    if has_month:
        raise NotADate
    return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)


def _season(year: int, season: int) -> tuple[date, date]:
    if season == WINTER:
        return date(year - 1, 12, 1), _last_day(year + 1, 2)
    first, last = SEASON_MONTHS.get(season, (0, 0))
    return date(year, first, 1), _last_day(year, last)


def _days(year: int, month: str, day: str) -> tuple[date, date]:
    months = range(1, 13) if month == "XX" else range(int(month), int(month) + 1)
    if not 1 <= months[0] <= 12:
        raise NotADate
    if day == "XX":
        return date(year, months[0], 1), _last_day(year, months[-1])
    days = [date(year, number, int(day)) for number in months if int(day) <= monthrange(year, number)[1]]
    if not days:
        raise NotADate
    return days[0], days[-1]


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
