"""Open a docket: its settings, keys, database, vault and ledger, held together and passed to whatever works on it.

A docket is opened with a keyring. `working_as` gives the same docket in the hands of another principal: the desk
opens it once with the operator's keyring and answers each request with the member's own.
"""

import base64
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg.conninfo import conninfo_to_dict

from onrecord.casework.record.subjects import SubjectKeys, Wrapping
from onrecord.errors import BadInput, Refused
from onrecord.ground.clock import Clock
from onrecord.ground.ids import ActorId
from onrecord.law.load import CONFLICT, load_law, table_of
from onrecord.law.model import Law
from onrecord.seal.keyring import Keyring
from onrecord.seal.keyset import Keyset, raw_key, read_keyset
from onrecord.seal.recipients import HybridRecipient
from onrecord.settings import DocketSettings, SettingWrong
from onrecord.store.folder import FolderStore
from onrecord.store.sqlcipher import keys as database_keys
from onrecord.vault.receive import Vault

FOLDERS = ("keys", "db", "vault", "tiles", "spool", "bundles")
DATABASE_FILE = "db/onrecord.db"
SUBJECTS_FILE = "db/subjects.db"
KEYSET_FILE = "keys/keyset.json"


class DocketBusy(Refused):
    """Another Onrecord program is at work on this docket."""

    next_step = "Stop the other one first (`make stop` for the example), or work through its desk."


class InsideDocket(Refused):
    """This folder would lie inside the docket, where what is copied out of it would outlive an erasure."""

    next_step = "Name a folder outside the docket's, on an encrypted disk."


class NoPostgresAddress(BadInput):
    """The settings ask for PostgreSQL and do not say where it is."""

    next_step = 'Set `postgres` in docket.toml, for example "service=onrecord".'


def conflict_of(settings: DocketSettings) -> str:
    """Return by which conflict's table the law is read; raise SettingWrong."""
    if {key: type(value) for key, value in settings.law.items()} not in ({}, {"conflict": str}):
        raise SettingWrong
    return settings.law.get("conflict", CONFLICT)


class TablesOlder(Refused):
    """The tables of this docket were made by an older version of Onrecord; it stays closed until they are redrawn."""

    next_step = "A member draws them in the form of this version: `onrecord -d DIR ledger redraw`. The ledger stays."
    http_status = 503


class TablesNewer(Refused):
    """The tables of this docket were made by a newer version of Onrecord than this one; it stays closed to this one."""

    next_step = "Install that version or a newer one, and use the docket with it. Nothing was changed."
    http_status = 503


@dataclass(frozen=True, slots=True)
class Docket:
    """An open docket in the hands of one principal."""

    folder: Path
    settings: DocketSettings
    clock: Clock
    keyring: Keyring
    keyset: Keyset
    subjects: SubjectKeys
    vault: Vault
    tiles: FolderStore
    log_key: Ed25519PrivateKey
    id: str

    @classmethod
    def open(cls, folder: Path, keyring: Keyring, clock: Clock, *, may_be_older: bool = False) -> Self:
        """Open a docket's parts with a keyring that holds `database` and `log`; raise TablesOlder or TablesNewer."""
        settings = DocketSettings.read(folder)
        table_of(conflict_of(settings))  # refuse an unknown one now, not on the first page
        database_key = keyring.docket_key("database")
        attach_database(folder, settings, database_key)
        check_form(may_be_older=may_be_older)
        keyset = read_keyset((folder / KEYSET_FILE).read_bytes(), root_key=None, now=None)
        return cls(
            folder=folder,
            settings=settings,
            clock=clock,
            keyring=keyring,
            keyset=keyset,
            subjects=open_subject_keys(folder, database_key, keyset),
            vault=Vault(FolderStore(folder / "vault")),
            tiles=FolderStore(folder / "tiles"),
            log_key=Ed25519PrivateKey.from_private_bytes(keyring.docket_key("log")),
            id=docket_id(settings),
        )

    @property
    def actor(self) -> ActorId:
        """Return who acts: the principal whose key signs the entries."""
        return self.keyring.principal.id

    @property
    def law(self) -> Law:
        """Return the law by which this docket's cases are assessed: that of the conflict in its settings."""
        return load_law(conflict_of(self.settings))

    def working_as(self, keyring: Keyring) -> Self:
        """Return this docket in the hands of another principal."""
        return replace(self, keyring=keyring)

    def as_collector(self) -> Self:
        """Return this docket in the hands of the collector, which stores what it cannot read."""
        return self.working_as(self.keyring.service("collector"))

    def verify_keys(self) -> dict[ActorId, bytes]:
        """Return the raw Ed25519 key of everyone who may sign entries, as the root key vouches for them."""
        return {ActorId(signer.id): raw_key(signer.verify_key) for signer in self.keyset.signers}

    def check_outside(self, path: Path) -> None:
        """Raise InsideDocket if this path leads into the docket's own folder."""
        if path.resolve().is_relative_to(self.folder.resolve()):
            raise InsideDocket

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Hold the docket for one serving program at a time; raise DocketBusy."""
        with self._lock("serving", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Hold the spool for one collector at a time: two would count one letter twice."""
        with self._lock("collecting", fcntl.LOCK_EX):
            yield

    @contextmanager
    def receiving(self) -> Iterator[None]:
        """Keep the sweep away while there are blobs and keys that no entry names yet; any number may receive."""
        with self._lock("receiving", fcntl.LOCK_SH):
            yield

    @contextmanager
    def sweeping(self) -> Iterator[None]:
        """Hold the docket while nobody receives anything; raise DocketBusy if somebody does."""
        with self._lock("receiving", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield

    @contextmanager
    def _lock(self, name: str, how: int) -> Iterator[None]:
        # The kernel lets go of it when the program ends, however it ends.
        with (self.folder / "db" / f"{name}.lock").open("w") as file:
            try:
                fcntl.flock(file, how)
            except BlockingIOError:
                raise DocketBusy from None
            yield


def docket_id(settings: DocketSettings) -> str:
    """Return the subject under which the docket's own entries lie: the same for every opening of one origin."""
    return HKDF(SHA256(), 16, None, b"onrecord-docket-id/v1").derive(settings.origin.encode()).hex()


def open_subject_keys(folder: Path, database_key: bytes, keyset: Keyset) -> SubjectKeys:
    """Open the key store; its own key is derived from the database key, so that neither file opens the other."""
    return SubjectKeys(
        folder / SUBJECTS_FILE,
        subjects_database_key(database_key),
        epoch=Wrapping(f"epoch-{keyset.epoch}", HybridRecipient.parse(keyset.letter_recipients[0])),
        identity=Wrapping(f"identity-{keyset.epoch}", HybridRecipient.parse(keyset.identity_recipients[0])),
    )


def subjects_database_key(database_key: bytes) -> bytes:
    """Return the key of the key store's own database."""
    return HKDF(SHA256(), 32, None, b"onrecord-subjects-database/v1").derive(database_key)


def attach_database(folder: Path, settings: DocketSettings, key: bytes, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Make a docket's database the one that Django calls by this alias."""
    if settings.database == "postgresql":
        attach(alias, postgres_options(settings))
        return
    path = folder / DATABASE_FILE
    database_keys.hold(path, key)
    attach(alias, {"ENGINE": "onrecord.store.sqlcipher", "NAME": str(path)})


def postgres_options(settings: DocketSettings, *, schema: str = "public") -> dict[str, Any]:
    """Return Django's description of the team's database."""
    if not settings.postgres:
        raise NoPostgresAddress
    address: dict[str, Any] = dict(conninfo_to_dict(settings.postgres))
    name = address.pop("dbname", "")
    options = {**address, "options": f"-c search_path={schema}"}
    return {"ENGINE": "django.db.backends.postgresql", "NAME": name, "OPTIONS": options}


def attach(alias: str, options: dict[str, Any]) -> None:
    """Describe a database to Django under an alias, closing what had that alias before in this thread."""
    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
    connections.databases[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: options})[DEFAULT_DB_ALIAS]


def migrate(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Bring a database's tables to the form this version knows; rows are never changed by it."""
    call_command("migrate", database=alias, verbosity=0, interactive=False)


def check_form(*, may_be_older: bool = False) -> None:
    """Raise TablesOlder or TablesNewer unless the tables have the form that this version knows."""
    made = set(MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations())
    connections[DEFAULT_DB_ALIAS].close()  # whatever is refused next leaves no file of the database's behind
    known = set(MigrationLoader(None).graph.nodes)
    if made - known:
        raise TablesNewer
    if known - made and not may_be_older:
        raise TablesOlder


def public_key_text(raw: bytes) -> str:
    """Write a raw public key as it stands in entries and keysets."""
    return base64.b64encode(raw).decode()
