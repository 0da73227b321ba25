"""Draw claims with their values and attributions; a withdrawn claim keeps its row and its reason."""

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.cases import ClaimCoded, ClaimWithdrawn
from onrecord.casework.models import Attribution, Claim, ClaimValue


def claim_coded(canvas: Canvas, index: int, entry: ClaimCoded) -> None:
    """Draw a claim."""
    canvas.add(
        Claim,
        id=entry.claim,
        subject=entry.holder,
        entry=index,
        holder=entry.holder,
        holder_kind=entry.holder_kind,
        act=entry.act,
        person=entry.person,
        kind=entry.kind,
        passage=entry.passage,
        exhibit=entry.exhibit,
        connection=entry.connection,
        manner=entry.manner,
        stance=entry.stance,
        reliability=entry.reliability,
        credibility=entry.credibility,
        withdrawn_because="",
    )
    for place, value in enumerate(entry.values):
        row_id = f"{entry.claim}-{place}"
        canvas.add(ClaimValue, id=row_id, subject=entry.holder, entry=index, claim=entry.claim, place=place, **value)
    for place, link in enumerate(entry.by):
        row_id = f"{entry.claim}-{place}"
        canvas.add(Attribution, id=row_id, subject=entry.holder, entry=index, claim=entry.claim, place=place, **link)


def claim_withdrawn(canvas: Canvas, index: int, entry: ClaimWithdrawn) -> None:  # noqa: ARG001
    """Draw over a claim that a member took back."""
    canvas.change(Claim, entry.claim, withdrawn_because=entry.reason)
