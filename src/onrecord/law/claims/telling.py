"""Draw the facts about one person from what claims tell, of one event or of several together.

What was so in each of several events is worked out for each by itself, what the conflict's table gives among it: the
place of one event and the day of another are no place on a day. A place that a member set by hand is its event's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.law.claims.combining import Hearing, combine, over_events
from onrecord.law.claims.mapping import ClaimMap
from onrecord.law.derive import complete
from onrecord.law.model import Conflict, Derived, Fact, Statement
from onrecord.words.fields import load_facts

PLACE_STATUS = "place.status"
DIFFERS = "it differs from event to event"


@dataclass(frozen=True, slots=True)
class Told:
    """What one claim tells: of one person, or of the case as a whole; of one event, or of no single one."""

    person: str
    event: str
    says: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """All that the claims of one case tell, and what a member set by hand."""

    told: tuple[Told, ...]
    people: tuple[str, ...]  # to whom something was done
    places: Mapping[str, str]  # by event: the status of its place, where a member set it by hand
    table: ClaimMap
    conflict: Conflict

    def events(self, person: str) -> frozenset[str]:
        """Return the events of which anything is told about a person."""
        return frozenset(one.event for one in self.told if one.event and one.says and one.person in ("", person))

    def of(self, person: str, events: Sequence[str], hearing: Hearing = Hearing.WEIGHED) -> dict[str, Fact]:
        """Return the facts about a person: of one event, or of several together; the event "" is none that is named."""
        of_each = [self._of_event(person, event, hearing) for event in events]
        return of_each[0] if len(of_each) == 1 else self._together(of_each)

    def differing(self, person: str, events: Sequence[str]) -> tuple[str, ...]:
        """Return the facts of one value that differ from event to event, while nobody disagrees about any of these."""
        alone = [complete(self._of_event(person, event, Hearing.WEIGHED), self.conflict)[0] for event in events]
        names = sorted(name for name in set().union(*alone) if not load_facts()[name].is_list)
        return tuple(name for name in names if _differ([one[name] for one in alone if name in one]))

    def _of_event(self, person: str, event: str, hearing: Hearing) -> dict[str, Fact]:
        by_fact: dict[str, list[Statement]] = defaultdict(list)
        for statement in self._heard(person, event, hearing):
            by_fact[statement.fact].append(statement)
        stages = self.table.stages
        combined = ((name, combine(name, said, stages.get(name, ()), hearing)) for name, said in by_fact.items())
        facts = {name: fact for name, fact in combined if fact.evidence}
        if event in self.places:
            # A member's word is no claim: it has no passage and no origin, so no evidence is named.
            facts[PLACE_STATUS] = Fact(values=(self.places[event],), by_hand=True)
        return facts

    def _heard(self, person: str, event: str, hearing: Hearing) -> Iterator[Statement]:
        """Yield what is said of a person in an event; where it is not known of whom, a danger is each one's."""
        is_about_all = self.people == (person,) or hearing != Hearing.WEIGHED
        for one in self.told:
            if one.person in ("", person) and one.event in ("", event):
                counts = one.person or is_about_all
                yield from (said for said in one.says if counts or said.fact in self.table.said_of_all)

    def _together(self, of_each: Sequence[Mapping[str, Fact]]) -> dict[str, Fact]:
        facts = {name: self._over(name, of_each) for name in set().union(*of_each)}
        filled = [complete(one, self.conflict) for one in of_each]
        for name in self.conflict.rests_on:
            known = [one for one, _ in filled if name in one]
            if not known:
                # What the table gives in none of them it does not give of all.
                facts[name] = replace(facts.get(name, Fact()), by_hand=True)
                continue
            given = [why[name] for _, why in filled if name in why]
            facts[name] = self._over(name, known)
            if len(given) == len(known):
                facts[name] = replace(facts[name], table_basis=_basis(given))
        return facts

    def _over(self, name: str, of_each: Iterable[Mapping[str, Fact]]) -> Fact:
        return over_events(name, [one.get(name, Fact()) for one in of_each], self.table.stages.get(name, ()))


def _basis(given: Iterable[Derived]) -> str:
    reasons = tuple(dict.fromkeys((one.value, one.basis) for one in given))
    return "; ".join(basis for _, basis in reasons) if len({value for value, _ in reasons}) == 1 else DIFFERS


def _differ(of_each: Sequence[Fact]) -> bool:
    known = [one for one in of_each if not one.is_missing]
    return len({one.values for one in known}) > 1 and not any(one.conflict for one in known)
