"""Draw every table again from the ledger alone, in place or beside it to compare.

Erased subjects draw as nothing but their erasure. An entry under a key that this principal may not use (a name,
under the identity key) draws no row for anybody, so a redraw does not need it.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from onrecord.casework.docket import Docket, attach, migrate, postgres_options
from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.drawers.draw import draw
from onrecord.casework.entries.kinds import read_entry
from onrecord.casework.models import Erasure
from onrecord.casework.models.drawn import Drawn, drawn_tables
from onrecord.casework.record.append import ledger_lock
from onrecord.casework.record.reading import Opener, SubjectKeyMissing, rows
from onrecord.errors import Damaged
from onrecord.ground.ids import SubjectId
from onrecord.seal.keyring import KeyNotHeld
from onrecord.store.sqlcipher import keys as database_keys

SECOND_ALIAS = "redraw"
Progress = Callable[[int], None]


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
    with _second_database(docket), ledger_lock():
        with transaction.atomic(using=SECOND_ALIAS):
            _draw_all(docket, SECOND_ALIAS, progress)
        return [difference for table in drawn_tables() for difference in _compare(table)]


def _draw_all(docket: Docket, using: str, progress: Progress | None) -> int:
    opener, canvas, unopened, count = Opener(docket), Canvas(using), set[str](), 0
    for row in rows():
        count += 1
        if progress is not None:
            progress(row.index)
        try:
            opened = opener.open(row)
        except KeyNotHeld:
            if docket.subjects.kind(SubjectId(row.subject)) != "person":
                raise SubjectKeyMissing from None
            continue
        if opened is not None:
            draw(canvas, opened.index, read_entry(opened.event))
        elif not row.is_keyset:
            unopened.add(row.subject)
    canvas.flush()
    erased = set(Erasure.objects.using(using).values_list("id", flat=True))
    if not unopened <= erased:
        raise SubjectKeyLost
    return count


def _compare(table: type[Drawn]) -> list[Difference]:
    live, redrawn = _rows_of(table, DEFAULT_DB_ALIAS), _rows_of(table, SECOND_ALIAS)
    found, left, right = [], next(live, None), next(redrawn, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(live, None), next(redrawn, None)
        elif right is None or (left is not None and left["id"] < right["id"]):
            found.append(Difference(table.__name__, _id(left), live=True, redrawn=False))
            left = next(live, None)
        elif left is None or right["id"] < left["id"]:
            found.append(Difference(table.__name__, _id(right), live=False, redrawn=True))
            right = next(redrawn, None)
        else:
            found.append(Difference(table.__name__, _id(left), live=True, redrawn=True))
            left, right = next(live, None), next(redrawn, None)
    return found


def _id(row: dict[str, Any] | None) -> str:
    return "" if row is None else str(row["id"])


def _rows_of(table: type[Drawn], using: str) -> Iterator[dict[str, Any]]:
    for row in table._default_manager.using(using).order_by("id").values().iterator(chunk_size=5000):
        yield dict(row)


@contextmanager
def _second_database(docket: Docket) -> Iterator[None]:
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
