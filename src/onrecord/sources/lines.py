"""Tell what kind of line each line of a pasted page is: byline, date, reading time, credit, address, or plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.ground.date_words import read_dates
from onrecord.sources import labels

# A name of one or two people with their particles; more words are a sentence.
NAME_WORDS = 8
CREDIT_CHARACTERS = 120
# A longer line is text, whatever it contains.
LABEL_LINE_CHARACTERS = 300

# How many letters may stand beside a date before the line is no longer a date line, such as "Sunday, 9 February". The
# second bound still takes a date printed beside a button of the page, if the line is no sentence.
DATE_LINE_LETTERS = 14
FURNITURE_LETTERS = 30


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BYLINE = re.compile(
    rf"(?:(?P<bare>{_any(labels.BYLINE)})(?P<gap>\s*[:：]\s*|\s+|)|(?:{_any(labels.BYLINE_WITH_COLON)})\s*[:：]\s*)"
    r"(?P<name>[^\W\d_].*)",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(r"\s*(?:[|·•/]|\s[—–-]\s|,?\s+(?=\d)|,\s).*$")
CREDIT = re.compile(
    r"(?:^|(?<=[\s.(\[—–|-]))"
    rf"(?:(?:{_any(labels.PICTURES)})\s*(?:credit|courtesy of|by)?\s*[:：/©]\s*©?|©(?!\s*\d{{4}}))"
    r"\s*(?P<credit>[^\s].*?)[)\]]?$",
    re.IGNORECASE,
)
READING_TIME = re.compile(rf"(?<!\d)\d{{1,3}}\s*-?\s*(?:{labels.MINUTES})(?!\w)", re.IGNORECASE)
PUBLISHER = re.compile(rf"(?:{_any(labels.PUBLISHER)})(?:\s*[:：]\s*|\s+)(?P<name>\S.*)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
DATE_WORDS = re.compile(rf"(?<!\w)(?:{_any(labels.DATE_LABELS)})(?!\w)", re.IGNORECASE)
UPDATE_WORDS = re.compile(rf"(?<!\w)(?:{_any(labels.UPDATE_LABELS)})(?!\w)", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…؟。।](?=[\s”»\"]|$)")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words and where they stand in the whole text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without the blanks around it, and what it turned out to be."""

    span: Span
    byline: Span | None = None
    credit: Span | None = None
    publisher: Span | None = None
    is_reading_time: bool = False
    is_address: bool = False
    letters_beside_date: int | None = None

    @property
    def is_date_line(self) -> bool:
        """Tell whether the line is there for its date."""
        if self.letters_beside_date is None or self.letters_beside_date > FURNITURE_LETTERS:
            return False
        is_sentence = SENTENCE_END.search(self.span.text) is not None
        return self.letters_beside_date <= DATE_LINE_LETTERS or not is_sentence

    @property
    def is_update(self) -> bool:
        """Tell whether the line gives the date of a change, not of the first publication."""
        return UPDATE_WORDS.search(self.span.text) is not None

    @property
    def is_about_the_page(self) -> bool:
        """Tell whether the line says when, by whom or how long: things that stand above the text."""
        return self.byline is not None or self.is_date_line or self.is_reading_time or self.is_address

    @property
    def is_plain(self) -> bool:
        """Tell whether the line may be a headline, a standfirst or a paragraph."""
        return not self.is_about_the_page and self.credit is None and self.publisher is None

    @property
    def is_paragraph(self) -> bool:
        """Tell whether the line is so long that it must belong to the text itself."""
        sentences = len(SENTENCE_END.findall(self.span.text))
        return len(self.span.text) > 400 or (len(self.span.text) > 200 and sentences > 1)


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank, each with what it turned out to be."""
    return tuple(_classify(span) for span in _spans(text))


def _spans(text: str) -> Iterator[Span]:
    offset = 0
    for printed in text.splitlines(keepends=True):
        words = printed.strip()
        if words:
            start = offset + printed.index(words)
            yield Span(words, start, start + len(words))
        offset += len(printed)


def _classify(span: Span) -> Line:
    if len(span.text) > LABEL_LINE_CHARACTERS:
        return Line(span)
    reading = READING_TIME.search(span.text) is not None and any(word in span.text.lower() for word in labels.READING)
    return Line(
        span,
        byline=_byline(span),
        credit=_part(span, CREDIT.search(span.text), "credit"),
        publisher=_part(span, PUBLISHER.fullmatch(span.text), "name"),
        is_reading_time=reading and len(span.text) <= FURNITURE_LETTERS * 2,
        is_address=ADDRESS.match(span.text) is not None,
        letters_beside_date=_letters_beside_date(span.text),
    )


def _byline(span: Span) -> Span | None:
    found = BYLINE.fullmatch(span.text)
    if found is None:
        return None
    name = AFTER_NAME.sub("", found["name"])
    # "byName" without a blank is a known slip of copied pages; "byname" is a word.
    is_glued = found["gap"] == ""
    if not is_name(name) or (is_glued and not name[0].isupper()):
        return None
    start = span.start + found.start("name")
    return Span(name, start, start + len(name))


def is_name(text: str) -> bool:
    """Tell whether a text could be a name: few words, each capitalised where the script has capitals."""
    words = text.replace(".", ". ").split()
    if not 0 < len(words) <= NAME_WORDS or any(mark in text for mark in '!?:;"«»“”…'):
        return False
    return all(word.lower() in labels.NAME_PARTICLES or not word[0].islower() for word in words)


def _part(span: Span, found: re.Match[str] | None, group: str) -> Span | None:
    if found is None or len(found[group]) > CREDIT_CHARACTERS:
        return None
    start = span.start + found.start(group)
    return Span(found[group], start, start + len(found[group]))


def _letters_beside_date(text: str) -> int | None:
    dates = read_dates(text)
    if not dates:
        return None
    for date in reversed(dates):
        text = text[: date.start] + text[date.end :]
    text = DATE_WORDS.sub("", text)
    return sum(character.isalpha() for character in text)
