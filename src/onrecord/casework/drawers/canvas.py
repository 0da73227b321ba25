"""Collect the rows that entries draw, and write them together.

Drawers say what they draw; the canvas writes it. While one entry is recorded it holds a few rows; while a whole
ledger is redrawn it holds thousands and writes them in bulk. Both give the same tables, because both are the same
calls.
"""

from typing import Any

from onrecord.casework.models.drawn import Drawn, drawn_tables

# Rows kept in memory before they are written; larger gains nothing measurable, smaller costs round trips.
BATCH_ROWS = 2000


class Canvas:
    """Rows to be written to one database, which is named by its alias."""

    def __init__(self, using: str) -> None:
        self._using = using
        self._new: dict[type[Drawn], dict[str, Drawn]] = {}
        self._held = 0

    def add(self, row: Drawn) -> None:
        """Draw a new row."""
        self._new.setdefault(type(row), {})[row.pk] = row
        self._held += 1
        if self._held >= BATCH_ROWS:
            self.flush()

    def change(self, table: type[Drawn], row_id: str, **values: Any) -> None:
        """Draw over some fields of a row that an earlier entry drew."""
        row = self._new.get(table, {}).get(row_id)
        if row is None:
            table._default_manager.using(self._using).filter(pk=row_id).update(**values)
            return
        for name, value in values.items():
            setattr(row, name, value)

    def erase(self, subject: str) -> None:
        """Remove every row of a subject from every table."""
        self.flush()
        for table in drawn_tables():
            table._default_manager.using(self._using).filter(subject=subject).delete()

    def clear(self) -> None:
        """Remove every row of every table, before all of them are drawn again."""
        for table in drawn_tables():
            table._default_manager.using(self._using).all().delete()

    def flush(self) -> None:
        """Write what is held."""
        for table, rows in self._new.items():
            table._default_manager.using(self._using).bulk_create(rows.values())
        self._new.clear()
        self._held = 0
