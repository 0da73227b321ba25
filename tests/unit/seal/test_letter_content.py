"""What letter.json may say, and what it may not."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.bounds import FILE_NAME_CHARACTERS
from onrecord.ground.canon import canonical
from onrecord.seal.letter.content import (
    Consent,
    Letter,
    LetterMalformed,
    Part,
    is_file_name,
    letter_json,
    parse_letter_json,
    shown_name,
)

LETTER = Letter(
    form="report_form.1",
    tier="C",
    language="uk",
    path="safe",
    written_on=date(2026, 3, 1),
    answers={
        "account": "Вигадана розповідь",
        "left_out": True,
        "basis": ["saw"],
        "means": {"detention": ["threatened"]},
    },
    prompted=("basis", "means"),
    consent=(Consent("public_statistics", "given", "0" * 64),),
    parts=(Part("фото.jpg", "1" * 64, 5),),
)


def changed(**changes: object) -> bytes:
    return canonical(json.loads(letter_json(LETTER)) | changes)


def test_a_letter_reads_back_as_it_was_written():
    assert parse_letter_json(letter_json(LETTER)) == LETTER


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": True},
        {"tier": "D"},
        {"tier": ["A"]},
        {"path": "elsewhere"},
        {"language": "u"},
        {"form": ""},
        {"extra": 1},
        {"written_on": "2026-3-1"},
        {"written_on": "2026-02-30"},
        {"answers": []},
        {"answers": {"Account": "capital"}},
        {"answers": {"account": 5}},
        {"answers": {"account": None}},
        {"answers": {"means": {"detention": {"deeper": "x"}}}},
        {"answers": {f"q{n}": "" for n in range(201)}},
        {"prompted": ["never_asked"]},
        {"prompted": [[]]},
        {"consent": [{"purpose": "un", "state": "given"}]},
        {"consent": [{"purpose": "un", "state": "given", "wording_sha256": "short"}]},
        {"reporter": {}},
        {"reporter": {"mailbox": "0" * 32, "recipient": "age1short", "verify_key": "A" * 43 + "="}},
        {"parts": [{"name": "a/b", "sha256": "0" * 64, "size_bytes": 1}]},
        {"parts": [{"name": "a", "sha256": "0" * 64, "size_bytes": -1}]},
        {"parts": [{"name": "a", "sha256": "0" * 64, "size_bytes": True}]},
        {"counter": -1},
        {"counter": 1},
        {"first_letter_sha256": "0" * 64},
    ],
    ids=lambda changes: json.dumps(changes)[:40],
)
def test_a_letter_that_says_something_else_is_refused(changes):
    with pytest.raises(LetterMalformed):
        parse_letter_json(changed(**changes))


@given(st.binary(max_size=300))
def test_any_other_bytes_are_refused_in_one_way(data):
    with pytest.raises(LetterMalformed):
        parse_letter_json(data)


def test_a_letter_is_not_written_that_could_not_be_read():
    with pytest.raises(LetterMalformed):
        letter_json(replace(LETTER, answers={"account": "Cafe\u0301"}))
    with pytest.raises(LetterMalformed):
        letter_json(replace(LETTER, answers={"account": "x" * 1024 * 1024}))


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "a\u202eb", "a\u200bb", "a\nb", "a\0b", " a", "e\u0301", "x" * 201]
)
def test_a_name_that_could_deceive_is_no_file_name(name):
    assert not is_file_name(name)


def test_a_deceiving_name_is_shown_with_what_it_hides():
    assert shown_name("photo\u202egpj.exe") == "photo[U+202E]gpj.exe"
    assert shown_name("../../etc/secret") == ".. .. etc secret"
    assert shown_name("..") == "unnamed"


@given(st.text(max_size=1200))
def test_every_name_in_the_world_becomes_a_file_name(name):
    assert is_file_name(shown_name(name))
    assert len(shown_name(name)) <= FILE_NAME_CHARACTERS
