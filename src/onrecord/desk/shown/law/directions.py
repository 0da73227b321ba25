"""Say whether one coded value speaks for an element or against it, as the law data has it.

A value speaks for an element where a condition that supports it holds on that value, and against it where a condition
that contradicts it does. Where a rule has several branches, those that the other facts have closed count only when no
open one decides. A value that does neither, or both, is shown as bearing on the element, and is not counted. One that
a rule asks for together with others is told apart while these are not on file: deceit alone is not coercion.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from onrecord.law.conditions import All, Any, ElementIs, HasSome, Not, OfFact, ProvisionIs
from onrecord.law.model import OPEN, TRUE, Condition, Element, Fact, Law, Seen, Truth


class Direction(StrEnum):
    """How a value bears on an element."""

    FOR = "for"
    AGAINST = "against"
    BEARS = "bears"


TURNED = {Direction.FOR: Direction.AGAINST, Direction.AGAINST: Direction.FOR, Direction.BEARS: Direction.BEARS}


@dataclass(frozen=True, slots=True)
class Way:
    """How a value bears on an element; `is_part` says that the rule asks for more, which is not so or not on file."""

    direction: Direction
    is_part: bool = False

    def turned(self) -> "Way":
        """Return how the denial of the value bears on it."""
        return Way(TURNED[self.direction], self.is_part)


# How far a value leads: not at all, as one part of what a rule asks for, or all the way.
NOT, PART, WHOLE = 0, 1, 2


def direction(law: Law, element: Element, name: str, value: Fact, seen: Seen) -> Way:
    """Return how a fact that holds this value alone bears on an element, beside everything else that is seen."""
    for only_open in (True, False):
        conditions = _Conditions(law, name, value, seen, only_open=only_open)
        speaks_for, speaks_against = conditions.supports(element), conditions.contradicts(element)
        if bool(speaks_for) != bool(speaks_against):
            way = Direction.FOR if speaks_for else Direction.AGAINST
            return Way(way, is_part=max(speaks_for, speaks_against) == PART)
    return Way(Direction.BEARS)


class _Conditions:
    """The conditions of an element, followed down to those on the fact that is looked at."""

    def __init__(self, law: Law, name: str, value: Fact, seen: Seen, *, only_open: bool) -> None:
        self._law, self._name, self._value, self._seen, self._only_open = law, name, value, seen, only_open

    def supports(self, element: Element) -> int:
        return NOT if element.supported_if is None else self._leads(element.supported_if, TRUE)

    def contradicts(self, element: Element) -> int:
        return NOT if element.contradicted_if is None else self._leads(element.contradicted_if, TRUE)

    def _leads(self, condition: Condition, wanted: Truth) -> int:
        """Return how far the value leads a condition to be what is wanted."""
        if isinstance(condition, OfFact):
            return self._holds(condition, wanted)
        if isinstance(condition, Not):
            return self._leads(condition.part, TRUE - wanted)
        if isinstance(condition, All | Any):
            return self._joined(condition, wanted)
        if isinstance(condition, ElementIs):
            element = self._law.elements[condition.name]
            return self.supports(element) if wanted == TRUE else self.contradicts(element)
        if isinstance(condition, ProvisionIs):
            elements = self._law.provisions[condition.name].elements
            return min(max(self._leads(ElementIs(name), wanted) for name in elements), PART)
        return NOT

    def _holds(self, leaf: OfFact, wanted: Truth) -> int:
        if leaf.fact != self._name:
            return NOT
        # One item of several that are counted together speaks for as much as it is.
        one = replace(leaf, count=1) if isinstance(leaf, HasSome) else leaf
        if one.answer(self._value) != wanted:
            return NOT
        return PART if one is not leaf and leaf.answer(self._value) != wanted else WHOLE

    def _joined(self, condition: All | Any, wanted: Truth) -> int:
        value, closed = condition.value(self._seen), TRUE - wanted
        if self._only_open and value == closed:
            return NOT
        if (wanted == TRUE) == isinstance(condition, All):  # every part is asked for
            reached = max(self._leads(part, wanted) for part in condition.parts)
            return reached if value == wanted else min(reached, PART)
        parts: Iterable[Condition] = condition.parts
        if self._only_open:  # one part is enough: where one decides, the others do not count
            counts = wanted if value == wanted else OPEN
            parts = [part for part in parts if part.value(self._seen) == counts]
        return max((self._leads(part, wanted) for part in parts), default=NOT)
