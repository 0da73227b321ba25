"""A reporter who comes back finds what members said to them, and is asked only where they agreed to be asked."""

import hashlib
from base64 import b64decode
from datetime import UTC, datetime

import pytest

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.docket import Docket
from onrecord.casework.models import Letter, Reply
from onrecord.casework.record import redraw
from onrecord.casework.record.audit import audit
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId
from onrecord.intake.boxes import blanking, boxes_of, put_boxes
from onrecord.intake.collect import collect
from onrecord.intake.replying import (
    CONTACT_AGAIN,
    Draft,
    MailboxTaken,
    NotOpenedYet,
    NoWayBack,
    QuestionNotAllowed,
    reply,
    what_is_read,
)
from onrecord.intake.unseal import unseal_all
from onrecord.seal.letter.box import Box, BoxFull, MessageEmpty, read_box
from onrecord.seal.open import NoKeyFits, open_sealed
from onrecord.seal.receipt import Receipt, ReceiptKeys

RECEIPT = Receipt.new().keys()
QUESTION = Draft("Which month was it?", "A court asks when.", is_question=True)
NOTE = Draft("Thank you. We have read it.")


def receive(docket: Docket, *letters: InventedLetter) -> list[Letter]:
    sealed = [letter.sealed(docket) for letter in letters]
    for data in sealed:
        drop(docket, data)
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    rows = {row.sealed_sha256: row for row in Letter.objects.all()}
    return [rows[hashlib.sha256(data).hexdigest()] for data in sealed]


def found_by(docket: Docket, receipt: ReceiptKeys) -> Box:
    """Return what a reporter finds who comes back with a receipt."""
    put_boxes(boxes_of(docket))
    sealed = boxes_of(docket).read(receipt.mailbox_id)
    opened = open_sealed(sealed or b"", [receipt.identity])
    return read_box(opened, keyset=docket.keyset, recipient=str(receipt.identity.recipient))


def test_opening_a_letter_tells_its_reporter_so(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT))

    box = found_by(docket, RECEIPT)

    assert (box.letter_sha256, box.counter, box.messages) == (row.sealed_sha256, 1, ())
    assert (box.month, box.opened, box.signer) == ("2026-03", "2026-03", docket.actor)


def test_a_letter_without_a_receipt_is_answered_by_nothing(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter())

    with pytest.raises(NoWayBack):
        reply(docket, row.id, NOTE)

    assert not Reply.objects.exists()


def test_each_reply_writes_the_whole_box_anew_under_the_next_counter(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT, consent=[(CONTACT_AGAIN, "given")]))
    docket.clock.moment = datetime(2026, 5, 2, tzinfo=UTC)  # type: ignore[attr-defined]

    reply(docket, row.id, NOTE)
    reply(docket, row.id, QUESTION)

    box = found_by(docket, RECEIPT)
    assert (box.counter, box.month, box.opened) == (3, "2026-05", "2026-03")
    assert [(one.number, one.kind, one.text, one.why) for one in box.messages] == [
        (1, "note", NOTE.text, ""),
        (2, "question", QUESTION.text, QUESTION.why),
    ]


@pytest.mark.parametrize("state", ["ask_first", "never", "withdrawn", ""])
def test_nobody_is_asked_who_did_not_agree_to_be_asked(docket: Docket, state: str) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT, consent=[(CONTACT_AGAIN, state)] if state else []))

    with pytest.raises(QuestionNotAllowed):
        reply(docket, row.id, QUESTION)

    assert reply(docket, row.id, NOTE).counter == 2


@pytest.mark.parametrize(
    "draft, refusal",
    [(Draft(" "), MessageEmpty), (Draft("When?", is_question=True), MessageEmpty), (Draft("a" * 6001), BoxFull)],
)
def test_what_a_box_cannot_hold_is_refused_and_nothing_is_recorded(
    docket: Docket, draft: Draft, refusal: type[Exception]
) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT, consent=[(CONTACT_AGAIN, "given")]))

    with pytest.raises(refusal):
        reply(docket, row.id, draft)

    assert Reply.objects.count() == 1


def test_the_oldest_message_makes_room_and_the_draft_shows_it_before(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT))
    for number in (1, 2):
        reply(docket, row.id, Draft(f"{number}" * 2500))

    shown = what_is_read(row.id, Draft("3" * 2500))
    reply(docket, row.id, Draft("3" * 2500))

    assert [message.number for message in shown] == [2, 3]
    assert found_by(docket, RECEIPT).messages == tuple(shown)


def test_a_reply_goes_to_the_first_letter_from_whichever_letter_it_is_written(docket: Docket) -> None:
    first, later = receive(
        docket, InventedLetter(receipt=RECEIPT), InventedLetter(account="More.", receipt=RECEIPT, signed_by=RECEIPT)
    )

    answer = reply(docket, later.id, NOTE)

    assert (answer.letter, answer.counter) == (first.id, 2)
    assert found_by(docket, RECEIPT).letter_sha256 == first.sealed_sha256


def test_a_stranger_who_names_a_known_mailbox_gets_no_box(docket: Docket) -> None:
    thief = ReceiptKeys(RECEIPT.mailbox_id, Receipt.new().keys().identity, Receipt.new().keys().signing_key)
    [row] = receive(docket, InventedLetter(receipt=RECEIPT))

    [stolen] = receive(docket, InventedLetter(account="Mine!", receipt=thief))

    with pytest.raises(MailboxTaken):
        reply(docket, stolen.id, NOTE)
    assert found_by(docket, RECEIPT).letter_sha256 == row.sealed_sha256


def test_a_sealed_letter_and_one_that_is_not_there_are_not_answered(docket: Docket) -> None:
    drop(docket, InventedLetter(receipt=RECEIPT).sealed(docket))
    [collected] = collect(docket, spool_of(docket))

    for letter in (collected.letter, "f" * 32):
        with pytest.raises(NotOpenedYet):
            reply(docket, letter, NOTE)


def test_a_lost_box_is_put_out_again_and_only_what_is_new_is_looked_at(docket: Docket) -> None:
    receive(docket, InventedLetter(receipt=RECEIPT))
    boxes = boxes_of(docket)
    newest = put_boxes(boxes)
    boxes.put(RECEIPT.mailbox_id, b"an older one")

    assert put_boxes(boxes, after=newest) == newest
    assert boxes.read(RECEIPT.mailbox_id) == b"an older one"
    assert put_boxes(boxes) == newest
    assert boxes.read(RECEIPT.mailbox_id) == b64decode(Reply.objects.get().box)


def test_nothing_stays_out_that_was_said_to_somebody_who_was_erased(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT))
    boxes = boxes_of(docket)
    put_boxes(boxes)
    size_bytes = len(boxes.read(RECEIPT.mailbox_id) or b"")

    with blanking(docket, row.id):
        erase(docket, SubjectId(row.id), "asked_by_the_person")
    put_boxes(boxes)

    sealed = boxes.read(RECEIPT.mailbox_id) or b""
    assert len(sealed) == size_bytes
    with pytest.raises(NoKeyFits):
        open_sealed(sealed, [RECEIPT.identity])


def test_control_characters_of_a_pasted_text_become_spaces(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT))

    reply(docket, row.id, Draft("one\r\ntwo\tthree\x07 "))

    assert found_by(docket, RECEIPT).messages[0].text == "one\ntwo three"


def test_replies_are_drawn_again_as_they_were_and_the_audit_finds_nothing(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(receipt=RECEIPT))
    reply(docket, row.id, NOTE)

    assert redraw.check(docket) == []
    assert audit(docket).findings == []
