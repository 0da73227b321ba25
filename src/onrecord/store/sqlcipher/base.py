"""Let Django keep its tables in an encrypted SQLite file (SQLCipher).

Django's own SQLite backend does the work; only the connection and the cursor differ. The key comes from
`store.sqlcipher.keys`, never from settings. Every transaction takes the write lock when it begins (IMMEDIATE), so
two writers wait for each other instead of failing halfway. A database in memory has no file and needs no key.
"""

import datetime
import decimal
import secrets
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.db.backends.sqlite3 import base as sqlite
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from onrecord.store.sqlcipher import keys
from onrecord.store.sqlcipher.connect import connect, is_in_memory


def _teach_types() -> None:
    """Read and write dates, times and decimals as Django's own backend does; the driver keeps its own registers."""
    dbapi2.register_converter("bool", b"1".__eq__)
    for kind, parse in {
        "date": parse_date,
        "time": parse_time,
        "datetime": parse_datetime,
        "timestamp": parse_datetime,
    }.items():
        dbapi2.register_converter(kind, sqlite.decoder(parse))
    dbapi2.register_adapter(decimal.Decimal, str)
    dbapi2.register_adapter(datetime.date, sqlite.adapt_date)
    dbapi2.register_adapter(datetime.datetime, sqlite.adapt_datetime)


_teach_types()


class DatabaseWrapper(sqlite.DatabaseWrapper):
    """A Django connection to an encrypted database."""

    display_name = "SQLCipher"
    Database = dbapi2
    transaction_mode: str | None

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver needs to connect, write lock first."""
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> dbapi2.Connection:
        """Open the database with the key held for it; raise DatabaseLocked if there is none."""
        options = dict(conn_params)
        name = options.pop("database")
        key = secrets.token_bytes(keys.KEY_BYTES) if is_in_memory(name) else keys.key_of(name)
        connection = connect(name, key, **options)
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> "Cursor":  # noqa: ARG002 (SQLite's cursors have no names)
        """Return a cursor that takes Django's placeholders."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


class Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the driver has no type stubs
    """A cursor that turns Django's `%s` and `%(name)s` into SQLite's `?` and `:name`."""

    convert_query = sqlite.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(self.convert_query(query, param_names=_names(params)), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Run one statement for each set of values."""
        rows = iter(param_list)
        first = next(rows, None)
        if first is None:
            return self
        return super().executemany(self.convert_query(query, param_names=_names(first)), chain([first], rows))


def _names(params: Any) -> list[str] | None:
    return list(params) if isinstance(params, Mapping) else None
