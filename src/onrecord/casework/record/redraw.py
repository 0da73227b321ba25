"""Draw every table again from the ledger alone, in place or beside it to compare.

Erased subjects draw as nothing but their erasure. An entry under a key that this principal may not use (a name,
under the identity key) draws no row for anybody, so a redraw does not need it.

Entries are opened over all cores and drawn by one transaction: stopped anywhere, nothing is half drawn. The seal and
the leaf of every entry are checked, its signature is not: that takes longer than all the rest, and is the audit's.

LIMIT: whoever can write to both databases could add a subject with an entry signed by nobody, and it would be drawn.
The audit names it, and no bundle takes it, because a bundle verifies what it carries.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from onrecord.casework.docket import Docket, attach, migrate, postgres_options
from onrecord.casework.drawers.canvas import Canvas, Sketch, Stroke
from onrecord.casework.drawers.draw import draw, read_entry
from onrecord.casework.models import Erasure
from onrecord.casework.models.drawn import Drawn, drawn_tables
from onrecord.casework.record.append import ledger_lock
from onrecord.casework.record.cores import over_all_cores
from onrecord.casework.record.reading import Batch, Opener, SubjectKeyMissing, batches
from onrecord.errors import Damaged
from onrecord.seal.keyring import KeyNotHeld
from onrecord.store.sqlcipher import keys as database_keys

SECOND_ALIAS = "redraw"
Progress = Callable[[int], None]
Values = tuple[Any, ...]

# Rows compared at once: two equal pieces cost one comparison.
PIECE_ROWS = 2000


class SubjectKeyLost(Damaged):
    """The key of a subject is gone, and no entry says that it was erased."""

    next_step = "Restore db/subjects.db from its newest backup; until then nothing is drawn."


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that the ledger draws otherwise than it stands in the live tables."""

    table: str
    row: str
    live: bool
    redrawn: bool


def redraw(docket: Docket, progress: Progress | None = None) -> int:
    """Draw all tables again in one transaction and return the number of entries read."""
    with ledger_lock():
        Canvas(DEFAULT_DB_ALIAS).clear()
        return _draw_all(docket, DEFAULT_DB_ALIAS, progress)


def check(docket: Docket, progress: Progress | None = None) -> list[Difference]:
    """Draw all tables into a second, passing database and return every difference from the live ones."""
    with second_database(docket), ledger_lock():
        with transaction.atomic(using=SECOND_ALIAS):
            _draw_all(docket, SECOND_ALIAS, progress)
        return [difference for table in drawn_tables() for difference in _compare(table)]


def _draw_all(docket: Docket, using: str, progress: Progress | None) -> int:
    canvas, without_key, count = Canvas(using), set[str](), 0
    for drawn in over_all_cores(_Sketcher(docket).sketch, batches(docket)):
        canvas.paint(drawn.strokes)
        without_key |= drawn.without_key
        count += drawn.entries
        if progress is not None:
            progress(count)
    canvas.flush()
    erased = set(Erasure.objects.using(using).values_list("id", flat=True))
    if not without_key <= erased:
        raise SubjectKeyLost
    return count


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What one batch of entries draws, and which of its subjects have no key any more."""

    entries: int
    strokes: list[Stroke]
    without_key: set[str]


class _Sketcher:
    """Opens batches of entries and sketches what they draw, in whichever process it is called."""

    def __init__(self, docket: Docket) -> None:
        self._opener = Opener(docket)

    def sketch(self, batch: Batch) -> _Drawn:
        canvas, without_key = Sketch(), set[str]()
        for row in self._opener.begin(batch):
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
        return _Drawn(len(batch.rows), canvas.strokes, without_key)


def _compare(table: type[Drawn]) -> list[Difference]:
    found: list[Difference] = []
    live, redrawn = _pieces_of(table, DEFAULT_DB_ALIAS), _pieces_of(table, SECOND_ALIAS)
    for left, right in zip_longest(live, redrawn, fillvalue=list[Values]()):
        if left != right:
            # One row too many or too few moves all that follow into other pieces: from here on compare row by row.
            found = _differences(
                table, chain(left, chain.from_iterable(live)), chain(right, chain.from_iterable(redrawn))
            )
    return found


def _differences(table: type[Drawn], live: Iterator[Values], redrawn: Iterator[Values]) -> list[Difference]:
    found: list[Difference] = []
    left: Values | None = next(live, None)
    right: Values | None = next(redrawn, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(live, None), next(redrawn, None)
        elif right is None or (left is not None and left[0] < right[0]):
            found.append(Difference(table.__name__, _id(left), live=True, redrawn=False))
            left = next(live, None)
        elif left is None or right[0] < left[0]:
            found.append(Difference(table.__name__, _id(right), live=False, redrawn=True))
            right = next(redrawn, None)
        else:
            found.append(Difference(table.__name__, _id(left), live=True, redrawn=True))
            left, right = next(live, None), next(redrawn, None)
    return found


def _id(row: Values | None) -> str:
    return "" if row is None else str(row[0])


def _pieces_of(table: type[Drawn], using: str) -> Iterator[list[Values]]:
    """Yield a table's rows in the order of their identifiers, which come first in each."""
    rows = table._default_manager.using(using).order_by("id").values_list().iterator(PIECE_ROWS)
    while piece := list(islice(rows, PIECE_ROWS)):
        yield piece


@contextmanager
def second_database(docket: Docket) -> Iterator[None]:
    """Provide an empty database under SECOND_ALIAS that leaves nothing behind."""
    if docket.settings.database == "postgresql":
        with _second_schema(docket):
            yield
        return
    name = f"file:redraw-{secrets.token_hex(4)}?mode=memory"
    database_keys.hold(name, secrets.token_bytes(32))
    attach(SECOND_ALIAS, {"ENGINE": "onrecord.store.sqlcipher", "NAME": name})
    try:
        migrate(SECOND_ALIAS)
        yield
    finally:
        connections[SECOND_ALIAS].close()
        database_keys.forget(name)


@contextmanager
def _second_schema(docket: Docket) -> Iterator[None]:
    schema = f"redraw_{secrets.token_hex(4)}"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema}"')
    attach(SECOND_ALIAS, postgres_options(docket.settings, schema=schema))
    try:
        migrate(SECOND_ALIAS)
        yield
    finally:
        connections[SECOND_ALIAS].close()
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
