"""Keep the newest box of every mailbox where a door can hand it out: one small sealed file each, replaced as a whole.

A box is sealed to its reporter alone and all boxes have one size. Times are levelled to the month, which each box says.
Beside them lies a seed, written once before the first of them, from which every door makes the same blank box for a
mailbox that has none (seal.letter.blank).

LIMIT: whoever can list the folder sees how many reporters have been answered, and when a file was changed wherever the
file system keeps times that no program can level.
"""

import os
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from onrecord.errors import BadInput, OnrecordError
from onrecord.ground.clock import Clock, SystemClock
from onrecord.ground.files import FileAlreadyThere, create_file, flush_folder, write_temporary
from onrecord.ground.ids import is_id

SEED_BYTES: Final = 32


class NotAMailbox(BadInput):
    """This is not the name of a mailbox."""

    next_step = "A mailbox is named by 32 digits and letters from 0 to f."


class BoxesSilent(OnrecordError):
    """The answers cannot be fetched at the moment."""

    next_step = "Wait a minute, then send it again."
    http_status = 503


class Boxes(Protocol):
    """Where boxes lie: written by the desk, read by doors."""

    def read(self, mailbox: str) -> bytes | None:
        """Return a mailbox's box, or None if it has none; raise NotAMailbox or BoxesSilent."""

    def put(self, mailbox: str, data: bytes) -> None:
        """Put a box in the place of an older one: a reader gets the old bytes or the new; raise NotAMailbox."""

    def seed(self) -> bytes:
        """Return the seed that lies beside the boxes, the same for ever; nothing before the first box was put."""


class FolderBoxes:
    """Boxes in a folder beside the arrivals of a spool."""

    def __init__(self, folder: Path, *, clock: Clock | None = None) -> None:
        self._folder = folder
        self._seed = folder / "seed"
        self._clock = clock or SystemClock()

    def read(self, mailbox: str) -> bytes | None:
        """Return a mailbox's box, or None if it has none; raise NotAMailbox."""
        try:
            return self._path(mailbox).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, mailbox: str, data: bytes) -> None:
        """Put a box in the place of an older one: a reader gets the old bytes or the new; raise NotAMailbox."""
        path = self._path(mailbox)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._seed.exists():
            with suppress(FileAlreadyThere):  # by another process, in this moment
                create_file(self._seed, [secrets.token_bytes(SEED_BYTES)])
            self._level(self._seed)
        temporary = write_temporary(self._folder, [data])
        self._level(temporary)
        temporary.replace(path)
        flush_folder(self._folder)
        self._level(self._folder)

    def seed(self) -> bytes:
        """Return the seed that lies beside the boxes, the same for ever; nothing before the first box was put."""
        with suppress(FileNotFoundError):
            return self._seed.read_bytes()
        return b""

    def _path(self, mailbox: str) -> Path:
        if not is_id(mailbox):
            raise NotAMailbox
        return self._folder / f"{mailbox}.age"

    def _level(self, path: Path) -> None:
        now = self._clock.now()
        month = datetime(now.year, now.month, 1, tzinfo=UTC).timestamp()
        os.utime(path, (month, month))
