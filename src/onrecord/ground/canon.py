"""Write a value as the one sequence of bytes that everybody else would write too.

RFC 8785 (JSON Canonicalization Scheme) narrowed to what a signed record needs: no floats, ASCII keys, strings in Unicode
normal form C, integers that every JSON reader holds exactly (53 bits).
"""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from onrecord.errors import Damaged

# RFC 8259 section 6: beyond this a reader that uses doubles would silently change the number.
LARGEST_INTEGER = 2**53 - 1


class NotCanonical(Damaged):
    """This record is not written in its one canonical form."""

    next_step = "Do not use it. Ask for the original bytes from whoever holds them."


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a JSON value; raise NotCanonical for a value that has none."""
    _check(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def parse_canonical(data: bytes) -> Any:
    """Return the value of canonical bytes; raise NotCanonical unless writing it again gives the same bytes."""
    try:
        value = json.loads(data.decode("utf-8"))
        if canonical(value) == data:
            return value
    except (ValueError, RecursionError):
        pass  # one answer for every way of being wrong: the caller cannot do anything different
    raise NotCanonical


def _check(value: object) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise NotCanonical
            _check(item)
    else:
        raise NotCanonical


def _check_text(value: str) -> None:
    # A lone surrogate has no UTF-8 form, and a name in another normal form would sign as a different name.
    if not value.isascii() and (
        not unicodedata.is_normalized("NFC", value) or any("\ud800" <= character <= "\udfff" for character in value)
    ):
        raise NotCanonical
