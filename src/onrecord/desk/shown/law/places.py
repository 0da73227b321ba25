"""Say where a member set by hand who held a place, and which elements that reaches: it is shown wherever it decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.casework.law.facts import PLACE_STATUS
from onrecord.casework.law.places import overrides_of
from onrecord.casework.models import Act, PlaceOverride
from onrecord.desk.shown.wording import value_name
from onrecord.law.model import Law


@dataclass(frozen=True, slots=True)
class EventPlace:
    """One event of a person, and what a member said of its place, if anything."""

    event: str
    row: PlaceOverride | None

    @property
    def status(self) -> str:
        """Return what the place was set to, in words."""
        return value_name(PLACE_STATUS, self.row.status) if self.row else ""


def places_of(case: str, person: str) -> tuple[EventPlace, ...]:
    """Return the events in which something was done to a person, each with what was set by hand."""
    acts = Act.objects.filter(case=case, victim=person).order_by("entry", "id")
    said = overrides_of(case)
    return tuple(EventPlace(event, said.get(event)) for event in dict.fromkeys(act.event for act in acts))


def by_hand(places: Iterable[EventPlace]) -> tuple[EventPlace, ...]:
    """Return those that a member set."""
    return tuple(place for place in places if place.row)


def reached(law: Law, set_by_hand: Iterable[EventPlace]) -> frozenset[str]:
    """Return the elements that read a place which a member set."""
    if not any(set_by_hand):
        return frozenset()
    return frozenset(name for name, element in law.elements.items() if PLACE_STATUS in element.facts)
