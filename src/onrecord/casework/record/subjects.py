"""The key store: one random key for every subject, so that erasing a key erases what only it can open.

A letter's, source's, case's or pattern's key is wrapped to the current epoch key; a person's to the identity key.
Wrapping needs public keys only, so the collector can store what it will never be able to read. The store is a
database file of its own (db/subjects.db), because it must have short backups while everything else has long ones.

LIMIT: a copy of this file and of the epoch key, kept elsewhere, still opens what was erased here; an erasure is
complete only when the epoch's keys are destroyed, and every page about an erasure gives that date.
"""

import secrets
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke

from onrecord.casework.entries.form import SubjectKind
from onrecord.errors import Damaged, Refused
from onrecord.ground.ids import SubjectId
from onrecord.seal.keyring import Keyring
from onrecord.seal.recipients import HybridRecipient
from onrecord.store.sqlcipher.connect import connect, wipe_deleted

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
KEY_BYTES = 32

# With row numbers, three wrapped keys fit a page; without, each takes two pages of its own.
SCHEMA = """
CREATE TABLE IF NOT EXISTS subject_key (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    wrapped_to TEXT NOT NULL,
    wrapped BLOB NOT NULL
)
"""


class SubjectErased(Refused):
    """This was erased and nobody can read it any more."""

    next_step = "The ledger still proves that it existed and who erased it, when and why."


class SubjectKeyDamaged(Damaged):
    """The key of this record is damaged."""

    next_step = "Restore db/subjects.db from its newest backup, then run `onrecord ledger audit`."


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A docket key to which subject keys are wrapped: its label (`epoch-1`) and its public half."""

    label: str
    recipient: HybridRecipient


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """One subject's key as it is kept: the docket key of this label opens it."""

    subject: SubjectId
    kind: SubjectKind
    label: str
    wrapped: bytes

    def unwrap(self, keyring: Keyring) -> bytes:
        """Return the key; raise KeyNotHeld or SubjectKeyDamaged."""
        name, _, number = self.label.rpartition("-")
        private_key = keyring.identity(name, int(number)).private_key
        try:
            return SUITE.decrypt(self.wrapped, private_key, _context(self.subject, self.kind))
        except (InvalidTag, ValueError):
            raise SubjectKeyDamaged from None


class SubjectKeys:
    """The keys of all subjects, each wrapped. One connection a thread, as SQLite wants it."""

    def __init__(self, path: Path, database_key: bytes, *, epoch: Wrapping, identity: Wrapping) -> None:
        self._path, self._database_key = path, database_key
        self._epoch, self._identity = epoch, identity
        self._local = threading.local()
        self._connection().execute(SCHEMA)

    def create(self, subject: SubjectId, kind: SubjectKind) -> bytes:
        """Make and keep the key of a new subject; return it for use now. It is on disk before this returns."""
        return self.create_all({subject: kind})[subject]

    def create_all(self, kinds: Mapping[SubjectId, SubjectKind]) -> dict[SubjectId, bytes]:
        """Make and keep the keys of new subjects, all or none; return them for use now."""
        keys = {subject: secrets.token_bytes(KEY_BYTES) for subject in kinds}
        with self._connection() as connection:
            connection.executemany(
                "INSERT INTO subject_key (id, kind, wrapped_to, wrapped) VALUES (?, ?, ?, ?)",
                [(subject, kind, *self._wrap(subject, kind, keys[subject])) for subject, kind in kinds.items()],
            )
        return keys

    def open(self, subject: SubjectId, keyring: Keyring) -> bytes:
        """Unwrap the key of a subject; raise SubjectErased, KeyNotHeld or SubjectKeyDamaged."""
        wrapped = self.find(subject)
        if wrapped is None:
            raise SubjectErased
        return wrapped.unwrap(keyring)

    def find(self, subject: str) -> WrappedKey | None:
        """Return a subject's key as it is kept, or None once it is erased."""
        return self.find_all([subject]).get(subject)

    def find_all(self, subjects: Collection[str]) -> dict[str, WrappedKey]:
        """Return the keys of some subjects as they are kept; an erased one is left out."""
        places = ", ".join("?" * len(subjects))
        query = f"SELECT id, kind, wrapped_to, wrapped FROM subject_key WHERE id IN ({places})"  # noqa: S608
        return {row[0]: WrappedKey(*row) for row in self._connection().execute(query, list(subjects))}

    def kind(self, subject: SubjectId) -> SubjectKind | None:
        """Return the kind of a subject whose key is kept, or None once it is erased."""
        kept = self.find(subject)
        return None if kept is None else kept.kind

    def wrapped_to(self, subject: SubjectId) -> str:
        """Return the label of the docket key to which a subject's key is wrapped; raise SubjectErased."""
        kept = self.find(subject)
        if kept is None:
            raise SubjectErased
        return kept.label

    def erase(self, subject: SubjectId) -> None:
        """Erase a subject's key and what the journal still held of it. Erasing twice does no harm."""
        connection = self._connection()
        with connection:
            connection.execute("DELETE FROM subject_key WHERE id = ?", (subject,))
        wipe_deleted(connection)

    def of_kind(self, kind: SubjectKind) -> set[str]:
        """Return every subject of one kind whose key is kept."""
        rows = self._connection().execute("SELECT id FROM subject_key WHERE kind = ?", (kind,))
        return {row[0] for row in rows}

    def forget_orphans(self, known: set[str]) -> int:
        """Remove keys of subjects that were never recorded, because a program stopped in between; return how many."""
        orphans = [(row[0],) for row in self._connection().execute("SELECT id FROM subject_key") if row[0] not in known]
        with self._connection() as connection:
            connection.executemany("DELETE FROM subject_key WHERE id = ?", orphans)
        return len(orphans)

    def _wrap(self, subject: SubjectId, kind: SubjectKind, key: bytes) -> tuple[str, bytes]:
        wrapping = self._identity if kind == "person" else self._epoch
        return wrapping.label, SUITE.encrypt(key, wrapping.recipient.public_key, _context(subject, kind))

    def _connection(self) -> Any:
        if not hasattr(self._local, "connection"):
            self._local.connection = connect(self._path, self._database_key)
        return self._local.connection


def _context(subject: SubjectId, kind: str) -> bytes:
    # The context ties a wrapped key to its subject: a row copied over another one does not open.
    return b"onrecord-subject-key/v1\n" + kind.encode() + b"\n" + subject.encode()
