"""Draw the docket's own rows: its members with their roles, and what was erased."""

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.docket import Erased, MemberAdded, RolesGiven
from onrecord.casework.models import Erasure, Member, RoleGrant


def member_added(canvas: Canvas, index: int, entry: MemberAdded) -> None:
    """Draw a member."""
    canvas.add(
        Member,
        id=entry.member,
        subject=entry.docket,
        entry=index,
        name=entry.name,
        verify_key=entry.verify_key,
        is_active=True,
    )


def roles_given(canvas: Canvas, index: int, entry: RolesGiven) -> None:
    """Draw the roles that a member was given; whoever gave them, the row stands."""
    canvas.add(
        RoleGrant,
        id=entry.grant,
        subject=entry.docket,
        entry=index,
        member=entry.member,
        roles=list(entry.roles),
    )


def erased(canvas: Canvas, index: int, entry: Erased) -> None:
    """Remove every row of an erased subject and draw who erased it, when and why."""
    canvas.erase(entry.erased)
    canvas.add(
        Erasure,
        id=entry.erased,
        subject=entry.docket,
        entry=index,
        erased_kind=entry.erased_kind,
        reason=entry.reason,
        complete_after=entry.complete_after,
        sealed_sha256=entry.sealed_sha256,
    )
