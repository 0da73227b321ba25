"""Say which role each member has, who are the leads, and record a change of it: a lead's decision.

Roles are access control, not cryptography. They keep members who use this program as it is to their own work, and the
ledger says who changed a role and when. Whoever controls the live desk can sign as any member who is signed in, and
whoever holds the keys can write an entry with a program of their own: drawing the tables never asks for a role.

The first member of a docket is its lead until an entry gives them other roles, so a docket that was made before there
were roles has a lead too. No command leaves a docket without a lead; where entries of another program do, its first
active member counts as lead again. A role that this program does not know is shown as it is, and opens nothing.

LIMIT: only what a lead decides about unsigned law, and roles themselves, ask for a role. The other roles are on record
and open or close nothing yet.
"""

from collections.abc import Collection
from enum import StrEnum

from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import RolesGiven
from onrecord.casework.models import Member, RoleGrant
from onrecord.casework.record.append import record
from onrecord.errors import BadInput, NotThere, Refused
from onrecord.ground.ids import new_id


class Role(StrEnum):
    """What a member does in a docket."""

    TRIAGER = "triager"
    CODER = "coder"
    LEAD = "lead"
    ANALYST = "analyst"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"


class NoSuchMember(NotThere):
    """This docket has no member of this name."""

    next_step = "List the members with `onrecord member list`."


class RoleUnknown(BadInput):
    """No role was named, or one that a member cannot have."""

    next_step = "Use triager, coder, lead, analyst, custodian or auditor."


class LastLead(Refused):
    """A docket has at least one lead, and this would leave none."""

    next_step = "Make another member a lead first."


class OnlyALead(Refused):
    """This is a lead's decision, and you are not a lead."""

    # No name stands here: a refusal may be sent on to whoever helps.
    next_step = "Ask a lead (`onrecord member list`) to decide it, or to make you one (`onrecord member roles`)."


def roles_of(members: Collection[Member]) -> dict[str, tuple[str, ...]]:
    """Return the roles of members as the newest entries have them, also those that this program does not know."""
    newest = {row.member: row for row in RoleGrant.objects.order_by("entry")}
    first = Member.objects.order_by("entry", "id").values_list("id", flat=True).first()
    return {
        member.id: tuple(newest[member.id].roles)
        if member.id in newest
        else ((Role.LEAD,) if member.id == first else ())
        for member in members
    }


def leads() -> list[Member]:
    """Return the leads in the order in which they became members; the first active member where there is none."""
    members = list(Member.objects.filter(is_active=True).order_by("entry", "id"))
    roles = roles_of(members)
    return [member for member in members if Role.LEAD in roles[member.id]] or members[:1]


def check_lead(docket: Docket) -> None:
    """Raise OnlyALead unless whoever acts is a lead."""
    if docket.actor not in [member.id for member in leads()]:
        raise OnlyALead


def give_roles(docket: Docket, name: str, roles: Collection[str]) -> None:
    """Give a member these roles in place of those they had.

    Raises NoSuchMember, RoleUnknown, OnlyALead or LastLead.
    """
    member = Member.objects.filter(name=name).first()
    if member is None:
        raise NoSuchMember
    if not roles or not set(roles) <= set(Role):
        raise RoleUnknown
    # One wording, whatever the order in which they were named.
    given = tuple(role.value for role in Role if role in roles)
    check_lead(docket)

    def check() -> None:
        check_lead(docket)
        if Role.LEAD not in given and [one.id for one in leads()] == [member.id]:
            raise LastLead

    record(docket, RolesGiven(docket=docket.id, grant=new_id(), member=member.id, roles=given), check=check)
