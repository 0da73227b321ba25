"""Put files and folders into a tar and take them out again, counting the bytes on their way.

A tar gets its name when it is whole. Beside it lies its SHA-256, which is compared before anything is taken
out of it: plain files and folders that stay inside, and nothing else.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from onrecord.ground.bounds import READ_BYTES
from onrecord.ground.files import TEMPORARY_PREFIX, create_file, flush_folder

Progress = Callable[[int, int], None]


class Moved:
    """How many bytes have been moved, of how many; a guess of the total grows where the guess was too low."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def add(self, size_bytes: int) -> None:
        """Count bytes that were moved."""
        self._done += size_bytes
        if self._progress is not None:
            self._progress(self._done, max(self._done, self._total))


class _Counted(io.FileIO):
    """A file that counts what is read from it and written to it, and hashes what is written."""

    def __init__(self, path: Path, mode: str, moved: Moved) -> None:
        super().__init__(path, mode)
        self._moved = moved
        self.written_sha256 = hashlib.sha256()

    def readinto(self, buffer: Any) -> int:
        size_bytes = super().readinto(buffer)
        self._moved.add(size_bytes)
        return size_bytes

    def write(self, data: Any) -> int:
        size_bytes = super().write(data)
        self.written_sha256.update(memoryview(data)[:size_bytes])
        self._moved.add(size_bytes)
        return size_bytes


def size_bytes(path: Path) -> int:
    """Return the length of a file, or of all files in a folder; nothing has none."""
    total = 0
    for found in (path, *path.rglob("*")):
        with suppress(FileNotFoundError):  # a passing file of another program
            total += found.stat().st_size if found.is_file() else 0
    return total


def sum_of(tar: Path) -> Path:
    """Name the file that holds a tar's SHA-256."""
    return tar.with_name(f"{tar.name}.sha256")


@contextmanager
def new_tar(target: Path, moved: Moved) -> Iterator[Callable[[Path, str], None]]:
    """Provide a tar to add files and folders to; it gets its name when it is whole."""
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{target.name}")
    try:
        temporary.touch(mode=0o600)
        counted = _Counted(temporary, "w", moved)
        with io.BufferedWriter(counted, READ_BYTES) as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield lambda path, name: _add(tar, path, name)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(target)
        flush_folder(target.parent)
        create_file(sum_of(target), [_sum_line(target, counted.written_sha256.hexdigest())])
    finally:
        temporary.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    with suppress(FileNotFoundError):  # a passing file of another program
        tar.add(path, name, recursive=False, filter=_without_names)
        for inside in sorted(path.iterdir()) if path.is_dir() else ():
            _add(tar, inside, f"{name}/{inside.name}")


def _without_names(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    if TEMPORARY_PREFIX in member.name:
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def read_tar(path: Path, folder: Path, moved: Moved) -> None:
    """Take a tar's files and folders out into a folder; raise tarfile.TarError where it is not the tar that was made.

    All of it is read twice: nothing is taken out before its SHA-256 is right.
    """
    with _Counted(path, "r", moved) as whole:
        if _sum_line(path, hashlib.file_digest(whole, "sha256").hexdigest()) != sum_of(path).read_bytes():
            raise tarfile.ReadError
    with (
        io.BufferedReader(_Counted(path, "r", moved), READ_BYTES) as file,
        tarfile.open(fileobj=file, mode="r:") as tar,
    ):
        for member in tar:
            # Python 3.11.2 has no extraction filter, so every member is checked by hand.
            inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
            if not inside or not (member.isreg() or member.isdir()):
                raise tarfile.ExtractError
            tar.extract(member, folder, set_attrs=False)
    for found in folder.rglob("*"):
        found.chmod(0o700 if found.is_dir() else 0o600)


def _sum_line(tar: Path, sha256: str) -> bytes:
    """Return a SHA-256 as `sha256sum` writes it."""
    return f"{sha256}  {tar.name}\n".encode()
