"""Cut a text into numbered paragraphs, with the passages marked in it. Not one character is changed.

Positions count characters (Unicode code points) of the whole text, as everywhere. Characters that nobody would see,
or that would turn the line around, are marked so that the page can write them out beside where they stand; those that
Persian, Hindi or Sinhala spelling needs are left alone, since a text full of marks cannot be read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ground.text import is_hidden

LINE = re.compile(r"[^\r\n]+")
SPELLING_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be marked: its letter, whether it is deception, and whether its claim was taken back."""

    id: str
    start: int
    end: int
    letter: str
    is_trick: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters in a row; `shown` is what to write beside one that cannot be seen."""

    text: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph with the same marks on all of it; `begins` are the passages that begin here."""

    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]

    @property
    def on_top(self) -> Mark | None:
        """Return the mark that gives the piece its colour: one that still stands, the shortest of them."""
        return min(self.marks, key=lambda mark: (mark.is_withdrawn, mark.end - mark.start), default=None)

    @property
    def passages(self) -> str:
        """Return the passages that cover this piece, for the page's script."""
        return " ".join(mark.id for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number, its place in the text, its pieces, and the letters of what is coded in it."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    letters: tuple[str, ...]


def paragraphs(text: str, marks: Sequence[Mark] = ()) -> list[Paragraph]:
    """Return the paragraphs of a text: every line that holds anything."""
    return [
        _paragraph(text, number, found.start(), found.end(), marks)
        for number, found in enumerate((found for found in LINE.finditer(text) if found[0].strip()), start=1)
    ]


def paragraph_at(text: str, place: int) -> int:
    """Return the number of the paragraph in which a character stands, or the next one."""
    return sum(1 for found in LINE.finditer(text, 0, place + 1) if found[0].strip()) or 1


def _paragraph(text: str, number: int, start: int, end: int, marks: Sequence[Mark]) -> Paragraph:
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = sorted({start, end, *(edge for mark in here for edge in (mark.start, mark.end) if start < edge < end)})
    pieces = tuple(_piece(text, low, high, here) for low, high in pairwise(edges))
    standing = [mark.letter for mark in here if not mark.is_withdrawn]
    return Paragraph(number, start, end, pieces, tuple(dict.fromkeys(standing)))


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    covering = tuple(mark for mark in marks if mark.start <= start and end <= mark.end)
    begins = tuple(mark.id for mark in covering if mark.start == start)
    return Piece(tuple(_runs(text[start:end])), covering, begins)


def _runs(text: str) -> Iterator[Run]:
    plain = ""
    for character in text:
        if character in SPELLING_JOINERS or not is_hidden(character):
            plain += character
            continue
        if plain:
            yield Run(plain)
        plain = ""
        yield Run(character, f"[U+{ord(character):04X}]")
    if plain:
        yield Run(plain)
