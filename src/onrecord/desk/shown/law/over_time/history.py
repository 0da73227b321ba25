"""Show how the recorded assessments of one person follow each other: old ones stay, and each says what it changed.

LIMIT: an assessment under another version of the law data says unknown where its sources disagreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.casework.docket import Docket
from onrecord.casework.law.assessing import stored_facts
from onrecord.casework.models import Assessment, LedgerRow
from onrecord.desk.shown.custody import custody_lines
from onrecord.desk.shown.law.marks import Mark, mark_of_element, plain_mark
from onrecord.law.assess import assess
from onrecord.law.model import Assessment as Assessed
from onrecord.law.model import Law, Status


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


@dataclass(frozen=True, slots=True)
class Change:
    """One element's status in a recorded assessment, where it was another one before."""

    recorded: Recorded
    before: Mark | None
    after: Mark


@dataclass(frozen=True, slots=True)
class History:
    """The recorded assessments of one person, the oldest first, and whether the newest still says what the facts do."""

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
                changes.append(Change(recorded, before, after))
            before = after or before
        return tuple(changes)


def history_of(docket: Docket, case: str, person: str, now: Assessed) -> History:
    """Return the recorded assessments of one person of a case, beside what the facts on file say now."""
    rows = tuple(Assessment.objects.filter(case=case, person=person).order_by("entry"))
    lines = {
        line.index: line
        for line in custody_lines(docket, LedgerRow.objects.filter(index__in=[row.entry for row in rows]))
    }
    recorded = []
    for number, row in enumerate(rows):
        line = lines[row.entry]
        moved = _moved(rows[number - 1].elements, row.elements) if number else 0
        recorded.append(Recorded(row.id, row.entry, line.who, line.at, row.law_version, row.law_sha256, moved))
    return History(tuple(recorded), rows, is_current=bool(rows) and _is_as(rows[-1], now))


def _mark(row: Assessment, element: str, law: Law) -> Mark | None:
    """Return how a recorded status is drawn; why it was unknown is worked out again from the facts of that day."""
    status = row.elements.get(element)
    if status is None:
        return None
    if status == Status.UNKNOWN and row.law_sha256 == law.sha256:
        return mark_of_element(assess(stored_facts(row), law).elements[element])
    return plain_mark(status)


def _moved(before: dict[str, str], after: dict[str, str]) -> int:
    return sum(before.get(element) != status for element, status in after.items())


def _is_as(row: Assessment, now: Assessed) -> bool:
    return row.law_sha256 == now.law_sha256 and _statuses(row.elements.items()) == _statuses(
        (name, one.status.value) for name, one in now.elements.items()
    )


def _statuses(items: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(items)
