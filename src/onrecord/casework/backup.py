"""Back up a docket and bring it back.

Two tars: the docket (settings, keys, database, vault, tiles) and the subject keys. They have different lives: the
first is kept for years; the second must be kept for a short time only, because a copy of it opens what was erased
since. Everything in both is sealed as it lies: the database is encrypted, the vault is sealed, the keys are
wrapped.

Bundles stay out: they can be made again from what is copied, and a copy of one is out of an erasure's reach.

Entries, keys, tiles and spool are copied as they are at one moment. Exhibits are copied after it: they never change,
and they are there before their entries.

Beside each tar lies its SHA-256, as `sha256sum` writes it. It shows damage, and no forger who changes both.

Both directions say how many bytes of how many they have moved, and leave nothing half done when they are stopped.

LIMIT: an exhibit that is erased while the vault is being copied is missing from the backup, whose audit says so.
"""

import secrets
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlcipher3 import dbapi2

from onrecord.casework.create import FolderNotEmpty
from onrecord.casework.docket import DATABASE_FILE, FOLDERS, KEYSET_FILE, SUBJECTS_FILE, Docket, subjects_database_key
from onrecord.casework.record.append import ledger_lock
from onrecord.casework.record.publish import publish
from onrecord.casework.tars import Moved, Progress, new_tar, read_tar, size_bytes, sum_of
from onrecord.errors import BadInput, Damaged
from onrecord.ground.files import TEMPORARY_PREFIX, flush_folder, is_new_or_empty
from onrecord.ledger.log import CHECKPOINT_NAME, Log
from onrecord.ledger.merkle import LedgerForked
from onrecord.ledger.note import open_checkpoint, read_checkpoint_without_checking
from onrecord.seal.keyset import raw_key, read_keyset
from onrecord.settings import FILE_NAME, DocketSettings
from onrecord.store.folder import FolderStore
from onrecord.store.sqlcipher.connect import connect

DOCKET_TAR, SUBJECTS_TAR = "docket.tar", "subject-keys-KEEP-SHORT.tar"
OF_ONE_MOMENT, NEVER_CHANGED = (FILE_NAME, "keys", "tiles", "spool"), "vault"

# Steps of SQLite between two looks at how far a copy is, and whether Ctrl-C was pressed: some milliseconds.
STEPS_BETWEEN_LOOKS = 100_000


class BackupDamaged(Damaged):
    """This backup is not whole, or bytes of it have changed since it was made."""

    next_step = "Use another backup; nothing was restored."


class NotOnPostgres(BadInput):
    """The tables of this docket lie in PostgreSQL, which has its own backups."""

    next_step = "Use pg_dump for the tables, and copy the folders keys, vault, tiles and db beside it."


class OlderThanOutside(Damaged):
    """The ledger of this backup is older than the checkpoint from outside, or contradicts it; nothing was restored."""

    next_step = (
        "Look for a newer backup. If there is none, restore again without --checkpoint, and start a new origin that "
        "names the old."
    )


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


def back_up(docket: Docket, target: Path, progress: Progress | None = None) -> BackupReport:
    """Write a backup into a new folder; raise FolderNotEmpty or NotOnPostgres."""
    if docket.settings.database == "postgresql":
        raise NotOnPostgres
    if not is_new_or_empty(target):
        raise FolderNotEmpty
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = docket.keyring.docket_key("database")
    databases = (docket.folder / DATABASE_FILE, docket.folder / SUBJECTS_FILE)
    copied = [*databases, *(docket.folder / name for name in (*OF_ONE_MOMENT, NEVER_CHANGED))]
    # A database is moved twice: into a snapshot, and from there into the tar.
    moved = Moved(sum(map(size_bytes, (*databases, *copied))), progress)
    with new_tar(target / DOCKET_TAR, moved) as add, new_tar(target / SUBJECTS_TAR, moved) as add_keys:
        with ledger_lock():
            note = publish(docket)
            with _snapshot(docket.folder / DATABASE_FILE, key, moved) as database:
                add(database, DATABASE_FILE)
            with _snapshot(docket.folder / SUBJECTS_FILE, subjects_database_key(key), moved) as subjects:
                add_keys(subjects, SUBJECTS_FILE)
            for name in OF_ONE_MOMENT:
                add(docket.folder / name, name)
        add(docket.folder / NEVER_CHANGED, NEVER_CHANGED)
    advice = "Keep the subject keys for a short time only: whoever has them opens what you erase from now on."
    return _report(target, docket.settings.origin, note, advice)


def bring_back(source: Path, folder: Path, outside: Path | None, progress: Progress | None = None) -> BackupReport:
    """Restore a backup into a new folder; raise BackupDamaged, FolderNotEmpty or OlderThanOutside.

    `outside` is the newest checkpoint that anybody outside holds. Without it nobody can tell whether entries are
    missing.
    """
    if not is_new_or_empty(folder):
        raise FolderNotEmpty
    # A new folder has its name when it is whole: a power cut leaves nothing that only looks like a docket.
    # An empty one that is there may be a disk of its own, and is filled in its place.
    filling = folder if folder.exists() else folder.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
    try:
        report = _bring_back(source, filling, outside, progress)
        if filling != folder:
            filling.rename(folder)
            flush_folder(folder.parent)
    except BaseException:
        shutil.rmtree(filling, ignore_errors=True)
        raise
    return replace(report, folder=str(folder))


def _bring_back(source: Path, folder: Path, outside: Path | None, progress: Progress | None) -> BackupReport:
    tars = (source / DOCKET_TAR, source / SUBJECTS_TAR)
    if not all(part.is_file() for tar in tars for part in (tar, sum_of(tar))):
        raise BackupDamaged
    theirs = None if outside is None else outside.read_bytes()
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    # A tar is read twice: once for its hash, once to be taken out.
    moved = Moved(2 * sum(map(size_bytes, tars)), progress)
    try:
        for tar in tars:
            read_tar(tar, folder, moved)
    except tarfile.TarError:
        raise BackupDamaged from None
    if not all((folder / name).is_file() for name in (FILE_NAME, KEYSET_FILE, DATABASE_FILE, SUBJECTS_FILE)):
        raise BackupDamaged
    settings = DocketSettings.read(folder)
    tiles = FolderStore(folder / "tiles")
    note = tiles.read_all(CHECKPOINT_NAME)
    if theirs is not None:
        _check_outside(folder, settings.origin, tiles, theirs)
        advice = "The checkpoint from outside agrees with this ledger."
    else:
        advice = (
            "Ask whoever you gave checkpoints to for the newest one they hold, and restore again with --checkpoint. "
            "If theirs is larger than this one, entries are missing here."
        )
    return _report(folder, settings.origin, note, advice)


def _check_outside(folder: Path, origin: str, tiles: FolderStore, note: bytes) -> None:
    keyset = read_keyset((folder / KEYSET_FILE).read_bytes(), root_key=None, now=None)
    log_key = Ed25519PublicKey.from_public_bytes(raw_key(keyset.log_key))
    theirs = open_checkpoint(note, origin=origin, log_key=log_key)
    log = Log.load(tiles, origin)
    try:
        log.check_continues(theirs)
    except LedgerForked:
        raise OlderThanOutside from None


def _report(folder: Path, origin: str, note: bytes, advice: str) -> BackupReport:
    size = read_checkpoint_without_checking(note).size
    return BackupReport(str(folder), origin, size, note.decode(), advice)


@contextmanager
def _snapshot(path: Path, key: bytes, moved: Moved) -> Iterator[Path]:
    """Provide a copy of a database as it is at this moment, under the same key, and remove it afterwards."""
    copy = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}")
    connection = connect(path, key)
    try:
        _copy(connection, copy, moved)
        yield copy
    finally:
        connection.close()
        copy.unlink(missing_ok=True)


def _copy(connection: dbapi2.Connection, copy: Path, moved: Moved) -> None:
    seen_bytes = 0

    def look() -> int:
        nonlocal seen_bytes
        moved.add(size_bytes(copy) - seen_bytes)
        seen_bytes = size_bytes(copy)
        return 0

    connection.set_progress_handler(look, STEPS_BETWEEN_LOOKS)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except dbapi2.OperationalError as error:
        # What Ctrl-C raises in the middle of a look comes out of SQLite as this.
        if str(error) == "interrupted":
            raise KeyboardInterrupt from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
    look()
