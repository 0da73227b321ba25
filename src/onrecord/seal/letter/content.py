"""Say what a letter is: the words, ticks and keys of one reporter at one time, written as `letter.json`.

What is read here comes from strangers: every key is known, every value is of its kind, every list has an end, and
anything else is refused before a word of it is used. docs/format/letter.md describes the whole letter, byte for byte.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from onrecord.errors import Damaged
from onrecord.ground.bounds import FILE_NAME_CHARACTERS, LETTER_ANSWERS, LETTER_FILES, LETTER_JSON_BYTES
from onrecord.ground.canon import NotCanonical, canonical, parse_canonical
from onrecord.ground.text import is_hidden, nfc, visible

VERSION: Final = 1
TIERS: Final = ("A", "B", "C")
PATHS: Final = ("searched", "safe", "")
_SHORTENED, _UNNAMED = "[...]", "unnamed"
_CODE = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_HEX32, _HEX64 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[A-Za-z0-9+/]{43}=")
_RECIPIENT = re.compile(r"age1pq1[0-9a-z]{1900,2000}")


class LetterMalformed(Damaged):
    """This letter says something that a letter cannot say."""

    next_step = "Keep the sealed letter as it is. Ask the reporter to send it again if you can reach them."


@dataclass(frozen=True, slots=True)
class Reporter:
    """The public halves of a receipt: where replies go, to whom they are sealed, who signs later letters."""

    mailbox: str
    recipient: str
    verify_key: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One choice about one purpose, with the hash of the sentence that was on the screen."""

    purpose: str
    state: str
    wording_sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A file sealed on its own beside the letter, known by the hash of its ciphertext."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter says; its files follow it."""

    form: str
    tier: str
    language: str
    path: str
    written_on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    prompted: tuple[str, ...] = ()
    consent: tuple[Consent, ...] = ()
    reporter: Reporter | None = None
    parts: tuple[Part, ...] = ()
    counter: int = 0
    first_letter_sha256: str | None = None


def letter_json(letter: Letter) -> bytes:
    """Write a letter's words as canonical JSON; raise LetterMalformed for a letter that a reader would refuse."""
    value = {name: getattr(letter, name) for name in Letter.__slots__}
    value |= {
        "v": VERSION,
        "written_on": letter.written_on.isoformat(),
        "consent": [_plain(consent) for consent in letter.consent],
        "parts": [_plain(part) for part in letter.parts],
        "reporter": letter.reporter and _plain(letter.reporter),
    }
    try:
        data = canonical(value)
    except NotCanonical:
        raise LetterMalformed from None
    parse_letter_json(data)
    return data


def parse_letter_json(data: bytes) -> Letter:
    """Read a stranger's letter.json; raise LetterMalformed unless every key and value is one that a letter may have."""
    _require(len(data) <= LETTER_JSON_BYTES)
    try:
        value = parse_canonical(data)
    except NotCanonical:
        raise LetterMalformed from None
    _require(isinstance(value, dict) and value.keys() == {"v", *Letter.__slots__} and value["v"] is not True)
    _require(value.pop("v") == VERSION)
    _check_head(value)
    _check_answers(value["answers"])
    prompted = _list(value["prompted"], LETTER_ANSWERS)
    _require(all(isinstance(question, str) and question in value["answers"] for question in prompted))
    return Letter(
        **value
        | {
            "written_on": _read_day(value["written_on"]),
            "prompted": tuple(prompted),
            "consent": tuple(_read_consent(item) for item in _list(value["consent"], LETTER_ANSWERS)),
            "reporter": None if value["reporter"] is None else _read_reporter(value["reporter"]),
            "parts": tuple(_read_part(item) for item in _list(value["parts"], LETTER_FILES)),
        }
    )


def is_file_name(name: str) -> bool:
    """Tell whether a name can be shown as it is: short, no separator, nothing in it that a reader cannot see."""
    return (
        0 < len(name) <= FILE_NAME_CHARACTERS
        and name not in (".", "..")
        and name == name.strip()
        and not any(character in "/\\\n\t" or is_hidden(character) for character in name)
        and name == nfc(name)
    )


def shown_name(name: str) -> str:
    """Return the name under which a stranger's file travels: nothing hidden, no separator, shortened in its middle."""
    name = re.sub(r"[/\\\s]+", " ", visible(nfc(name))).strip()
    if len(name) > FILE_NAME_CHARACTERS:
        half = FILE_NAME_CHARACTERS // 2 - len(_SHORTENED)
        name = nfc(f"{name[:half].strip()}{_SHORTENED}{name[-half:].strip()}")
    return name if is_file_name(name) else _UNNAMED


def _check_head(value: Mapping[str, Any]) -> None:
    _require(_matches(_CODE, value["form"]) and _matches(_TAG, value["language"]))
    _require(value["tier"] in TIERS and value["path"] in PATHS)
    _require(type(value["counter"]) is int and value["counter"] >= 0)
    first = value["first_letter_sha256"]
    # The first letter has nothing before it; every later one names the first and counts on from it.
    _require(first is None if value["counter"] == 0 else _matches(_HEX64, first))


def _check_answers(answers: object) -> None:
    if not isinstance(answers, dict) or len(answers) > LETTER_ANSWERS:
        raise LetterMalformed
    for question, answer in answers.items():
        _require(_matches(_CODE, question))
        # A grid answers each of its rows with a code or several.
        rows = answer.items() if isinstance(answer, dict) else [(question, answer)]
        _require(len(rows) <= LETTER_ANSWERS)
        for row, cell in rows:
            many = isinstance(cell, list) and len(cell) <= LETTER_ANSWERS and all(isinstance(one, str) for one in cell)
            _require(_matches(_CODE, row) and (isinstance(cell, str | bool) or many))


def _read_consent(value: object) -> Consent:
    consent = Consent(**_fields(value, Consent))
    _require(_matches(_CODE, consent.purpose) and _matches(_CODE, consent.state))
    _require(_matches(_HEX64, consent.wording_sha256))
    return consent


def _read_reporter(value: object) -> Reporter:
    reporter = Reporter(**_fields(value, Reporter))
    _require(_matches(_HEX32, reporter.mailbox) and _matches(_RECIPIENT, reporter.recipient))
    _require(_matches(_KEY, reporter.verify_key))
    return reporter


def _read_part(value: object) -> Part:
    part = Part(**_fields(value, Part))
    _require(isinstance(part.name, str) and is_file_name(part.name) and _matches(_HEX64, part.sha256))
    _require(type(part.size_bytes) is int and part.size_bytes >= 0)
    return part


def _read_day(value: object) -> date:
    _require(_matches(re.compile(r"\d{4}-\d{2}-\d{2}"), value))
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise LetterMalformed from None


def _fields(value: object, kind: type[Consent | Reporter | Part]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != set(kind.__slots__):
        raise LetterMalformed
    return value


def _list(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise LetterMalformed
    return value


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _plain(value: Consent | Reporter | Part) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _require(is_true: bool) -> None:
    if not is_true:
        raise LetterMalformed
