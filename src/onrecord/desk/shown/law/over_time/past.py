"""Open an assessment on record as it stood, and say element by element what is otherwise today.

What was recorded counts. Under the law data of today the whole table is drawn from the facts that were recorded. Under
other law data nothing can be worked out again, since its rules are not here: its recorded statuses are shown, with the
open points that stood beside them, what those facts give under the law data of today, and what is so now.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.casework.law.facts import NoSuchPersonHere
from onrecord.casework.models import Assessment, Person
from onrecord.desk.shown.claims import Card, cards
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import Danger, dangers
from onrecord.desk.shown.law.evidence import in_words
from onrecord.desk.shown.law.marks import Mark, plain_mark
from onrecord.desk.shown.law.over_time.history import History, Recorded, recorded_marks, why_unknown
from onrecord.desk.shown.law.over_time.steps import Step, element_name, every_element, marks_of, steps, without_asked
from onrecord.desk.shown.law.weighing import Held, NoLonger
from onrecord.desk.shown.wording import field_name
from onrecord.errors import NotThere
from onrecord.law.model import Assessment as Assessed
from onrecord.law.model import Law


class NoSuchAssessment(NotThere):
    """This case has no assessment of this identifier on record."""

    next_step = "Open the case's law page: the assessments on record are listed there."


@dataclass(frozen=True, slots=True)
class Line:
    """One element or provision as it was recorded, and today; `same_facts`: those facts under today's law data."""

    name: str
    question: str
    address: str
    then: Mark | None
    because: tuple[str, ...]
    same_facts: Mark | None
    today: Mark | None

    @property
    def is_moved(self) -> bool:
        """Tell whether it is marked otherwise today."""
        return self.then != self.today

    @property
    def is_even(self) -> bool:
        """Tell whether neither the law data nor the facts moved it, there and back included."""
        return self.then == self.same_facts == self.today


@dataclass(frozen=True, slots=True)
class FactThen:
    """One fact that an assessment rested on, with the claims behind it as they stand today."""

    name: str
    words: str
    is_disputed: bool
    cards: tuple[tuple[Card, NoLonger | None], ...]


@dataclass(frozen=True, slots=True)
class Past:
    """An assessment on record: which one, how it was made, and what moved since."""

    recorded: Recorded
    is_drawn_again: bool
    today: str  # the address of today's page
    steps: tuple[Step, ...]
    raised: tuple[Danger, ...]  # dangers that are seen today and were not then
    gone: tuple[str, ...]  # dangers that were recorded and are not seen today


def find_recorded(case: str, assessment: str) -> Assessment | None:
    """Return the assessment on record that is asked for, None where none is.

    Raises NoSuchAssessment, or NoSuchPersonHere of one that another program recorded about nobody of this case.
    """
    if not assessment:
        return None
    row = Assessment.objects.filter(pk=assessment, case=case).first()
    if row is None:
        raise NoSuchAssessment
    if not Person.objects.filter(pk=row.person, case=case).exists():
        raise NoSuchPersonHere
    return row


def look_back(row: Assessment, history: History, again: Held, now: Assessed, addresses: Addresses) -> Past:
    """Return an assessment on record beside today; `again` are its facts under the law data of today."""
    law, then = again.law, again.assessment
    known = {rule.id: rule.reason for rule in law.risks}
    is_same_law = row.law_sha256 == law.sha256
    marks = recorded_marks(row, then if is_same_law else None)
    today = marks_of(now) if is_same_law else without_asked(marks_of(now))
    return Past(
        recorded=next(one for one in history.recorded if one.id == row.id),
        is_drawn_again=is_same_law and _has_same_statuses(row, then),
        today=addresses.today(),
        steps=tuple(steps(law, marks, today, addresses)),
        raised=dangers(risk for risk in now.risks if risk.id not in row.risks),
        gone=tuple(known.get(risk, risk) for risk in row.risks if risk not in {one.id for one in now.risks}),
    )


def element_lines(row: Assessment, again: Held, now: Assessed, addresses: Addresses) -> tuple[Line, ...]:
    """Return every element as it was recorded, and today."""
    law, then = again.law, recorded_marks(row, None)
    same_facts, today = (without_asked(marks_of(one)) for one in (again.assessment, now))
    return tuple(
        Line(
            name=element_name(law, name),
            question=law.elements[name].question if name in law.elements else "",
            address=addresses.with_element(name) if name in law.elements else "",
            then=then.get(name),
            because=why_unknown(row, name, law),
            same_facts=same_facts.get(name),
            today=today.get(name),
        )
        for name in every_element(law, then, today)
    )


def provision_lines(row: Assessment, again: Held, now: Assessed) -> tuple[Line, ...]:
    """Return every provision as it was recorded, and today; a safeguard is no allegation and stays out."""
    law = again.law
    names = [name for name in {**law.provisions, **row.provisions} if not _is_safeguard(law, name)]
    same_facts, today = (_plain_marks(one) for one in (again.assessment, now))
    then = {name: plain_mark(status) for name, status in row.provisions.items()}
    return tuple(
        Line(
            name=law.provisions[name].short if name in law.provisions else name,
            question=str(law.provisions[name].text["label"]) if name in law.provisions else "",
            address="",
            then=then.get(name),
            because=(),
            same_facts=same_facts.get(name),
            today=today.get(name),
        )
        for name in names
    )


def facts_then(again: Held) -> tuple[FactThen, ...]:
    """Return the facts that an assessment rested on, each with its claims."""
    shown = dict(zip(again.claims, cards(again.claims.values()), strict=True))
    return tuple(
        FactThen(
            name=field_name(name),
            words=", ".join(in_words(name, value) for value in fact.values),
            is_disputed=fact.conflict or bool(fact.disputed),
            cards=tuple((shown[one], again.no_longer.get(one)) for one in fact.evidence if one in shown),
        )
        for name, fact in again.facts.facts.items()
        if fact.values or fact.evidence  # what the conflict's table gives of no event is nothing to show
    )


def _has_same_statuses(row: Assessment, again: Assessed) -> bool:
    return dict(row.elements) == {name: one.status.value for name, one in again.elements.items()}


def _is_safeguard(law: Law, name: str) -> bool:
    return name in law.provisions and law.provisions[name].safeguard


def _plain_marks(assessment: Assessed) -> Mapping[str, Mark]:
    return {name: plain_mark(one.status) for name, one in assessment.provisions.items()}
