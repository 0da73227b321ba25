"""Show how the recorded assessments of one person follow each other: old ones stay, and each says what it changed.

LIMIT: of an assessment under another version of the law data it is not known which elements were asked for in vain, so
beside it they are told as unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.casework.docket import Docket
from onrecord.casework.law.assessing import history, is_on_record, stored_facts
from onrecord.casework.models import Assessment, LedgerRow
from onrecord.desk.shown.custody import custody_lines
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.marks import DISAGREE, SOURCES_DISAGREE, Mark, mark_of_element, plain_mark
from onrecord.desk.shown.law.over_time.steps import Marks, Step, marks_of, steps, without_asked
from onrecord.desk.shown.law.weighing import Held
from onrecord.law.assess import assess
from onrecord.law.model import Assessment as Assessed
from onrecord.law.model import ElementStatus, Law, Status


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded assessment: its entry, who recorded it when, under which law, and how many elements it moved."""

    id: str
    entry: int
    who: str
    at: str
    law_version: str
    law_sha256: str
    moved: int
    address: str


@dataclass(frozen=True, slots=True)
class Change:
    """One element's status in a recorded assessment, where it was another one before; `because`: why it was unknown."""

    recorded: Recorded
    before: Mark | None
    after: Mark
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """Another version of the law data under which something was recorded, and what is marked otherwise today."""

    newest: Recorded
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The recorded assessments of one person, the oldest first, and whether the newest rests on what is on file."""

    recorded: tuple[Recorded, ...]
    rows: tuple[Assessment, ...]
    is_current: bool

    @property
    def newest(self) -> Recorded | None:
        """Return the newest one."""
        return self.recorded[-1] if self.recorded else None

    def of(self, element: str, law: Law) -> tuple[Change, ...]:
        """Return when an element came to be marked otherwise."""
        changes: list[Change] = []
        before = None
        for recorded, row in zip(self.recorded, self.rows, strict=True):
            after = _mark(row, element, law)
            if after is not None and after != before:
                changes.append(Change(recorded, before, after, why_unknown(row, element, law)))
            before = after or before
        return tuple(changes)

    def under_other_law(self, law: Law, now: Assessed, addresses: Addresses) -> Iterator[OtherLaw]:
        """Yield each other version of the law data of the history, its newest assessment held beside today."""
        last = {row.law_sha256: (one, row) for one, row in zip(self.recorded, self.rows, strict=True)}
        for sha256, (one, row) in last.items():
            if sha256 != law.sha256:
                today = without_asked(marks_of(now))
                yield OtherLaw(one, tuple(steps(law, recorded_marks(row, None), today, addresses)))


def history_of(docket: Docket, now: Held, addresses: Addresses) -> History:
    """Return the recorded assessments of what a page is about, beside what the facts on file say now."""
    rows = tuple(reversed(history(addresses.case, addresses.person, addresses.event)))
    lines = {
        line.index: line
        for line in custody_lines(docket, LedgerRow.objects.filter(index__in=[row.entry for row in rows]))
    }
    recorded = []
    for number, row in enumerate(rows):
        line = lines[row.entry]
        moved = _moved(rows[number - 1].elements, row.elements) if number else 0
        address = addresses.as_recorded(row.id)
        recorded.append(Recorded(row.id, row.entry, line.who, line.at, row.law_version, row.law_sha256, moved, address))
    is_current = bool(rows) and is_on_record(rows[-1], now.facts, now.assessment)
    return History(tuple(recorded), rows, is_current)


def recorded_marks(row: Assessment, again: Assessed | None) -> Marks:
    """Return how each recorded status is drawn; `again` is the same worked out anew, which may know why."""
    elements = again.elements if again else {}
    return {name: _drawn(row, name, status, elements.get(name)) for name, status in row.elements.items()}


def why_unknown(row: Assessment, element: str, law: Law) -> tuple[str, ...]:
    """Return what stood beside an element that was recorded as unknown, in the words of today's law data."""
    if row.elements.get(element) != Status.UNKNOWN:
        return ()
    return tuple(law.flag_texts.get(flag, flag) for flag in row.open_points.get(element, ()))


def _mark(row: Assessment, element: str, law: Law) -> Mark | None:
    status = row.elements.get(element)
    if status is None:
        return None
    is_open = status == Status.UNKNOWN and row.law_sha256 == law.sha256
    return _drawn(row, element, status, assess(stored_facts(row), law).elements[element] if is_open else None)


def _drawn(row: Assessment, element: str, status: str, again: ElementStatus | None) -> Mark:
    """Return the mark of a status: what is on record counts, whatever working it out again would give."""
    if again is not None and again.status == status:
        return mark_of_element(again)
    if status == Status.UNKNOWN and DISAGREE.intersection(row.open_points.get(element, ())):
        return SOURCES_DISAGREE
    return plain_mark(status)


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    return sum(before.get(element) != status for element, status in after.items())
