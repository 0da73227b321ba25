"""Write many rows at once.

One prepared statement takes the rows one by one. Django's own way, a single statement of many rows, makes SQLite keep
a copy of every page that the statement touches, in case it must be undone: measured eight times slower on a table
with seven indexes. Both databases take the same statement.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def insert_rows(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows whose values are in the order of the columns, as the database takes them."""
    quote = connection.ops.quote_name
    names, places = ", ".join(quote(column) for column in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        # The names come from our own models, the values are bound.
        cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)  # noqa: S608


@contextmanager
def without_indexes(connection: BaseDatabaseWrapper, tables: Collection[str]) -> Iterator[None]:
    """Take the indexes of some tables away within a transaction, and make the same ones again at the end of the block.

    An identifier belongs at a random place of every index, and in an encrypted file each place is a page to be opened
    and sealed again; made at the end, an index is sorted once and written in order. PostgreSQL keeps its indexes: it
    seals no pages, and nobody could read those tables until the transaction ends.
    """
    if connection.vendor != "sqlite":
        yield
        return
    places = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        # An index without a statement of its own belongs to a primary key or to a column that must be unique.
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({places})",  # noqa: S608
            list(tables),
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        for _, statement in indexes:
            cursor.execute(statement)
