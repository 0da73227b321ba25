"""Keep a spool in a folder: sealed, under random names, times levelled to the day.

An arrival is a folder with a random name. Its parts are written first and `letter.age` last, so an arrival is there
when its letter is there; what a power cut leaves without a letter is nobody's and is swept after a day. Nothing is
ever overwritten, and the names are random, so that sorting them shuffles the order in which people wrote.

LIMIT: ext4 and most others keep change and birth times that no program can level. Until letters are collected,
whoever seizes the disk can read from it when each one came.
LIMIT: of several processes each counts all that lies here only now and then, and in between what it adds itself. So
each may exceed what may lie here by a sixteenth. Counting a hundred thousand letters takes a second.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from onrecord.ground.bounds import CHUNK_BYTES, FREE_BYTES, SPOOL_BYTES, TEXT_ROOM_BYTES
from onrecord.ground.clock import Clock, SystemClock
from onrecord.ground.files import NoSpaceLeft, flush_folder, is_no_space
from onrecord.ground.ids import RandomBytes, is_id, new_id
from onrecord.store.spool import LETTER, PART, ArrivalMissing, NoRoomForFiles, SpoolFull, Stored

_SWEPT_AFTER = timedelta(days=1)
_COUNTED_AFTER = timedelta(minutes=1)


class FolderSpool:
    """The folder between the door, which adds arrivals, and the desk, which collects and removes them."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        random: RandomBytes = secrets.token_bytes,
        keep_free_bytes: int = FREE_BYTES,
        most_bytes: int = SPOOL_BYTES,
    ) -> None:
        self.folder = folder
        self._clock = clock or SystemClock()
        self._random = random
        self._keep_free_bytes = keep_free_bytes
        self._most_bytes = most_bytes
        self._counted_bytes = self._added_bytes = 0
        self._counted_at = datetime.min.replace(tzinfo=UTC)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def begin(self) -> "FolderArrival":
        """Begin an arrival; raise SpoolFull where the disk is nearly full, or enough lies here."""
        self.check_room()
        folder = self.folder / new_id(self._random)
        folder.mkdir(mode=0o700)
        return FolderArrival(self, folder)

    def arrivals(self) -> list[str]:
        """Return the names of complete arrivals, in an order that has nothing to do with time."""
        return sorted(path.name for path in self._folders() if _is_plain_file(path / LETTER))

    def parts(self, arrival: str) -> list[str]:
        """Return the names of an arrival's parts."""
        names = [path.name for path in self._arrival(arrival).iterdir() if PART.fullmatch(path.name)]
        return sorted(names, key=lambda name: (len(name), name))

    def size_bytes(self, arrival: str, name: str = LETTER) -> int:
        """Return the size of one sealed piece."""
        return self._piece(arrival, name).stat().st_size

    def read(self, arrival: str, name: str = LETTER) -> Iterator[bytes]:
        """Yield the bytes of one sealed piece."""
        with self._piece(arrival, name).open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    def remove(self, arrival: str) -> None:
        """Remove an arrival that is safely elsewhere. Its letter goes first: half an arrival is never seen as whole."""
        folder = self._arrival(arrival)
        (folder / LETTER).unlink(missing_ok=True)
        flush_folder(folder)
        shutil.rmtree(folder)
        flush_folder(self.folder)

    def sweep(self) -> int:
        """Remove what was left without a letter for more than a day, and return how many there were."""
        oldest = (self._clock.now() - _SWEPT_AFTER).timestamp()
        dead = [path for path in self._folders() if not (path / LETTER).exists() and _last_touched(path) < oldest]
        for folder in dead:
            shutil.rmtree(folder)
        return len(dead)

    def check_room(self, wanted_bytes: int = 0) -> None:
        """Raise SpoolFull unless what was taken in stays workable, and NoRoomForFiles unless this many bytes fit."""
        if self.room_bytes() < wanted_bytes:
            raise NoRoomForFiles if wanted_bytes else SpoolFull

    def room_bytes(self) -> int:
        """Return how much may still be taken in; below nothing, what was taken in is in danger."""
        state = os.statvfs(self.folder)
        free_bytes = state.f_bavail * state.f_frsize - self._keep_free_bytes
        return min(free_bytes, self._most_bytes - self._held_bytes())

    def note(self, size_bytes: int) -> None:
        """Note that this process added so many bytes, or gave them up."""
        self._added_bytes += size_bytes

    def _held_bytes(self) -> int:
        now = self._clock.now()
        if abs(now - self._counted_at) >= _COUNTED_AFTER or self._added_bytes >= self._most_bytes // 16:
            self._counted_at, self._added_bytes = now, 0
            self._counted_bytes = sum(_bytes_in(path) for path in self._folders())
        return self._counted_bytes + self._added_bytes

    def level(self, path: Path | int) -> None:
        """Set the times of a path or descriptor to the beginning of this day: they tell no more than the day."""
        day = datetime.combine(self._clock.now().date(), time(), tzinfo=UTC).timestamp()
        os.utime(path, (day, day))

    def _folders(self) -> Iterator[Path]:
        return (path for path in self.folder.iterdir() if is_id(path.name) and path.is_dir() and not path.is_symlink())

    def _arrival(self, arrival: str) -> Path:
        folder = self.folder / arrival
        if not is_id(arrival) or not folder.is_dir() or folder.is_symlink():
            raise ArrivalMissing
        return folder

    def _piece(self, arrival: str, name: str) -> Path:
        path = self._arrival(arrival) / name
        if (name != LETTER and not PART.fullmatch(name)) or not _is_plain_file(path):
            raise ArrivalMissing
        return path


class FolderArrival:
    """An arrival while it is written: parts in any number, then the letter, which makes it one. Or nothing at all."""

    def __init__(self, spool: FolderSpool, folder: Path) -> None:
        self._spool = spool
        self._folder = folder
        self._parts = 0
        self._is_complete = False

    @property
    def name(self) -> str:
        """Return the arrival's random name."""
        return self._folder.name

    def part(self) -> "FolderPiece":
        """Begin a part."""
        self._parts += 1
        return FolderPiece(self._spool, self._folder, f"part-{self._parts:02}.age")

    def letter(self) -> "FolderPiece":
        """Begin the letter; when it is finished, so is the arrival."""
        return FolderPiece(self._spool, self._folder, LETTER)

    def complete(self) -> None:
        """Make the name of a finished arrival safe from a power cut. It may have been collected already."""
        self._is_complete = True
        self._spool.level(self._spool.folder)
        flush_folder(self._spool.folder)

    def discard(self) -> None:
        """Remove everything of this arrival, unless it is complete; may be called at any time and twice."""
        if not self._is_complete:
            self._spool.note(-_bytes_in(self._folder))
            (self._folder / LETTER).unlink(missing_ok=True)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._spool.level(self._spool.folder)


class FolderPiece:
    """One sealed piece while it is written, under a temporary name until it is whole and flushed."""

    def __init__(self, spool: FolderSpool, folder: Path, name: str) -> None:
        self._spool = spool
        self._path = folder / name
        self._temporary = folder / f".partial-{name}"
        self._digest = hashlib.sha256()
        self._size_bytes = 0
        self._unchecked_bytes = 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._file = os.fdopen(os.open(self._temporary, flags, 0o600), "wb", buffering=0)

    def write(self, data: bytes | bytearray) -> None:
        """Write sealed bytes; raise SpoolFull or NoSpaceLeft where the disk ends."""
        self._unchecked_bytes += len(data)
        if self._unchecked_bytes >= 64 * CHUNK_BYTES:
            self._unchecked_bytes = 0
            self._spool.check_room(TEXT_ROOM_BYTES)  # no letter of text is so long
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            if is_no_space(error):
                raise NoSpaceLeft from error
            raise
        self._digest.update(data)
        self._size_bytes += len(data)
        self._spool.note(len(data))

    def finish(self) -> Stored:
        """Flush the piece, level its times, give it its name and say what was stored."""
        self._spool.level(self._file.fileno())
        os.fsync(self._file.fileno())
        self._file.close()
        # A letter can be collected, and its folder removed, as soon as it has its name; the descriptor stays good.
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self._temporary.rename(self._path)
            if self._path.name == LETTER:
                self._spool.level(folder)
            os.fsync(folder)
        finally:
            os.close(folder)
        return Stored(self._path.name, self._digest.hexdigest(), self._size_bytes)

    def abandon(self) -> None:
        """Close and remove an unfinished piece."""
        self._file.close()
        self._temporary.unlink(missing_ok=True)


def _is_plain_file(path: Path) -> bool:
    # A link could lead out of the spool, and removing an arrival would follow it.
    return path.is_file() and not path.is_symlink()


def _bytes_in(folder: Path) -> int:
    with suppress(FileNotFoundError):  # the desk removed it in this moment
        return sum(each.stat(follow_symlinks=False).st_size for each in os.scandir(folder))
    return 0


def _last_touched(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
