"""Draw cases and patterns: events, people, acts, involvements, and the bundles that left."""

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.cases import (
    ActOpened,
    BundleMade,
    CaseOpened,
    EventOpened,
    InvolvementAdded,
    PatternOpened,
    PersonAdded,
)
from onrecord.casework.models import Act, BundleRecord, Case, Event, Involvement, Pattern, Person


def case_opened(canvas: Canvas, index: int, entry: CaseOpened) -> None:
    """Draw a case."""
    canvas.add(Case, id=entry.case, subject=entry.case, entry=index, name=entry.name)


def pattern_opened(canvas: Canvas, index: int, entry: PatternOpened) -> None:
    """Draw a pattern."""
    canvas.add(Pattern, id=entry.pattern, subject=entry.pattern, entry=index, name=entry.name, code=entry.code)


def event_opened(canvas: Canvas, index: int, entry: EventOpened) -> None:
    """Draw an event."""
    canvas.add(Event, id=entry.event, subject=entry.case, entry=index, case=entry.case, title=entry.title)


def person_added(canvas: Canvas, index: int, entry: PersonAdded) -> None:
    """Draw an individual or a group."""
    canvas.add(
        Person,
        id=entry.person,
        subject=entry.case,
        entry=index,
        case=entry.case,
        counting_unit=entry.counting_unit,
        number_min=entry.number_min,
        number_best=entry.number_best,
        number_max=entry.number_max,
        basis=entry.basis,
    )


def act_opened(canvas: Canvas, index: int, entry: ActOpened) -> None:
    """Draw an act."""
    canvas.add(
        Act, id=entry.act, subject=entry.case, entry=index, case=entry.case, event=entry.event, victim=entry.victim
    )


def involvement_added(canvas: Canvas, index: int, entry: InvolvementAdded) -> None:
    """Draw the tie of a perpetrator to an act."""
    canvas.add(
        Involvement,
        id=entry.involvement,
        subject=entry.case,
        entry=index,
        act=entry.act,
        perpetrator=entry.perpetrator,
        degree=entry.degree,
    )


def bundle_made(canvas: Canvas, index: int, entry: BundleMade) -> None:
    """Draw a bundle that was made."""
    canvas.add(
        BundleRecord,
        id=entry.bundle,
        subject=entry.holder,
        entry=index,
        basis=list(entry.basis),
        purpose=entry.purpose,
        manifest_sha256=entry.manifest_sha256,
        counts=entry.counts,
        left_out=entry.left_out,
    )
