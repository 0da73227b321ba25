"""Write a value as the one sequence of bytes that everybody else would write too.

RFC 8785 (JSON Canonicalization Scheme) narrowed to what a signed record needs: no floats, ASCII keys, strings in
Unicode normal form C, integers that every JSON reader holds exactly (53 bits).
"""

import json
import unicodedata
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
    return _write(value)


def parse_canonical(data: bytes) -> Any:
    """Return the value of canonical bytes; raise NotCanonical unless writing it again gives the same bytes."""
    try:
        value, _ = _READER.raw_decode(data.decode("utf-8"))
        # The reader refuses every number that has no form here, and no text made of ASCII alone has another normal
        # form or another key: only other text needs to be looked at piece by piece.
        if not data.isascii():
            _check(value)
        if _write(value) == data:
            return value
    except (ValueError, RecursionError):
        pass  # one answer for every way of being wrong: the caller cannot do anything different
    raise NotCanonical


def _write(value: object) -> bytes:
    try:
        return _WRITER.encode(value).encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form
        raise NotCanonical from None


def _refuse(_number: str) -> Any:
    raise NotCanonical


def _whole_number(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST_INTEGER:
        raise NotCanonical
    return number


# Made once: an entry is read and written a million times when the tables are drawn again.
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_READER = json.JSONDecoder(parse_float=_refuse, parse_int=_whole_number, parse_constant=_refuse)


def _check(value: object) -> None:
    if isinstance(value, str):
        # A name in another normal form would sign as a different name.
        has_form = value.isascii() or unicodedata.is_normalized("NFC", value)
    elif isinstance(value, int):  # True and False too
        has_form = abs(value) <= LARGEST_INTEGER
    elif isinstance(value, dict):
        has_form = True
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise NotCanonical
            _check(item)
    elif isinstance(value, list | tuple):
        has_form = True
        for item in value:
            _check(item)
    else:
        has_form = value is None
    if not has_form:
        raise NotCanonical
