"""Draw the facts about one victim from the claims of a case: what is stated, by whom, what is disputed or not known.

One victim, one set of facts: of all that was done to them together, or of one event alone. A claim that was withdrawn,
whose words were erased, or whose reporter asks to erase them says nothing here. Evidence is named by claim, so that
every status walks back to the words it rests on.

A claim's grade is its own, or what it inherits from the letter or source whose words it rests on; letter and number
each for itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q

from onrecord.casework.corroboration.grades import NOT_GRADED, Graded, grades_of
from onrecord.casework.corroboration.origins import Origins
from onrecord.casework.law.mapping import Said, statements
from onrecord.casework.law.places import overrides_of
from onrecord.casework.models import Act, Case, Exhibit, Hold, Involvement, Letter, Person
from onrecord.casework.overview import ClaimShown, NoSuchCase, claims_of
from onrecord.errors import BadInput, NotThere
from onrecord.law.claims.combining import combine, over_events
from onrecord.law.claims.mapping import ClaimMap, read_claim_map
from onrecord.law.derive import complete
from onrecord.law.model import Conflict, Evidence, Fact, Facts, Law, Statement
from onrecord.words.fields import load_facts

PLACE_STATUS = "place.status"


class NobodyInCase(BadInput):
    """Nothing in this case was done to anybody yet, so there is nobody to assess."""

    next_step = "Code a claim on a new act, with --on new:act --victim new:person."


class PersonNotNamed(BadInput):
    """Several people are in this case, and an assessment is about one of them."""

    next_step = "Choose one of them (`--person ID`)."

    def __init__(self, people: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(people)


class NoSuchPersonHere(NotThere):
    """There is no person of this identifier in this case."""

    next_step = "List those there are with `onrecord case show ID`."


class NothingDoneToPerson(NotThere):
    """Nothing in this case was done to this person, and an assessment is about somebody to whom something was."""

    next_step = "Choose one of those to whom something was done (`--person ID`)."

    def __init__(self, people: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(people)


class NoSuchEventHere(NotThere):
    """Nothing was done to this person in an event of this identifier."""

    next_step = "Choose one of their events (`--event ID`), or none for all of them together."

    def __init__(self, events: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(events)


@dataclass(frozen=True)
class CaseFacts:
    """The claims of one case as read once, from which the facts about each of its people are drawn."""

    case: str
    people: tuple[str, ...]  # to whom something was done
    told_of: tuple[str, ...]  # these, and the accused of whom a claim tells that something was done to them too
    claims: tuple[ClaimShown, ...]
    held: tuple[ClaimShown, ...]  # those whose reporter asks to erase them, while nobody decided: they state nothing
    mapping: ClaimMap
    conflict: Conflict
    evidence: Mapping[str, Evidence]
    acts: Mapping[str, Act]
    places: Mapping[str, str]  # by event: the status of its place, where a member set it by hand

    def events_of(self, person: str) -> tuple[str, ...]:
        """Return the events in which something was done to a person, or of which a claim tells about them."""
        told = {claim.act for claim in (*self.claims, *self.held) if claim.person == person}
        acts = self.acts.values()
        return tuple(dict.fromkeys(act.event for act in acts if act.victim == person or act.id in told))

    def of(self, person: str, event: str = "") -> Facts:
        """Return the facts about one person: all that was done to them together, or in one event alone."""
        return self._facts(person, (event,) if event else self._told_of(person))

    def in_danger(self, person: str) -> tuple[Facts, ...]:
        """Return what is known about a person, together and in each of their events: a danger in one of them is theirs.

        What was stated of one event alone answers for the others, and what only follows from a word counts beside what
        is stated. Words whose reporter asks to erase them count here until a member decides: that they were asked for
        protects nobody from what they tell.
        """
        on_file = self._on_file
        events = on_file._told_of(person)
        whole = on_file._facts(person, events, at_worst=True)
        alone = [on_file._facts(person, (event,), at_worst=True).facts for event in events if len(events) > 1]
        known = [{name: fact for name, fact in one.items() if not fact.is_missing} for one in alone]
        return (whole, *(Facts({**whole.facts, **one}, whole.evidence) for one in known))

    def said_by(self, claims: Iterable[ClaimShown]) -> dict[str, tuple[Statement, ...]]:
        """Return what each of some claims says about facts, among all that are on file."""
        return {claim.id: self._says(claim) for claim in claims}

    def _says(self, claim: ClaimShown) -> tuple[Statement, ...]:
        if claim.id not in self._heard:
            self._heard[claim.id] = tuple(statements(claim, self.mapping, self._said))
        return self._heard[claim.id]

    @cached_property
    def _heard(self) -> dict[str, tuple[Statement, ...]]:
        return {}

    @cached_property
    def _said(self) -> Said:
        return Said.by(self.claims, self.mapping)

    @cached_property
    def _on_file(self) -> "CaseFacts":
        return replace(self, claims=(*self.claims, *self.held), held=()) if self.held else self

    def without_overrides(self) -> "CaseFacts":
        """Return the same case as its claims alone have it, whatever a member said about its places."""
        return replace(self, places={})

    def differing_by_event(self, person: str) -> tuple[str, ...]:
        """Return the facts of one value that differ from event to event, while nobody disagrees about any of these."""
        alone = [self.of(person, event).facts for event in self._told_of(person)]
        names = (name for name in self.of(person).facts if not load_facts()[name].is_list)
        return tuple(name for name in names if _differ([one[name] for one in alone if name in one]))

    def _told_of(self, person: str) -> tuple[str, ...]:
        """Return the events of which anything is stated about a person; without any, those on file, or none."""
        told = {
            self.acts[claim.act].event
            for claim in self.claims
            if claim.act and claim.person in ("", person) and self._says(claim)
        }
        events = self.events_of(person)
        return tuple(event for event in events if event in told or event in self.places) or events or ("",)

    def _facts(self, person: str, events: Sequence[str], *, at_worst: bool = False) -> Facts:
        of_each = [self._of_event(person, event, at_worst=at_worst) for event in events]
        facts = of_each[0] if len(of_each) == 1 else self._together(of_each)
        used = sorted({claim for fact in facts.values() for claim in fact.evidence})
        return Facts(dict(sorted(facts.items())), {claim: self.evidence[claim] for claim in used})

    def _of_event(self, person: str, event: str, *, at_worst: bool) -> dict[str, Fact]:
        by_fact: dict[str, list[Statement]] = defaultdict(list)
        for claim in self.claims:
            if claim.person not in ("", person) or (claim.act and self.acts[claim.act].event != event):
                continue
            for statement in self._says(claim):
                if claim.person or self.people == (person,) or statement.fact in self.mapping.said_of_all:
                    by_fact[statement.fact].append(statement)
        stages = self.mapping.stages
        facts = {name: combine(name, one, stages.get(name, ()), at_worst=at_worst) for name, one in by_fact.items()}
        if event in self.places:
            # A member's word is no claim: it has no passage and no origin, so no evidence is named.
            facts[PLACE_STATUS] = Fact(values=(self.places[event],), by_hand=True)
        return facts

    def _together(self, of_each: Sequence[Mapping[str, Fact]]) -> dict[str, Fact]:
        """Return the facts of several events; of a place set by hand in one, the table speaks for the others alone.

        What the table gives in none of them it does not give of all: a place of one event and a day of another are no
        place on a day.
        """
        filled = [complete(one, self.conflict)[0] for one in of_each]
        facts = {name: self._over(name, of_each) for name in set().union(*of_each)}
        if any(one[PLACE_STATUS].by_hand for one in of_each if PLACE_STATUS in one):
            facts[PLACE_STATUS] = self._over(PLACE_STATUS, filled)
        for name in self.conflict.rests_on:
            if not any(name in one for one in filled):
                facts[name] = replace(facts.get(name, Fact()), by_hand=True)
        return facts

    def _over(self, name: str, of_each: Iterable[Mapping[str, Fact]]) -> Fact:
        return over_events(name, [one.get(name, Fact()) for one in of_each], self.mapping.stages.get(name, ()))


def read_case(case: str, law: Law, *, restored: str = "", with_held: bool = False) -> CaseFacts:
    """Read a case's claims; raise NoSuchCase.

    One that was withdrawn may be taken as if it still stood, and so may those whose reporter asks to erase them.
    """
    if not Case.objects.filter(pk=case).exists():
        raise NoSuchCase
    standing = _standing(replace(one, withdrawn_because="") if one.id == restored else one for one in claims_of(case))
    held = frozenset() if with_held else _held({claim.exhibit for claim in standing})
    claims = tuple(claim for claim in standing if claim.exhibit not in held)
    acts = {act.id: act for act in Act.objects.filter(case=case).order_by("entry", "id")}
    table = read_claim_map(law)
    people, told_of = _people(case, acts.values(), standing, table)
    return CaseFacts(
        case=case,
        people=people,
        told_of=told_of,
        claims=claims,
        held=tuple(claim for claim in standing if claim.exhibit in held),
        mapping=table,
        conflict=law.conflict,
        evidence=_evidence(standing),
        acts=acts,
        places={event: row.status for event, row in overrides_of(case).items()},
    )


def facts_of(case: str, person: str, law: Law, event: str = "") -> Facts:
    """Return the facts about one person of a case; raise NoSuchCase."""
    return read_case(case, law).of(person, event)


def the_person(read: CaseFacts, person: str = "") -> str:
    """Return whom an assessment is about: somebody to whom something was done.

    Raises PersonNotNamed, NobodyInCase, NothingDoneToPerson or NoSuchPersonHere.
    """
    if person in read.people:
        return person
    if person:
        is_here = Person.objects.filter(pk=person, case=read.case).exists()
        raise NothingDoneToPerson(read.people) if is_here else NoSuchPersonHere()
    if not read.people:
        raise NobodyInCase
    if len(read.people) > 1:
        raise PersonNotNamed(read.people)
    return read.people[0]


def the_event(read: CaseFacts, person: str, event: str) -> str:
    """Return which of a person's events an assessment is about, empty for all together; raise NoSuchEventHere."""
    if event and event not in read.events_of(person):
        raise NoSuchEventHere(read.events_of(person))
    return event


def _people(
    case: str, acts: Iterable[Act], claims: Collection[ClaimShown], table: ClaimMap
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return to whom something was done, and with them the accused of whom a claim tells the same."""
    accused = set(Involvement.objects.filter(subject=case).values_list("perpetrator", flat=True))
    said = Said.by(claims, table)
    victims = [*(act.victim for act in acts), *(claim.person for claim in claims if claim.person not in accused)]
    suffered = (
        claim.person
        for claim in claims
        if claim.person in accused
        and any(one.fact not in table.of_actors | table.said_of_all for one in statements(claim, table, said))
    )
    people = tuple(dict.fromkeys(person for person in victims if person))
    return people, tuple(dict.fromkeys((*people, *(person for person in suffered if person))))


def _standing(claims: Iterable[ClaimShown]) -> tuple[ClaimShown, ...]:
    return tuple(claim for claim in claims if not claim.withdrawn_because and claim.passage is not None)


def _held(exhibits: set[str]) -> frozenset[str]:
    """Return the exhibits of letters that their reporter asks to erase, while no member has decided."""
    firsts = set(Hold.objects.filter(lifted_because="").values_list("letter", flat=True))
    if not firsts:
        return frozenset()
    letters = Letter.objects.filter(Q(pk__in=firsts) | Q(continues__in=firsts)).values_list("id", flat=True)
    return frozenset(Exhibit.objects.filter(pk__in=exhibits, origin__in=set(letters)).values_list("id", flat=True))


def _differ(of_each: Sequence[Fact]) -> bool:
    known = [one for one in of_each if not one.is_missing]
    return len({one.values for one in known}) > 1 and not any(one.conflict for one in known)


def _evidence(claims: Collection[ClaimShown]) -> dict[str, Evidence]:
    origins = Origins(claims)
    grades = grades_of({origins.holder(claim) for claim in claims})
    return {
        claim.id: Evidence(claim.id, origins.of(claim), _grade(claim, grades.get(origins.holder(claim), NOT_GRADED)))
        for claim in claims
    }


def _grade(claim: ClaimShown, inherited: Graded) -> str | None:
    reliability = claim.reliability or inherited.reliability
    credibility = claim.credibility or inherited.credibility
    return reliability + credibility if reliability and credibility else None
