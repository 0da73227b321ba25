"""Read the ledger's entries back: open each under its subject's key, check it, and say what it is.

Used to draw the tables again, to audit, and to hand the openings of a case to its bundle.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from onrecord.casework.docket import Docket
from onrecord.casework.entries.letters import SERVICE_KINDS
from onrecord.casework.models import LedgerRow
from onrecord.casework.record.sealing import EntryDoesNotOpen, entry_cipher, open_entry
from onrecord.casework.record.subjects import WrappedKey
from onrecord.errors import Refused
from onrecord.ground.ids import ActorId
from onrecord.ledger.entry import Event, SignatureWrong, commit, open_envelope, read_without_checking
from onrecord.seal.keyring import KeyNotHeld

# A cipher is small; a case is read in one piece, so a window of recent subjects is enough for any order of entries.
CIPHERS_HELD = 50_000
# One batch is opened by one process and compared by one query a table: larger gains little and takes memory.
ROWS_AT_A_TIME = 2_000


class SubjectKeyMissing(Refused):
    """Some entries cannot be opened with your keys."""

    next_step = "Sign in as a member who holds the identity key, or ask the lead for it."


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ledger, as it lies in the database (see models.ledger)."""

    index: int
    leaf: bytes
    sealed: bytes
    is_keyset: bool
    subject: str
    subject_seq: int
    actor: str
    actor_seq: int
    at: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows in their order, with the wrapped keys of their subjects: what a process without a database needs."""

    rows: list[tuple[Any, ...]]  # the fields of a Row each
    keys: dict[str, WrappedKey]


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry of the ledger, opened and checked."""

    index: int
    event: Event
    envelope: bytes
    salt: bytes


class Opener:
    """Opens entries with the keys that one docket's principal holds; remembers recent ones."""

    def __init__(self, docket: Docket) -> None:
        self._keyring = docket.keyring
        self._kept: Callable[[str], WrappedKey | None] = docket.subjects.find
        self._ciphers: OrderedDict[str, ChaCha20Poly1305 | None] = OrderedDict()
        self._actors = {actor: Ed25519PublicKey.from_public_bytes(raw) for actor, raw in docket.verify_keys().items()}
        self._services = {signer.id for signer in docket.keyset.signers if signer.role == "service"}

    def begin(self, batch: Batch) -> list[Row]:
        """Take the keys of a batch in place of the key store, and return the batch's rows, to be opened next."""
        self._kept = lambda subject: batch.keys.get(subject)
        return [Row(*values) for values in batch.rows]

    def open(self, row: LedgerRow | Row) -> Opened | None:
        """Return an opened entry, None for a keyset or an erased subject.

        Raises EntryDoesNotOpen, SignatureWrong, or KeyNotHeld for a subject whose key this principal may not use.
        """
        unsealed = self._unseal(row)
        if unsealed is None:
            return None
        salt, envelope = unsealed
        key = self._actors.get(ActorId(row.actor))
        if key is None:
            raise SignatureWrong
        event = open_envelope(envelope, key)
        self._compare(event, row)
        return Opened(row.index, event, envelope, salt)

    def read_without_verifying(self, row: LedgerRow | Row) -> Event | None:
        """Return what an entry says, as `open` does, whoever signed it.

        The seal shows that these are the bytes which somebody who had the subject's key put behind this leaf.
        """
        unsealed = self._unseal(row)
        if unsealed is None:
            return None
        event = read_without_checking(unsealed[1])
        self._compare(event, row)
        return event

    def _compare(self, event: Event, row: LedgerRow | Row) -> None:
        """Check that an entry stands where it says, and that its signer is one who may say such a thing."""
        said = (event.actor, event.actor_seq, event.subject, event.subject_seq, event.at)
        if said != (row.actor, row.actor_seq, row.subject, row.subject_seq, row.at):
            raise EntryDoesNotOpen
        if event.actor in self._services and event.kind not in SERVICE_KINDS:
            raise SignatureWrong

    def _unseal(self, row: LedgerRow | Row) -> tuple[bytes, bytes] | None:
        cipher = None if row.is_keyset else self._cipher(row.subject)
        if cipher is None:
            return None
        leaf = bytes(row.leaf)
        salt, envelope = open_entry(cipher, bytes(row.sealed), leaf)
        if commit(salt, envelope) != leaf:
            raise EntryDoesNotOpen
        return salt, envelope

    def _cipher(self, subject: str) -> ChaCha20Poly1305 | None:
        if subject in self._ciphers:
            self._ciphers.move_to_end(subject)
            return self._ciphers[subject]
        wrapped = self._kept(subject)
        cipher = None if wrapped is None else entry_cipher(wrapped.unwrap(self._keyring))
        self._ciphers[subject] = cipher
        if len(self._ciphers) > CIPHERS_HELD:
            self._ciphers.popitem(last=False)
        return cipher


def rows(where: Iterable[str] | None = None) -> Iterator[Row]:
    """Yield the ledger's rows in order: all of them, or those of some subjects."""
    return (Row(*values) for values in _stored(where))


def batches(docket: Docket) -> Iterator[Batch]:
    """Yield the whole ledger in order, batch by batch, to be opened by several processes."""
    stored = _stored()
    while rows := list(islice(stored, ROWS_AT_A_TIME)):
        yield Batch(rows, docket.subjects.find_all({row[_SUBJECT] for row in rows}))


def _stored(where: Iterable[str] | None = None) -> Iterator[tuple[Any, ...]]:
    chosen = LedgerRow.objects.order_by("index")
    if where is not None:
        chosen = chosen.filter(subject__in=list(where))
    for index, leaf, sealed, *others in chosen.values_list(*_FIELDS).iterator(chunk_size=ROWS_AT_A_TIME):
        yield index, bytes(leaf), bytes(sealed), *others


_FIELDS = [field.name for field in fields(Row)]
_SUBJECT = _FIELDS.index("subject")


def entries_of(docket: Docket, subjects: Iterable[str], kinds: Collection[str] | None = None) -> list[Opened]:
    """Return every entry of some subjects, or those of these kinds, opened; raise SubjectKeyMissing."""
    opener = Opener(docket)
    try:
        wanted = (row for row in rows(subjects) if kinds is None or _kind(opener, row) in kinds)
        return [opened for row in wanted if (opened := opener.open(row)) is not None]
    except KeyNotHeld:
        raise SubjectKeyMissing from None


def _kind(opener: Opener, row: Row) -> str:
    event = opener.read_without_verifying(row)
    return event.kind if event else ""
