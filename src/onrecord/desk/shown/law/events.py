"""Name the events of a person, so that one of them can be chosen: by number, title, day and place.

What is coded on the acts of an event names it; nobody else's word does.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from onrecord.casework.law.facts import CaseFacts, the_event
from onrecord.casework.models import Event
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.wording import field_name, value_name

NAMED_BY = ("event.date", "place.region")


@dataclass(frozen=True, slots=True)
class EventChoice:
    """One event of a person, or (without an id) all of them together."""

    id: str
    name: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Events:
    """What of a person is looked at, and which facts disagree only because several events are taken together."""

    choices: tuple[EventChoice, ...]
    differing: tuple[str, ...]

    @property
    def chosen(self) -> EventChoice:
        """Return what is looked at."""
        return next(choice for choice in self.choices if choice.is_chosen)

    @property
    def are_several(self) -> bool:
        """Tell whether there is anything to choose."""
        return len(self.choices) > 2

    @property
    def differing_names(self) -> list[str]:
        """Return the differing facts in words."""
        return [field_name(name) for name in self.differing]


def event_asked(case: CaseFacts, person: str, event: str) -> str:
    """Return the event that is asked for; all together where it is another person's, as after another was chosen.

    Raises NoSuchEventHere where it is nobody's in this case.
    """
    is_others = any(event in case.events_of(other) for other in case.people if other != person)
    return "" if is_others and event not in case.events_of(person) else the_event(case, person, event)


def events_of(case: CaseFacts, addresses: Addresses) -> Events:
    """Return the events of the person that a page is about, all of them together first."""
    named = name_events(case, addresses.person)
    choices = {"": gettext("all events together"), **named, **({} if addresses.event in named else _gone(addresses))}
    return Events(
        tuple(
            EventChoice(event, name, addresses.of_event(event), is_chosen=event == addresses.event)
            for event, name in choices.items()
        ),
        differing=() if addresses.event else case.differing_by_event(addresses.person),
    )


def name_events(case: CaseFacts, person: str) -> dict[str, str]:
    """Return the name of each event of a person."""
    events = case.events_of(person)
    titles = dict(Event.objects.filter(pk__in=events).values_list("id", "title"))
    return {
        event: " · ".join(one for one in (_number(place), titles.get(event, ""), *_coded(case, event)) if one)
        for place, event in enumerate(events, start=1)
    }


def _gone(addresses: Addresses) -> dict[str, str]:
    """Return the event of an assessment on record in which nothing on file was done to the person any more."""
    return {addresses.event: gettext("an event that is no more")} if addresses.event else {}


def _number(place: int) -> str:
    return gettext("event %(number)s") % {"number": place}


def _coded(case: CaseFacts, event: str) -> list[str]:
    said = [
        (value.field, value_name(value.field, value.value))
        for claim in case.claims
        if claim.act and case.acts[claim.act].event == event
        for value in claim.values
    ]
    return list(dict.fromkeys(word for name in NAMED_BY for field, word in said if field == name))
