"""The shape of every drawn row: made from one entry of the ledger, owned by one subject.

Only casework.drawers writes such rows. They have no automatic numbers, no automatic times and no database defaults, so
that drawing them again from the ledger gives the same rows. References are plain identifiers without a constraint: what
they point to may have been erased, and then the page says so.
"""

from typing import Any

from django.db import models

ID_CHARACTERS = 32
# A row that belongs to another (a value of a claim) is named after it: `<id of the claim>-<its place>`.
PART_ID_CHARACTERS = 40


class Reference(models.CharField):  # type: ignore[type-arg]
    """The identifier of another row, which may have been erased."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", ID_CHARACTERS)
        options.setdefault("db_index", True)
        super().__init__(*args, **options)


class Drawn(models.Model):
    """A row drawn from the ledger: its own identifier, the subject it belongs to and the entry that made it."""

    id = models.CharField(primary_key=True, max_length=PART_ID_CHARACTERS)
    subject = Reference()
    entry = models.BigIntegerField()

    class Meta:
        abstract = True
        # What an entry drew is found at once: a redraw compares the tables with the ledger in the ledger's order.
        indexes = [models.Index(fields=["entry"], name="%(class)s_entry")]


def drawn_tables() -> list[type[Drawn]]:
    """Return every table of drawn rows, in the order in which Django names them."""
    return sorted(Drawn.__subclasses__(), key=lambda table: table._meta.db_table)
