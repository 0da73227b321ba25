"""Write files so that they are wholly there or not there at all, whatever moment the power fails.

A new file is written under a temporary name in the same folder, flushed to disk, linked to its name, and the folder is
flushed too. Nothing is overwritten unless `replace_file` is called, and then the old file stays until the new is safe.
"""

import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from onrecord.errors import BadInput, OnrecordError

TEMPORARY_PREFIX = ".partial-"


class FileAlreadyThere(BadInput):
    """A file of this name is already there and was not touched."""

    next_step = "Choose another name, or move the old file away first."


class NoSpaceLeft(OnrecordError):
    """The disk is full; nothing was changed."""

    next_step = "Free some space on the disk, then do it again."
    http_status = 507


def create_file(path: Path, chunks: Iterable[bytes], *, mode: int = 0o600) -> None:
    """Write a new file, all or nothing; raise FileAlreadyThere if the name is taken."""
    temporary = write_temporary(path.parent, chunks, mode=mode)
    try:
        publish(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace a file's content in one step: a reader sees the old bytes or the new ones, never a mixture."""
    temporary = write_temporary(path.parent, [data], mode=mode)
    os.replace(temporary, path)
    flush_folder(path.parent)


def write_temporary(folder: Path, chunks: Iterable[bytes], *, mode: int = 0o600) -> Path:
    """Write chunks to a flushed temporary file in a folder and return its path; leave nothing behind on failure."""
    temporary = folder / f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}"
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if is_no_space(error):
            raise NoSpaceLeft from error
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def publish(temporary: Path, path: Path) -> None:
    """Give a flushed temporary file its name and flush the folder; raise FileAlreadyThere if the name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise FileAlreadyThere from None
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush a folder, so that the names in it survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_new_or_empty(folder: Path) -> bool:
    """Tell whether nothing has this name, not even a link that leads nowhere, or an empty folder has it."""
    return not any(folder.iterdir()) if folder.is_dir() else not os.path.lexists(folder)


def is_no_space(error: OSError) -> bool:
    """Tell whether an error means that the disk or the quota is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
