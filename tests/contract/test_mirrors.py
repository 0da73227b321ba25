"""Two doors of one docket share a bucket: letters of both come to the desk, and either hands out what the desk says."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from invented_bucket import DESK, DOOR, environment, running_bucket
from invented_door import form
from onrecord.cli.door.looking import Door
from onrecord.ground.clock import StillClock
from onrecord.seal.letter.box import Box, Message, seal_box
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.receipt import Receipt
from onrecord.store.place import open_place
from onrecord.words.wordlist import load_wordlist
from running_door import lasting_keys, running_door


def test_what_is_left_at_either_door_reaches_the_desk_and_each_leads_back_to_the_same_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, receipt = lasting_keys(), Receipt.new()
    said = Box("ab" * 32, 1, "2026-03", "2026-03", (Message(1, "note", "It was read."),), "a" * 32)
    use(DOOR, monkeypatch)

    with running_bucket(tmp_path / "bucket") as bucket:
        place = bucket.place("docket")
        with (
            running_door(tmp_path / "one", free_port(), keys, place=place) as one,
            running_door(tmp_path / "two", free_port(), keys, place=place) as two,
        ):
            bodies = [form([("account", f"Left at door {door}.")]) for door in ("one", "two")]
            answers = [door.post("/en/safe", [body], len(body)) for door, body in zip((one, two), bodies, strict=True)]
            use(DESK, monkeypatch)
            spool, boxes = open_place(place, StillClock(datetime.now(UTC)))
            boxes.put(receipt.keys().mailbox_id, seal_box(said, keys.member, str(receipt.keys().identity.recipient)))
            words = " ".join(receipt.words(load_wordlist("en").words))
            returned = [Door(door.address).post("/en/return", {"words": words}).text for door in (one, two)]
        letters = [LetterReading([keys.open(b"".join(spool.read(name)))]).letter for name in spool.arrivals()]

    assert answers == [200, 200]
    assert {letter.answers["account"] for letter in letters} == {"Left at door one.", "Left at door two."}
    assert ["It was read." in page for page in returned] == [True, True]


def use(caller: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(caller).items():
        monkeypatch.setenv(name, value)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
