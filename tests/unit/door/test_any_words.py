"""Whatever is typed leads to a box; who watches, counts or asks again does not learn whether it was the right one."""

import re
import sys
import threading
from html import unescape
from types import FrameType
from typing import Any

import pytest

from invented_boxes import NOTE, OTHER, RECEIPT, boxes, come_back, put_box, words, write_back
from invented_door import InventedDoor, form
from onrecord.door.app import create_app
from onrecord.ground.bounds import MAILBOX_PAGE_BYTES
from onrecord.seal.letter.box import Message
from onrecord.store.boxes import BoxesSilent
from onrecord.words.catalogue import load_language
from onrecord.words.wordlist import load_wordlist

LIST = load_wordlist("en").words
RIGHT = words().split()
CHECK_DIGIT = RECEIPT.digits()[-1]
# What somebody may type who was given nothing, or remembers badly.
NOBODYS = {
    "words of another receipt": words(OTHER),
    "one word of the list in the place of another": " ".join([LIST[-1], *RIGHT[1:]]),
    "two words in each other's place": " ".join([RIGHT[1], RIGHT[0], *RIGHT[2:]]),
    "a check word that does not fit": " ".join([*RIGHT[:-1], LIST[LIST.index(RIGHT[-1]) - 1]]),
    "words that no list has": " ".join(["invented"] * 9),
    "a word too few": " ".join(RIGHT[:-1]),
    "a word too many": " ".join([*RIGHT, RIGHT[0]]),
    "one word": "a",
    "the right numbers of nobody": OTHER.digits(),
    "numbers without their zeros": OTHER.digits().replace("\n0", "\n")[1:],
    "a check digit that does not fit": RECEIPT.digits()[:-1] + str((int(CHECK_DIGIT) + 1) % 10),
    "a digit too few": RECEIPT.digits()[:-1],
    "one digit": "7",
    "the largest numbers": "9" * 33,
    "another script": "Будь-який текст",
    "signs alone": "?!",
    "very much": "x" * 5000,
    "very many words": "abandon " * 5000,
    "very many digits": "1" * 5000,
}


def without_entropy(page: bytes) -> bytes:
    return re.sub(rb'name="box" value="[0-9a-f]{22}"', b"", page)


@pytest.mark.parametrize("typed", NOBODYS.values(), ids=NOBODYS)
def test_wrong_words_open_a_box_that_differs_in_nothing(door, typed):
    put_box(door, NOTE)
    unopened = come_back(InventedDoor(door.spool.folder.parent / "other", example=True), words())

    wrong = come_back(door, typed)

    assert without_entropy(wrong.body) == without_entropy(unopened.body)
    assert wrong.headers == unopened.headers


def test_a_full_box_and_an_empty_one_are_pages_of_one_size_with_the_same_headers_in_every_language(tmp_path):
    door = InventedDoor(tmp_path, example=True)
    longest = [Message(number, "question", "&" * 380, "<" * 180) for number in (1, 2)]
    put_box(door, *longest)

    for language in door.config.languages:
        full, empty = come_back(door, words(), language), come_back(door, words(OTHER), language)

        assert "&amp;" * 380 in full.text
        assert len(full.body) == len(empty.body) == MAILBOX_PAGE_BYTES
        assert full.headers == empty.headers


def test_of_very_many_short_messages_the_newest_are_shown_and_the_size_stays(door):
    put_box(door, *[Message(number, "question", f"Short {number}?", "Why.") for number in range(1, 80)])

    page = come_back(door, words())

    assert len(page.body) == MAILBOX_PAGE_BYTES
    assert "Short 79?" in page.text
    assert "Short 1?" not in page.text


def test_a_box_is_never_compressed_and_the_empty_form_before_it_is(door):
    asked = [("accept-encoding", "gzip, br"), ("content-type", "multipart/form-data; boundary=-----invented-boundary")]

    opened = door.ask("POST", "/en/return", [form([("words", words())], receipt="")], asked)
    form_page = door.ask("GET", "/en/return", [b""], asked)

    assert "content-encoding" not in opened.headers
    assert form_page.headers["content-encoding"] == "gzip"


def steps(door: InventedDoor, typed: str) -> list[str]:
    """Return every function of ours that runs while somebody comes back, in order, as the interpreter reports it."""
    called: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        file = frame.f_code.co_filename
        if event == "call" and "/src/onrecord/" in file and file.endswith(".py"):
            called.append(f"{file.rpartition('/')[2]}:{frame.f_code.co_name}")

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        come_back(door, typed)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return called


@pytest.mark.parametrize("typed", NOBODYS.values(), ids=NOBODYS)
def test_whatever_is_typed_is_answered_by_the_same_steps_as_right_words(door, typed):
    come_back(door, words())  # what is read once and kept is read now
    right = steps(door, words())

    assert steps(door, typed) == right


@pytest.mark.parametrize("typed", [words(), RECEIPT.digits()], ids=["words", "numbers"])
def test_where_a_box_is_the_steps_part_only_when_its_signature_was_checked(door, typed):
    come_back(door, words())
    wrong = steps(door, words(OTHER))
    put_box(door)

    opened = steps(door, typed)

    checked = wrong.index("signed.py:check_body") + 1
    assert "mailbox.py:visit" in wrong[:checked]
    assert opened[:checked] == wrong[:checked]


@pytest.mark.parametrize("typed", ["", "x" * 5_000, "<" * 20_000, "<" * 100_001])
@pytest.mark.parametrize("place", ["more", "answer.1", "answer.3"])
def test_a_page_that_says_what_is_wrong_has_one_size_whether_a_box_opened_or_not(door, place, typed):
    put_box(door, *[Message(number, "question", "&" * 380, "<" * 180) for number in (1, 2)])
    fields = [("subject", "filled by a program"), (place, typed)]

    full, empty = write_back(door, *fields), write_back(door, *fields, receipt=OTHER)

    assert "&amp;" * 380 in full.text
    assert full.status == empty.status == 422
    assert len(full.body) == len(empty.body) >= MAILBOX_PAGE_BYTES


def test_a_box_is_handed_out_as_it_is_and_none_looks_like_one(door):
    put_box(door, NOTE)
    mailbox = RECEIPT.keys().mailbox_id

    there, missing = door.get(f"/box/{mailbox}"), door.get(f"/box/{OTHER.keys().mailbox_id}")

    assert there.body == boxes(door).read(mailbox)
    assert len(missing.body) == len(there.body)
    assert missing.headers == there.headers
    assert door.get("/box/" + "../" * 3 + "door.toml").status == 404


class SilentBoxes:
    """Boxes in a bucket that does not answer."""

    def read(self, mailbox: str = "") -> bytes:
        raise BoxesSilent

    seed = read


def test_boxes_that_cannot_be_reached_are_said_in_every_language_and_what_was_typed_stays(door):
    door.app = create_app(door.config, door.spool, SilentBoxes(), clock=door.clock)

    asked = door.get(f"/box/{OTHER.keys().mailbox_id}")
    typed = {tag: come_back(door, words(), tag) for tag in door.config.languages}

    said = {tag: load_language(tag).say(BoxesSilent.sentence()) for tag in typed}
    assert asked.status == 503
    assert {answer.status for answer in typed.values()} == {503}
    assert [tag for tag, answer in typed.items() if said[tag] not in unescape(answer.text)] == []
    assert len(set(said.values())) == len(typed)
    assert all(words() in answer.text for answer in typed.values())


def test_who_asks_again_gets_the_same_bytes_from_every_door_of_the_folder_box_or_none(door):
    put_box(door, NOTE)
    other_door = InventedDoor(door.spool.folder.parent, example=True)

    for mailbox in (RECEIPT.keys().mailbox_id, OTHER.keys().mailbox_id):
        first, again = [door.get(f"/box/{mailbox}") for _ in range(2)]

        assert first == again == other_door.get(f"/box/{mailbox}")
