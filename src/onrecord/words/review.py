"""Who has checked a language, and whether what they checked is still what is shown.

A review is a named person of a named organisation and the hash of all that one language shows: sentences, questions,
safety texts, an operator's own included. Change one letter, and the review no longer stands. A public door shows a
language only while its review stands, and of the safety texts only those that an organisation has signed. Questions
without the notices that belong before them would be worse than no page, so a review needs those signed too.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from onrecord.words.catalogue import TEMPLATE, Language, load_language
from onrecord.words.form import load_form
from onrecord.words.safety import load_safety

# Stands on the page that asks where somebody is, before any question.
FIRST_NOTICE: Final = "limits_of_protection_short"


@dataclass(frozen=True, slots=True)
class Review:
    """One review, as an operator records it in the settings."""

    language: str
    reviewer: str
    organisation: str
    on: str
    sha256: str


def standing_review(tag: str, reviews: Iterable[Review], safety_folder: Path | None = None) -> Review | None:
    """Return the review of a language that fits what is shown today; None makes the language a draft."""
    fitting = [review for review in reviews if review.language == tag]
    safety = load_safety(tag, safety_folder)
    if not fitting or not all(safety[id].reviewer for id in needed_notices()):
        return None
    shown = texts_sha256(tag, safety_folder)
    return next((review for review in reversed(fitting) if review.sha256 == shown), None)


@cache
def needed_notices() -> frozenset[str]:
    """Return the safety notices that the form cannot be shown without."""
    form = load_form()
    screens = [screen for path in form.paths.values() for screen in path]
    named = {FIRST_NOTICE}.union(*(screen.notices + screen.folded for screen in screens))
    named |= {rule.notice for screen in screens for rule in screen.notices_if}
    return frozenset(named - set(form.notices))


def texts_sha256(tag: str, safety_folder: Path | None = None) -> str:
    """Return the hash over all that one language shows."""
    language = load_language(tag)
    said = [[sentence, _said(language, sentence)] for sentence in _sentences()]
    safety = [asdict(text) for _, text in sorted(load_safety(tag, safety_folder).items())]
    shown = json.dumps({"v": 1, "language": tag, "said": said, "safety": safety}, sort_keys=True)
    return hashlib.sha256(shown.encode("ascii")).hexdigest()


def sheet(tag: str, safety_folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield every English sentence beside what this language shows for it, for a reviewer to read."""
    language = load_language(tag)
    for sentence in _sentences():
        english = sentence if isinstance(sentence, str) else sentence[1]
        yield from ((english, form) for form in dict.fromkeys(_said(language, sentence)))
    for text in load_safety(tag, safety_folder).values():
        shown = [text.title, *(line.text for line in text.lines), *(word.meaning for word in text.words + text.to_say)]
        yield from ((sentence, language.say(sentence)) for sentence in shown if sentence)
        yield from ((f"{word.meaning}: {word.latin}", word.written) for word in text.words + text.to_say)


def _said(language: Language, sentence: str | tuple[str, str]) -> tuple[str, ...]:
    return (language.say(sentence),) if isinstance(sentence, str) else language.forms(*sentence)


@cache
def _sentences() -> tuple[str | tuple[str, str], ...]:
    with TEMPLATE.open("rb") as lines:
        found = [message.id for message in read_po(lines) if message.id]
    return tuple(id if isinstance(id, str) else (id[0], id[1]) for id in found)
