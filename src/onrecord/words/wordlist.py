"""The lists of words from which receipts are made: 2,048 words of a language, and which of them a receipt avoids.

The order of a list is part of the format and never changes: a word's place is eleven bits of a key. Words about war,
weapons or police stay in the list but are never drawn, because nine words may be found on somebody.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "receipt"
LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class Wordlist:
    """One language's words, in their order, and the places of those that no new receipt uses."""

    language: str
    words: tuple[str, ...]
    avoid: frozenset[int]


@cache
def load_wordlist(language: str) -> Wordlist:
    """Return the words of a language, or the English ones where a language has none yet."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    words = tuple((FOLDER / f"{chosen}.txt").read_text(encoding="utf-8").split())
    avoided = (FOLDER / f"{chosen}.avoid.txt").read_text(encoding="utf-8").split()
    return Wordlist(chosen, words, frozenset(words.index(word) for word in avoided))
