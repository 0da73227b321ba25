"""Show a case or a pattern: who did what to whom, every value with the claims and passages it rests on.

Values only, no page: the command line prints them, the desk renders them, the bundle writes them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.casework.models import (
    Act,
    Attribution,
    Case,
    Claim,
    ClaimValue,
    Involvement,
    Passage,
    Pattern,
    Person,
)
from onrecord.errors import NotThere


class NoSuchCase(NotThere):
    """There is no case of this identifier."""

    next_step = "List the cases with `onrecord case list`."


class NoSuchPattern(NotThere):
    """There is no pattern of this identifier."""

    next_step = "List the patterns on the desk's first page."


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One coded value."""

    field: str
    value: str
    mode: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link of the chain by which a claim reached us."""

    kind: str
    source: str
    name: str


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim with its values, its attribution and the passage it rests on (None where the words were erased)."""

    id: str
    entry: int
    holder: str
    act: str
    person: str
    kind: str
    values: tuple[ValueShown, ...]
    by: tuple[LinkShown, ...]
    connection: str
    manner: str
    stance: str
    reliability: str
    credibility: str
    exhibit: str
    passage: Passage | None
    withdrawn_because: str

    @property
    def denies(self) -> bool:
        """Tell whether it says that something was not so, by its kind or by where it stands."""
        return self.kind == "denial" or self.stance == "contradicts"


@dataclass(frozen=True, slots=True)
class ActShown:
    """An act, the one it was done to, those involved, and the claims about it."""

    id: str
    event: str
    victim: Person | None
    involvements: tuple[Involvement, ...]
    claims: tuple[ClaimShown, ...]

    def values_of(self, *fields: str) -> list[tuple[ValueShown, ClaimShown]]:
        """Return the values stated for some fields, each with the claim that states it; withdrawn claims left out."""
        return [
            (value, claim)
            for claim in self.claims
            if not claim.withdrawn_because
            for value in claim.values
            if value.field in fields
        ]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as a whole; `claims` are those that are about the case and no single act."""

    case: Case
    people: tuple[Person, ...]
    acts: tuple[ActShown, ...]
    claims: tuple[ClaimShown, ...]

    def all_claims(self) -> list[ClaimShown]:
        """Return every claim of the case, in the order in which they were coded."""
        found = [*self.claims, *(claim for act in self.acts for claim in act.claims)]
        return sorted(found, key=lambda claim: claim.entry)


@dataclass(frozen=True, slots=True)
class PatternShown:
    """A pattern as a whole."""

    pattern: Pattern
    claims: tuple[ClaimShown, ...]


def show_case(case: str) -> CaseShown:
    """Return everything a case shows; raise NoSuchCase."""
    row = Case.objects.filter(pk=case).first()
    if row is None:
        raise NoSuchCase
    people = tuple(Person.objects.filter(case=case).order_by("entry", "id"))
    by_act: dict[str, list[ClaimShown]] = defaultdict(list)
    for claim in claims_of(case):
        by_act[claim.act].append(claim)
    victims = {person.id: person for person in people}
    involvements: dict[str, list[Involvement]] = defaultdict(list)
    for involvement in Involvement.objects.filter(subject=case).order_by("entry"):
        involvements[involvement.act].append(involvement)
    acts = tuple(
        ActShown(
            act.id,
            act.event,
            victims.get(act.victim),
            tuple(involvements[act.id]),
            tuple(by_act[act.id]),
        )
        for act in Act.objects.filter(case=case).order_by("entry")
    )
    return CaseShown(row, people, acts, tuple(by_act[""]))


def show_pattern(pattern: str) -> PatternShown:
    """Return everything a pattern shows; raise NoSuchPattern."""
    row = Pattern.objects.filter(pk=pattern).first()
    if row is None:
        raise NoSuchPattern
    return PatternShown(row, tuple(claims_of(pattern)))


def claims_of(holder: str) -> list[ClaimShown]:
    """Return the claims of a case or pattern, in the order in which they were coded."""
    return _shown(Claim.objects.filter(holder=holder).order_by("entry"))


def all_claims() -> list[ClaimShown]:
    """Return every claim of the docket, in the order in which they were coded."""
    return _shown(Claim.objects.order_by("entry"))


def claims_on(exhibit: str) -> list[ClaimShown]:
    """Return the claims that rest on an exhibit's text, in the order of their passages."""
    shown = _shown(Claim.objects.filter(exhibit=exhibit).order_by("entry"))
    return sorted(shown, key=lambda claim: (claim.passage.start if claim.passage else 0, claim.entry))


def _shown(claims: Iterable[Claim]) -> list[ClaimShown]:
    rows = list(claims)
    ids = [row.id for row in rows]
    passages = Passage.objects.in_bulk([row.passage for row in rows])
    values: dict[str, list[ValueShown]] = defaultdict(list)
    # Tuples, not rows: a case has many values, and building a row of each takes longer than reading it.
    coded = ClaimValue.objects.filter(claim__in=ids).order_by("claim", "place")
    for claim, *value in coded.values_list("claim", "field", "value", "mode"):
        values[claim].append(ValueShown(*value))
    links: dict[str, list[LinkShown]] = defaultdict(list)
    said_by = Attribution.objects.filter(claim__in=ids).order_by("claim", "place")
    for claim, *link in said_by.values_list("claim", "kind", "source", "name"):
        links[claim].append(LinkShown(*link))
    return [
        ClaimShown(
            id=row.id,
            entry=row.entry,
            holder=row.holder,
            act=row.act,
            person=row.person,
            kind=row.kind,
            values=tuple(values[row.id]),
            by=tuple(links[row.id]),
            connection=row.connection,
            manner=row.manner,
            stance=row.stance,
            reliability=row.reliability,
            credibility=row.credibility,
            exhibit=row.exhibit,
            passage=passages.get(row.passage),
            withdrawn_because=row.withdrawn_because,
        )
        for row in rows
    ]
