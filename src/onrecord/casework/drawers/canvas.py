"""Collect what entries draw, then write it to the tables.

Drawers say what they draw; the canvas holds it: new rows, changes to rows that were drawn before, and subjects of which
nothing may stay. It holds the rows of one entry while that is recorded, or those of a thousand while the ledger is
drawn again. It knows no database until it is painted, so entries can be drawn in one process and painted by another,
or compared with what stands in the tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from django.db import connections, models

from onrecord.casework.models.drawn import Drawn, drawn_tables
from onrecord.errors import Damaged
from onrecord.store.rows import insert_rows

# The values of a row in the order of its table's columns, the identifier first.
Values = tuple[Any, ...]

# Subjects erased by one statement: databases bind a limited number of values.
SUBJECTS_AT_A_TIME = 1000


class FieldsWrong(Damaged):
    """A row was to be drawn with a field too many or too few; nothing was drawn."""

    next_step = "This is a fault in the program, not in what you did. Tell your operator the id shown here."


@dataclass(frozen=True, slots=True)
class Change:
    """New values for some fields of a row that an earlier entry drew."""

    table: type[Drawn]
    row_id: str
    values: dict[str, Any]

    def of(self, row: Values) -> Values:
        """Return a row as it is after the change."""
        return tuple([self.values.get(name, old) for name, old in zip(_shape(self.table).names, row, strict=True)])


@dataclass(slots=True)
class Canvas:
    """What some entries draw, in their order."""

    rows: dict[type[Drawn], dict[str, Values]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)  # of rows that are not on this canvas
    erased: set[str] = field(default_factory=set)

    def add(self, table: type[Drawn], **values: Any) -> None:
        """Draw a new row: every field of it, since what is not said is not drawn."""
        row = _shape(table).in_order(values)
        self.rows.setdefault(table, {})[row[0]] = row

    def change(self, table: type[Drawn], row_id: str, **values: Any) -> None:
        """Draw over some fields of a row that an earlier entry drew."""
        change, here = Change(table, row_id, values), self.rows.get(table, {})
        if row_id in here:
            here[row_id] = change.of(here[row_id])
        else:
            self.changes.append(change)

    def erase(self, subject: str) -> None:
        """Remove every row of a subject from every table."""
        self.erased.add(subject)

    def paint(self, using: str) -> None:
        """Write what was drawn to the database of this alias."""
        self.paint_rows(using)
        erase(self.erased, using)

    def paint_rows(self, using: str) -> None:
        """Write rows and changes; what was erased is left to be erased at the end, all at once."""
        for change in self.changes:
            change.table._default_manager.using(using).filter(pk=change.row_id).update(**change.values)
        connection = connections[using]
        for table, rows in self.rows.items():
            shape = _shape(table)
            stored = [shape.as_stored(row, connection) for row in rows.values()]
            insert_rows(connection, table._meta.db_table, shape.columns, stored)


def clear(using: str) -> None:
    """Remove every row of every table, before all of them are drawn again."""
    for table in drawn_tables():
        table._default_manager.using(using).all().delete()


def erase(subjects: Iterable[str], using: str) -> None:
    """Remove every row of some subjects from every table."""
    left = iter(subjects)
    while some := list(islice(left, SUBJECTS_AT_A_TIME)):
        for table in drawn_tables():
            table._default_manager.using(using).filter(subject__in=some).delete()


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a table in their order, the identifier first, and which need to be put in the database's form."""

    names: dict[str, None]
    columns: list[str]
    special: Mapping[int, Any]

    def in_order(self, values: dict[str, Any]) -> Values:
        """Return a row's values in the order of the columns; raise FieldsWrong unless every field has one."""
        if values.keys() != self.names.keys():
            raise FieldsWrong
        return tuple([values[name] for name in self.names])

    def as_stored(self, row: Values, connection: Any) -> Sequence[Any]:
        """Return a row's values as the database takes them."""
        if not self.special:
            return row
        stored = list(row)
        for place, field_of_table in self.special.items():
            stored[place] = field_of_table.get_db_prep_save(row[place], connection)
        return stored


@cache
def _shape(table: type[Drawn]) -> _Shape:
    fields = table._meta.concrete_fields
    # Texts, whole numbers and yes or no are taken as they are.
    special = {place: one for place, one in enumerate(fields) if isinstance(one, _CONVERTED)}
    return _Shape(dict.fromkeys(one.attname for one in fields), [str(one.column) for one in fields], special)


_CONVERTED = (models.JSONField, models.DateField)
