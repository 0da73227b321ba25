"""Roles are given by a lead, one lead always remains, and what was recorded draws again whoever recorded it."""

import pytest

from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import MemberAdded, RolesGiven
from onrecord.casework.law.signing import allow_unsigned, may_leave, sign_provisions, signed
from onrecord.casework.members.roles import (
    LastLead,
    NoSuchMember,
    OnlyALead,
    Role,
    RoleUnknown,
    check_lead,
    give_roles,
    leads,
    roles_of,
)
from onrecord.casework.models import Member, RoleGrant
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.append import newest_entry, record
from onrecord.ground.ids import new_id
from onrecord.law.load import load_law

MIRA, ADA = "Mira Example", "Ada Placeholder"
LAW = load_law()


def add_ada(docket: Docket) -> None:
    record(docket, MemberAdded(docket=docket.id, member=new_id(), name=ADA, verify_key="A" * 43 + "="))


def roles() -> dict[str, tuple[str, ...]]:
    members = list(Member.objects.all())
    given = roles_of(members)
    return {one.name: given[one.id] for one in members}


def test_who_makes_a_docket_is_its_lead_and_who_is_added_has_no_role(docket: Docket) -> None:
    add_ada(docket)

    assert roles() == {MIRA: (Role.LEAD,), ADA: ()}
    assert RoleGrant.objects.count() == 1


def test_in_a_docket_that_was_made_before_there_were_roles_the_first_member_is_lead(docket: Docket) -> None:
    add_ada(docket)
    RoleGrant.objects.all().delete()

    assert [one.name for one in leads()] == [MIRA]
    check_lead(docket)


def test_a_lead_gives_roles_in_place_of_those_a_member_had(docket: Docket) -> None:
    add_ada(docket)
    give_roles(docket, ADA, ["coder", "lead", "coder"])
    give_roles(docket, ADA, ["analyst"])

    assert roles() == {MIRA: (Role.LEAD,), ADA: (Role.ANALYST,)}
    assert [row.roles for row in RoleGrant.objects.order_by("entry")] == [["lead"], ["coder", "lead"], ["analyst"]]
    assert redraw.check(docket) == []


def test_a_docket_keeps_at_least_one_lead(docket: Docket) -> None:
    add_ada(docket)
    with pytest.raises(LastLead):
        give_roles(docket, MIRA, ["coder"])
    give_roles(docket, ADA, ["lead"])

    give_roles(docket, MIRA, ["coder"])

    assert [one.name for one in leads()] == [ADA]


def test_whoever_is_no_lead_gives_no_roles_lets_nothing_leave_and_is_told_so_without_a_name(docket: Docket) -> None:
    add_ada(docket)
    case = open_case(docket, "Lantern")
    give_roles(docket, ADA, ["lead"])
    give_roles(docket, MIRA, ["coder"])
    before = newest_entry()

    with pytest.raises(OnlyALead) as roles_refused:
        give_roles(docket, MIRA, ["lead"])
    with pytest.raises(OnlyALead) as leaving_refused:
        allow_unsigned(docket, case, LAW, "The deadline is tomorrow.")

    for refused in (roles_refused.value, leaving_refused.value):
        assert refused.exit_code == 3
        assert ADA not in f"{refused.sentence()} {refused.next_step} {vars(refused)} {refused}"
    assert newest_entry() == before and not may_leave(case, LAW).is_allowed


def test_what_a_lead_allowed_stays_allowed_and_draws_again_when_they_are_lead_no_more(docket: Docket) -> None:
    add_ada(docket)
    case = open_case(docket, "Lantern")
    allow_unsigned(docket, case, LAW, "The deadline is tomorrow.")
    give_roles(docket, ADA, ["lead"])
    give_roles(docket, MIRA, ["coder"])

    redraw.redraw(docket)

    assert may_leave(case, LAW).is_allowed and redraw.check(docket) == []


def test_a_redraw_asks_nobody_for_a_role(docket: Docket) -> None:
    add_ada(docket)
    ada = Member.objects.get(name=ADA)
    give_roles(docket, ADA, ["lead"])
    give_roles(docket, MIRA, ["coder"])
    record(docket, RolesGiven(docket=docket.id, grant=new_id(), member=ada.id, roles=("triager",)))

    assert redraw.check(docket) == []


def test_where_entries_of_another_program_left_no_lead_the_first_member_is_lead_again(docket: Docket) -> None:
    add_ada(docket)
    mira = Member.objects.get(name=MIRA)

    record(docket, RolesGiven(docket=docket.id, grant=new_id(), member=mira.id, roles=("coder",)))

    assert [one.name for one in leads()] == [MIRA]
    give_roles(docket, ADA, ["lead"])
    assert [one.name for one in leads()] == [ADA]


def test_a_role_that_this_program_does_not_know_is_shown_and_opens_nothing(docket: Docket) -> None:
    add_ada(docket)
    ada = Member.objects.get(name=ADA)

    record(docket, RolesGiven(docket=docket.id, grant=new_id(), member=ada.id, roles=("king", "coder")))

    assert roles() == {MIRA: (Role.LEAD,), ADA: ("king", "coder")}
    assert [one.name for one in leads()] == [MIRA]


def test_a_lawyers_signature_is_recorded_by_any_member(docket: Docket) -> None:
    add_ada(docket)
    give_roles(docket, ADA, ["lead"])
    give_roles(docket, MIRA, ["coder"])

    sign_provisions(docket, LAW, ["gc4-31"], lawyer="Ada Placeholder", qualification="invented bar", on="2026-03-01")

    assert set(signed(LAW)) == {"gc4-31"}


def test_a_role_that_nobody_can_have_and_a_member_whom_nobody_knows_are_refused(docket: Docket) -> None:
    for wrong in (["king"], ["lead", "king"], []):
        with pytest.raises(RoleUnknown):
            give_roles(docket, MIRA, wrong)
    with pytest.raises(NoSuchMember):
        give_roles(docket, ADA, ["lead"])
