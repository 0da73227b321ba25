"""Write a sealed file as plain lines of text, for channels that carry nothing else, and read such lines back.

The strict PEM form of RFC 7468 section 3 with the label of age v1 (c2sp.org/age, section "ASCII armor"). One file has
one text form: only white space around it and line ends of either kind are let pass, as the specification allows.
"""

import base64
from collections.abc import Callable

from onrecord.seal.age import NotAnAgeFile
from onrecord.seal.payload import Bytes

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"

_COLUMNS = 64
_BYTES_PER_LINE = 48
_WHITE_SPACE = b" \t\r\n"
# White space before the first line carries nothing; more than this is not a file somebody copied.
_WHITE_SPACE_BYTES = 1024


class ArmorDamaged(NotAnAgeFile):
    """The text form of this sealed file is damaged: a line is wrong, missing or added."""

    next_step = "Copy all of it again, from the line with BEGIN to the line with END."


def looks_armored(first_byte: int) -> bool:
    """Tell from its first byte whether a file is in text form; a binary one begins with a letter."""
    return first_byte in b"-" + _WHITE_SPACE


class ArmorWriter:
    """Turn bytes into lines as they come."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._begun = False

    def update(self, data: bytes) -> bytes:
        """Take some bytes and return the lines that are full."""
        self._held += data
        whole = len(self._held) // _BYTES_PER_LINE * _BYTES_PER_LINE
        lines = _lines(self._held[:whole])
        del self._held[:whole]
        return self._begin() + lines

    def finish(self) -> bytes:
        """Return the last lines."""
        return self._begin() + _lines(self._held) + END + b"\n"

    def _begin(self) -> bytes:
        if self._begun:
            return b""
        self._begun = True
        return BEGIN + b"\n"


class ArmorReader:
    """Turn lines back into bytes as they come; raise ArmorDamaged at the first line that does not belong."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._white_space_bytes = 0
        self._read_line: Callable[[bytearray], bytes] = self._read_before
        self._short_line_seen = False

    def update(self, data: Bytes) -> bytes:
        """Take some text and return the bytes of the lines that are complete."""
        self._held += data
        text, newline, self._held = self._held.rpartition(b"\n")
        if len(self._held) > (_WHITE_SPACE_BYTES if self._held.isspace() else _COLUMNS + 1):
            raise ArmorDamaged
        return b"".join([self._read_line(line.removesuffix(b"\r")) for line in text.split(b"\n")]) if newline else b""

    def finish(self) -> None:
        """Raise ArmorDamaged unless the last line was there."""
        # The last line may lack its line end, as text that was copied by hand often does.
        if self._held:
            self._read_line(self._held.removesuffix(b"\r"))
        if self._read_line != self._read_after:
            raise ArmorDamaged

    def _read_before(self, line: bytearray) -> bytes:
        if line == BEGIN:
            self._read_line = self._read_inside
        else:
            self._skip(line)
        return b""

    def _read_inside(self, line: bytearray) -> bytes:
        if line == END:
            self._read_line = self._read_after
            return b""
        if self._short_line_seen or not 0 < len(line) <= _COLUMNS:
            raise ArmorDamaged
        try:
            data = base64.b64decode(line, validate=True)
        except ValueError:
            raise ArmorDamaged from None
        if len(data) < _BYTES_PER_LINE:
            self._short_line_seen = True
            if base64.b64encode(data) != line:
                raise ArmorDamaged
        return data

    def _read_after(self, line: bytearray) -> bytes:
        self._skip(line)
        return b""

    def _skip(self, line: bytearray) -> None:
        self._white_space_bytes += len(line) + 1
        if line.strip(_WHITE_SPACE) or self._white_space_bytes > _WHITE_SPACE_BYTES:
            raise ArmorDamaged


def _lines(data: bytearray) -> bytes:
    text = base64.b64encode(data)
    return b"".join([text[start : start + _COLUMNS] + b"\n" for start in range(0, len(text), _COLUMNS)])
