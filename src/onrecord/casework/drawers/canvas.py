"""Collect the rows that entries draw, and write them together.

Drawers say what they draw; the canvas writes it. While one entry is recorded it holds a few rows; while a whole
ledger is redrawn it holds thousands and writes them in bulk. Both give the same tables, because both are the same
calls. A sketch is a canvas without a database: it keeps the calls, so that entries can be read in one process and
painted in another, in their order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connections, models

from onrecord.casework.models.drawn import Drawn, drawn_tables
from onrecord.errors import Damaged
from onrecord.store.rows import insert_rows

# Rows kept in memory before they are written; larger gains nothing measurable, smaller costs round trips.
BATCH_ROWS = 2000

# The name of a canvas's method, and what it is called with.
Stroke = tuple[str, tuple[Any, ...]]


class FieldsWrong(Damaged):
    """A row was to be drawn with a field too many or too few; nothing was drawn."""

    next_step = "This is a fault in the program, not in what you did. Tell your operator the id shown here."


class Canvas:
    """Rows to be written to one database, which is named by its alias."""

    def __init__(self, using: str) -> None:
        self._using = using
        self._new: dict[type[Drawn], dict[str, list[Any]]] = {}
        self._held = 0

    def add(self, table: type[Drawn], **values: Any) -> None:
        """Draw a new row: every field of it, since what is not said is not drawn."""
        self._add(table, _shape(table).in_order(values))

    def change(self, table: type[Drawn], row_id: str, **values: Any) -> None:
        """Draw over some fields of a row that an earlier entry drew."""
        self._change(table, row_id, values)

    def erase(self, subject: str) -> None:
        """Remove every row of a subject from every table."""
        self._erase(subject)

    def clear(self) -> None:
        """Remove every row of every table, before all of them are drawn again."""
        for table in drawn_tables():
            table._default_manager.using(self._using).all().delete()

    def paint(self, strokes: Iterable[Stroke]) -> None:
        """Draw what was sketched."""
        for name, arguments in strokes:
            getattr(self, name)(*arguments)

    def flush(self) -> None:
        """Write what is held."""
        connection = connections[self._using]
        for table, rows in self._new.items():
            shape = _shape(table)
            for place, field in shape.to_convert:
                for row in rows.values():
                    row[place] = field.get_db_prep_save(row[place], connection)
            insert_rows(connection, table._meta.db_table, shape.columns, list(rows.values()))
        self._new.clear()
        self._held = 0

    def _add(self, table: type[Drawn], values: tuple[Any, ...]) -> None:
        self._new.setdefault(table, {})[values[0]] = list(values)
        self._held += 1
        if self._held >= BATCH_ROWS:
            self.flush()

    def _change(self, table: type[Drawn], row_id: str, values: dict[str, Any]) -> None:
        row = self._new.get(table, {}).get(row_id)
        if row is None:
            table._default_manager.using(self._using).filter(pk=row_id).update(**values)
            return
        for name, value in values.items():
            row[_shape(table).place[name]] = value

    def _erase(self, subject: str) -> None:
        self.flush()
        for table in drawn_tables():
            table._default_manager.using(self._using).filter(subject=subject).delete()


class Sketch(Canvas):
    """What entries draw, in their order, for another process to paint."""

    def __init__(self) -> None:
        super().__init__(using="")
        self.strokes: list[Stroke] = []

    def _add(self, *stroke: Any) -> None:
        self.strokes.append(("_add", stroke))

    def _change(self, *stroke: Any) -> None:
        self.strokes.append(("_change", stroke))

    def _erase(self, *stroke: Any) -> None:
        self.strokes.append(("_erase", stroke))


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a table in their order, the identifier first, and which need to be put in the database's form."""

    columns: list[str]
    place: dict[str, int]
    to_convert: list[tuple[int, Any]]

    def in_order(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Return a row's values in the order of the columns; raise FieldsWrong unless every field has one."""
        if values.keys() != self.place.keys():
            raise FieldsWrong
        return tuple([values[name] for name in self.place])


@cache
def _shape(table: type[Drawn]) -> _Shape:
    fields = table._meta.concrete_fields
    # Texts, whole numbers and yes or no are taken as they are.
    special = [(place, field) for place, field in enumerate(fields) if isinstance(field, _CONVERTED)]
    places = {field.attname: place for place, field in enumerate(fields)}
    return _Shape([str(field.column) for field in fields], places, special)


_CONVERTED = (models.JSONField, models.DateField)
