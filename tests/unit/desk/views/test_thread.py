"""What passed between desk and reporter stands in one thread, and nothing is said, allowed or erased by a slip."""

import hashlib
from typing import Any

import pytest

from invented_letters import InventedLetter, drop
from onrecord.casework.consent import consent_of
from onrecord.casework.models import Erasure, Hold, Letter, Reply
from onrecord.casework.texts import reading_exhibit
from onrecord.desk.collector import COMPARE_ALL_BOXES_EVERY, collect_once
from onrecord.intake.boxes import boxes_of
from onrecord.seal.letter.box import read_box
from onrecord.seal.open import NoKeyFits, open_sealed
from onrecord.seal.receipt import Receipt
from unit.desk.conftest import Desk

RECEIPT = Receipt.new().keys()
ASK = {"kind": "question", "text": "Which month was it?", "why": "A court asks when."}


def opened(desk: Desk, letter: InventedLetter) -> Letter:
    sealed = letter.sealed(desk.docket)
    drop(desk.docket, sealed)
    collect_once(desk.served)
    desk.client.post("/letters/open")
    return Letter.objects.get(sealed_sha256=hashlib.sha256(sealed).hexdigest())


def first(desk: Desk, *consent: tuple[str, str], **about: Any) -> Letter:
    return opened(desk, InventedLetter(receipt=RECEIPT, consent=consent or [("contact_again", "given")], **about))


def later(desk: Desk, row: Letter, **about: Any) -> Letter:
    about = {"account": "", "form": "mailbox.1", "counter": 1, "signed_by": RECEIPT} | about
    return opened(desk, InventedLetter(first_sha256=row.sealed_sha256, **about))


def page(desk: Desk, row: Letter) -> str:
    return desk.client.get(f"/letter/{row.id}").content.decode()


def test_a_question_is_shown_as_the_reporter_will_read_it_before_it_is_sealed(desk: Desk) -> None:
    row = first(desk)

    looked = desk.client.post(f"/letter/{row.id}/reply", ASK | {"step": "look"}).content.decode()
    said_before = Reply.objects.filter(number__gt=0).count()
    sealed = desk.client.post(f"/letter/{row.id}/reply", ASK | {"step": "seal"})

    assert "What the reporter will read" in looked
    assert "1 message" in looked
    assert (said_before, sealed.status_code) == (0, 302)
    assert "1 question asked so far." in page(desk, row)


def test_what_was_never_asked_is_not_called_a_refusal(desk: Desk) -> None:
    row = first(desk)

    shown = page(desk, row)

    assert "not asked: no" in shown
    assert "asked, left blank" not in shown


def test_an_older_box_that_somebody_put_back_is_put_right_within_the_hour(desk: Desk) -> None:
    row, boxes = first(desk), boxes_of(desk.docket)
    older = boxes.read(RECEIPT.mailbox_id)
    desk.client.post(f"/letter/{row.id}/reply", ASK | {"step": "seal"})
    collect_once(desk.served)
    newer = boxes.read(RECEIPT.mailbox_id)

    boxes.put(RECEIPT.mailbox_id, older or b"")
    desk.served.collecting.boxes_compared_at -= COMPARE_ALL_BOXES_EVERY
    collect_once(desk.served)

    assert older != newer
    assert boxes.read(RECEIPT.mailbox_id) == newer


def test_the_collector_puts_the_box_out_and_the_reporter_reads_it(desk: Desk) -> None:
    row = first(desk)
    desk.client.post(f"/letter/{row.id}/reply", ASK | {"step": "seal"})

    collect_once(desk.served)

    sealed = boxes_of(desk.docket).read(RECEIPT.mailbox_id) or b""
    recipient = str(RECEIPT.identity.recipient)
    box = read_box(open_sealed(sealed, [RECEIPT.identity]), keyset=desk.docket.keyset, recipient=recipient)
    assert [message.text for message in box.messages] == [ASK["text"]]


@pytest.mark.parametrize(
    "consent, typed, sentence",
    [
        ("given", {"kind": "question", "text": "When?", "why": ""}, "does not say why it is asked"),
        ("given", {"kind": "note", "text": "a" * 6001}, "longer than a box can hold"),
        ("never", ASK | {"step": "seal"}, "did not agree to be asked"),
    ],
)
def test_what_may_not_be_said_is_refused_and_stays_typed(
    desk: Desk, consent: str, typed: dict[str, str], sentence: str
) -> None:
    row = first(desk, ("contact_again", consent))

    answer = desk.client.post(f"/letter/{row.id}/reply", {"step": "seal"} | typed)

    words = answer.content.decode()
    assert answer.status_code in (400, 403)
    assert sentence in words
    assert typed["text"] in words
    assert Reply.objects.count() == 1


def test_who_took_no_receipt_cannot_be_written_to(desk: Desk) -> None:
    row = opened(desk, InventedLetter())

    words = page(desk, row)

    assert "This reporter took no receipt" in words
    assert "What they will read" not in words


def test_answers_stand_under_the_questions_that_were_asked(desk: Desk) -> None:
    row = first(desk, answers={"source_kind": "victim", "left_out": True})
    desk.client.post(f"/letter/{row.id}/reply", ASK | {"step": "seal"})

    answer = later(desk, row, answers={"answer.1": "It was March.", "more": "I forgot one name."})

    assert "It happened to me" in page(desk, row)
    assert page(desk, answer).index("Which month was it?") < page(desk, answer).index("It was March.")
    assert page(desk, answer).index("It was March.") < page(desk, answer).index("Added or corrected")


def test_a_later_letter_in_tier_c_says_that_the_door_could_have_written_it(desk: Desk) -> None:
    row = first(desk, ("share_un", "given"))

    doubtful = later(desk, row, tier="C", consent=[("share_un", "withdrawn")], answers={"more": "Not the UN."})

    assert "the door could have written this. It may only narrow" in page(desk, doubtful)
    assert "C: the door could have written this" in page(desk, row)
    assert consent_of(row.id)["share_un"] == "withdrawn"


def test_a_request_to_erase_stands_above_all_until_it_is_lifted_with_a_reason(desk: Desk) -> None:
    row, case = first(desk), desk.case()
    asked = later(desk, row, tier="C", answers={"erase": True})
    exhibit, hold = reading_exhibit(row.id).id, {"hold": asked.id}
    code = {"step": "code", "words": "They came", "on": f"case:{case}", "kind": "context", "by-0": "nobody"}

    coded = desk.client.post(f"/read/{exhibit}", code)
    without = desk.client.post(f"/letter/{row.id}/lift", hold | {"reason": ""})
    lifted = desk.client.post(f"/letter/{row.id}/lift", hold | {"reason": "She says it was not she."})

    assert coded.status_code == 422
    assert "its reporter asks to erase" in coded.content.decode().lower()
    assert (without.status_code, lifted.status_code) == (400, 302)
    assert "On hold" not in page(desk, row)
    assert "She says it was not she." in page(desk, row)


def test_what_is_erased_as_asked_is_gone_with_its_box_and_only_after_a_tick(desk: Desk) -> None:
    row = first(desk)
    asked = later(desk, row, answers={"erase": True})
    collect_once(desk.served)

    unsure = desk.client.post(f"/letter/{row.id}/erase", {"hold": asked.id})
    sure = desk.client.post(f"/letter/{row.id}/erase", {"hold": asked.id, "sure": "yes"})

    assert (unsure.status_code, sure.status_code) == (400, 302)
    assert set(Erasure.objects.values_list("id", flat=True)) == {row.id, asked.id}
    with pytest.raises(NoKeyFits):
        open_sealed(boxes_of(desk.docket).read(RECEIPT.mailbox_id) or b"", [RECEIPT.identity])


def test_a_hold_of_another_reporter_is_not_decided_here(desk: Desk) -> None:
    row, other = first(desk), opened(desk, InventedLetter(account="Somebody else."))
    asked = later(desk, row, answers={"erase": True})

    answer = desk.client.post(f"/letter/{other.id}/erase", {"hold": asked.id, "sure": "yes"})

    assert answer.status_code == 404
    assert Hold.objects.get().lifted_because == ""


def test_a_yes_is_recorded_only_from_a_letter_that_could_say_it(desk: Desk) -> None:
    row = first(desk, ("share_un", "ask_first"))
    said = later(desk, row, answers={"more": "Yes, the UN."})

    refused = desk.client.post(f"/letter/{row.id}/yes", {"purpose": "share_un", "said_in": row.id})
    before = consent_of(row.id)
    recorded = desk.client.post(f"/letter/{row.id}/yes", {"purpose": "share_un", "said_in": said.id})

    assert (refused.status_code, before) == (403, {"share_un": "ask_first"})
    assert recorded.status_code == 302
    assert "good for one bundle" in page(desk, row)


def test_no_yes_is_recorded_once_the_door_could_have_written_a_letter(desk: Desk) -> None:
    row = first(desk, ("share_un", "ask_first"))
    later(desk, row, tier="C", answers={"more": "Yes, the UN."})
    said = later(desk, row, counter=2, answers={"more": "Yes, the UN."})

    refused = desk.client.post(f"/letter/{row.id}/yes", {"purpose": "share_un", "said_in": said.id})

    assert (refused.status_code, consent_of(row.id)) == (403, {"share_un": "ask_first"})


def test_a_long_answer_from_a_mailbox_is_shown_from_its_exhibit(desk: Desk) -> None:
    row = first(desk)

    long = later(desk, row, answers={"more": "Ї" * 90_000})

    assert "more" not in long.answers
    assert "Ї" * 90_000 in page(desk, long)
