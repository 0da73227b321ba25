"""Back up a docket and bring it back.

Two files: the docket (settings, keys, database, vault, tiles) and the subject keys. They have different lives: the
first is kept for years; the second must be kept for a short time only, because a copy of it opens what was erased
since. Everything in both is sealed as it lies: the database is encrypted, the vault is sealed, the keys are
wrapped.

Bundles stay out: they can be made again from what is copied, and a copy of one is out of an erasure's reach.

Entries, keys, tiles and spool are copied as they are at one moment. Exhibits are copied after it: they never change,
and they are there before their entries.

LIMIT: an exhibit that is erased while the vault is being copied is missing from the backup, whose audit says so.
"""

import os
import secrets
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onrecord.casework.create import FolderNotEmpty
from onrecord.casework.docket import DATABASE_FILE, FOLDERS, KEYSET_FILE, SUBJECTS_FILE, Docket, subjects_database_key
from onrecord.casework.record.append import ledger_lock
from onrecord.casework.record.publish import publish
from onrecord.errors import BadInput, Damaged
from onrecord.ground.files import TEMPORARY_PREFIX, flush_folder
from onrecord.ledger.log import CHECKPOINT_NAME, Log
from onrecord.ledger.merkle import LedgerForked
from onrecord.ledger.note import open_checkpoint, read_checkpoint_without_checking
from onrecord.seal.keyset import raw_key, read_keyset
from onrecord.settings import FILE_NAME, DocketSettings
from onrecord.store.folder import FolderStore
from onrecord.store.sqlcipher.connect import connect

DOCKET_TAR, SUBJECTS_TAR = "docket.tar", "subject-keys-KEEP-SHORT.tar"
OF_ONE_MOMENT, NEVER_CHANGED = (FILE_NAME, "keys", "tiles", "spool"), "vault"


class BackupDamaged(Damaged):
    """This backup is not whole."""

    next_step = "Use another backup; nothing was restored."


class NotOnPostgres(BadInput):
    """The tables of this docket lie in PostgreSQL, which has its own backups."""

    next_step = "Use pg_dump for the tables, and copy the folders keys, vault, tiles and db beside it."


class OlderThanOutside(Damaged):
    """The restored ledger is older than a checkpoint that somebody outside holds, or contradicts it."""

    next_step = "Look for a newer backup. If there is none, keep this one, and start a new origin that names the old."


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was backed up or restored, and the checkpoint that the outside world must not be ahead of."""

    folder: str
    origin: str
    size: int
    checkpoint: str
    advice: str

    def plain(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return asdict(self)


def back_up(docket: Docket, target: Path) -> BackupReport:
    """Write a backup into a new folder; raise FolderNotEmpty or NotOnPostgres."""
    if docket.settings.database == "postgresql":
        raise NotOnPostgres
    if target.exists() and any(target.iterdir()):
        raise FolderNotEmpty
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = docket.keyring.docket_key("database")
    with _new_tar(target / DOCKET_TAR) as add, _new_tar(target / SUBJECTS_TAR) as add_keys:
        with ledger_lock():
            note = publish(docket)
            with _snapshot(docket.folder / DATABASE_FILE, key) as database:
                add(database, DATABASE_FILE)
            with _snapshot(docket.folder / SUBJECTS_FILE, subjects_database_key(key)) as subjects:
                add_keys(subjects, SUBJECTS_FILE)
            for name in OF_ONE_MOMENT:
                add(docket.folder / name, name)
        add(docket.folder / NEVER_CHANGED, NEVER_CHANGED)
    advice = "Keep the subject keys for a short time only: whoever has them opens what you erase from now on."
    return _report(target, docket.settings.origin, note, advice)


def bring_back(source: Path, folder: Path, outside: Path | None) -> BackupReport:
    """Restore a backup into a new folder; raise BackupDamaged, FolderNotEmpty or OlderThanOutside.

    `outside` is the newest checkpoint that anybody outside holds. Without it nobody can tell whether entries are
    missing.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty
    try:
        return _bring_back(source, folder, outside)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _bring_back(source: Path, folder: Path, outside: Path | None) -> BackupReport:
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in (DOCKET_TAR, SUBJECTS_TAR):
        _read_tar(source / name, folder)
    if not all((folder / name).is_file() for name in (FILE_NAME, KEYSET_FILE, DATABASE_FILE, SUBJECTS_FILE)):
        raise BackupDamaged
    settings = DocketSettings.read(folder)
    tiles = FolderStore(folder / "tiles")
    note = tiles.read_all(CHECKPOINT_NAME)
    if outside is not None:
        _check_outside(folder, settings.origin, tiles, outside)
        advice = "The checkpoint from outside agrees with this ledger."
    else:
        advice = (
            "Ask whoever you gave checkpoints to for the newest one they hold, and restore again with --checkpoint. "
            "If theirs is larger than this one, entries are missing here."
        )
    return _report(folder, settings.origin, note, advice)


def _check_outside(folder: Path, origin: str, tiles: FolderStore, outside: Path) -> None:
    keyset = read_keyset((folder / KEYSET_FILE).read_bytes(), root_key=None, now=None)
    log_key = Ed25519PublicKey.from_public_bytes(raw_key(keyset.log_key))
    theirs = open_checkpoint(outside.read_bytes(), origin=origin, log_key=log_key)
    log = Log.load(tiles, origin)
    try:
        log.check_continues(theirs)
    except LedgerForked:
        raise OlderThanOutside from None


def _report(folder: Path, origin: str, note: bytes, advice: str) -> BackupReport:
    size = read_checkpoint_without_checking(note).size
    return BackupReport(str(folder), origin, size, note.decode(), advice)


@contextmanager
def _snapshot(path: Path, key: bytes) -> Iterator[Path]:
    """Provide a copy of a database as it is at this moment, under the same key, and remove it afterwards."""
    copy = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
    connection = connect(path, key)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
        yield copy
    finally:
        connection.close()
        copy.unlink(missing_ok=True)


@contextmanager
def _new_tar(target: Path) -> Iterator[Callable[[Path, str], None]]:
    """Provide a tar to add files and folders to; it gets its name when it is whole."""
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{target.name}")
    try:
        temporary.touch(mode=0o600)
        with temporary.open("wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield lambda path, name: _add(tar, path, name)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(target)
        flush_folder(target.parent)
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


def _read_tar(path: Path, folder: Path) -> None:
    # Python 3.11.2 has no extraction filter, so every member is checked by hand: plain files and folders, inside.
    try:
        with tarfile.open(path, mode="r:") as tar:
            for member in tar:
                inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
                if not inside or not (member.isreg() or member.isdir()):
                    raise BackupDamaged
                tar.extract(member, folder, set_attrs=False)
    except (tarfile.TarError, FileNotFoundError, EOFError):
        raise BackupDamaged from None
    for found in folder.rglob("*"):
        found.chmod(0o700 if found.is_dir() else 0o600)
