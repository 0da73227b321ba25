"""Look for words that only a court may say, in every text of the law data that a page, a print or an export may show.

A word is looked for with its endings: who may not be called guilty has no guilt either. Conditions hold codes, whose
labels are the codebook's; the rules for questions and the table of claims are read by nobody but this program.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.law.reading.sections import texts
from onrecord.words.strict_yaml import DataFile, Place

NAME = "words_never_shown"
NOT_SHOWN_FILES = {"asks.yaml", "mapping.yaml"}
NOT_TEXTS = {"if", "supported_if", "contradicted_if", NAME}
DISCLAIMER: Place = ("disclaimer",)

OWN_ENDING = re.compile(r"(?:ed|en|y)$")
ENDINGS = "(?:y|e|ed|en|es|s|able|ably|er|ily|iness|ing|ion|ions|ation|ity|ly)?"


def words_never_shown(meta: DataFile) -> tuple[str, ...]:
    """Return the words; raise LawWrong where there is none, which would let every word through."""
    return texts(meta, (NAME,))


def shown_all_the_same(files: Mapping[str, DataFile]) -> Iterator[tuple[DataFile, Place, str]]:
    """Return where a text, or a name, of the law data holds such a word: the file, the place and what is wrong."""
    forms = {word: _forms(word) for word in words_never_shown(files["meta.yaml"])}
    for file in files.values():
        if file.name in NOT_SHOWN_FILES:
            continue
        for place, text in _texts(file.values, ()):
            for word, pattern in forms.items():
                if pattern.search(_without_denials(text, pattern) if place == DISCLAIMER else text):
                    yield file, place, f"the word {word} is never shown"


def _texts(given: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Return every text below a place, names included, in one line and with names written as words."""
    if isinstance(given, str):
        yield place, re.sub(r"[\s_-]+", " ", given)
    elif isinstance(given, list):
        for index, one in enumerate(given):
            yield from _texts(one, (*place, index))
    elif isinstance(given, dict):
        for name, value in given.items():
            if name not in NOT_TEXTS:
                yield from _texts(name, (*place, name))
                yield from _texts(value, (*place, name))


def _forms(word: str) -> re.Pattern[str]:
    """Return what finds a word, or several in a row, with any of their endings."""
    stems = (re.escape(OWN_ENDING.sub("", part)) for part in word.lower().split())
    return re.compile(r"\b" + " ".join(stem + ENDINGS for stem in stems) + r"\b", re.IGNORECASE)


def _without_denials(text: str, pattern: re.Pattern[str]) -> str:
    """Return the clauses of the disclaimer that do not deny the word: "not a verdict" may be said, "a verdict" not."""
    denied = re.compile(rf"\bnot\b.*{pattern.pattern}", re.IGNORECASE)
    return ". ".join(clause for clause in re.split(r"[.,;:]", text) if not denied.search(clause))
