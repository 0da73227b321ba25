"""Draw every table again from the ledger alone, in place or beside it to compare.

Erased subjects draw as nothing but their erasure. An entry under a key that this principal may not use (a name,
under the identity key) draws no row for anybody, so a redraw does not need it.

Entries are opened and drawn over all cores and painted by one transaction: stopped anywhere, nothing is half drawn.
The seal and the leaf of every entry are checked, its signature is not: that takes longer than all the rest, and is the
audit's.

LIMIT: whoever can write to both databases could add a subject with an entry signed by nobody, and it would be drawn.
The audit names it, and no bundle takes it, because a bundle verifies what it carries.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, connections

from onrecord.casework.docket import Docket
from onrecord.casework.drawers.canvas import Canvas, clear, erase
from onrecord.casework.drawers.draw import draw, read_entry
from onrecord.casework.models.drawn import drawn_tables
from onrecord.casework.record.append import ledger_lock
from onrecord.casework.record.cores import over_all_cores
from onrecord.casework.record.reading import Batch, Opener, SubjectKeyMissing, batches
from onrecord.casework.record.tables import Comparison, Difference
from onrecord.errors import Damaged
from onrecord.seal.keyring import KeyNotHeld
from onrecord.store.rows import without_indexes

Progress = Callable[[int], None]


class SubjectKeyLost(Damaged):
    """The key of a subject is gone, and no entry says that it was erased."""

    next_step = "Restore db/subjects.db from its newest backup; until then nothing is drawn."


def redraw(docket: Docket, progress: Progress | None = None) -> int:
    """Draw all tables again in one transaction and return the number of entries read."""
    drawing = _Drawing(docket, progress)
    with ledger_lock():
        with without_indexes(connections[DEFAULT_DB_ALIAS], [table._meta.db_table for table in drawn_tables()]):
            clear(DEFAULT_DB_ALIAS)
            for drawn in drawing.run():
                drawn.canvas.paint_rows(DEFAULT_DB_ALIAS)
        erase(drawing.erased, DEFAULT_DB_ALIAS)
    return drawing.entries


def check(docket: Docket, progress: Progress | None = None) -> list[Difference]:
    """Draw all tables in memory and return every difference from the live ones."""
    drawing, comparison = _Drawing(docket, progress), Comparison()
    with ledger_lock():
        for drawn in drawing.run():
            comparison.add(drawn.canvas, last=drawn.last)
        return comparison.differences(drawing.erased)


@dataclass(slots=True)
class _Drawing:
    """The whole ledger, being drawn."""

    docket: Docket
    progress: Progress | None
    entries: int = 0
    erased: set[str] = field(default_factory=set)

    def run(self) -> Iterator["_Drawn"]:
        """Yield what each batch draws, in order; raise SubjectKeyLost for a key that is gone and was not erased."""
        without_key = set[str]()
        for drawn in over_all_cores(_Drawer(self.docket).draw, batches(self.docket)):
            yield drawn
            without_key |= drawn.without_key
            self.erased |= drawn.canvas.erased
            self.entries += drawn.entries
            if self.progress is not None:
                self.progress(self.entries)
        if not without_key <= self.erased:
            raise SubjectKeyLost


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What one batch of entries draws, and which of its subjects have no key any more."""

    entries: int
    last: int
    canvas: Canvas
    without_key: set[str]


class _Drawer:
    """Opens batches of entries and draws them, in whichever process it is called."""

    def __init__(self, docket: Docket) -> None:
        self._opener = Opener(docket)

    def draw(self, batch: Batch) -> _Drawn:
        canvas, without_key, rows = Canvas(), set[str](), self._opener.begin(batch)
        for row in rows:
            try:
                event = self._opener.read_without_verifying(row)
            except KeyNotHeld:
                if batch.keys[row.subject].kind != "person":
                    raise SubjectKeyMissing from None
                continue
            if event is not None:
                draw(canvas, row.index, read_entry(event))
            elif not row.is_keyset:
                without_key.add(row.subject)
        return _Drawn(len(rows), rows[-1].index, canvas, without_key)
