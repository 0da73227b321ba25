"""A letter sealed elsewhere passes through the door as it is; what is not one does not."""

from datetime import date

import pytest

from invented_door import CONTENT_TYPE, InventedDoor, end, field, file
from onrecord.door.text import TEXT
from onrecord.ground.bounds import MIB
from onrecord.seal.close import seal
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.write import LetterFile, sealed_pieces
from onrecord.seal.recipients import X25519Identity

LETTER = Letter("report_form.1", "A", "en", "", date(2026, 3, 1), {"account": "An invented account."})


def sealed(door: InventedDoor, *files: LetterFile) -> bytes:
    return b"".join(sealed_pieces(LETTER, files, to=door.keys.keyset))


def hand_in(door: InventedDoor, data: bytes):
    return door.post("/en/sealed", file("letter", "any name", data) + end())


@pytest.mark.parametrize("size", [0, 70_000, 3 * MIB])
def test_a_sealed_letter_is_stored_as_it_came(door, size):
    letter = sealed(door, LetterFile("film.mp4", size, [bytes(size)]))

    answer = hand_in(door, letter)

    (arrival,) = door.spool.arrivals()
    assert answer.status == 200
    assert "keep it until the box of its nine words says that it was opened" in answer.text
    assert "a second letter" not in answer.text
    assert b"".join(door.spool.read(arrival)) == letter
    assert sorted(path.name for path in (door.spool.folder / arrival).iterdir()) == ["letter.age"]


def test_the_same_letter_handed_in_twice_gets_the_same_answer(door):
    letter = sealed(door)

    first, second = hand_in(door, letter), hand_in(door, letter)

    assert first == second
    assert len(door.spool.arrivals()) == 2


def refusals(door: InventedDoor) -> dict[str, bytes]:
    letter = sealed(door)
    reader = door.keys.readers[0].recipient
    return {
        "empty": b"",
        "a text": b"This is what happened.",
        "a text that begins well": b"age-encryption.org/v1\n" + b"x" * 100_000,
        "cut off in its header": letter[:100],
        "cut off in its content": letter[:-1000],
        "one byte more": letter + b"\0",
        "not padded": seal(b"a few words", [reader]),
        "for an older kind of key": seal(bytes(65536), [X25519Identity.generate().recipient]),
        "a header without end": b"age-encryption.org/v1\n-> " + b"x" * 200_000,
        "armored": b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    }


@pytest.mark.parametrize(
    "why",
    [
        "empty",
        "a text",
        "a text that begins well",
        "cut off in its header",
        "cut off in its content",
        "one byte more",
        "not padded",
        "for an older kind of key",
        "a header without end",
        "armored",
    ],
)
def test_what_is_not_a_sealed_letter_is_refused_and_not_kept(door, why):
    answer = hand_in(door, refusals(door)[why])

    assert answer.status == 422
    assert "not a sealed letter" in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_two_files_at_once_are_not_a_letter(door):
    letter = sealed(door)

    answer = door.post("/en/sealed", file("letter", "a", letter) + file("letter", "b", letter) + end())

    assert answer.status == 400
    assert list(door.spool.folder.iterdir()) == []


def test_a_field_beside_the_letter_is_refused(door):
    answer = door.post("/en/sealed", field("words", "never type them") + file("letter", "a", sealed(door)) + end())

    assert answer.status == 400
    assert list(door.spool.folder.iterdir()) == []


def test_a_sealed_letter_over_the_limit_is_refused(tmp_path):
    door = InventedDoor(tmp_path, letter_bytes=MIB)

    answer = hand_in(door, sealed(door, LetterFile("film.mp4", 4 * MIB, [bytes(4 * MIB)])))

    assert answer.status == 413
    assert list(door.spool.folder.iterdir()) == []


def test_an_expired_keyset_is_said_and_a_letter_sealed_to_it_is_not_kept(door):
    letter = sealed(door)
    door.clock.moment = door.clock.moment.replace(year=2027)

    answer = hand_in(door, letter)

    assert answer.status == 503
    assert "A letter that was sealed before stays good." in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_a_program_is_answered_in_plain_words(door):
    asked = [("content-type", CONTENT_TYPE), ("accept", "text/plain")]

    taken = door.ask("POST", "/en/sealed", [file("letter", "a", sealed(door)) + end()], asked)
    refused = door.ask("POST", "/en/sealed", [file("letter", "a", b"no letter") + end()], asked)

    assert (taken.status, taken.text) == (200, f"{TEXT['handed_in']}\n")
    assert refused.status == 422
    assert refused.text.startswith("This file is not a sealed letter, so it was refused and not kept.")


def test_a_letter_may_bring_the_work_of_its_script(door):
    body = field("work", "0") + field("hour", "2026-03-01T09") + file("letter", "a", sealed(door)) + end()

    assert door.post("/en/sealed", body).status == 200
    assert len(door.spool.arrivals()) == 1
