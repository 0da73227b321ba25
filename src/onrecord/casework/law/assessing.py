"""Hold the facts on file about one victim against the law data, and put on record what came of it.

What is on screen is always worked out anew. It becomes an entry when a member asks for it and something changed since
the last one: the facts, or the law. The earlier assessment stays, with the facts it rested on that day and who said
what of them, so that the law data of its hash gives its statuses and their strength again.

LIMIT: an entry holds about a thousand claims on one person; beyond that recording is refused (EntryTooLarge).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import CaseAssessed
from onrecord.casework.law.facts import CaseFacts, read_case, the_event, the_person
from onrecord.casework.models import Assessment as AssessmentRow
from onrecord.casework.models import Case
from onrecord.casework.record.append import StaleRecord, record
from onrecord.ground.ids import new_id
from onrecord.law.assess import assess, risks_of
from onrecord.law.diff import compare_assessments
from onrecord.law.model import Assessment, Evidence, Fact, Facts, Law, Means, Range, Statement, Value

# How a claim says what it says of a fact, where it does not simply state it (law.model.Statement).
HOW = ("denies", "inferred", "closes")
OF_EACH_EVENT = "as the table gives it of each event by itself"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One person of a case, the facts on file about them, and what the law data says of these."""

    case: str
    person: str
    event: str  # empty: all that was done to the person, taken together
    facts: Facts
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Moved:
    """A person of a case whose statuses, flags or risks another version of the law data would move."""

    case: str
    person: str
    event: str
    changes: Mapping[str, Any]  # see law.diff.compare_assessments


def assess_now(case: str, person: str, law: Law, event: str = "") -> Assessed:
    """Assess one person of a case, of all their events or one, and record nothing; see facts.the_person, the_event."""
    read = read_case(case, law)
    person = the_person(read, person)
    return _assessed(read, person, the_event(read, person, event), law)


def assess_everybody(case: str, law: Law) -> list[Assessed]:
    """Assess each person of a case and, where they have several, each of their events, and record nothing.

    The claims are read once. Raises NoSuchCase.
    """
    read = read_case(case, law)
    return [_assessed(read, person, event, law) for person in read.people for event in _looked_at(read, person)]


def assess_case(docket: Docket, case: str, person: str, law: Law, event: str = "") -> Assessed:
    """Assess one person of a case, and record it if facts or law changed since the last time; raise StaleRecord."""
    assessed = assess_now(case, person, law, event)
    earlier = latest(case, assessed.person, event)

    def check() -> None:
        # Facts rest on more than the case: a source may be erased, and a reporter may ask to erase, at any moment.
        read, newest = read_case(case, law), latest(case, assessed.person, event)
        now = read.of(assessed.person, event), risks_of(read.in_danger(assessed.person), law), newest
        if now != (assessed.facts, assessed.assessment.risks, earlier):
            raise StaleRecord

    if earlier is None or not is_on_record(earlier, assessed.facts, assessed.assessment):
        record(docket, _entry(assessed, earlier), check=check)
    return assessed


def latest(case: str, person: str, event: str = "") -> AssessmentRow | None:
    """Return the newest assessment on record of a person, of all their events together or of one."""
    return AssessmentRow.objects.filter(case=case, person=person, event=event).order_by("-entry").first()


def history(case: str, person: str, event: str = "") -> list[AssessmentRow]:
    """Return every assessment on record of a person, of all their events together or of one, the newest first."""
    return list(AssessmentRow.objects.filter(case=case, person=person, event=event).order_by("-entry"))


def is_on_record(row: AssessmentRow, facts: Facts, now: Assessment) -> bool:
    """Tell whether an assessment on record rests on these facts, their evidence and grades, and says what one says now.

    Under one law data the same facts give the same, but for the dangers: what another event tells counts for them too.
    """
    says_the_same = row.law_sha256 == now.law_sha256 and set(row.risks) == {risk.id for risk in now.risks}
    return says_the_same and stored_facts(row) == facts


def moved(old: Law, new: Law) -> Iterator[Moved]:
    """Yield the people of every case whose statuses, flags or risks differ between two versions of the law data."""
    for case in Case.objects.order_by("entry").values_list("id", flat=True):
        for before, now in zip(assess_everybody(case, old), assess_everybody(case, new), strict=True):
            changes = compare_assessments(before.assessment, now.assessment)
            if any(changes[section] for section in ("elements", "provisions")) or any(
                names for section in ("flags", "risks") for names in changes[section].values()
            ):
                yield Moved(case, now.person, now.event, changes)


def stored_facts(row: AssessmentRow) -> Facts:
    """Return the facts that an assessment on record rested on; the law of its hash gives its statuses of them again."""
    return Facts(
        {
            name: Fact(
                tuple(_value(one) for one in said["values"]),
                tuple(said["claims"]),
                conflict=said["conflict"],
                disputed=tuple(_value(one) for one in said.get("disputed", ())),  # since version 2 of the entry
                asked=said["asked"],
                closed=said["closed"],
                by_hand=said.get("by_hand", not said["claims"]),  # the oldest entries did not say
                said=tuple(_statement(name, one) for one in said.get("said", ())),  # since version 3
                # Given by the table, and on record among the facts: so it was drawn of each event by itself.
                table_basis=OF_EACH_EVENT if name in row.derived and said["values"] else "",
            )
            for name, said in row.facts.items()
        },
        {claim: Evidence(claim, one["origin"], one["grade"] or None) for claim, one in row.evidence.items()},
    )


def _assessed(read: CaseFacts, person: str, event: str, law: Law) -> Assessed:
    facts = read.of(person, event)
    return Assessed(read.case, person, event, facts, assess(facts, law, read.in_danger(person)))


def _looked_at(read: CaseFacts, person: str) -> tuple[str, ...]:
    """Return what of a person is assessed: all their events together, and each alone where they have several."""
    events = read.events_of(person)
    return ("", *events) if len(events) > 1 else ("",)


def _entry(assessed: Assessed, earlier: AssessmentRow | None) -> CaseAssessed:
    facts, result = assessed.facts, assessed.assessment
    return CaseAssessed(
        case=assessed.case,
        assessment=new_id(),
        person=assessed.person,
        event=assessed.event,
        law_version=result.law_version,
        law_sha256=result.law_sha256,
        facts={name: _plain(fact) for name, fact in facts.facts.items()},
        evidence={claim: {"origin": one.origin, "grade": one.grade or ""} for claim, one in facts.evidence.items()},
        derived={name: one.value for name, one in result.derived.items()},
        elements={name: one.status.value for name, one in result.elements.items()},
        provisions={name: one.status.value for name, one in result.provisions.items()},
        flags=result.flags,
        open_points={name: list(one.flags) for name, one in result.elements.items() if one.flags},
        risks=tuple(risk.id for risk in result.risks),
        earlier=earlier.id if earlier else "",
    )


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "values": [_plain_value(value) for value in fact.values],
        "claims": list(fact.evidence),
        "conflict": fact.conflict,
        "disputed": [_plain_value(value) for value in fact.disputed],
        "asked": fact.asked,
        "closed": fact.closed,
        "by_hand": fact.by_hand,
        "said": [_plain_statement(one) for one in fact.said],
    }


def _plain_statement(said: Statement) -> dict[str, Any]:
    how = [name for name in HOW if getattr(said, name)]
    return {"claim": said.claim, "entry": said.entry, "value": _plain_value(said.value), "how": how}


def _statement(name: str, plain: dict[str, Any]) -> Statement:
    denies, inferred, closes = (one in plain["how"] for one in HOW)
    return Statement(name, _value(plain["value"]), plain["claim"], plain["entry"], denies, inferred, closes)


def _plain_value(value: Value) -> Any:
    if isinstance(value, Means):
        return {"means": value.term, "mode": value.mode or ""}
    return {"min": value.low, "max": value.high} if isinstance(value, Range) else value


def _value(plain: Any) -> Value:
    if not isinstance(plain, dict):
        value: str | int = plain
        return value
    return Means(plain["means"], plain["mode"] or None) if "means" in plain else Range(plain["min"], plain["max"])
