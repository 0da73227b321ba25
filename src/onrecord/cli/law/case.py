"""Hold a case of the docket against the law: assess it, set a place by hand, name the cases a change would move."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_one
from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.casework.law.facts import CaseFacts
    from onrecord.law.model import Assessment, Law


class EventNotNamed(BadInput):
    """This case has several events, or none, and a place is that of one."""

    next_step = "Name the event: `onrecord case show ID --json` lists them with the acts."


@dataclass(frozen=True, slots=True)
class Beside:
    """What is printed beside an assessment: who signed the law, which of several events, places set by hand."""

    review: str = "reviewed by no lawyer yet"
    events: Sequence[str] = ()
    by_hand: Sequence[str] = ()


def assess_of_docket(folder: Path | None, case: str, person: str, event: str) -> tuple["Law", "Assessment", Beside]:
    """Assess one person of a case, of all their events or one; on record if something changed."""
    docket = open_docket(folder)
    from onrecord.casework.law.assessing import assess_case
    from onrecord.casework.law.facts import read_case
    from onrecord.casework.law.places import overrides_in
    from onrecord.casework.law.signing import may_leave
    from onrecord.casework.models import Case, Event, Person

    law, whole = docket.law, whole_id(case, Case)
    assessed = assess_case(docket, whole, whole_id(person, Person), law, whole_id(event, Event))
    unsigned = len(may_leave(whole, law).unsigned)
    read = read_case(whole, law)
    by_hand = overrides_in(whole, (assessed.event,) if assessed.event else read.events_of(assessed.person))
    beside = Beside(
        review=f"{unsigned} of {len(law.provisions)} provisions are signed by no lawyer yet",
        events=_events(read, assessed.person, assessed.event),
        by_hand=[f"{row.status}, because: {row.reason}" for row in by_hand],
    )
    return law, assessed.assessment, beside


def _events(read: "CaseFacts", person: str, event: str) -> list[str]:
    """Say of which events an assessment is, where there are several, and which facts disagree only because of that."""
    events = read.events_of(person)
    if len(events) < 2:
        return []
    if event:
        return [f"This is about event {event} alone, one of {len(events)}; without --event, all are taken together."]
    lines = [f"All {len(events)} events are taken together. For one alone, add --event ID: {', '.join(events)}"]
    if differing := read.differing_by_event(person):
        lines.append(f"The events differ, and no source disagrees about one of them, in: {', '.join(differing)}")
    return lines


def moved_of_docket(old: "Law", new: "Law") -> list[dict[str, Any]]:
    """Return whose statuses another version would move, of every case of the open docket, each with what would move.

    Of a person with several events there is one line for all of them together (an empty `event`), and one for each.
    """
    from onrecord.casework.law.assessing import moved

    return [{"case": one.case, "person": one.person, "event": one.event, **one.changes} for one in moved(old, new)]


def place(
    event: Annotated[str, typer.Argument(metavar="CASE|EVENT", help="An event, or a case that has only one.")],
    status: Annotated[str, typer.Argument(metavar="STATUS", help="A place_status of the codebook.")],
    reason: Annotated[str, typer.Option("--reason", help="What shows who held the place on that day.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Set the status of an event's place by hand; what claims and the table of places give stays beside it."""
    docket = open_docket(folder)
    from onrecord.casework.law.places import override_place
    from onrecord.casework.models import Case, Event

    named = whole_id(event)
    if Case.objects.filter(pk=named).exists():
        events = list(Event.objects.filter(case=named).values_list("id", flat=True)[:2])
        if len(events) != 1:
            raise EventNotNamed
        named = events[0]
    override = override_place(docket, named, status, reason)
    print_one({"id": override, "event": named, "status": status}, as_json=as_json)
