"""Say beside a text what its newest passage moved: which elements changed, and what stands for that person now.

Where the newest passage was withdrawn, what its withdrawal moved is said instead.
LIMIT: the withdrawal of an older passage is not told apart; beside it, a passage that moved nothing says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode

from onrecord.casework.law.facts import CaseFacts, read_case
from onrecord.casework.law.signing import may_leave
from onrecord.casework.models import Person
from onrecord.casework.overview import ClaimShown
from onrecord.desk.shown.case_table import person_names
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import Danger, dangers
from onrecord.desk.shown.law.marks import Mark, mark_of_element, mark_of_provision
from onrecord.desk.shown.law.matrix import nearest
from onrecord.desk.shown.law.names import element_name, short_name
from onrecord.law.assess import assess
from onrecord.law.model import Assessment, Law, Status


@dataclass(frozen=True, slots=True)
class Step:
    """One element that a passage moved."""

    name: str
    question: str
    address: str
    before: Mark
    after: Mark


@dataclass(frozen=True, slots=True)
class Stands:
    """One provision as it stands now."""

    name: str
    label: str
    mark: Mark
    supported: int
    needed: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What the newest passage of a text, or its withdrawal, moved for one person; and what stands for them now."""

    is_withdrawn: bool
    has_withdrawn: bool  # some passage of the text was withdrawn
    person: str
    address: str
    steps: tuple[Step, ...]
    stands: tuple[Stands, ...]
    dangers: tuple[Danger, ...]
    unsigned: int


def moved_by_newest(claims: Sequence[ClaimShown], law: Law) -> Moved | None:
    """Return what the newest claim on a text moved; None where it is not about one person of a case."""
    about_somebody = [claim for claim in claims if claim.holder]
    newest = max(about_somebody, key=lambda claim: claim.entry, default=None)
    if newest is None or not Person.objects.filter(case=newest.holder).exists():
        return None
    case = read_case(newest.holder, law)
    person = newest.person or (case.people[0] if len(case.people) == 1 else "")
    if not person:
        return None
    is_withdrawn = bool(newest.withdrawn_because)
    if is_withdrawn:
        earlier = read_case(newest.holder, law, restored=newest.id)
    else:
        earlier = replace(case, claims=tuple(claim for claim in case.claims if claim.id != newest.id))
    before, after = (assess(one.of(person), law) for one in (earlier, case))
    return Moved(
        is_withdrawn=is_withdrawn,
        has_withdrawn=any(claim.withdrawn_because for claim in claims),
        person=_name(case, person),
        address=f"{reverse('law', args=[case.case])}?{urlencode({'person': person})}",
        steps=tuple(_steps(law, before, after, Addresses(case.case, person, (), ""))),
        stands=tuple(_stands(law, after)),
        dangers=dangers(after.risks),
        unsigned=len(may_leave(case.case, law).unsigned),
    )


def _name(case: CaseFacts, person: str) -> str:
    return person_names(Person.objects.filter(case=case.case).order_by("entry", "id")).get(person, "")


def _steps(law: Law, before: Assessment, after: Assessment, addresses: Addresses) -> Iterator[Step]:
    for name, element in law.elements.items():
        old, new = mark_of_element(before.elements[name]), mark_of_element(after.elements[name])
        if old != new:
            yield Step(element_name(name), element.question, addresses.with_element(name), old, new)


def _stands(law: Law, now: Assessment) -> Iterator[Stands]:
    for name in nearest(law, now):
        provision = law.provisions[name]
        supported = now.provisions[name].counts[Status.SUPPORTED]
        mark = mark_of_provision(provision, now)
        yield Stands(short_name(provision), str(provision.text["label"]), mark, supported, len(provision.groups))
