"""Make sure that the tables say what the ledger says, before anything leaves because of them.

Consent, claims and exhibits are read from drawn rows. Whoever holds the database key could change a row, and then a
letter would leave for somebody whom its reporter never named. So the rows of everything in a bundle are drawn once
more from signed entries and compared.

LIMIT: a later letter whose row was taken out altogether is not looked for here; the audit, which draws everything,
finds it.
"""

import threading
from collections.abc import Collection

from onrecord.casework.docket import Docket
from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.drawers.draw import draw, read_entry
from onrecord.casework.models.drawn import Drawn, drawn_tables
from onrecord.casework.record.reading import entries_of
from onrecord.casework.record.redraw import SECOND_ALIAS, second_database
from onrecord.errors import Damaged
from onrecord.ground.ids import SubjectId

# Django knows the passing database by one name: one comparison at a time.
_one_at_a_time = threading.Lock()


class TablesChanged(Damaged):
    """The tables do not say what the signed ledger says, so nothing was handed out."""

    next_step = "Run `onrecord ledger redraw --check` to see which rows, keep them, then draw the tables again."


def check_tables(docket: Docket, subjects: Collection[SubjectId]) -> None:
    """Raise TablesChanged unless every row of these subjects is what their signed entries draw."""
    with _one_at_a_time, second_database(docket):
        canvas = Canvas(SECOND_ALIAS)
        for opened in entries_of(docket, subjects):
            draw(canvas, opened.index, read_entry(opened.event))
        canvas.flush()
        if any(_rows(table, subjects, "default") != _rows(table, subjects, SECOND_ALIAS) for table in drawn_tables()):
            raise TablesChanged


def _rows(table: type[Drawn], subjects: Collection[SubjectId], using: str) -> list[tuple[object, ...]]:
    return list(table._default_manager.using(using).filter(subject__in=subjects).order_by("id").values_list())
