"""Conditions of the law: what can be asked of a person's facts, and the three answers yes, no, not known.

Strong Kleene logic, as `logic` in law/data/meta.yaml says: "all" is the least of its parts, "any" the greatest, "not"
turns yes and no around. A fact that is missing or disputed is not known, never no. A list that nobody called complete
may hold more than what is written, so it can say yes but not no. Of a list with a disputed item it is known only what
holds with that item and without it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.law.model import FALSE, OPEN, TRUE, Condition, Fact, Means, Needs, Range, Seen, Truth, Value, is_unknown

NOTHING: frozenset[str] = frozenset()
THREATENED, CARRIED_OUT, BOTH = "threatened", "carried_out", "both"
TWO_MODES = frozenset({THREATENED, CARRIED_OUT})


@dataclass(frozen=True, slots=True)
class OfParts(ABC):
    """A condition on several others."""

    parts: tuple[Condition, ...]

    @abstractmethod
    def value(self, seen: Seen) -> Truth:
        """Return what the parts make together."""

    def open_facts(self, seen: Seen) -> frozenset[str]:
        """Return what could still decide it: nothing once it is decided."""
        if self.value(seen) != OPEN:
            return NOTHING
        return NOTHING.union(*(part.open_facts(seen) for part in self.parts))

    def needs(self) -> Needs:
        """Return what its parts read."""
        return join_needs(part.needs() for part in self.parts)


@dataclass(frozen=True, slots=True)
class All(OfParts):
    """Holds when every part holds."""

    def value(self, seen: Seen) -> Truth:
        """Return the least value of the parts."""
        least = TRUE
        for part in self.parts:
            least = min(least, part.value(seen))
            if least == FALSE:
                break
        return least


@dataclass(frozen=True, slots=True)
class Any(OfParts):
    """Holds when one part holds."""

    def value(self, seen: Seen) -> Truth:
        """Return the greatest value of the parts."""
        greatest = FALSE
        for part in self.parts:
            greatest = max(greatest, part.value(seen))
            if greatest == TRUE:
                break
        return greatest


@dataclass(frozen=True, slots=True)
class Turned:
    """A condition that turns another around: what could decide it, and what it reads, is the other's."""

    part: Condition

    def open_facts(self, seen: Seen) -> frozenset[str]:
        """Return what could still decide its part."""
        return self.part.open_facts(seen)

    def needs(self) -> Needs:
        """Return what its part reads."""
        return self.part.needs()


@dataclass(frozen=True, slots=True)
class Not(Turned):
    """Holds when its part does not; what is not known stays not known."""

    def value(self, seen: Seen) -> Truth:
        """Return the part's value turned around."""
        return TRUE - self.part.value(seen.turned)


@dataclass(frozen=True, slots=True)
class NotShown(Turned):
    """Holds unless its part holds: for rules of safety only, so that they fire on missing facts."""

    def value(self, seen: Seen) -> Truth:
        """Return yes unless the part is known to hold."""
        return FALSE if self.part.value(seen.turned) == TRUE else TRUE


@dataclass(frozen=True, slots=True)
class OfStatus:
    """A condition on the status of another element or provision."""

    name: str

    def open_facts(self, _seen: Seen) -> frozenset[str]:
        """Return nothing: an element that is not known is a gap of its own."""
        return NOTHING


@dataclass(frozen=True, slots=True)
class ElementIs(OfStatus):
    """Holds as far as another element is supported."""

    def value(self, seen: Seen) -> Truth:
        """Return the status of the element."""
        return seen.elements[self.name]

    def needs(self) -> Needs:
        """Return the element."""
        return Needs(elements=(self.name,))


@dataclass(frozen=True, slots=True)
class ProvisionIs(OfStatus):
    """Holds as far as another provision is supported."""

    def value(self, seen: Seen) -> Truth:
        """Return the roll-up of the provision."""
        return seen.provisions[self.name]

    def needs(self) -> Needs:
        """Return the provision."""
        return Needs(provisions=(self.name,))


@dataclass(frozen=True, slots=True)
class OfFact(ABC):
    """A condition on one fact: not known where it is missing, or where sides of a dispute answer differently."""

    fact: str

    def value(self, seen: Seen) -> Truth:
        """Return the answer of the fact."""
        fact = seen.facts.get(self.fact)
        if fact is None:
            return OPEN
        return self._disputed(fact, seen.disputed_as) if fact.conflict or fact.disputed else self.answer(fact)

    def _disputed(self, fact: Fact, disputed_as: Truth) -> Truth:
        answers = self._answers(fact)
        if disputed_as == OPEN:
            return answers.pop() if len(answers) == 1 else OPEN
        return max(answers) if disputed_as == TRUE else min(answers)

    def _answers(self, fact: Fact) -> set[Truth]:
        # Of a conflict none of the sides may be right, so that "not known" is always among its answers.
        return {self.answer(side) for side in fact.sides} | ({OPEN} if fact.conflict else set())

    @abstractmethod
    def answer(self, fact: Fact) -> Truth:
        """Return what a fact says that is known and undisputed."""

    def alone(self, value: Value) -> Truth:
        """Return what one value says by itself; one of several that are counted together says yes."""
        return self.answer(Fact((value,)))

    def open_facts(self, seen: Seen) -> frozenset[str]:
        """Return the fact when it is missing, or disputed so that its sides answer differently."""
        fact = seen.facts.get(self.fact)
        is_known = fact is not None and (not fact.is_disputed or len(self._answers(fact)) == 1)
        return NOTHING if is_known else frozenset((self.fact,))

    def needs(self) -> Needs:
        """Return the fact."""
        return Needs(facts=(self.fact,))


@dataclass(frozen=True, slots=True)
class IsOneOf(OfFact):
    """Holds when the one value is among these codes (narrower terms are among them already)."""

    codes: frozenset[str]

    def answer(self, fact: Fact) -> Truth:
        """Return whether the value is among the codes."""
        return TRUE if fact.values[0] in self.codes else FALSE


@dataclass(frozen=True, slots=True)
class AtLeast(OfFact):
    """Holds when a number or a day is this or a later one; a range on both sides of the bound is not known."""

    bound: int | str

    def answer(self, fact: Fact) -> Truth:
        """Return on which side of the bound the value lies."""
        low, high = ends(fact.values[0])
        # Both ends and the bound are of one kind, numbers or ISO days: the fact's kind was checked when it was read.
        if low is not None and low >= self.bound:  # type: ignore[operator]
            return TRUE
        return FALSE if high is not None and high < self.bound else OPEN  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Has(OfFact):
    """Holds when a list has one of these terms in a mode that is wanted for it."""

    wanted: Mapping[str, frozenset[str]]  # per term the modes that count
    in_any_mode: frozenset[str]  # terms for which every mode they may have counts, so that an unknown mode does too

    def answer(self, fact: Fact) -> Truth:
        """Return the greatest value of the items; no item is a no only when the list is complete."""
        found = max((self._item(item) for item in fact.values), default=FALSE)
        return found if found != FALSE or _is_complete(fact) else OPEN

    def _item(self, item: Value) -> Truth:
        term, mode = (item.term, item.mode) if isinstance(item, Means) else (item, None)
        modes = self.wanted.get(term) if isinstance(term, str) else None
        if modes is None:
            return FALSE
        if mode is None or mode == "unknown":
            return TRUE if term in self.in_any_mode else OPEN
        if mode == BOTH:
            return TRUE if modes & TWO_MODES else FALSE
        return TRUE if mode in modes else FALSE


@dataclass(frozen=True, slots=True)
class HasSome(OfFact):
    """Holds when a list has at least so many of these terms."""

    terms: tuple[frozenset[str], ...]  # each with its narrower terms
    count: int

    def answer(self, fact: Fact) -> Truth:
        """Return whether enough are there; too few are a no only when the list is complete."""
        found = sum(any(item in codes for item in fact.values) for codes in self.terms)
        if found >= self.count:
            return TRUE
        return FALSE if _is_complete(fact) else OPEN

    def alone(self, value: Value) -> Truth:
        """Return yes for one of the terms: as one of several it says as much as it can."""
        return TRUE if any(value in codes for codes in self.terms) else OPEN


def join_needs(needs: Iterable[Needs]) -> Needs:
    """Return what several conditions read together, in order, each once."""
    every = tuple(needs)
    return Needs(
        facts=tuple(dict.fromkeys(name for one in every for name in one.facts)),
        elements=tuple(dict.fromkeys(name for one in every for name in one.elements)),
        provisions=tuple(dict.fromkeys(name for one in every for name in one.provisions)),
    )


def _is_complete(fact: Fact) -> bool:
    # A list with an item that is not known may hold anything there, whatever the coder said.
    return fact.closed and not any(map(is_unknown, fact.values))


def ends(value: Value) -> tuple[int | str | None, int | str | None]:
    """Return the least and the greatest that a number or a day may be; None where nobody knows."""
    if isinstance(value, Range):
        return value.low, value.high
    if isinstance(value, Means):
        return None, None
    return value, value
