"""Make sure that the tables say what the ledger says: of everything, or of what is about to leave.

Consent, claims and exhibits are read from drawn rows. Whoever holds the database key could change a row, and then a
letter would leave for somebody whom its reporter never named. So rows are drawn once more from entries, in memory, and
compared with those that stand in the tables.

LIMIT: before a bundle or a print leaves, a later entry whose row was taken out of the ledger altogether (a letter, a
withdrawal) is not looked for; the audit, which draws everything, finds it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onrecord.casework.docket import Docket
from onrecord.casework.drawers.canvas import SUBJECTS_AT_A_TIME, Canvas, Change, Values
from onrecord.casework.drawers.draw import draw, read_entry
from onrecord.casework.entries.law import ProvisionSigned, SignatureWithdrawn
from onrecord.casework.models import ProvisionSignature
from onrecord.casework.models.drawn import Drawn, drawn_tables
from onrecord.casework.record.reading import Opened, entries_of
from onrecord.errors import Damaged
from onrecord.ground.ids import SubjectId

Rows = dict[str, Values]


class TablesChanged(Damaged):
    """The tables do not say what the signed ledger says, so nothing was handed out."""

    next_step = "Run `onrecord ledger redraw --check` to see which rows, keep them, then draw the tables again."


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One row that the ledger draws otherwise than it stands in the live tables."""

    table: str
    row: str
    live: bool
    redrawn: bool


class Comparison:
    """Compares what the whole ledger draws, canvas by canvas, with the live tables.

    Only what differs so far is remembered: a letter that was opened later differs until the canvas that says so.
    """

    def __init__(self) -> None:
        self._seen = -1
        self._differing: dict[tuple[type[Drawn], str], Values | None] = {}  # as drawn; None where nothing drew it

    def add(self, canvas: Canvas, *, last: int) -> None:
        """Compare what the entries after those of the canvas before draw, up to the entry of this index."""
        for change in canvas.changes:
            self._change(change)
        for table in drawn_tables():
            live = _live(table, entry__gt=self._seen, entry__lte=last)
            for row_id, row in canvas.rows.get(table, {}).items():
                if live.pop(row_id, None) != row:
                    self._differing[table, row_id] = row
            self._not_drawn(table, live)
        self._seen = last

    def differences(self, erased: Collection[str]) -> list[Difference]:
        """Return every difference, once the ledger was drawn to its end and these subjects were erased."""
        for table in drawn_tables():
            self._not_drawn(table, _live(table, entry__lt=0) | _live(table, entry__gt=self._seen))
        for (table, row_id), row in self._differing.items():
            if row is not None and row[_SUBJECT] in erased:
                self._differing[table, row_id] = None
        subjects = sorted(erased)
        for start in range(0, len(subjects), SUBJECTS_AT_A_TIME):
            for table in drawn_tables():
                self._not_drawn(table, _live(table, subject__in=subjects[start : start + SUBJECTS_AT_A_TIME]))
        return sorted(found for found in map(self._difference, self._differing) if found.live or found.redrawn)

    def _change(self, change: Change) -> None:
        row, live = self._as_drawn(change.table, change.row_id)
        if row is None:
            return
        changed = change.of(row)
        if changed == live:
            self._differing.pop((change.table, change.row_id), None)
        else:
            self._differing[change.table, change.row_id] = changed

    def _as_drawn(self, table: type[Drawn], row_id: str) -> tuple[Values | None, Values | None]:
        """Return a row as drawn so far and as it is live; a row that was compared and does not differ is the same."""
        live = _live(table, pk=row_id).get(row_id)
        as_compared = live if live is not None and live[_ENTRY] <= self._seen else None
        return self._differing.get((table, row_id), as_compared), live

    def _not_drawn(self, table: type[Drawn], live: Rows) -> None:
        for row_id in live:
            self._differing.setdefault((table, row_id), None)

    def _difference(self, key: tuple[type[Drawn], str]) -> Difference:
        table, row_id = key
        is_live = table._default_manager.filter(pk=row_id).exists()
        return Difference(table.__name__, row_id, live=is_live, redrawn=self._differing[key] is not None)


def check_tables(docket: Docket, subjects: Collection[SubjectId]) -> None:
    """Raise TablesChanged unless every row of these subjects is what their signed entries draw."""
    canvas = _drawn(entries_of(docket, subjects))
    for table in drawn_tables():
        rows = canvas.rows.get(table, {}).values()
        drawn = {row[0]: row for row in rows if row[_SUBJECT] not in canvas.erased}
        if drawn != _live(table, subject__in=subjects):
            raise TablesChanged


def check_signatures(docket: Docket) -> None:
    """Raise TablesChanged unless the lawyers' signatures in the table are what signed entries draw."""
    # Most of what a docket says of itself is padding, tens of thousands of entries a year: only these kinds are drawn.
    kinds = (ProvisionSigned.__name__, SignatureWithdrawn.__name__)
    canvas = _drawn(entries_of(docket, [docket.id], kinds))
    if canvas.rows.get(ProvisionSignature, {}) != _live(ProvisionSignature):
        raise TablesChanged


def _drawn(entries: Iterable[Opened]) -> Canvas:
    canvas = Canvas()
    for opened in entries:
        draw(canvas, opened.index, read_entry(opened.event))
    return canvas


def _live(table: type[Drawn], **which: object) -> Rows:
    return {row[0]: row for row in table._default_manager.filter(**which).order_by().values_list()}


# Every drawn row begins with its identifier, its subject and its entry (see models.drawn).
_SUBJECT, _ENTRY = 1, 2
