"""A member writes to a reporter from the command line, and nothing is said that the reporter did not allow."""

import json
from pathlib import Path

import pytest

from invented_commands import Filled, Onrecord
from invented_letters import InventedLetter
from onrecord.seal.keyset import read_keyset
from onrecord.seal.letter.box import read_box
from onrecord.seal.open import NoKeyFits, open_sealed
from onrecord.seal.receipt import parse
from onrecord.words.wordlist import load_wordlist


def written(filled: Filled, onrecord: Onrecord, folder: Path, *consent: str) -> tuple[str, str]:
    """Hand in a letter with a receipt, open it, and return its id and the receipt's words."""
    (folder / "story.txt").write_text("They kept our passports.", encoding="utf-8")
    keyset = filled.folder / "keys" / "keyset.json"
    allowed = [option for purpose in consent for option in ("--consent", purpose)]
    words = onrecord(
        "letter", "write", "--text", "story.txt", "--keyset", keyset, "-o", "sealed.age", "--receipt", *allowed
    ).out
    arrival = filled.folder / "spool" / ("5" * 32)
    arrival.mkdir()
    (arrival / "letter.age").write_bytes((folder / "sealed.age").read_bytes())
    [letter] = onrecord("letter", "collect", "--open", "--json").json["opened"]
    return letter, words.strip().splitlines()[-1]


def test_a_question_reaches_the_reporter_who_agreed_to_be_asked(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    letter, words = written(filled, onrecord, tmp_path, "contact_again")
    (tmp_path / "ask.txt").write_text("Which month was it?\n", encoding="utf-8")
    (tmp_path / "why.txt").write_text("A court asks when.\n", encoding="utf-8")

    answer = onrecord("letter", "reply", letter[:8], "--text", "ask.txt", "--why", "why.txt", "--question", "--json")

    keys = parse(words, load_wordlist("en").words).keys()
    sealed = (filled.folder / "spool" / "boxes" / f"{keys.mailbox_id}.age").read_bytes()
    keyset = read_keyset((filled.folder / "keys" / "keyset.json").read_bytes(), root_key=None, now=None)
    recipient = str(keys.identity.recipient)
    box = read_box(open_sealed(sealed, [keys.identity]), keyset=keyset, recipient=recipient)
    assert (answer.code, answer.json["number"], answer.json["box"]) == (0, 1, 2)
    assert [(one.kind, one.text, one.why) for one in box.messages] == [
        ("question", "Which month was it?", "A court asks when.")
    ]
    assert "Which month was it?" in onrecord("letter", "read", letter).out


def test_what_is_allowed_now_and_a_hold_are_said_where_a_letter_is_read(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    letter, words = written(filled, onrecord, tmp_path, "share_un")
    keys, docket = parse(words, load_wordlist("en").words).keys(), filled.folder
    keyset = read_keyset((docket / "keys" / "keyset.json").read_bytes(), root_key=None, now=None)
    back = InventedLetter(receipt=keys, signed_by=keys, consent=[("share_un", "withdrawn")], answers={"erase": True})
    arrival = docket / "spool" / ("6" * 32)
    arrival.mkdir()
    (arrival / "letter.age").write_bytes(back.sealed_to(keyset))
    onrecord("letter", "collect", "--open")

    item, shown = onrecord("letter", "read", letter, "--json").json, onrecord("letter", "read", letter).out

    assert (item["consent"], item["consent_now"]) == ({"share_un": "given"}, {"share_un": "withdrawn"})
    assert item["is_on_hold"]
    assert "its reporter asks to erase it" in shown


def test_whoever_was_erased_at_the_command_line_finds_an_empty_box(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    letter, words = written(filled, onrecord, tmp_path)
    (tmp_path / "note.txt").write_text("We read it.\n", encoding="utf-8")
    onrecord("letter", "reply", letter, "--text", "note.txt")
    keys = parse(words, load_wordlist("en").words).keys()
    box = filled.folder / "spool" / "boxes" / f"{keys.mailbox_id}.age"
    said = box.read_bytes()

    onrecord("erase", letter, "--reason", "asked_by_the_person", "--yes")
    onrecord("letter", "collect")

    assert open_sealed(said, [keys.identity])
    assert len(box.read_bytes()) == len(said)
    with pytest.raises(NoKeyFits):
        open_sealed(box.read_bytes(), [keys.identity])


def test_nothing_is_asked_without_leave_and_nothing_said_without_a_receipt(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    letter, _ = written(filled, onrecord, tmp_path)
    for name in ("ask.txt", "why.txt"):
        (tmp_path / name).write_text("Which month was it?", encoding="utf-8")

    asked = onrecord("letter", "reply", letter, "--text", "ask.txt", "--why", "why.txt", "--question", "--json")
    nobody = onrecord("letter", "reply", filled.letter, "--text", "ask.txt", "--json")

    assert (asked.code, nobody.code) == (3, 3)
    assert json.loads(asked.err)["error"] == "This reporter did not agree to be asked questions."
    assert json.loads(nobody.err)["error"] == "This reporter took no receipt, so nothing can be said to them."
