"""Nine words lead back to a box: what the desk wrote is read there, and what is written there follows the letter."""

import hashlib
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from invented_boxes import FIRST, NOTE, OTHER, QUESTION, RECEIPT, boxes, come_back, put_box, words, write_back
from invented_door import InventedDoor, form
from onrecord.door.mailbox import fits, proof_of
from onrecord.door.text import TEXT
from onrecord.ground.bounds import MAILBOX_PAGE_BYTES, MIB
from onrecord.seal.close import seal
from onrecord.seal.keyset import raw_key
from onrecord.seal.letter.signed import LaterLetter, check_body
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import Receipt


def test_nine_words_open_what_the_desk_wrote(door):
    put_box(door, QUESTION, NOTE)

    page = come_back(door, words()).text

    assert "A person on our team opened it in \u2068February 2026\u2069" in page
    assert "Which unit was the paper &lt;for&gt;?" in page
    assert "It tells us which forces it was for." in page
    assert "Your letter reached us.\nThank you." in page
    assert 'name="answer.3"' in page


def test_a_message_that_is_missing_shows_by_its_number_and_what_that_means_is_said(door):
    put_box(door, QUESTION, NOTE)

    page = come_back(door, words()).text

    assert [number for number in (3, 4) if f">Message {number}<" in page] == [3, 4]
    assert "The newest message here is from" in page
    assert "If a newer one that you remember is missing, somebody may have put an old box in its place" in page


def test_the_page_of_a_box_says_every_limit_of_being_sealed_on_arrival(door):
    page = come_back(door, words()).text

    assert f"{TEXT['tier_c']} {TEXT['box_tier']}" in page


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


def test_a_box_leads_to_no_kit_and_keeps_its_upload_folded(door):
    put_box(door, QUESTION)

    page = come_back(door, words()).text

    # Whoever came back may have written where one is searched. The one link leaves.
    assert re.findall(r'<a [^>]*href="([^"]*)"', page) == [door.config.settings.leave]
    assert "/kit/" not in page
    folded = page[page.rindex("<details", 0, page.index('name="files"')) : page.index('name="files"')]
    assert folded.startswith("<details>")


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
