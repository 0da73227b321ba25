"""Keep blobs as files in a folder, each wholly there or not there at all.

Bytes are written to a temporary file at the top of the folder, flushed to disk, then linked to their name; new folders
are flushed too. The temporary name starts with `.partial-` and can never be the name of a blob, so whoever reads the
store cannot meet half a blob; `sweep_partials` removes what a power cut left behind.

LIMIT: removing a file frees its blocks, it does not overwrite them. What must become unreadable is sealed before it
comes here, and its key is destroyed.
"""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from onrecord.ground.bounds import CHUNK_BYTES
from onrecord.ground.files import TEMPORARY_PREFIX, FileAlreadyThere, NoSpaceLeft, flush_folder, is_no_space, publish
from onrecord.store.blobs import BlobExists, BlobMissing, check_name


class FolderStore:
    """Blobs in one folder of a local disk."""

    def __init__(self, folder: Path, *, keep_free_bytes: int = 0) -> None:
        self._folder = folder
        self._keep_free_bytes = keep_free_bytes
        _make_folder(folder)

    def begin(self) -> "FolderWriter":
        """Start a blob whose name is decided when its bytes are known; raise NoSpaceLeft when too little is free."""
        if shutil.disk_usage(self._folder).free < self._keep_free_bytes:
            raise NoSpaceLeft
        return FolderWriter(self._folder)

    def create(self, name: str, chunks: Iterable[bytes]) -> None:
        """Store a new blob, all or nothing; raise BlobExists if the name is taken."""
        check_name(name)
        writer = self.begin()
        try:
            for chunk in chunks:
                writer.write(chunk)
            writer.publish(name)
        finally:
            writer.discard()

    def replace(self, name: str, data: bytes) -> None:
        """Store a blob in place of an older one; a reader sees the old bytes or the new, never a mixture."""
        path = self._path(name)
        writer = FolderWriter(self._folder)
        try:
            writer.write(data)
            _make_folder(path.parent)
            writer.rename(path)
        finally:
            writer.discard()

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a blob's bytes in chunks; raise BlobMissing at the call."""
        try:
            file = self._path(name).open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise BlobMissing from None

        def chunks() -> Iterator[bytes]:
            with file:
                while chunk := file.read(CHUNK_BYTES):
                    yield chunk

        return chunks()

    def read_all(self, name: str) -> bytes:
        """Return a small blob's bytes; raise BlobMissing."""
        return b"".join(self.read(name))

    def exists(self, name: str) -> bool:
        """Tell whether a blob is stored."""
        return self._path(name).is_file()

    def size_bytes(self, name: str) -> int:
        """Return a blob's length; raise BlobMissing."""
        path = self._path(name)
        if not path.is_file():
            raise BlobMissing
        return path.stat().st_size

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the name of every blob that starts with a prefix, in no promised order."""
        top = self._folder / prefix.rpartition("/")[0]
        for parent, _, files in os.walk(top):
            for file in files:
                name = (Path(parent) / file).relative_to(self._folder).as_posix()
                if name.startswith(prefix) and not file.startswith(TEMPORARY_PREFIX):
                    yield name

    def remove(self, name: str) -> None:
        """Remove a blob; raise BlobMissing."""
        path = self._path(name)
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            raise BlobMissing from None
        flush_folder(path.parent)

    def sweep_partials(self, before: datetime) -> int:
        """Remove what writers left unfinished before a moment, and return how many there were."""
        swept = 0
        for path in self._folder.glob(f"{TEMPORARY_PREFIX}*"):
            try:
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    swept += 1
            except FileNotFoundError:
                continue  # its writer has just finished, which is what the sweep wants
        return swept

    def _path(self, name: str) -> Path:
        return self._folder / check_name(name)


class FolderWriter:
    """One blob while its bytes arrive, as a temporary file at the top of the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._temporary = folder / f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}"
        self._file = os.fdopen(os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, data: bytes) -> None:
        """Add bytes; raise NoSpaceLeft when the disk is full, and then nothing is stored."""
        try:
            self._file.write(data)
        except OSError as error:
            self._fail(error)

    def publish(self, name: str) -> None:
        """Store the whole blob durably under a name; raise BlobExists if the name is taken."""
        path = self._folder / check_name(name)
        self._flush()
        _make_folder(path.parent)
        try:
            publish(self._temporary, path)
        except FileAlreadyThere:
            raise BlobExists from None
        finally:
            self.discard()

    def rename(self, path: Path) -> None:
        """Put the whole blob durably in the place of an older one."""
        self._flush()
        self._temporary.replace(path)
        flush_folder(path.parent)

    def discard(self) -> None:
        """Throw away the temporary file. Does nothing once the blob is published or discarded."""
        self._temporary.unlink(missing_ok=True)
        # The last buffered bytes may not fit; they belong to a file that is already gone.
        with suppress(OSError):
            self._file.close()

    def _flush(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        self.discard()
        if is_no_space(error):
            raise NoSpaceLeft from error
        raise error


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, readable by nobody else, and flush the names of the new ones."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    flush_folder(folder.parent)
