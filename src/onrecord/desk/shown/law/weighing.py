"""Hold one person's claims beside the elements: which speak for an element, which against, which only bear on it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from onrecord.casework.law.assessing import stored_facts
from onrecord.casework.law.facts import CaseFacts
from onrecord.casework.models import Assessment as AssessmentRow
from onrecord.casework.overview import ClaimShown, claims_of
from onrecord.desk.shown.law.directions import Direction, Way, direction
from onrecord.law.assess import assess
from onrecord.law.derive import complete
from onrecord.law.model import TRUTH_OF, Assessment, Element, Fact, Facts, Law, Seen, Statement, is_unknown


class NoLonger(StrEnum):
    """Why a claim that an assessment on record rested on counts no longer."""

    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    ON_HOLD = "on hold"


@dataclass(frozen=True, slots=True)
class Held:
    """One person's facts, held against one version of the law, with the claims behind them."""

    law: Law
    facts: Facts
    assessment: Assessment
    claims: Mapping[str, ClaimShown]
    statements: Mapping[str, tuple[Statement, ...]]  # by claim: what it says about which fact
    no_longer: Mapping[str, NoLonger]  # by claim: only of facts that are on record, not of those on file

    def seen(self) -> Seen:
        """Return what the conditions of the law looked at."""
        known, _ = complete(self.facts.facts, self.law.conflict)
        elements = {name: TRUTH_OF[status.status] for name, status in self.assessment.elements.items()}
        provisions = {name: TRUTH_OF[status.status] for name, status in self.assessment.provisions.items()}
        return Seen(known, elements, provisions)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim beside an element: through which facts it bears on it, how, from which origin, and its grade."""

    claim: ClaimShown
    facts: tuple[str, ...]
    direction: Direction
    origin: str
    grade: str
    is_part: bool  # the rule asks for more, which is not so or not on file

    @property
    def speaks_for(self) -> bool:
        """Tell whether it speaks for the element."""
        return self.direction == Direction.FOR

    @property
    def speaks_against(self) -> bool:
        """Tell whether it speaks against the element."""
        return self.direction == Direction.AGAINST


def hold(case: CaseFacts, person: str, law: Law, event: str = "") -> Held:
    """Hold the facts about one person of a case against the law: of all events together, or of one."""
    return _held(case, case.of(person, event), law, case.claims, case.in_danger(person))


def hold_again(case: CaseFacts, row: AssessmentRow, law: Law) -> Held:
    """Hold the facts that an assessment on record rested on against the law, with its claims as they stand today.

    What is known today counts for the dangers, so that no question is offered that one of today's forbids.
    """
    claims = [claim for claim in claims_of(case.case) if claim.id in row.evidence]
    facts = stored_facts(row)
    return _held(case, facts, law, claims, (facts, *case.in_danger(row.person)))


def _held(case: CaseFacts, facts: Facts, law: Law, claims: Iterable[ClaimShown], in_danger: Collection[Facts]) -> Held:
    counting, claims = {claim.id for claim in case.claims}, tuple(claims)
    return Held(
        law=law,
        facts=facts,
        assessment=assess(facts, law, in_danger),
        claims={claim.id: claim for claim in claims},
        statements=_by_claim(facts),
        no_longer={claim.id: _why(claim) for claim in claims if claim.id not in counting},
    )


def _by_claim(facts: Facts) -> dict[str, tuple[Statement, ...]]:
    """Return what counts of what each claim says; entries of the first two versions do not have it."""
    said = defaultdict[str, list[Statement]](list)
    for one in chain.from_iterable(fact.said for fact in facts.facts.values()):
        said[one.claim].append(one)
    return {claim: tuple(several) for claim, several in said.items()}


def _why(claim: ClaimShown) -> NoLonger:
    if claim.passage is None:
        return NoLonger.ERASED
    return NoLonger.WITHDRAWN if claim.withdrawn_because else NoLonger.ON_HOLD


def weigh(held: Held, elements: Iterable[str]) -> dict[str, tuple[Weighed, ...]]:
    """Return the claims beside each of some elements, in the order in which they were coded."""
    seen = held.seen()
    return {name: tuple(_weigh(held, held.law.elements[name], seen)) for name in elements}


def count(weighed: Iterable[Weighed]) -> tuple[int, int]:
    """Return how many claims speak for and how many against."""
    claims = list(weighed)
    return sum(one.speaks_for for one in claims), sum(one.speaks_against for one in claims)


def origins(weighed: Iterable[Weighed]) -> int:
    """Return from how many independent origins some passages come, all of one list together.

    Those not shown to stand alone are one together. The law counts another number, by how many origins the evidence is
    that decided (law.strength): fact by fact, without what is shown beside it. Two passages of two origins, each of
    them on another part of a rule, are two here, and one there for each part.
    """
    return len({one.origin for one in weighed})


def _weigh(held: Held, element: Element, seen: Seen) -> Iterator[Weighed]:
    bears: dict[str, list[tuple[str, Way]]] = {}
    for name in element.facts:
        is_known = name in seen.facts
        fact = seen.facts[name] if is_known else held.facts.facts.get(name, Fact())
        for claim in fact.evidence:
            ways = [_way(held, element, name, one, seen) for one in _said(held, claim, name)]
            # What is not known is not shown, but who denies it stands beside the element that asks for it.
            if ways or is_known:
                bears.setdefault(claim, []).extend((name, way) for way in ways or [Way(Direction.BEARS)])
    for claim in sorted(bears, key=lambda id_: held.claims[id_].entry):
        item = held.facts.evidence[claim]
        side = _together(way.direction for _, way in bears[claim])
        deciding = [way.is_part for _, way in bears[claim] if way.direction == side]
        yield Weighed(
            claim=held.claims[claim],
            facts=tuple(dict.fromkeys(name for name, _ in bears[claim])),
            direction=side,
            origin=item.origin,
            grade=item.grade or "",
            is_part=bool(deciding) and all(deciding),
        )


def _said(held: Held, claim: str, name: str) -> list[Statement]:
    """Return what a claim says about a fact, or about what the fact was derived from."""
    says = held.statements.get(claim, ())
    stated = [one for one in says if one.fact == name]
    if name in held.assessment.derived:
        bases = held.law.conflict.rests_on.get(name, ())
        return [one for one in says if one.fact in bases] + [one for one in stated if one.denies]
    return [one for one in stated if not one.closes and not is_unknown(one.value)]


def _way(held: Held, element: Element, name: str, said: Statement, seen: Seen) -> Way:
    if name in held.assessment.derived and said.fact != name:
        drawn = seen.facts[name]
        is_only_denied = len(drawn.values) == 1 and drawn.disputed == drawn.values
        # In a dispute a claim makes of the fact what its side would, and which side it stands on is not worked out.
        # So it does where it denies another value of it than the one that stands.
        if said.denies or (drawn.conflict and not is_only_denied):
            return Way(Direction.BEARS)
        return direction(held.law, element, name, Fact(drawn.values), seen)
    is_closed = name in seen.facts and seen.facts[name].closed
    way = direction(held.law, element, name, Fact((said.value,), closed=is_closed), seen)
    # A passage that denies what speaks for an element speaks against it.
    return way.turned() if said.denies else way


def _together(ways: Iterable[Direction]) -> Direction:
    sides = set(ways) - {Direction.BEARS}
    return sides.pop() if len(sides) == 1 else Direction.BEARS
