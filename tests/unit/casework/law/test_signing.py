"""Nothing of the law data leaves unsigned, unless a lead allows it for one case and says why."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from conftest import MEMBER
from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import MemberAdded
from onrecord.casework.law.signing import (
    AllowanceNeedsReason,
    HashNotGiven,
    LawNotSigned,
    LawyerNotNamed,
    NoSuchProvision,
    NothingToTakeBack,
    SignedAlready,
    SignedInTheFuture,
    SignedTooEarly,
    TextChanged,
    WithdrawalNeedsReason,
    allow_unsigned,
    check_may_leave,
    check_read,
    may_leave,
    sign_provisions,
    signed,
    withdraw_allowance,
    withdraw_signature,
)
from onrecord.casework.members.roles import OnlyALead, give_roles
from onrecord.casework.models import ProvisionSignature, UnsignedAllowance
from onrecord.casework.opening import open_case
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record import redraw
from onrecord.casework.record.append import newest_entry, record
from onrecord.ground.clock import day_of
from onrecord.ground.ids import CaseId, new_id
from onrecord.law.load import FOLDER, load_law, read_law

LAW = load_law()
LAWYER = {"lawyer": "Ada Placeholder", "qualification": "advocate, invented bar", "on": "2026-03-01"}


def test_a_signature_says_who_read_which_text_and_when(docket: Docket) -> None:
    sign_provisions(docket, LAW, ["gc4-31"], **LAWYER, remarks="The notes could be shorter.")

    row = signed(LAW)["gc4-31"]

    assert (row.lawyer, row.qualification, row.on) == tuple(LAWYER.values())
    assert (row.law_sha256, row.text_sha256) == (LAW.sha256, LAW.provisions["gc4-31"].sha256)
    assert set(signed(LAW)) == {"gc4-31"} and redraw.check(docket) == []


def test_a_provision_named_twice_is_signed_once(docket: Docket) -> None:
    made = sign_provisions(docket, LAW, ["gc4-33", "gc4-31", "gc4-33"], **LAWYER)

    rows = ProvisionSignature.objects.order_by("entry").values_list("provision", "id")
    assert list(rows) == list(made.items()) and list(made) == ["gc4-31", "gc4-33"]


def test_nobody_signs_on_a_day_to_come(docket: Docket) -> None:
    today = day_of(docket.clock.now())
    in_the_east, to_come = (str(today + timedelta(days=days)) for days in (1, 2))

    sign_provisions(docket, LAW, ["gc4-31"], **{**LAWYER, "on": in_the_east})
    for day in (to_come, "2099-01-01"):
        with pytest.raises(SignedInTheFuture):
            sign_provisions(docket, LAW, ["gc4-33"], **{**LAWYER, "on": day})

    assert set(signed(LAW)) == {"gc4-31"}


def test_nobody_signed_before_there_was_law_data(docket: Docket) -> None:
    for day in ("1800-01-01", "2023-12-31"):
        with pytest.raises(SignedTooEarly):
            sign_provisions(docket, LAW, ["gc4-31"], **{**LAWYER, "on": day})

    assert signed(LAW) == {}


def test_a_lawyer_signs_a_text_once_a_day(docket: Docket) -> None:
    sign_provisions(docket, LAW, ["gc4-31"], **LAWYER)

    for lawyer in (LAWYER["lawyer"], f" {LAWYER['lawyer']} "):
        with pytest.raises(SignedAlready) as refused:
            sign_provisions(docket, LAW, ["gc4-31", "gc4-33"], **{**LAWYER, "lawyer": lawyer})
    assert refused.value.hint == "gc4-31" and set(signed(LAW)) == {"gc4-31"}
    sign_provisions(docket, LAW, ["gc4-31"], **{**LAWYER, "on": "2026-03-02"})
    sign_provisions(docket, LAW, ["gc4-31"], **{**LAWYER, "lawyer": "Another Placeholder"})
    assert ProvisionSignature.objects.count() == 3


def test_what_was_read_is_what_would_be_signed_of_each_provision_and_of_no_other() -> None:
    one, other = (LAW.provisions[name].sha256 for name in ("gc4-31", "gc4-33"))
    both = ["gc4-33", "gc4-31"]
    foreign = "f" * 64

    check_read(LAW, ["gc4-31"], [f" {one[:12].upper()} "])
    check_read(LAW, both, [one, other[:16]])
    for read in ([], [one[:11]], [""], [one]):
        with pytest.raises(HashNotGiven):
            check_read(LAW, both, read)
    for read in ([other], [foreign], [one + "0"], [one, other]):
        with pytest.raises(TextChanged):
            check_read(LAW, ["gc4-31"], read)
    with pytest.raises(TextChanged):
        check_read(LAW, both, [one, one[:12]])
    with pytest.raises(NoSuchProvision):
        check_read(LAW, ["gc4-0"], [one])


def test_a_change_of_what_was_read_ends_a_signature_and_a_change_elsewhere_does_not(
    docket: Docket, tmp_path: Path
) -> None:
    sign_provisions(docket, LAW, ("gc4-31", "gc4-50-2"), **LAWYER)
    folder = copytree(FOLDER, tmp_path / "law")
    elements = folder / "elements.yaml"
    question = LAW.elements["child_in_formation"].question
    elements.write_text(elements.read_text().replace(question, "Another question?"))

    changed = read_law(folder)

    assert changed.sha256 != LAW.sha256 and set(signed(changed)) == {"gc4-31"}


def test_a_case_leaves_once_all_that_it_shows_is_signed(docket: Docket, case: CaseId) -> None:
    with pytest.raises(LawNotSigned):
        check_may_leave(case, LAW, ["gc4-31"])
    before = may_leave(case, LAW)
    sign_provisions(docket, LAW, ["gc4-31"], **LAWYER)

    assert before.unsigned == tuple(LAW.provisions) and not before.is_allowed
    assert check_may_leave(case, LAW, ["gc4-31"]).unsigned == ()
    assert not may_leave(case, LAW).is_allowed


def test_a_lead_lets_one_case_leave_unsigned_under_one_version_with_the_reason(docket: Docket, case: CaseId) -> None:
    other = open_case(docket, "Anchor")
    allow_unsigned(docket, case, LAW, " The deadline is tomorrow. ")

    leave = check_may_leave(case, LAW)

    assert leave.unsigned and leave.allowance is not None and leave.allowance.reason == "The deadline is tomorrow."
    assert not may_leave(other, LAW).is_allowed
    assert not may_leave(case, replace(LAW, sha256="f" * 64)).is_allowed


def test_a_signature_that_was_taken_back_lets_nothing_leave_and_stays_on_record(docket: Docket, case: CaseId) -> None:
    signature = sign_provisions(docket, LAW, ["gc4-31"], **LAWYER)["gc4-31"]
    before = may_leave(case, LAW, ["gc4-31"]).is_allowed

    withdraw_signature(docket, signature, " Recorded under the wrong provision. ")

    with pytest.raises(LawNotSigned):
        check_may_leave(case, LAW, ["gc4-31"])
    assert before and ProvisionSignature.objects.get().withdrawn_because == "Recorded under the wrong provision."
    assert redraw.check(docket) == []
    sign_provisions(docket, LAW, ["gc4-31"], **LAWYER)
    assert set(signed(LAW)) == {"gc4-31"}


def test_a_leave_that_was_taken_back_holds_no_longer_and_those_of_others_do(docket: Docket, case: CaseId) -> None:
    other, older = open_case(docket, "Anchor"), replace(LAW, sha256="f" * 64)
    mine, *_ = (
        allow_unsigned(docket, *one, "The deadline is tomorrow.") for one in ((case, LAW), (case, older), (other, LAW))
    )

    withdraw_allowance(docket, mine, " The hearing was put off. ")

    assert not may_leave(case, LAW).is_allowed
    assert may_leave(case, older).is_allowed and may_leave(other, LAW).is_allowed
    assert UnsignedAllowance.objects.get(pk=mine).withdrawn_because == "The hearing was put off."
    assert redraw.check(docket) == []


def test_what_is_taken_back_is_there_and_has_a_reason(docket: Docket, case: CaseId) -> None:
    signature = sign_provisions(docket, LAW, ["gc4-31"], **LAWYER)["gc4-31"]
    allowance = allow_unsigned(docket, case, LAW, "The deadline is tomorrow.")

    for what, take_back in ((signature, withdraw_signature), (allowance, withdraw_allowance)):
        with pytest.raises(WithdrawalNeedsReason):
            take_back(docket, what, " ")
        take_back(docket, what, "a slip")
        before = newest_entry()
        for gone in (what, "f" * 32):
            with pytest.raises(NothingToTakeBack):
                take_back(docket, gone, "a slip")
        assert newest_entry() == before


def test_a_lead_alone_takes_back_what_a_lead_decided(docket: Docket, case: CaseId) -> None:
    allowance = allow_unsigned(docket, case, LAW, "The deadline is tomorrow.")
    record(docket, MemberAdded(docket=docket.id, member=new_id(), name="Olha Example", verify_key="A" * 43 + "="))
    give_roles(docket, "Olha Example", ["lead"])
    give_roles(docket, MEMBER, ["coder"])

    with pytest.raises(OnlyALead):
        withdraw_allowance(docket, allowance, "a slip")

    assert may_leave(case, LAW).is_allowed


def test_who_signs_and_why_it_may_leave_must_be_said(docket: Docket, case: CaseId) -> None:
    for missing in (
        {"lawyer": " "},
        {"lawyer": "\u200b"},
        {"qualification": ""},
        {"on": "soon"},
        {"on": "20260301"},
        {"on": "2026-02-30"},
    ):
        with pytest.raises(LawyerNotNamed):
            sign_provisions(docket, LAW, ["gc4-31"], **{**LAWYER, **missing})
    with pytest.raises(NoSuchProvision):
        sign_provisions(docket, LAW, ["gc4-31", "gc4-0"], **LAWYER)
    with pytest.raises(AllowanceNeedsReason):
        allow_unsigned(docket, case, LAW, " \u3164 ")
    with pytest.raises(NoSuchCase):
        allow_unsigned(docket, "f" * 32, LAW, "because")

    assert signed(LAW) == {}
