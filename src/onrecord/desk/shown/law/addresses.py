"""Write the addresses of the law page: whom it shows, which provisions and which element; never a word of a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True, slots=True)
class Addresses:
    """The law page of one case as it is asked for now, from which every other view of it is one link away."""

    case: str
    person: str
    shown: Sequence[str]  # empty: the provisions that are nearest
    element: str

    def with_element(self, element: str) -> str:
        """Return the address at which an element is shown, with its row in view."""
        return f"{self._address(self.shown, element)}#e-{element}"

    def with_provision(self, provision: str, shown: Iterable[str]) -> str:
        """Return the address at which a provision stands beside those already shown."""
        return self._address([*shown, provision], self.element)

    def nearest(self) -> str:
        """Return the address at which the page chooses what it shows."""
        return self._address((), self.element)

    def printed(self) -> str:
        """Return the address of the page that is printed."""
        asked = [("person", self.person), *(("show", name) for name in self.shown)]
        return f"{reverse('law-print', args=[self.case])}?{urlencode(asked)}"

    def _address(self, shown: Sequence[str], element: str) -> str:
        asked = [("person", self.person), *(("show", name) for name in shown)]
        asked += [("element", element)] if element else []
        return f"{reverse('law', args=[self.case])}?{urlencode(asked)}"
