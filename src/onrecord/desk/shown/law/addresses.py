"""Write the addresses of the law page: whom it shows, which event, provisions and element; never a word of a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True, slots=True)
class Addresses:
    """The law page of one case as it is asked for now, from which every other view of it is one link away."""

    case: str
    person: str
    shown: Sequence[str] = ()  # empty: the provisions that are nearest
    element: str = ""
    event: str = ""  # empty: all that was done to the person, taken together
    recorded: str = ""  # an assessment on record, shown as it stood; empty: what the facts say now

    def with_element(self, element: str) -> str:
        """Return the address at which an element is shown, with its row in view."""
        return f"{replace(self, element=element).here()}#e-{element}"

    def with_provision(self, provision: str, shown: Iterable[str]) -> str:
        """Return the address at which a provision stands beside those already shown."""
        return replace(self, shown=(*shown, provision)).here()

    def of_event(self, event: str) -> str:
        """Return the address at which what was done in one event is shown; empty: all events together."""
        return replace(self, event=event).here()

    def as_recorded(self, assessment: str) -> str:
        """Return the address at which an assessment on record is shown as it stood; empty: as the facts stand now."""
        return replace(self, recorded=assessment).here()

    def nearest(self) -> str:
        """Return the address at which the page chooses what it shows."""
        return replace(self, shown=()).here()

    def today(self) -> str:
        """Return the address at which the same is shown as the facts stand now."""
        return self.as_recorded("")

    def here(self) -> str:
        """Return the address of what is shown."""
        return f"{reverse('law', args=[self.case])}?{urlencode(self.asked())}"

    def printed(self) -> str:
        """Return the address of the page that is printed."""
        asked = [one for one in self.asked() if one[0] not in ("element", "recorded")]
        return f"{reverse('law-print', args=[self.case])}?{urlencode(asked)}"

    def forums(self) -> str:
        """Return the address of the forums for the same person and event."""
        asked = [one for one in self.asked() if one[0] in ("person", "event")]
        return f"{reverse('forums', args=[self.case])}?{urlencode(asked)}"

    def asked(self) -> list[tuple[str, str]]:
        """Return what is asked for, name by name."""
        said = [("event", self.event), ("element", self.element), ("recorded", self.recorded)]
        shown = [("show", name) for name in self.shown]
        return [("person", self.person), *shown, *(one for one in said if one[1])]
