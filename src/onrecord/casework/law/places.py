"""Say what the status of a place was where the table of places cannot know: a member's own word, with the reason.

What the claims and the conflict's table give stays beside it and is shown with it.
"""

from collections.abc import Collection

from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import PlaceStatusOverridden
from onrecord.casework.models import Event, PlaceOverride
from onrecord.casework.record.append import record
from onrecord.casework.texts import typed
from onrecord.errors import BadInput, NotThere
from onrecord.ground.ids import new_id
from onrecord.words.codebook import load_codebook


class OverrideNeedsReason(BadInput):
    """The status of a place is set by hand with a reason, and none was given."""

    next_step = "Say in a sentence who held the place on that day, and what shows it."


class NoSuchEvent(NotThere):
    """There is no event of this identifier."""

    next_step = "List a case's events with `onrecord case show ID --json`."


def override_place(
    docket: Docket, event: str, status: str, reason: str, *, case: str = "", seen: int | None = None
) -> str:
    """Record what the status of an event's place was, of this case if it is named.

    Raises NoSuchEvent, OverrideNeedsReason or StaleRecord.
    """
    load_codebook().vocabulary("place_status").term(status)
    if not typed(reason):
        raise OverrideNeedsReason
    row = Event.objects.filter(pk=event).first()
    if row is None or case not in ("", row.case):
        raise NoSuchEvent
    entry = PlaceStatusOverridden(row.case, new_id(), event, status, typed(reason))
    record(docket, entry, seen=seen)
    return entry.override


def overrides_of(case: str) -> dict[str, PlaceOverride]:
    """Return what counts for each event of a case whose place was set by hand: the newest word."""
    return {row.event: row for row in PlaceOverride.objects.filter(case=case).order_by("entry")}


def overrides_in(case: str, events: Collection[str]) -> list[PlaceOverride]:
    """Return what counts of all that was set by hand for some events of a case."""
    return [row for event, row in overrides_of(case).items() if event in events]
