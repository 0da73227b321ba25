"""Draw the facts about one person from what claims tell, of one event or of several together.

What was so in each of several events is worked out for each by itself, what the conflict's table gives among it: the
place of one event and the day of another are no place on a day. A person's citizenships are the same in all of them,
but whether that of the power stood depends on the day: it holds of all where it holds of each. A place that a member
set by hand is its event's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.law.claims.combining import IN_ORDER, Hearing, combine, over_events
from onrecord.law.claims.mapping import ClaimMap
from onrecord.law.derive import complete
from onrecord.law.model import Conflict, Derived, Fact, Statement
from onrecord.law.reading.conflict import ACQUIRED, BOND, NATIONALITY, ON_DAY, RELATIONS, SINCE
from onrecord.words.fields import load_facts

PLACE_STATUS = "place.status"
# What is so of a person in every event, whichever it was stated of; and what the table gives of it, by days too.
OF_PERSON = (NATIONALITY, ACQUIRED, SINCE, BOND, RELATIONS)
ON_DAYS = (ON_DAY, BOND, RELATIONS)
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

    def of(self, person: str, events: Sequence[str]) -> dict[str, Fact]:
        """Return the facts about a person: of one event, or of several together; the event "" is none that is named."""
        return self._together([self._of_event(person, event) for event in events])

    def in_danger(self, person: str, events: Sequence[str]) -> Iterator[dict[str, Fact]]:
        """Yield the facts as a danger is looked for in them, which need fire in one of these ways alone.

        All events together, and each by itself, what was stated of one answering for the others; weighed, and all that
        anybody says; what is stated, and what the table gives where it would not be.
        """
        for hearing in Hearing:
            of_each = [self._of_event(person, event, hearing) for event in events]
            whole = self._together(of_each)
            yield whole
            if any(name in one for one in of_each for name in self.conflict.rests_on):
                yield {name: fact for name, fact in whole.items() if name not in self.conflict.rests_on}
            for one in of_each if len(of_each) > 1 else ():
                yield {**whole, **{name: fact for name, fact in one.items() if not fact.is_missing}}

    def differing(self, person: str, events: Sequence[str]) -> tuple[str, ...]:
        """Return the facts of one value that differ from event to event, while nobody disagrees about any of these."""
        alone = [known for known, _ in self._filled([self._of_event(person, event) for event in events])]
        names = sorted(name for name in set().union(*alone) if not load_facts()[name].is_list)
        return tuple(name for name in names if self._differs(name, alone))

    def _of_event(self, person: str, event: str, hearing: Hearing = Hearing.WEIGHED) -> dict[str, Fact]:
        by_fact: dict[str, list[Statement]] = defaultdict(list)
        for statement in self._said_of(person, event, hearing):
            by_fact[statement.fact].append(statement)
        stages = self.table.stages
        combined = ((name, combine(name, said, stages.get(name, ()), hearing)) for name, said in by_fact.items())
        facts = {name: fact for name, fact in combined if fact.evidence}
        if event in self.places:
            # A member's word is no claim: it has no passage and no origin, so no evidence is named.
            facts[PLACE_STATUS] = Fact(values=(self.places[event],), by_hand=True)
        return facts

    def _said_of(self, person: str, event: str, hearing: Hearing) -> Iterator[Statement]:
        """Yield what is said of a person in an event; where it is not known of whom, a danger is each one's."""
        is_about_all = self.people == (person,) or hearing != Hearing.WEIGHED
        for one in self.told:
            if one.person in ("", person) and one.event in ("", event):
                counts = one.person or is_about_all
                yield from (said for said in one.says if counts or said.fact in self.table.said_of_all)

    def _together(self, of_each: Sequence[dict[str, Fact]]) -> dict[str, Fact]:
        if len(of_each) == 1:
            return of_each[0]
        facts = {name: self._over(name, of_each) for name in set().union(*of_each)}
        filled = self._filled(of_each)
        for name in self.conflict.rests_on:
            known = [one | drawn for one, (drawn, _) in zip(of_each, filled, strict=True)]
            facts[name] = self._of_table(name, known, [why[name] for _, why in filled if name in why])
        return facts

    def _filled(self, of_each: Sequence[dict[str, Fact]]) -> list[tuple[dict[str, Fact], dict[str, Derived]]]:
        """Return what is known of each event, what is so of the person in all of them and what the table gives too."""
        names = [name for name in OF_PERSON if any(name in one for one in of_each)]
        of_person = {name: self._over(name, of_each) for name in names}
        return [complete(one | of_person, self.conflict) for one in of_each]

    def _of_table(self, name: str, known: Sequence[Mapping[str, Fact]], given: Sequence[Derived]) -> Fact:
        """Return a fact that the table may give, of several events together, from what is known of each of them."""
        fact, there = self._over(name, known), [name in one and not one[name].is_missing for one in known]
        # What the table gives in none of them it does not give of all; nor, of a person, what it does not give in each.
        if not any(there) or (name in ON_DAYS and given and not all(there)):
            return replace(fact, values=(), conflict=False, disputed=(), by_hand=True)
        return replace(fact, table_basis=_basis(given)) if len(given) == sum(there) else fact

    def _differs(self, name: str, of_each: Sequence[Mapping[str, Fact]]) -> bool:
        known = [one[name] for one in of_each if name in one and not one[name].is_missing]
        if len({one.values for one in known}) < 2 or any(one.conflict for one in known):
            return False
        # A later stage and an earlier one, or a narrower term and its broader one, are no difference.
        return load_facts()[name].form in IN_ORDER or self._over(name, of_each).conflict

    def _over(self, name: str, of_each: Iterable[Mapping[str, Fact]]) -> Fact:
        return over_events(name, [one.get(name, Fact()) for one in of_each], self.table.stages.get(name, ()))


def _basis(given: Iterable[Derived]) -> str:
    reasons = tuple(dict.fromkeys((one.value, one.basis) for one in given))
    return "; ".join(basis for _, basis in reasons) if len({value for value, _ in reasons}) == 1 else DIFFERS
