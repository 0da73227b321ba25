"""Say whether one coded value speaks for an element or against it, as the law data has it.

A value speaks for an element where a condition that supports it holds on that value, and against it where a condition
that contradicts it does. Where a rule has several branches, those that the other facts have closed count only when no
open one decides. A value that does neither, or both, is shown as bearing on the element, and is not counted.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from onrecord.law.conditions import All, Any, ElementIs, HasSome, Not, OfFact, ProvisionIs
from onrecord.law.model import OPEN, TRUE, Condition, Element, Fact, Law, Seen, Truth

Holds = Callable[[OfFact, Truth], bool]


class Direction(StrEnum):
    """How a value bears on an element."""

    FOR = "for"
    AGAINST = "against"
    BEARS = "bears"


TURNED = {Direction.FOR: Direction.AGAINST, Direction.AGAINST: Direction.FOR, Direction.BEARS: Direction.BEARS}


def direction(law: Law, element: Element, name: str, value: Fact, seen: Seen) -> Direction:
    """Return how a fact that holds this value alone bears on an element, beside everything else that is seen."""

    def holds(leaf: OfFact, wanted: Truth) -> bool:
        if leaf.fact != name:
            return False
        # One item of several that are counted together speaks for as much as it is.
        one = replace(leaf, count=1) if isinstance(leaf, HasSome) else leaf
        return one.answer(value) == wanted

    for only_open in (True, False):
        way = _Way(law, seen, holds, only_open=only_open)
        speaks_for, speaks_against = way.supports(element), way.contradicts(element)
        if speaks_for != speaks_against:
            return Direction.FOR if speaks_for else Direction.AGAINST
    return Direction.BEARS


class _Way:
    """One way through the conditions of an element, down to those on the fact that is looked at."""

    def __init__(self, law: Law, seen: Seen, holds: Holds, *, only_open: bool) -> None:
        self._law, self._seen, self._holds, self._only_open = law, seen, holds, only_open

    def supports(self, element: Element) -> bool:
        return element.supported_if is not None and self._leads(element.supported_if, TRUE)

    def contradicts(self, element: Element) -> bool:
        return element.contradicted_if is not None and self._leads(element.contradicted_if, TRUE)

    def _leads(self, condition: Condition, wanted: Truth) -> bool:
        """Tell whether the value helps a condition to be what is wanted."""
        if isinstance(condition, OfFact):
            return self._holds(condition, wanted)
        if isinstance(condition, Not):
            return self._leads(condition.part, TRUE - wanted)
        if isinstance(condition, All | Any):
            return any(self._leads(part, wanted) for part in self._parts(condition, wanted))
        if isinstance(condition, ElementIs):
            element = self._law.elements[condition.element]
            return self.supports(element) if wanted == TRUE else self.contradicts(element)
        if isinstance(condition, ProvisionIs):
            elements = self._law.provisions[condition.provision].elements
            return any(self._leads(ElementIs(name), wanted) for name in elements)
        return False

    def _parts(self, condition: All | Any, wanted: Truth) -> tuple[Condition, ...]:
        """Return the parts through which a value can count: none of a branch that is closed, if these are left out."""
        if not self._only_open:
            return condition.parts
        if condition.value(self._seen) == TRUE - wanted:
            return ()
        is_decided_by_one = (wanted == TRUE) == isinstance(condition, Any)
        closed = TRUE - wanted
        if not is_decided_by_one:
            return condition.parts
        decided = condition.value(self._seen) != OPEN
        return tuple(
            part
            for part in condition.parts
            if (value := part.value(self._seen)) != closed and (value == wanted or not decided)
        )
