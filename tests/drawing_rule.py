"""Watch who writes drawn tables: every statement is looked at, and so is the stack that leads to it."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

import onrecord.casework.drawers
from onrecord.casework.models.drawn import drawn_tables

DRAWERS = Path(onrecord.casework.drawers.__file__).parent
WRITES = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE)\s+\"?(\w+)", re.IGNORECASE)


class DrawnElsewhere(AssertionError):
    """A drawn table was written by something that is not a drawer."""


@contextmanager
def only_drawers_draw() -> Iterator[list[str]]:
    """Raise DrawnElsewhere on any other writer; give the names of the tables that were written rightly."""
    tables = {table._meta.db_table for table in drawn_tables()}
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = WRITES.match(sql)
        if match and match[1] in tables:
            if not _is_drawing():
                raise DrawnElsewhere(match[1])
            seen.append(match[1])
        return execute(sql, params, many, context)

    with connections[DEFAULT_DB_ALIAS].execute_wrapper(watch):
        yield seen


def _is_drawing() -> bool:
    frame = sys._getframe()
    while frame is not None:
        if Path(frame.f_code.co_filename).parent == DRAWERS:
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False
