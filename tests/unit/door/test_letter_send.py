"""A letter sealed on one's own machine and handed in at a real door, by the command line."""

import json
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from onrecord.cli.letter.commands import register
from onrecord.cli.letter.files import FileUnreadable
from onrecord.cli.letter.send import LetterRefused
from onrecord.door.letterbox import NotASealedLetter
from onrecord.seal.keyset import KeysetExpired, KeysetForged
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import parse
from onrecord.store.folder_spool import FolderSpool
from onrecord.words.wordlist import load_wordlist
from running_door import RunningDoor, lasting_keys, running_door

KEYS = lasting_keys()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_door(tmp_path_factory.mktemp("door"), port, KEYS) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text("Вигадана розповідь", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    (tmp_path / "keyset.json").write_bytes(KEYS.file)
    return tmp_path


def letter(*words: str | Path):
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["letter", *(str(word) for word in words)])


def write(desk: Path, *more: str | Path):
    return letter(
        "write", "--text", desk / "story.txt", "--keyset", desk / "keyset.json", "-o", desk / "out.age", *more
    )


def newest(door: RunningDoor) -> LetterReading:
    spool = FolderSpool(door.spool)
    return LetterReading([KEYS.open(b"".join(spool.read(spool.arrivals()[-1])))])


def test_a_letter_written_and_sent_arrives_as_tier_a(desk, door):
    written = write(desk, "--file", desk / "photo.jpg", "--name", "Приклад Прикладенко", "--language", "uk")

    sent = letter("send", desk / "out.age", door.address)

    reading = newest(door)
    assert (written.exit_code, sent.exit_code) == (0, 0)
    assert (reading.letter.tier, reading.letter.language) == ("A", "uk")
    assert reading.letter.answers == {"account": "Вигадана розповідь"}
    assert reading.identity is not None
    assert [(file.name, b"".join(file.chunks)) for file in reading.files()] == [("photo.jpg", b"photo")]


def test_control_characters_of_a_text_file_are_written_out_as_the_form_of_a_door_does(desk):
    (desk / "story.txt").write_bytes(b"They came\x00 at \x07night.\tTwo\r\nof them.")

    write(desk, "--name", "Placeholder\x1b[2J")

    reading = LetterReading([KEYS.open((desk / "out.age").read_bytes())])
    identity = open_sealed(reading.identity, [KEYS.names])
    assert reading.letter.answers["account"] == "They came[U+0000] at [U+0007]night.\tTwo\nof them."
    assert json.loads(identity.rstrip(b"\0"))["name"] == "Placeholder[U+001B][2J"


def test_a_receipt_is_shown_once_and_its_public_halves_travel(desk):
    written = write(desk, "--receipt")

    receipt = parse(written.stdout, load_wordlist("en").words)

    reading = LetterReading([KEYS.open((desk / "out.age").read_bytes())])
    assert reading.letter.reporter == receipt.keys().reporter()


def test_what_is_not_a_sealed_letter_is_refused_in_the_words_of_the_door(desk, door):
    refusal = letter("send", desk / "story.txt", door.address).exception

    assert isinstance(refusal, LetterRefused) and refusal.exit_code == 2
    assert NotASealedLetter.sentence() in refusal.hint
    assert NotASealedLetter.next_step in refusal.hint
    assert "Back" not in refusal.hint and len(refusal.hint) < 400


def test_a_missing_file_gets_a_clear_sentence(desk, door):
    assert isinstance(letter("send", desk / "missing", door.address).exception, FileUnreadable)
    assert isinstance(write(desk, "--file", desk / "missing").exception, FileUnreadable)
    assert not (desk / "out.age").exists()


def test_a_text_that_is_not_utf_8_is_refused(desk):
    (desk / "story.txt").write_bytes(b"\xff\xfe")

    assert isinstance(write(desk).exception, FileUnreadable)


def test_nothing_is_sealed_to_an_expired_or_exchanged_keyset(desk):
    (desk / "keyset.json").write_bytes(type(KEYS)().file)
    assert isinstance(write(desk).exception, KeysetExpired)

    (desk / "keyset.json").write_bytes(lasting_keys().file)
    assert isinstance(write(desk, "--root-key", KEYS.keyset.root_key).exception, KeysetForged)
    assert not (desk / "out.age").exists()
