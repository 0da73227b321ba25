"""What a reporter says later counts: less at once and from anyone who has their words, more only from themselves."""

import hashlib
from collections.abc import Sequence
from typing import Any

import pytest

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.consent import NobodySaidYes, confirm_consent, consent_of
from onrecord.casework.docket import Docket
from onrecord.casework.entries.cases import BundleMade
from onrecord.casework.entries.law import MatrixPrinted
from onrecord.casework.holds import (
    HoldNeedsReason,
    LetterOnHold,
    NoSuchHold,
    erase_as_asked,
    lift_hold,
    open_holds,
)
from onrecord.casework.models import Erasure, Hold, Letter
from onrecord.casework.opening import open_case
from onrecord.casework.record.append import record
from onrecord.casework.record.audit import audit
from onrecord.casework.record.erase import TakesBackConsent, erase
from onrecord.casework.record.sweep import named_blobs
from onrecord.casework.texts import reading_exhibit
from onrecord.ground.ids import SubjectId, new_id
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.seal.receipt import Receipt

RECEIPT = Receipt.new().keys()
COURT, UN = "share_international_court", "share_un"
Said = Sequence[tuple[str, str]]


def receive(docket: Docket, letter: InventedLetter) -> Letter:
    sealed = letter.sealed(docket)
    drop(docket, sealed)
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    return Letter.objects.get(sealed_sha256=hashlib.sha256(sealed).hexdigest())


def first(docket: Docket, consent: Said = (), tier: str = "A") -> Letter:
    return receive(docket, InventedLetter(receipt=RECEIPT, consent=consent, tier=tier))


def later(
    docket: Docket, row: Letter, consent: Said = (), *, tier: str = "A", counter: int = 1, **answers: object
) -> Letter:
    letter = InventedLetter(
        account=f"Later, {new_id()}.",
        form="mailbox.1",
        tier=tier,
        consent=consent,
        answers=answers,
        counter=counter,
        first_sha256=row.sealed_sha256,
        signed_by=RECEIPT,
    )
    return receive(docket, letter)


@pytest.mark.parametrize("tier", ["A", "B", "C"])
@pytest.mark.parametrize("state", ["withdrawn", "never"])
def test_less_counts_at_once_in_every_tier(docket: Docket, tier: str, state: str) -> None:
    row = first(docket, [(COURT, "given")])

    later(docket, row, [(COURT, state)], tier=tier)

    assert consent_of(row.id) == {COURT: state}


@pytest.mark.parametrize("tier, state", [("A", "given"), ("B", "given"), ("C", "never")])
def test_more_counts_only_where_the_door_could_not_have_written_it(docket: Docket, tier: str, state: str) -> None:
    row = first(docket, [(COURT, "never")])

    later(docket, row, [(COURT, "given"), (UN, "given")], tier=tier)

    assert consent_of(row.id) == {COURT: state} | ({UN: "given"} if tier != "C" else {})


@pytest.mark.parametrize("typed_at", ["first", "later"])
def test_once_a_receipt_was_typed_at_the_door_no_later_letter_gives_more_whatever_tier_it_names(
    docket: Docket, typed_at: str
) -> None:
    row = first(docket, [(COURT, "given"), (UN, "ask_first")], tier="C" if typed_at == "first" else "A")
    if typed_at == "later":
        later(docket, row, tier="C")

    yes = later(docket, row, [(COURT, "withdrawn"), (UN, "given"), ("publish_facts", "given")], tier="A", counter=2)

    assert consent_of(row.id) == {COURT: "withdrawn", UN: "ask_first"}
    with pytest.raises(NobodySaidYes):
        confirm_consent(docket, row.id, UN, said_in=yes.id)


@pytest.mark.parametrize("states", [("given", "withdrawn"), ("withdrawn", "given"), ("given", "given", "withdrawn")])
def test_of_two_answers_in_one_letter_the_narrower_counts(docket: Docket, states: Sequence[str]) -> None:
    row = first(docket, [(COURT, "given")])

    twice = later(docket, row, [(COURT, state) for state in states], erase=True)

    assert twice.state == "opened"
    assert consent_of(row.id) == {COURT: "withdrawn"}
    assert [hold.id for hold in open_holds(row.id)] == [twice.id]


@pytest.mark.parametrize(
    "about",
    [
        {"consent": [(COURT, "withdrawn")]},
        {"consent": [(COURT, "ask_first")]},
        {"erase": True},
        {"tier": "C"},
    ],
)
def test_a_letter_that_limits_consent_is_erased_only_with_the_first_one(docket: Docket, about: dict[str, Any]) -> None:
    row = first(docket, [(COURT, "given")])
    limit = later(docket, row, **about)
    before = consent_of(row.id), len(open_holds(row.id))

    with pytest.raises(TakesBackConsent):
        erase(docket, SubjectId(limit.id), "mistake")

    assert (consent_of(row.id), len(open_holds(row.id))) == before
    erase(docket, SubjectId(row.id), "mistake")
    assert set(Erasure.objects.values_list("id", flat=True)) == {row.id, limit.id}
    assert docket.subjects.kind(SubjectId(limit.id)) is None
    assert set(docket.vault.stored()) == named_blobs() == set()
    assert audit(docket).findings == []


def test_a_later_letter_that_limits_nothing_is_erased_alone(docket: Docket) -> None:
    row = first(docket, [(COURT, "ask_first")])
    more = later(docket, row, [(COURT, "given")])

    erase(docket, SubjectId(more.id), "mistake")

    assert [letter.id for letter in Letter.objects.all()] == [row.id]
    assert consent_of(row.id) == {COURT: "ask_first"}


def test_a_letter_that_was_the_first_word_says_what_it_says_in_tier_c(docket: Docket) -> None:
    row = first(docket, [(COURT, "given"), (UN, "ask_first")], tier="C")

    assert consent_of(row.id) == {COURT: "given", UN: "ask_first"}


def test_of_two_letters_that_answer_one_box_the_narrower_counts(docket: Docket) -> None:
    row = first(docket, [(COURT, "given")])
    later(docket, row, [(COURT, "withdrawn")])

    later(docket, row, [(COURT, "given")])
    before = consent_of(row.id)
    later(docket, row, [(COURT, "given")], counter=2)

    assert (before, consent_of(row.id)) == ({COURT: "withdrawn"}, {COURT: "given"})


def test_who_wants_to_be_asked_gave_nothing_until_a_yes_is_on_record_and_it_holds_for_one_bundle(
    docket: Docket,
) -> None:
    row = first(docket, [(COURT, "ask_first"), (UN, "ask_first")])
    yes = later(docket, row, [])
    confirm_consent(docket, row.id, COURT, said_in=yes.id)
    confirmed = consent_of(row.id)

    case = open_case(docket, "Lantern")
    record(docket, bundle_for(case, COURT, row.id))

    assert confirmed == {COURT: "given", UN: "ask_first"}
    assert consent_of(row.id) == {COURT: "ask_first", UN: "ask_first"}


def test_a_sheet_that_was_printed_for_a_purpose_uses_up_a_yes_like_a_bundle(docket: Docket) -> None:
    row = first(docket, [(COURT, "ask_first")])
    confirm_consent(docket, row.id, COURT, said_in=later(docket, row, []).id)
    case = open_case(docket, "Lantern")
    record(docket, sheet_for(case, UN, row.id))
    confirmed = consent_of(row.id)

    record(docket, sheet_for(case, COURT, row.id))

    assert (confirmed, consent_of(row.id)) == ({COURT: "given"}, {COURT: "ask_first"})


def sheet_for(case: str, purpose: str, letter: str) -> MatrixPrinted:
    return MatrixPrinted(
        case=case,
        sheet=new_id(),
        person=new_id(),
        event="",
        law_version="1.0.0",
        law_sha256="0" * 64,
        purpose=purpose,
        basis=("consent",),
        reason="",
        claims={},
        texts=(letter,),
        left_out={},
        elements={},
        provisions={},
        shown={},
        allowance="",
        log_size=9,
    )


def bundle_for(case: str, purpose: str, letter: str) -> BundleMade:
    return BundleMade(
        holder=case,
        bundle=new_id(),
        basis=("consent",),
        purpose=purpose,
        reason="",
        manifest_sha256="0" * 64,
        counts={letter: 3},
        left_out=0,
        log_size=9,
    )


@pytest.mark.parametrize("state, tier", [("ask_first", "C"), ("never", "A"), ("withdrawn", "A"), ("given", "A")])
def test_no_yes_is_recorded_that_nobody_could_have_said(docket: Docket, state: str, tier: str) -> None:
    row = first(docket, [(COURT, state)])
    answer = later(docket, row, [], tier=tier)

    with pytest.raises(NobodySaidYes):
        confirm_consent(docket, row.id, COURT, said_in=answer.id)
    with pytest.raises(NobodySaidYes):
        confirm_consent(docket, row.id, COURT, said_in=row.id)


@pytest.mark.parametrize("tier", ["A", "C"])
def test_a_request_to_erase_stops_coding_until_it_is_lifted_with_a_reason(docket: Docket, tier: str) -> None:
    row, case = first(docket), open_case(docket, "Lantern")
    asked = later(docket, row, tier=tier, erase=True)
    coding = Coding(exhibit=reading_exhibit(row.id).id, start=0, end=9, kind="context", on=case)

    with pytest.raises(LetterOnHold):
        code_claim(docket, coding)
    with pytest.raises(HoldNeedsReason):
        lift_hold(docket, asked.id, " ")
    lift_hold(docket, asked.id, "She wrote from a safe phone that it was not she.")

    assert code_claim(docket, coding).holder == case
    assert Hold.objects.get().lifted_because.startswith("She wrote")
    with pytest.raises(NoSuchHold):
        lift_hold(docket, asked.id, "again")


def test_a_member_may_erase_all_that_a_reporter_wrote(docket: Docket) -> None:
    row = first(docket)
    asked = later(docket, row, erase=True)

    erase_as_asked(docket, asked.id)

    assert set(Erasure.objects.values_list("id", flat=True)) == {row.id, asked.id}
    assert not Letter.objects.exists()
    assert open_holds(row.id) == []


def test_what_is_ticked_with_anything_but_yes_is_no_request(docket: Docket) -> None:
    row = first(docket)

    later(docket, row, erase="no")

    assert open_holds(row.id) == []
