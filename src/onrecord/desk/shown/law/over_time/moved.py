"""Say beside a text what one of its passages moved: which elements changed, and what stands for that person now.

It is the newest passage unless another is asked for. What a passage moved is the difference between the facts without
it and with it; of one that was withdrawn, what its withdrawal moved. Two assessments, whatever the text holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.casework.law.facts import CaseFacts, read_case
from onrecord.casework.law.signing import may_leave
from onrecord.casework.models import Person
from onrecord.casework.overview import ClaimShown
from onrecord.desk.shown.case_table import person_names
from onrecord.desk.shown.claims import passage_address
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.events import name_events
from onrecord.desk.shown.law.marks import Mark, mark_of_provision
from onrecord.desk.shown.law.matrix import nearest
from onrecord.desk.shown.law.over_time.steps import Step, marks_of, steps
from onrecord.desk.shown.wording import value_name
from onrecord.law.assess import assess
from onrecord.law.model import Assessment, Law, Status


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
    """What a passage of a text, or its withdrawal, moved for one person; and what stands for them now."""

    is_newest: bool
    is_withdrawn: bool
    words: str  # empty where they were erased
    words_address: str
    said: tuple[str, ...]  # what was coded on them
    person: str
    event: str  # the event of its act, where the person has several; empty: all that was done to them together
    address: str
    steps: tuple[Step, ...]
    stands: tuple[Stands, ...]
    unsigned: int


def moved_by(claims: Sequence[ClaimShown], law: Law, asked: str = "") -> Moved | None:
    """Return what the newest claim on a text moved, or the one asked for.

    None where it is about no one person, or about somebody to whom nothing was done, such as an accused.
    """
    about_somebody = sorted((claim for claim in claims if claim.holder), key=lambda claim: claim.entry)
    if not about_somebody:
        return None
    newest = about_somebody[-1]
    claim = next((one for one in about_somebody if one.id == asked), newest)
    if not Person.objects.filter(case=claim.holder).exists():
        return None
    case = read_case(claim.holder, law, restored=claim.id)
    person = claim.person or (case.people[0] if len(case.people) == 1 else "")
    if person not in case.people:
        return None
    event = _event(case, claim, person)
    before, after = (assess(one.of(person, event), law) for one in _before_and_after(case, claim))
    addresses = Addresses(case.case, person, event=event)
    return Moved(
        is_newest=claim is newest,
        is_withdrawn=bool(claim.withdrawn_because),
        words=claim.passage.quote if claim.passage else "",
        words_address=passage_address(claim),
        said=tuple(value_name(value.field, value.value) for value in claim.values),
        person=_name(case, person),
        event=name_events(case, person).get(event, ""),
        address=addresses.here(),
        steps=tuple(steps(law, marks_of(before), marks_of(after), addresses)),
        stands=tuple(_stands(law, after)),
        unsigned=len(may_leave(case.case, law).unsigned),
    )


def _before_and_after(case: CaseFacts, claim: ClaimShown) -> tuple[CaseFacts, CaseFacts]:
    """Return the case before and after what happened to a claim last: it was coded, or it was withdrawn."""
    without = replace(case, claims=tuple(one for one in case.claims if one.id != claim.id))
    return (case, without) if claim.withdrawn_because else (without, case)


def _event(case: CaseFacts, claim: ClaimShown, person: str) -> str:
    """Return the event that a claim is about, where the person has several and it is about one of their acts."""
    events = case.events_of(person)
    event = case.acts[claim.act].event if claim.act else ""
    return event if len(events) > 1 and event in events else ""


def _name(case: CaseFacts, person: str) -> str:
    return person_names(Person.objects.filter(case=case.case).order_by("entry", "id")).get(person, "")


def _stands(law: Law, now: Assessment) -> Iterator[Stands]:
    for name in nearest(law, now):
        provision = law.provisions[name]
        supported = now.provisions[name].counts[Status.SUPPORTED]
        mark = mark_of_provision(provision, now)
        yield Stands(provision.short, str(provision.text["label"]), mark, supported, len(provision.groups))
