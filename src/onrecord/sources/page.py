"""Read an article that somebody copied and pasted: propose headline, author, date and publisher, and say why.

Only what the page itself says is proposed. A date is read with the evidence of the lines above the text alone, because
dates in the text are about events. Pasted pages are untidy, so every proposal names the line it rests on, and a person
confirms.

LIMIT: a page that prints neither a byline, a date nor its headline twice shows no border between headline and text;
then only the first line is proposed, as headline.
"""

from itertools import takewhile

from onrecord.ground.bounds import PAGE_CHARACTERS
from onrecord.ground.date_words import DateProposal, Order, read_dates
from onrecord.sources.lines import DATE_LINE_LETTERS, Line, Span, read_lines
from onrecord.sources.proposal import Caption, Proposal, Proposed, Reason
from onrecord.sources.quotes import quote_defects

# What stands above a text is within its first lines; what ends it, a byline at times, within its last.
HEAD_LINES = 15
TAIL_LINES = 3

TITLE_CHARACTERS = 250
FULL_STOPS = (".", "。", "।", "۔")
# A line of one or two words above the headline is the name of a section.
TITLE_WORDS = 3
# Shorter lines repeat for other reasons, such as "Read also".
REPEATED_CHARACTERS = 15
STANDFIRST_WORDS = 5


def read_pasted_article(text: str, *, locale: str = "", order: Order | None = None) -> Proposal:
    """Return what a pasted article says about itself; `order` is the order of dates if a person stated it."""
    lines = read_lines(text[:PAGE_CHARACTERS])
    title, repeats = _title(lines)
    head = _head(lines, repeats)
    return Proposal(
        title=title,
        author=_author(lines),
        publisher=_publisher(lines),
        published=_published(text, head, locale, order),
        standfirst=_standfirst(head, title, repeats),
        captions=tuple(
            Caption(_proposed(line.span, Reason.CREDIT), _proposed(line.credit, Reason.CREDIT))
            for line in lines
            if line.credit is not None
        ),
        headline_repeats=tuple(_proposed(line.span, Reason.HEADLINE_REPEATED) for line in repeats[1:]),
        quote_defects=quote_defects(lines),
    )


def _title(lines: tuple[Line, ...]) -> tuple[Proposed | None, list[Line]]:
    """Return the headline and, if it is printed more than once, all the lines that print it."""
    candidates = [line for line in _before_text(lines) if line.is_plain and len(line.span.text) <= TITLE_CHARACTERS]
    for line in candidates:
        same = [other for other in lines if _folded(other) == _folded(line)]
        if len(same) > 1 and len(line.span.text) >= REPEATED_CHARACTERS:
            return _proposed(line.span, Reason.HEADLINE_REPEATED), same
    # A headline has no full stop: a first line that has one is the text itself.
    before_sentence = list(takewhile(lambda line: not line.span.text.endswith(FULL_STOPS), candidates))
    wordy = [line for line in before_sentence if len(line.span.text.split()) >= TITLE_WORDS]
    for line in wordy or before_sentence:
        return _proposed(line.span, Reason.FIRST_LINE), []
    return None, []


def _before_text(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the first lines up to the first paragraph."""
    first = next((index for index, line in enumerate(lines) if line.is_plain and line.is_paragraph), len(lines))
    return lines[: min(first, HEAD_LINES)]


def _head(lines: tuple[Line, ...], repeats: list[Line]) -> tuple[Line, ...]:
    """Return the lines above the text: up to the last that is about the page or prints the headline again."""
    before = _before_text(lines)
    ends = [index for index, line in enumerate(before) if line.is_about_the_page or line in repeats[1:]]
    return before[: ends[-1] + 1] if ends else ()


def _author(lines: tuple[Line, ...]) -> Proposed | None:
    for line in (*lines[:HEAD_LINES], *lines[HEAD_LINES:][-TAIL_LINES:]):
        if line.byline is not None:
            return _proposed(line.byline, Reason.BYLINE)
    return None


def _publisher(lines: tuple[Line, ...]) -> Proposed | None:
    for line in lines:
        if line.publisher is not None:
            return _proposed(line.publisher, Reason.PUBLISHER_NAMED)
    return None


def _published(text: str, head: tuple[Line, ...], locale: str, order: Order | None) -> tuple[DateProposal, ...]:
    """Return the dates above the text: first a line that only gives a date, then others, then dates of changes."""
    above = text[: head[-1].span.end] if head else ""
    weighed = []
    for proposal in read_dates(above, locale=locale, order=order):
        start = proposal.start or 0
        line = next(line for line in head if line.span.start <= start < line.span.end)
        if line.is_about_the_page:
            is_bare = line.letters_beside_date is not None and line.letters_beside_date <= DATE_LINE_LETTERS
            weighed.append(((line.is_update, line.is_address, not is_bare, start), proposal))
    return tuple(proposal for _, proposal in sorted(weighed, key=lambda pair: pair[0]))


def _standfirst(head: tuple[Line, ...], title: Proposed | None, repeats: list[Line]) -> Proposed | None:
    for line in head:
        is_below_title = title is not None and title.start is not None and line.span.start > title.start
        if is_below_title and line.is_plain and line not in repeats and len(line.span.text.split()) >= STANDFIRST_WORDS:
            return _proposed(line.span, Reason.STANDFIRST)
    return None


def _folded(line: Line) -> str:
    return " ".join(line.span.text.casefold().split())


def _proposed(span: Span, reason: Reason) -> Proposed:
    return Proposed(span.text, span.start, span.end, reason)
