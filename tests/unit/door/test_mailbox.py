"""Nine words lead back to a box; every other text leads to one that looks the same."""

import hashlib
import re
import sys
import threading
from html import unescape
from types import FrameType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from invented_door import InventedDoor, form
from onrecord.door.app import create_app
from onrecord.door.mailbox import fits, proof_of
from onrecord.ground.bounds import MAILBOX_PAGE_BYTES, MIB
from onrecord.seal.close import seal
from onrecord.seal.keyset import raw_key
from onrecord.seal.letter.box import Box, Message, seal_box
from onrecord.seal.letter.signed import LaterLetter, check_body
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import Receipt
from onrecord.store.boxes import BoxesSilent, FolderBoxes
from onrecord.words.catalogue import load_language
from onrecord.words.wordlist import load_wordlist

RECEIPT = Receipt(bytes(range(11)))
OTHER = Receipt(bytes(range(11, 22)))
FIRST = "ab" * 32
QUESTION = Message(3, "question", "Which unit was the paper <for>?", "It tells us which forces it was for.")
NOTE = Message(4, "note", "Your letter reached us.\nThank you.")


def words(receipt: Receipt = RECEIPT) -> str:
    return " ".join(receipt.words(load_wordlist("en").words))


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


def put_box(
    door: InventedDoor, *messages: Message, to: Receipt = RECEIPT, by: Ed25519PrivateKey | None = None, counter: int = 2
) -> None:
    """Put what the desk would put: a box signed by the docket's one member."""
    reporter = to.keys().reporter()
    box = Box(FIRST, counter, "2026-03", "2026-02", messages, door.keys.keyset.signers[0].id)
    boxes(door).put(RECEIPT.keys().mailbox_id, seal_box(box, by or door.keys.member, reporter.recipient))


def boxes(door: InventedDoor) -> FolderBoxes:
    return FolderBoxes(door.spool.folder / "boxes", clock=door.clock)


def come_back(door: InventedDoor, typed: str, language: str = "en"):
    return door.post(f"/{language}/return", form([("words", typed)], receipt=""))


def write_back(door: InventedDoor, *fields: tuple[str, str], files=(), receipt: Receipt = RECEIPT):
    return door.post("/en/box", form([("box", receipt.entropy.hex()), *fields], files, receipt=""))


def without_entropy(page: bytes) -> bytes:
    return re.sub(rb'name="box" value="[0-9a-f]{22}"', b"", page)


def test_nine_words_open_what_the_desk_wrote(door):
    put_box(door, QUESTION, NOTE)

    page = come_back(door, words()).text

    assert "A person on our team opened it in \u2068February 2026\u2069" in page
    assert "Which unit was the paper &lt;for&gt;?" in page
    assert "It tells us which forces it was for." in page
    assert "Your letter reached us.\nThank you." in page
    assert 'name="answer.3"' in page


@pytest.mark.parametrize("typed", [words().upper(), "  " + words().replace(" ", ",\r\n"), RECEIPT.digits()])
def test_words_open_however_they_are_written(door, typed):
    put_box(door, NOTE)

    assert "Your letter reached us." in come_back(door, typed).text


def forged(door: InventedDoor) -> None:
    put_box(door, NOTE, by=Ed25519PrivateKey.generate())


def for_somebody_else(door: InventedDoor) -> None:
    put_box(door, NOTE, to=OTHER)


def signed_for_somebody_else(door: InventedDoor) -> None:
    """Seal to this reporter what a member signed for another one."""
    put_box(door, NOTE, to=OTHER)
    mailbox = RECEIPT.keys().mailbox_id
    stolen = open_sealed(boxes(door).read(mailbox) or b"", [OTHER.keys().identity])
    boxes(door).put(mailbox, seal(stolen, [RECEIPT.keys().identity.recipient]))


def broken(door: InventedDoor) -> None:
    boxes(door).put(RECEIPT.keys().mailbox_id, b"no box at all")


def not_there(door: InventedDoor) -> None:
    pass


@pytest.mark.parametrize("spoil", [forged, for_somebody_else, signed_for_somebody_else, broken, not_there])
def test_what_the_desk_did_not_write_to_this_person_is_not_shown(door, spoil):
    spoil(door)

    page = come_back(door, words())

    assert (page.status, len(page.body)) == (200, MAILBOX_PAGE_BYTES)
    assert "No message is here" in page.text
    assert "Your letter reached us" not in page.text


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


@pytest.mark.parametrize("typed", ["", " \r\n\t"])
def test_who_types_nothing_is_asked_to_type_something(door, typed):
    answer = come_back(door, typed)

    assert answer.status == 422
    assert 'href="#words"' in answer.text


def test_an_answer_follows_the_first_letter_signed_and_marked(door):
    put_box(door, QUESTION, counter=7)

    answer = write_back(door, ("answer.3", "An invented unit."), ("more", "One more thing."))

    ((reading, _),) = door.letters()
    letter = reading.letter
    assert answer.status == 200
    assert (letter.form, letter.tier, letter.path, letter.reporter) == ("mailbox.1", "C", "", None)
    assert (letter.counter, letter.first_letter_sha256) == (7, FIRST)
    assert letter.answers == {"answer.3": "An invented unit.", "more": "One more thing."}
    check_body(LaterLetter(FIRST, 7, reading.body_sha256), reading.signature, verify_key())


def verify_key() -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw_key(RECEIPT.keys().reporter().verify_key))


def test_what_is_written_from_an_empty_box_is_not_lost(door):
    write_back(door, ("more", "Did you read it?"))

    ((reading, _),) = door.letters()
    assert (reading.letter.counter, reading.letter.first_letter_sha256) == (0, None)
    assert reading.letter.reporter == RECEIPT.keys().reporter()
    check_body(LaterLetter("", 0, reading.body_sha256), reading.signature, verify_key())


def test_an_answer_to_a_question_that_has_gone_arrives_all_the_same(door):
    put_box(door, NOTE)

    write_back(door, ("answer.99", "Late, but here."))

    ((reading, _),) = door.letters()
    assert reading.letter.answers == {"answer.99": "Late, but here."}


def test_from_a_box_one_can_only_take_back(door):
    for state in ("given", "ask_first", "never"):
        refused = write_back(door, ("consent.share_un", state))

        assert refused.status == 400
    assert door.spool.arrivals() == []


def test_a_tick_takes_back_one_purpose_with_the_wording_shown(door):
    write_back(door, ("consent.share_un", "withdrawn"))

    ((reading, _),) = door.letters()
    (consent,) = reading.letter.consent
    assert (consent.purpose, consent.state) == ("share_un", "withdrawn")
    assert consent.wording_sha256 == hashlib.sha256(b"Give it to the United Nations").hexdigest()


def test_one_tick_takes_back_everything(door):
    write_back(door, ("consent.all", "withdrawn"))

    ((reading, _),) = door.letters()
    purposes = {consent.purpose for consent in reading.letter.consent}
    assert len(purposes) == 12
    assert {"share_un", "publish_identity", "contact_again"} <= purposes
    assert {consent.state for consent in reading.letter.consent} == {"withdrawn"}


def test_a_wish_to_delete_and_files_go_along(door):
    write_back(door, ("erase", "yes"), files=[("files", "photo.jpg", b"photo")])

    ((reading, files),) = door.letters()
    assert reading.letter.answers == {"erase": True}
    assert reading.letter.prompted == ("erase",)
    assert files == {"photo.jpg": b"photo"}


def test_sending_nothing_says_so_and_shows_the_box_again(door):
    put_box(door, NOTE)

    answer = write_back(door, ("more", "  "))

    assert answer.status == 422
    assert "Nothing is written or marked here yet" in answer.text
    assert "Your letter reached us." in answer.text
    assert len(answer.body) == MAILBOX_PAGE_BYTES


@pytest.mark.parametrize("typed", ["", "x" * 5_000, "<" * 20_000, "<" * 100_001])
@pytest.mark.parametrize("place", ["more", "answer.1", "answer.3"])
def test_a_page_that_says_what_is_wrong_has_one_size_whether_a_box_opened_or_not(door, place, typed):
    put_box(door, *[Message(number, "question", "&" * 380, "<" * 180) for number in (1, 2)])
    fields = [("subject", "filled by a program"), (place, typed)]

    full, empty = write_back(door, *fields), write_back(door, *fields, receipt=OTHER)

    assert "&amp;" * 380 in full.text
    assert full.status == empty.status == 422
    assert len(full.body) == len(empty.body) >= MAILBOX_PAGE_BYTES


def test_too_long_an_answer_stays_on_the_page(door):
    put_box(door, QUESTION)

    answer = write_back(door, ("answer.3", "ю" * 100_001), ("consent.share_un", "withdrawn"))

    assert answer.status == 422
    assert "Too long by 1 letter" in answer.text
    assert "ю" * 100_001 in answer.text
    assert 'href="#answer.3"' in answer.text
    assert 'value="withdrawn" checked' in answer.text


@pytest.mark.parametrize("entropy", ["", "ab", "zz" * 11, "ab" * 12])
def test_a_page_that_brings_no_box_is_broken(door, entropy):
    answer = door.post("/en/box", form([("box", entropy), ("more", "text")], receipt=""))

    assert answer.status == 400
    assert "arrived broken off or changed" in answer.text


def test_no_words_at_all_are_asked_for_again(door):
    answer = come_back(door, "  \r\n")

    assert answer.status == 422
    assert "Type your words or numbers" in answer.text


def test_a_box_can_be_opened_while_the_door_takes_nothing_in(door, monkeypatch):
    put_box(door, NOTE)
    monkeypatch.setattr(door.spool, "_keep_free_bytes", 1 << 60)

    opened, refused = come_back(door, words()), write_back(door, ("more", "kept on the page"))

    assert "Your letter reached us." in opened.text
    assert refused.status == 503
    assert "kept on the page" in refused.text


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


def check(door: InventedDoor, typed: str, receipt: Receipt = RECEIPT) -> str:
    proof = proof_of(receipt.entropy, lambda size: bytes(size))
    return door.post("/en/check", form([("proof", proof), ("words", typed)], receipt="")).text


@pytest.mark.parametrize("typed", [words(), words().title(), "\r\n".join(words().split()), RECEIPT.digits()])
def test_words_typed_back_fit(door, typed):
    assert "They fit" in check(door, typed)


@pytest.mark.parametrize(
    "typed, said",
    [
        (words(OTHER), "belongs to another letter"),
        (words().replace(words().split()[3], "qqqq"), "Word 4 is not one of our words"),
        (" ".join(words().split()[:8]), "You typed 8 words. There are nine."),
        ("0" * 33, "Compare each number"),
        ("", "Compare each number"),
    ],
)
def test_words_that_do_not_fit_are_told_plainly_and_stay(door, typed, said):
    page = check(door, typed)

    assert "They do not fit" in page
    assert said in page
    assert f"\n{typed}</textarea>" in page


def test_the_page_of_a_check_holds_nothing_that_opens_the_box(door):
    page = check(door, "wrong")

    assert RECEIPT.entropy.hex() not in page
    assert not any(f">{word}<" in page for word in words().split())


@pytest.mark.parametrize("proof", ["", "zz", "00" * 16, "ї" * 48, "0" * 5000])
def test_a_check_without_its_proof_never_fits(proof):
    assert not fits(proof, RECEIPT.entropy)


def test_the_words_that_were_shown_fit_what_the_page_carries(door):
    page = door.post("/en/searched", form([("account", "An invented account.")], receipt="yes")).text
    shown = re.findall(r"<li>([a-z]+)</li>", page)
    (proof,) = re.findall(r'name="proof" value="([0-9a-f]+)"', page)

    answer = door.post("/en/check", form([("proof", proof), ("words", " ".join(shown))], receipt=""))

    assert "They fit" in answer.text


def test_a_form_of_the_return_page_is_small_whatever_is_sent(door):
    answer = door.post("/en/return", form([("words", "x" * (2 * MIB))], receipt=""))

    assert answer.status == 413
