"""What a reader proposes about a page, each with the words it rests on; nothing is recorded until a person confirms.

What a page does not say stays None. A credit under a picture is never taken for the author or the publisher of a page.
"""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.ground.date_words import DateProposal


class Reason(StrEnum):
    """Why something is proposed; the sentence shown beside it."""

    HEADLINE_REPEATED = "This line is printed more than once."
    FIRST_LINE = "This is the first line that is neither a date, a byline nor a credit."
    BYLINE = "This line names who wrote it."
    STANDFIRST = "This stands between the headline and the byline, the date or the text."
    CREDIT = "This line ends with the credit of a picture."
    PUBLISHER_NAMED = "This line names the publisher."
    PAGE_METADATA = "The page says so in its own metadata, which readers of the page do not see."
    OPENING_WITHOUT_CLOSING = "This quotation opens and never closes: where it ends is not known."
    CLOSING_WITHOUT_OPENING = "This quotation closes and never opens: where it begins is not known."
    ODD_NUMBER_OF_MARKS = "This paragraph has an odd number of straight marks: one has no partner."


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed value and the words it rests on, as offsets into the text; None where they lie outside the text."""

    value: str
    start: int | None
    end: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under a picture, and whom it credits: the picture's origin, never the publisher of the page."""

    text: Proposed
    credit: Proposed


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that is proposed about one page; `published` is in order of weight, and ambiguous dates stand in it twice."""

    title: Proposed | None = None
    author: Proposed | None = None
    publisher: Proposed | None = None
    published: tuple[DateProposal, ...] = ()
    standfirst: Proposed | None = None
    captions: tuple[Caption, ...] = ()
    headline_repeats: tuple[Proposed, ...] = ()
    quote_defects: tuple[Proposed, ...] = ()
