"""Draw the docket's own rows: its members, and what was erased."""

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.docket import Erased, MemberAdded
from onrecord.casework.models import Erasure, Member


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
