"""A sheet is recorded only if nothing it rests on changed since it was drawn, and only what may leave counts on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import open_copy
from invented_legal_case import open_legal_case
from invented_letters import InventedLetter, drop, spool_of
from onrecord.bundle.analysis.printing import Drawn, NoSuchSheet, print_sheet, sheet, sheets, what_may_leave
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.bundle.redact import NothingMayLeave
from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.places import override_place
from onrecord.casework.law.signing import (
    LawNotSigned,
    allow_unsigned,
    sign_provisions,
    withdraw_allowance,
    withdraw_signature,
)
from onrecord.casework.models import (
    Act,
    Claim,
    Consent,
    Event,
    Exhibit,
    Letter,
    MatrixPrint,
    ProvisionSignature,
    UnsignedAllowance,
)
from onrecord.casework.record.append import StaleRecord, newest_entry, record
from onrecord.casework.record.tables import TablesChanged
from onrecord.casework.texts import reading_exhibit
from onrecord.ground.clock import StillClock
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.law.assess import assess, risks_of
from onrecord.law.load import load_law
from onrecord.words.fields import check_value

LAW = load_law()
COURT = "share_international_court"
LAWYER = {"lawyer": "Ada Placeholder", "qualification": "advocate, invented bar", "on": "2026-03-01"}


def asked(case: str, *bases: Basis) -> Request:
    return Request(case, bases or (Basis.CONSENT,), COURT)


def drawn(printable: Any) -> Drawn:
    found = assess(printable.case.of(printable.person), LAW)
    return Drawn(("c29-2",), LAW.provisions["c29-2"].elements, found, {"limits": LAW.disclaimer})


@pytest.fixture
def docket(docket_as_made: Path, tmp_path: Path, clock: StillClock) -> Docket:
    """A real docket; the other tests of bundles have one in memory."""
    return open_copy(docket_as_made, tmp_path / "docket", clock)


@pytest.fixture
def legal(docket: Docket) -> tuple[str, str]:
    """A case in which all that a sheet needs is signed, and the person whom it is about."""
    sign_provisions(docket, LAW, ["c29-2"], **LAWYER)
    return open_legal_case(docket)


def test_a_sheet_holds_what_it_rests_on_and_is_found_again(docket: Docket, legal: tuple[str, str]) -> None:
    case, person = legal
    printable = what_may_leave(docket, asked(case), LAW, person)

    made = print_sheet(docket, asked(case), LAW, printable, drawn(printable))

    row = sheet(made)
    letter = Exhibit.objects.filter(origin_kind="letter").values_list("origin", flat=True).distinct().get()
    assert [one.id for one in sheets(case)] == [made]
    assert (row.texts, row.log_size, row.left_out) == ([letter], printable.seen + 1, {"public_source_not_named": 1})
    assert row.provisions == {"c29-2": drawn(printable).assessment.provisions["c29-2"].status.value}
    with pytest.raises(NoSuchSheet):
        sheet("f" * 32)


def test_what_changes_while_a_sheet_is_drawn_keeps_it_off_the_record(docket: Docket, legal: tuple[str, str]) -> None:
    case, person = legal
    first = what_may_leave(docket, asked(case), LAW, person)
    withdraw_claim(docket, Claim.objects.order_by("entry")[0].id, "coded twice")
    with pytest.raises(StaleRecord):
        print_sheet(docket, asked(case), LAW, first, drawn(first))

    second = what_may_leave(docket, asked(case), LAW, person)
    drop(docket, InventedLetter(account="Another one.").sealed(docket))
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))

    assert print_sheet(docket, asked(case), LAW, second, drawn(second)) == MatrixPrint.objects.get().id


def test_a_signature_taken_back_while_a_sheet_is_drawn_keeps_it_off_the_record_though_another_stands(
    docket: Docket, legal: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, person = legal
    newest = sign_provisions(docket, LAW, ["c29-2"], **{**LAWYER, "lawyer": "Vera Sample"})["c29-2"]
    printable = what_may_leave(docket, asked(case), LAW, person)

    def late(*args: Any, **kwargs: Any) -> int:
        withdraw_signature(docket, newest, "a slip")
        return record(*args, **kwargs)

    monkeypatch.setattr("onrecord.bundle.analysis.printing.record", late)

    with pytest.raises(StaleRecord):
        print_sheet(docket, asked(case), LAW, printable, drawn(printable))
    assert not MatrixPrint.objects.exists()


def planted_signature(docket: Docket, case: str) -> None:
    sign_provisions(docket, LAW, ["gc4-31"], **LAWYER)
    ProvisionSignature.objects.update(provision="c29-2", text_sha256=LAW.provisions["c29-2"].sha256)


def signature_that_was_taken_back(docket: Docket, case: str) -> None:
    withdraw_signature(docket, sign_provisions(docket, LAW, ["c29-2"], **LAWYER)["c29-2"], "a slip")
    ProvisionSignature.objects.update(withdrawn_because="", withdrawn_entry=None)


def other_remarks(docket: Docket, case: str) -> None:
    sign_provisions(docket, LAW, ["c29-2"], **LAWYER, remarks="Read with one reservation.")
    ProvisionSignature.objects.update(remarks="")


def allowance_of_an_earlier_version(docket: Docket, case: str) -> None:
    allow_unsigned(docket, case, replace(LAW, sha256="f" * 64), "A hearing tomorrow")
    UnsignedAllowance.objects.update(law_sha256=LAW.sha256)


def allowance_that_was_taken_back(docket: Docket, case: str) -> None:
    withdraw_allowance(docket, allow_unsigned(docket, case, LAW, "A hearing tomorrow"), "a slip")
    UnsignedAllowance.objects.update(withdrawn_because="")


@pytest.mark.parametrize(
    "changed",
    [
        planted_signature,
        signature_that_was_taken_back,
        other_remarks,
        allowance_of_an_earlier_version,
        allowance_that_was_taken_back,
    ],
)
def test_what_lets_a_sheet_leave_in_the_tables_alone_lets_nothing_leave(
    docket: Docket, changed: Callable[[Docket, str], None]
) -> None:
    case, person = open_legal_case(docket)
    changed(docket, case)
    printable, before = what_may_leave(docket, asked(case), LAW, person), newest_entry()

    with pytest.raises(TablesChanged):
        print_sheet(docket, asked(case), LAW, printable, drawn(printable))

    assert newest_entry() == before


def test_a_consent_that_was_changed_in_the_tables_alone_lets_nothing_leave(
    docket: Docket, legal: tuple[str, str]
) -> None:
    case, person = legal
    Consent.objects.filter(purpose=COURT).update(purpose="publish_facts")
    request = Request(case, (Basis.CONSENT,), "publish_facts")
    printable = what_may_leave(docket, request, LAW, person)
    before = newest_entry()

    with pytest.raises(TablesChanged):
        print_sheet(docket, request, LAW, printable, drawn(printable))

    assert newest_entry() == before


def test_what_is_not_signed_and_what_has_no_basis_is_not_recorded(docket: Docket) -> None:
    case, person = open_legal_case(docket)
    printable = what_may_leave(docket, asked(case), LAW, person)
    nothing = what_may_leave(docket, Request(case, (Basis.CONSENT,), "publish_facts"), LAW, person)

    with pytest.raises(LawNotSigned):
        print_sheet(docket, asked(case), LAW, printable, drawn(printable))
    with pytest.raises(NothingMayLeave):
        print_sheet(docket, asked(case), LAW, nothing, drawn(nothing))

    assert not MatrixPrint.objects.exists()


def test_a_sheet_of_one_event_rests_for_its_dangers_on_all(docket: Docket, legal: tuple[str, str]) -> None:
    case, person = legal
    account = Claim.objects.order_by("entry")[0].exhibit
    oath = [check_value("oath.demanded", "yes")]
    coding = Coding(account, 0, 5, "act", "new:act", oath, case=case, victim=person, event="new:event")
    later = code_claim(docket, coding)
    first, second = Event.objects.order_by("entry").values_list("id", flat=True)
    override_place(docket, first, "occupied", "A map of that day.")

    alone = what_may_leave(docket, asked(case), LAW, person, second)

    assert Act.objects.get(pk=later.act).event == second
    whole = read_case(case, LAW)
    together = what_may_leave(docket, asked(case), LAW, person)
    assert alone.event == second and later.claim in alone.claims
    assert (alone.claims, alone.left_out) == (together.claims, together.left_out)
    assert set(alone.case.of(person, second).facts) == set(whole.of(person, second).facts)
    assert "place.status" not in alone.case.of(person, second).facts


def test_what_a_danger_on_the_sheet_rests_on_is_named_and_held_words_raise_none_there(
    docket: Docket, legal: tuple[str, str]
) -> None:
    case, person = legal
    account = Claim.objects.order_by("entry")[0].exhibit
    child = [check_value("victim_group", "child")]
    told = code_claim(docket, Coding(account, 0, 5, "act", case, child, victim=person))
    drop(docket, InventedLetter("They keep me here.", consent=[(COURT, "given")]).sealed(docket))
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    letter = Letter.objects.order_by("-entry")[0].id
    kept = [check_value("liberty.deprived", "yes")]
    held = code_claim(docket, Coding(reading_exhibit(letter).id, 0, 4, "act", case, kept, victim=person))
    record(docket, ErasureAsked(letter=letter, said_in="a" * 32, tier="C"))

    printable = what_may_leave(docket, asked(case), LAW, person)

    dangers = {risk.id for risk in risks_of(printable.case.in_danger(person), LAW)}
    assert "minor" in dangers and told.claim in printable.claims
    assert "in_custody" not in dangers and held.claim not in printable.claims
    assert "in_custody" in {risk.id for risk in risks_of(read_case(case, LAW).in_danger(person), LAW)}
