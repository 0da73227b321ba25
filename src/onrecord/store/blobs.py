"""Say what every store of blobs promises, so that a folder and a bucket can stand for each other.

A blob is a name and bytes. It is wholly there or not there at all, whatever moment the power fails, and it is safe on
disk when the call returns. Nothing is overwritten but through `replace`, which only the ledger's tiles and checkpoint
may use: they can be rebuilt.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from onrecord.errors import BadInput, Damaged

# A segment starts with a letter or a digit, so neither `..` nor a hidden file nor a temporary one can be named.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class BlobExists(BadInput):
    """A blob of this name is already stored and was not touched."""

    next_step = "Nothing is lost. If the bytes should differ, store them under another name."


class BlobMissing(Damaged):
    """A blob that should be stored is not there."""

    next_step = "Stop writing, look for the blob in the newest backup, and run `onrecord ledger audit`."


class BlobNameRefused(BadInput):
    """This cannot be the name of a blob."""

    next_step = "Use letters, digits, `.`, `_` and `-` in parts divided by `/`, each starting with a letter or a digit."


class BlobWriter(Protocol):
    """One blob while its bytes arrive and its name is not yet known."""

    def write(self, data: bytes) -> None:
        """Add bytes; raise NoSpaceLeft when the disk is full, and then nothing is stored."""
        ...

    def publish(self, name: str) -> None:
        """Store the whole blob durably under a name; raise BlobExists if the name is taken. Ends the writer."""
        ...

    def discard(self) -> None:
        """Throw away what was written. Does nothing once the blob is published or discarded."""
        ...


class BlobStore(Protocol):
    """Whatever keeps blobs: a folder, a bucket."""

    def begin(self) -> BlobWriter:
        """Start a blob whose name is decided when its bytes are known."""
        ...

    def create(self, name: str, chunks: Iterable[bytes]) -> None:
        """Store a new blob, all or nothing; raise BlobExists if the name is taken."""
        ...

    def replace(self, name: str, data: bytes) -> None:
        """Store a blob in place of an older one; a reader sees the old bytes or the new, never a mixture."""
        ...

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a blob's bytes in chunks; raise BlobMissing at the call, not at the first chunk."""
        ...

    def read_all(self, name: str) -> bytes:
        """Return a small blob's bytes; raise BlobMissing."""
        ...

    def exists(self, name: str) -> bool:
        """Tell whether a blob is stored."""
        ...

    def size_bytes(self, name: str) -> int:
        """Return a blob's length; raise BlobMissing."""
        ...

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the name of every blob that starts with a prefix, in no promised order."""
        ...

    def remove(self, name: str) -> None:
        """Remove a blob; raise BlobMissing."""
        ...

    def sweep_partials(self, before: datetime) -> int:
        """Remove what writers left unfinished before a moment, and return how many there were."""
        ...


def check_name(name: str) -> str:
    """Return a blob's name; raise BlobNameRefused unless it is plain and stays inside the store."""
    if not _NAME.fullmatch(name):
        raise BlobNameRefused
    return name
