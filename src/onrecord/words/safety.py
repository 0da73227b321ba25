"""Safety texts: notices, the rights card, what to look at before signing, and a card for each situation.

Ours are drafts in `words/safety/*.yaml`, each line with its source and date. An operator replaces, adds or signs them,
for one language at a time, by a file of the same form named after it (`uk.yaml`) in a folder of their own. A text that
no named organisation has reviewed is never shown on a public door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from onrecord.words.strict_yaml import DataFile, Place, read_data_file

FOLDER: Final = Path(__file__).parent / "safety"
SCHEMA: Final = "safety/1"
_TEXT_KEYS: Final = {"title", "lines", "words", "to_say", "reviewer", "reviewed_on"}


@dataclass(frozen=True, slots=True)
class Source:
    """A law or a published work on which a line rests, and its date; empty for a work that bears none."""

    name: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, with the source that it rests on and the place in it; none for what this program itself does."""

    text: str
    source: Source | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word to recognise, or to say, in a language and script that the reader may not know."""

    written: str
    latin: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SafetyText:
    """A notice (without a title) or a card; `reviewer` is the organisation that signed it, empty for a draft."""

    id: str
    written_on: str
    lines: tuple[Line, ...]
    title: str = ""
    words: tuple[Word, ...] = ()
    to_say: tuple[Word, ...] = ()
    reviewer: str = ""
    reviewed_on: str = ""


@cache
def load_safety(tag: str, folder: Path | None = None) -> Mapping[str, SafetyText]:
    """Return every safety text of one language, an operator's in place of ours; DataFileWrong with the line."""
    if folder is not None and (own := folder / f"{tag}.yaml").exists():
        return _ours() | read_safety(own, _ours())
    return _ours()


def read_safety(path: Path, replaced: Mapping[str, SafetyText] | None = None) -> dict[str, SafetyText]:
    """Read one file; an entry without lines only signs the text of the same name that it would replace."""
    file = read_data_file(path)
    if file.values.get("schema") != SCHEMA or not isinstance(file.values.get("written_on"), str):
        raise file.wrong(("schema",), f"schema must be {SCHEMA} and written_on a quoted date")
    return {id: _text(file, id, replaced or {}) for id in file.values.get("texts", {})}


@cache
def _ours() -> dict[str, SafetyText]:
    return {id: text for path in sorted(FOLDER.glob("*.yaml")) for id, text in read_safety(path).items()}


def _text(file: DataFile, id: str, replaced: Mapping[str, SafetyText]) -> SafetyText:
    place: Place = ("texts", id)
    values = file.values["texts"][id]
    if unknown := set(values) - _TEXT_KEYS:
        raise file.wrong((*place, unknown.pop()), "this name is not known here")
    review = {name: values.get(name, "") for name in ("reviewer", "reviewed_on")}
    if any(review.values()) and not all(review.values()):
        raise file.wrong(place, "reviewer and reviewed_on stand together")
    if "lines" not in values:
        if id not in replaced or not review["reviewer"]:
            raise file.wrong(place, "a text needs lines, or a reviewer who signs ours")
        return replace(replaced[id], **review)
    return SafetyText(
        id,
        file.values["written_on"],
        tuple(_line(file, (*place, "lines", at), line) for at, line in enumerate(values["lines"])),
        title=values.get("title", ""),
        words=_words(file, (*place, "words"), values.get("words", ())),
        to_say=_words(file, (*place, "to_say"), values.get("to_say", ())),
        **review,
    )


def _line(file: DataFile, place: Place, values: Mapping[str, Any]) -> Line:
    try:
        source = values.get("source")
        return Line(values["text"], Source(**file.values["sources"][source]) if source else None, values.get("at", ""))
    except (AttributeError, KeyError, TypeError):
        raise file.wrong(place, "a line needs a text, and a source that stands under `sources`") from None


def _words(file: DataFile, place: Place, words: Any) -> tuple[Word, ...]:
    try:
        return tuple(Word(**word) for word in words)
    except TypeError:
        raise file.wrong(place, "a word needs written, latin and meaning") from None
