"""What leaves a docket is what signed entries say, and what the reporter allows today."""

from functools import partial
from pathlib import Path

import pytest

from invented_letters import InventedLetter, drop, spool_of
from onrecord.bundle.content import Basis, Content
from onrecord.bundle.gather import Request
from onrecord.bundle.make import LettersUnopened, make_bundle, preview
from onrecord.bundle.redact import NothingMayLeave
from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import Padding
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law.publishing import NotToBePublished
from onrecord.casework.models import Claim, Consent, Letter
from onrecord.casework.opening import open_case, open_pattern
from onrecord.casework.record.append import NotForThisKey, StaleRecord, record
from onrecord.casework.record.erase import erase
from onrecord.casework.record.tables import TablesChanged
from onrecord.casework.sourcing import Description, describe_source
from onrecord.ground.ids import SourceId, SubjectId, new_id
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.seal.receipt import Receipt
from onrecord.words.fields import check_value
from whole_story import capture_text

COURT, UN = "share_international_court", "share_un"


def receive(docket: Docket, letter: InventedLetter) -> str:
    drop(docket, letter.sealed(docket))
    list(collect(docket, spool_of(docket)))
    return next(row.id for row in unseal_all(docket))


def case_on(docket: Docket, letter: str) -> str:
    case = open_case(docket, "Lantern")
    code_claim(docket, Coding(letter, 0, 4, "act", "new:act", victim="new:person", by=["reporter"]))
    return case


def asked(docket: Docket, case: str, purpose: str = COURT, basis: Basis = Basis.CONSENT) -> Content:
    return preview(docket, Request(case, (basis,), purpose))


def test_a_consent_changed_in_the_tables_lets_nothing_leave(docket: Docket, tmp_path: Path) -> None:
    case = case_on(docket, receive(docket, InventedLetter(consent=[(COURT, "given")])))
    Consent.objects.update(purpose=UN)

    with pytest.raises(TablesChanged):
        make_bundle(docket, Request(case, (Basis.CONSENT,), UN), tmp_path / "bundle")

    assert not (tmp_path / "bundle").exists()


def test_a_later_letter_withdraws_what_the_first_allowed(docket: Docket) -> None:
    receipt = Receipt.new().keys()
    case = case_on(docket, receive(docket, InventedLetter(consent=[(COURT, "given")], receipt=receipt)))
    first = Letter.objects.get().sealed_sha256
    no = InventedLetter(consent=[(COURT, "withdrawn")], counter=1, first_sha256=first, signed_by=receipt)
    receive(docket, no)

    with pytest.raises(NothingMayLeave):
        asked(docket, case)


def test_on_consent_nothing_leaves_while_a_letter_lies_unopened(docket: Docket, tmp_path: Path) -> None:
    case = case_on(docket, receive(docket, InventedLetter(consent=[(COURT, "given")])))
    drop(docket, InventedLetter(account="Unread.").sealed(docket))
    list(collect(docket, spool_of(docket)))
    request = Request(case, (Basis.CONSENT,), COURT)

    for make in (preview, partial(make_bundle, target=tmp_path / "bundle")):
        with pytest.raises(LettersUnopened):
            make(docket, request)
    assert not (tmp_path / "bundle").exists()

    assert preview(docket, Request(case, (Basis.LAWFUL_ORDER,), COURT, "order 12")).exhibits
    list(unseal_all(docket))
    assert make_bundle(docket, request, tmp_path / "bundle").content.exhibits


@pytest.mark.parametrize("between", ["withdraw", "erase", "hold"])
@pytest.mark.parametrize("written", [0, 0.5], ids=["one piece", "every exhibit"])
def test_what_a_reporter_takes_back_while_a_bundle_is_made_stops_it(
    docket: Docket, tmp_path: Path, between: str, written: float
) -> None:
    receipt = Receipt.new().keys()
    letter = receive(docket, InventedLetter(consent=[(COURT, "given")], receipt=receipt))
    case, first = case_on(docket, letter), Letter.objects.get().sealed_sha256
    taken_back = []

    def meanwhile(done: int, of: int) -> None:
        if taken_back or done < of * written:
            return
        taken_back.append(between)
        if between == "erase":
            erase(docket, SubjectId(letter), "asked_by_the_person")
        elif between == "hold":
            record(docket, ErasureAsked(letter=letter, said_in=new_id(), tier="A"))
        else:
            no = {"consent": [(COURT, "withdrawn")], "counter": 1, "first_sha256": first, "signed_by": receipt}
            receive(docket, InventedLetter(**no))

    with pytest.raises(StaleRecord):
        make_bundle(docket, Request(case, (Basis.CONSENT,), COURT), tmp_path / "bundle", progress=meanwhile)

    assert taken_back
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize(("fact", "value"), [("recruit.stage", "in_training"), ("victim.age", "15")])
def test_a_danger_that_another_case_tells_of_while_a_bundle_is_written_keeps_it_from_being_published(
    docket: Docket, tmp_path: Path, fact: str, value: str
) -> None:
    letter = receive(docket, InventedLetter(consent=[("publish_facts", "given")]))
    case, told = case_on(docket, letter), []
    harbour, article = open_case(docket, "Harbour"), capture_text(docket, "The men were sent for training.")
    act = code_claim(docket, Coding(letter, 0, 4, "act", "new:act", case=harbour, victim="new:person")).act
    tells = [check_value(fact, value)]

    def meanwhile(done: int, of: int) -> None:
        if not told:
            told.append(code_claim(docket, Coding(article, 0, 7, "act", act, tells, ["The Example Gazette"])))

    with pytest.raises(NotToBePublished):
        make_bundle(docket, Request(case, (Basis.CONSENT,), "publish_facts"), tmp_path / "bundle", progress=meanwhile)

    assert told
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize("basis", list(Basis))
def test_nothing_of_a_letter_leaves_once_its_reporter_asks_to_erase_it(docket: Docket, basis: Basis) -> None:
    letter = receive(docket, InventedLetter(consent=[(COURT, "given")]))
    case = case_on(docket, letter)
    record(docket, ErasureAsked(letter=letter, said_in=new_id(), tier="C"))

    with pytest.raises(NothingMayLeave):
        preview(docket, Request(case, (basis,), COURT, reason="order 12"))


def test_why_a_claim_was_withdrawn_stays_here(docket: Docket) -> None:
    letter = receive(docket, InventedLetter(consent=[(COURT, "given")]))
    case = case_on(docket, letter)
    code_claim(docket, Coding(letter, 5, 9, "act", case))
    withdraw_claim(docket, Claim.objects.order_by("-entry").first().id, "a sentence of a member's own")

    content = asked(docket, case)

    assert all(b"a member's own" not in entry.envelope for entry in content.opened)
    assert [line.reason for line in content.left_out] == ["withdrawn", "kept_by_the_desk"]


def test_a_file_that_nobody_confirmed_as_published_is_no_public_source(docket: Docket) -> None:
    source = capture_text(docket, "A private chat of invented people.")
    pattern = open_pattern(docket, "Promises")
    code_claim(docket, Coding(source, 0, 9, "context", pattern))

    with pytest.raises(NothingMayLeave):
        asked(docket, pattern, basis=Basis.PUBLIC_SOURCE)
    describe_source(docket, SourceId(source), Description(publisher="The Example Gazette"))

    assert len(asked(docket, pattern, basis=Basis.PUBLIC_SOURCE).exhibits) == 1


def test_a_service_cannot_speak_for_a_member(docket: Docket) -> None:
    collector = docket.as_collector()

    with pytest.raises(NotForThisKey):
        record(collector, Padding(docket=docket.id))


def test_a_letter_that_was_erased_does_not_come_back_when_it_is_sent_again(docket: Docket) -> None:
    sealed = InventedLetter().sealed(docket)
    drop(docket, sealed)
    [first] = collect(docket, spool_of(docket))
    erase(docket, SubjectId(first.letter), "asked_by_the_person")
    drop(docket, sealed)

    [again] = collect(docket, spool_of(docket))

    assert again.is_copy
    assert not Letter.objects.exists()
