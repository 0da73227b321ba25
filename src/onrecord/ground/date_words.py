"""Propose which dates the words of a text mean, and say on what each reading rests; a person confirms.

Nothing is guessed in silence. `09/02/2025` is 9 February to most of the world and 2 September to some: both are
proposed and marked ambiguous, unless something that can be named decides. docs/format/date.md says what is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from onrecord.ground.dates import ApproximateDate, NotADate, parse_edtf
from onrecord.ground.months import month_numbers

# LIMIT: only the Gregorian calendar is read. Years now current in others (2081 Bikram Sambat, 1403 Solar Hijri, 1446
# Hijri, 2568 Buddhist) fall outside these bounds, so none is taken for a Gregorian year; 2049 Bikram Sambat would be.
YEARS = range(1900, 2050)

# Languages that write the day first wherever they are written. English is not among them: it depends on the country.
DAY_FIRST_LOCALES = {"ar", "crh", "es", "fr", "hi", "kk", "ky", "ne", "ru", "tg", "uk", "uz"} | {
    f"en-{country}" for country in ("AU", "GB", "IE", "IN", "NZ")
}
MONTH_FIRST_LOCALES = {"en-US"}

MONTHS = month_numbers()
MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
ORDINAL = r"(?:st|nd|rd|th|er|º|-го)?"

NUMBERS = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:(?P<year>\d{4})(?P<s>[./-])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<t>[./-])(?P<second>\d{1,2})(?P=t)(?P<last_year>\d{4}))(?!\d)(?![./-]\d)"
)
GAP = r"[^\S\r\n]"  # a date does not run over the end of a line
NAMED = re.compile(
    rf"(?:(?<!\d)(?P<day>\d{{1,2}}){ORDINAL},?{GAP}+(?:of{GAP}+|de{GAP}+)?)?"
    rf"(?<!\w)(?P<month>{MONTH})(?:{GAP}*[/(]{GAP}*(?P<also>{MONTH})\)?)?(?!\w)"
    rf"\.?(?:{GAP}+(?P<day_after>\d{{1,2}}){ORDINAL}(?!\d))?,?{GAP}+(?:de{GAP}+)?(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)


class Order(StrEnum):
    """In which order the parts of a date were read."""

    YEAR_FIRST = "year_first"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    MONTH_NAMED = "month_named"


class Evidence(StrEnum):
    """What decides for the reading order of one date."""

    ONLY_READING = "only_reading"  # every other order gives no date, or the same day
    STATED = "stated"  # a person said in which order this text writes dates
    OTHER_DATE_AGREES = "other_date_agrees"  # the same text gives this day in a form that has one reading only
    OTHER_DATE_SHOWS_ORDER = "other_date_shows_order"  # the same text writes another date that fits this order only
    LOCALE = "locale"  # where this language is written, dates are written so
    NONE = "none"  # nothing: the date is ambiguous, and each reading is proposed


@dataclass(frozen=True, slots=True)
class DateProposal:
    """One reading of one date: the date, where its words stand (None: outside the text), and why it is read so."""

    date: ApproximateDate
    start: int | None
    end: int | None
    order: Order
    evidence: Evidence

    @property
    def raw(self) -> str:
        """Return the words that were read."""
        return self.date.raw

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether the same words are proposed as another date too."""
        return self.evidence is Evidence.NONE


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    readings: dict[Order, str]


def read_dates(text: str, *, locale: str = "", order: Order | None = None) -> tuple[DateProposal, ...]:
    """Return every reading of every date in a text, in the order of the text; an ambiguous one gives two proposals."""
    mentions = sorted((*_written_in_numbers(text), *_written_with_a_name(text)), key=lambda mention: mention.start)
    certain = [mention.readings for mention in mentions if len(mention.readings) == 1]
    known_days = {day for readings in certain for day in readings.values()}
    orders_shown = {shown for readings in certain for shown in readings} & {Order.DAY_FIRST, Order.MONTH_FIRST}
    proposals = []
    for mention in mentions:
        chosen, evidence = _decide(mention.readings, order, known_days, orders_shown, locale)
        raw = text[mention.start : mention.end]
        proposals += [
            DateProposal(parse_edtf(day, raw=raw, locale=locale), mention.start, mention.end, read_as, evidence)
            for read_as, day in chosen.items()
        ]
    return tuple(proposals)


def _decide(
    readings: dict[Order, str], stated: Order | None, known_days: set[str], orders_shown: set[Order], locale: str
) -> tuple[dict[Order, str], Evidence]:
    if len(readings) == 1:
        return readings, Evidence.ONLY_READING
    agreeing = {order for order, day in readings.items() if day in known_days}
    for orders, evidence in (
        ({stated}, Evidence.STATED),
        (agreeing, Evidence.OTHER_DATE_AGREES),
        (orders_shown, Evidence.OTHER_DATE_SHOWS_ORDER),
        (_orders_of(locale), Evidence.LOCALE),
    ):
        fitting = {order: day for order, day in readings.items() if order in orders}
        if len(fitting) == 1:
            return fitting, evidence
    return readings, Evidence.NONE


def _orders_of(locale: str) -> set[Order]:
    if locale in MONTH_FIRST_LOCALES:
        return {Order.MONTH_FIRST}
    if {locale, locale.split("-")[0]} & DAY_FIRST_LOCALES:
        return {Order.DAY_FIRST}
    return set()


def _written_in_numbers(text: str) -> Iterator[_Mention]:
    for found in NUMBERS.finditer(text):
        if found["year"]:
            readings = _readings({Order.YEAR_FIRST: (found["year"], found["month"], found["day"])})
        else:
            year, first, second = found["last_year"], found["first"], found["second"]
            readings = _readings({Order.DAY_FIRST: (year, second, first), Order.MONTH_FIRST: (year, first, second)})
            if len(set(readings.values())) == 1 and len(readings) == 2:
                del readings[Order.MONTH_FIRST]  # 09/09/2025 is one day in either order
        if readings:
            yield _Mention(found.start(), found.end(), readings)


def _written_with_a_name(text: str) -> Iterator[_Mention]:
    for found in NAMED.finditer(text):
        month, also = (MONTHS.get((found[name] or "").lower()) for name in ("month", "also"))
        day = found["day"] or found["day_after"]
        if month is None or also not in (None, month) or (found["day"] and found["day_after"]):
            continue
        readings = _readings({Order.MONTH_NAMED: (found["year"], str(month), day)})
        if readings:
            yield _Mention(found.start(), found.end(), readings)


def _readings(candidates: dict[Order, tuple[str, str, str | None]]) -> dict[Order, str]:
    readings = {}
    for order, (year, month, day) in candidates.items():
        # int() reads the decimal digits of every script, as \d finds them.
        text = f"{int(year):04}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        try:
            parse_edtf(text)
        except NotADate:
            continue
        if int(year) in YEARS and int(month) <= 12:
            readings[order] = text
    return readings
