"""Read the files that a letter is made of or lies in."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import BadInput


class FileUnreadable(BadInput):
    """A file named here cannot be read, or its text is not UTF-8."""

    next_step = "Look at its name and its rights, save a text as UTF-8, and try again."


def size_bytes(path: Path) -> int:
    """Return a file's length; raise FileUnreadable."""
    if not path.is_file():
        raise FileUnreadable
    return path.stat().st_size


def read_all(path: Path) -> bytes:
    """Return a small file's bytes; raise FileUnreadable."""
    try:
        return path.read_bytes()
    except OSError:
        raise FileUnreadable from None


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of an open file in pieces, and close it."""
    from onrecord.ground.bounds import CHUNK_BYTES

    with file:
        while data := file.read(CHUNK_BYTES):
            yield data
