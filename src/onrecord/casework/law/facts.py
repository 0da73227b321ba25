"""Draw the facts about one victim from the claims of a case: what is stated, by whom, what is disputed or not known.

One victim, one set of facts. A claim that was withdrawn, whose words were erased, or whose reporter asks to erase them
says nothing here. Evidence is named by claim, so that every status walks back to the words it rests on.

LIMIT: what happened to one person in two places or at two times is one set of facts, and disagrees with itself; open a
case for each.
LIMIT: a grade is that of the claim itself, both letter and number; accounts and sources carry none yet to be inherited.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from onrecord.casework.corroboration.origins import Origins
from onrecord.casework.law.combining import combine
from onrecord.casework.law.mapping import Statement, statements
from onrecord.casework.law.places import overridden
from onrecord.casework.models import Act, Case, Exhibit, Hold, Involvement, Letter, Person
from onrecord.casework.overview import ClaimShown, NoSuchCase, claims_of
from onrecord.errors import BadInput, NotThere
from onrecord.law.mapping import ClaimMap, read_claim_map
from onrecord.law.model import Evidence, Fact, Facts, Law

PLACE_STATUS = "place.status"
# What a claim about a case as a whole says of each person in it. Anything else it says counts only where a case has one
# person: who of several was threatened is not known from it.
OF_THE_EVENT = {PLACE_STATUS, "place.region", "event.date", "context.iac", "context.nexus", "pattern.finding"}


class NobodyInCase(BadInput):
    """Nothing in this case was done to anybody yet, so there is nobody to assess."""

    next_step = "Code a claim on a new act, with --on new:act --victim new:person."


class PersonNotNamed(BadInput):
    """Several people are in this case, and an assessment is about one of them."""

    next_step = "Name one with --person ID."

    def __init__(self, people: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(people)


class NoSuchPersonHere(NotThere):
    """There is no person of this identifier in this case."""

    next_step = "List those there are with `onrecord case show ID`."


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The claims of one case as read once, from which the facts about each of its people are drawn."""

    case: str
    people: tuple[str, ...]
    claims: tuple[ClaimShown, ...]
    mapping: ClaimMap
    evidence: dict[str, Evidence]
    places: dict[str, Fact]

    def of(self, person: str) -> Facts:
        """Return the facts about one person."""
        by_fact: dict[str, list[Statement]] = defaultdict(list)
        for claim in self.claims:
            for statement in statements(claim, self.mapping):
                if self._is_about(claim, statement.fact, person):
                    by_fact[statement.fact].append(statement)
        facts = {name: combine(name, said) for name, said in sorted(by_fact.items())}
        if person in self.places:
            facts[PLACE_STATUS] = self.places[person]
        used = sorted({claim for fact in facts.values() for claim in fact.evidence})
        return Facts(facts, {claim: self.evidence[claim] for claim in used})

    def without_overrides(self) -> "CaseFacts":
        """Return the same case as its claims alone have it, whatever a member said about its places."""
        return replace(self, places={})

    def _is_about(self, claim: ClaimShown, fact: str, person: str) -> bool:
        if claim.person:
            return claim.person == person
        return self.people == (person,) or fact in OF_THE_EVENT


def read_case(case: str, law: Law, *, restored: str = "") -> CaseFacts:
    """Read a case's claims, of which one that was withdrawn may be taken as if it still stood; raise NoSuchCase."""
    if not Case.objects.filter(pk=case).exists():
        raise NoSuchCase
    claims = _that_count(replace(one, withdrawn_because="") if one.id == restored else one for one in claims_of(case))
    origins = Origins(claims)
    acts = list(Act.objects.filter(case=case).order_by("entry", "id"))
    return CaseFacts(
        case=case,
        people=_victims(case, acts, claims),
        claims=claims,
        mapping=read_claim_map(law),
        evidence={claim.id: Evidence(claim.id, origins.of(claim), _grade(claim)) for claim in claims},
        places=overridden(case, acts),
    )


def facts_of(case: str, person: str, law: Law) -> Facts:
    """Return the facts about one person of a case; raise NoSuchCase."""
    return read_case(case, law).of(person)


def the_person(read: CaseFacts, person: str = "") -> str:
    """Return whom an assessment is about; raise PersonNotNamed, NobodyInCase or NoSuchPersonHere."""
    if person:
        if person not in read.people and not Person.objects.filter(pk=person, case=read.case).exists():
            raise NoSuchPersonHere
        return person
    if not read.people:
        raise NobodyInCase
    if len(read.people) > 1:
        raise PersonNotNamed(read.people)
    return read.people[0]


def _victims(case: str, acts: Sequence[Act], claims: Iterable[ClaimShown]) -> tuple[str, ...]:
    accused = set(Involvement.objects.filter(subject=case).values_list("perpetrator", flat=True))
    spoken_of = (claim.person for claim in claims if claim.person not in accused)
    return tuple(dict.fromkeys(person for person in (*(act.victim for act in acts), *spoken_of) if person))


def _that_count(claims: Iterable[ClaimShown]) -> tuple[ClaimShown, ...]:
    standing = [claim for claim in claims if not claim.withdrawn_because and claim.passage is not None]
    held = _held({claim.exhibit for claim in standing})
    return tuple(claim for claim in standing if claim.exhibit not in held)


def _held(exhibits: set[str]) -> set[str]:
    """Return the exhibits of letters that their reporter asks to erase, while no member has decided."""
    firsts = set(Hold.objects.filter(lifted_because="").values_list("letter", flat=True))
    if not firsts:
        return set()
    letters = Letter.objects.filter(Q(pk__in=firsts) | Q(continues__in=firsts)).values_list("id", flat=True)
    return set(Exhibit.objects.filter(pk__in=exhibits, origin__in=set(letters)).values_list("id", flat=True))


def _grade(claim: ClaimShown) -> str | None:
    return claim.reliability + claim.credibility if claim.reliability and claim.credibility else None
