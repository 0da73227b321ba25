"""Draw the facts about one victim from the claims of a case: what is stated, by whom, what is disputed or not known.

One victim, one set of facts: of all that was done to them together, or of one event alone. A claim that was withdrawn,
whose words were erased, or whose reporter asks to erase them says nothing here. Evidence is named by claim, so that
every status walks back to the words it rests on.

A claim's grade is its own, or what it inherits from the letter or source whose words it rests on; letter and number
each for itself.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q

from onrecord.casework.corroboration.grades import NOT_GRADED, Graded, grades_of
from onrecord.casework.corroboration.origins import Origins
from onrecord.casework.law.places import overrides_of
from onrecord.casework.models import Act, Case, Exhibit, Hold, Involvement, Letter, Person
from onrecord.casework.overview import ClaimShown, NoSuchCase, claims_of
from onrecord.errors import BadInput, NotThere
from onrecord.law.claims.mapping import ClaimMap, read_claim_map
from onrecord.law.claims.statements import acts_not_done, statements
from onrecord.law.claims.telling import Telling, Told
from onrecord.law.model import Conflict, Evidence, Fact, Facts, Law, Statement


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
        return self._with_evidence(self._telling(person).of(person, (event,) if event else self._told_of(person)))

    def in_danger(self, person: str) -> tuple[Facts, ...]:
        """Return what is known about a person in every way: a danger that fires in one of them is theirs (law.claims).

        That is with and without the words whose reporter asks to erase them, while no member has decided: it protects
        nobody from what they tell, and they answer nothing that is not answered without them.
        """
        cases = (self, replace(self, claims=(*self.claims, *self.held), held=())) if self.held else (self,)
        found: list[Facts] = []
        for case in cases:
            for heard in case._telling(person).in_danger(person, case._told_of(person)):
                facts = case._with_evidence(heard)
                if facts not in found:
                    found.append(facts)
        return tuple(found)

    def without_overrides(self) -> "CaseFacts":
        """Return the same case as its claims alone have it, whatever a member said about its places."""
        return replace(self, places={})

    def differing_by_event(self, person: str) -> tuple[str, ...]:
        """Return the facts of one value that differ from event to event, while nobody disagrees about any of these."""
        return self._telling(person).differing(person, self._told_of(person))

    def _telling(self, person: str) -> Telling:
        """Return what is told of a person or of the case as a whole; of other people's claims nothing need be read."""
        told = [
            Told(claim.person, self.acts[claim.act].event if claim.act else "", self._says(claim))
            for claim in self.claims
            if claim.person in ("", person)
        ]
        return Telling(tuple(told), self.people, self.places, self.mapping, self.conflict)

    def _says(self, claim: ClaimShown) -> tuple[Statement, ...]:
        if claim.id not in self._said:
            self._said[claim.id] = tuple(statements(claim, self.mapping, self._not_done))
        return self._said[claim.id]

    @cached_property
    def _said(self) -> dict[str, tuple[Statement, ...]]:
        return {}

    @cached_property
    def _not_done(self) -> frozenset[tuple[str, str]]:
        return acts_not_done(self.claims, self.mapping)

    def _told_of(self, person: str) -> tuple[str, ...]:
        """Return the events of which anything is stated about a person; without any, those on file, or none."""
        told, events = self._telling(person).events(person), self.events_of(person)
        return tuple(event for event in events if event in told or event in self.places) or events or ("",)

    def _with_evidence(self, facts: Mapping[str, Fact]) -> Facts:
        used = sorted({claim for fact in facts.values() for claim in fact.evidence})
        return Facts(dict(sorted(facts.items())), {claim: self.evidence[claim] for claim in used})


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
    not_done = acts_not_done(claims, table)
    victims = [*(act.victim for act in acts), *(claim.person for claim in claims if claim.person not in accused)]
    suffered = (
        claim.person
        for claim in claims
        if claim.person in accused
        and any(one.fact not in table.of_actors | table.said_of_all for one in statements(claim, table, not_done))
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
