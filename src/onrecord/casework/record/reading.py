"""Read the ledger's entries back: open each under its subject's key, check it, and say what it is.

Used to draw the tables again, to audit, and to hand the openings of a case to its bundle.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from onrecord.casework.docket import Docket
from onrecord.casework.models import LedgerRow
from onrecord.casework.record.sealing import EntryDoesNotOpen, entry_cipher, open_entry
from onrecord.casework.record.subjects import SubjectErased
from onrecord.errors import Refused
from onrecord.ground.ids import ActorId, SubjectId
from onrecord.ledger.entry import Event, SignatureWrong, commit, open_envelope
from onrecord.seal.keyring import KeyNotHeld

# A cipher is small; a case is read in one piece, so a window of recent subjects is enough for any order of entries.
CIPHERS_HELD = 50_000
ROWS_AT_A_TIME = 5_000


class SubjectKeyMissing(Refused):
    """Some entries cannot be opened with your keys."""

    next_step = "Sign in as a member who holds the identity key, or ask the lead for it."


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
        self._docket = docket
        self._ciphers: OrderedDict[str, ChaCha20Poly1305 | None] = OrderedDict()
        self._actors = {actor: Ed25519PublicKey.from_public_bytes(raw) for actor, raw in docket.verify_keys().items()}

    def open(self, row: LedgerRow) -> Opened | None:
        """Return an opened entry, None for a keyset or an erased subject.

        Raises EntryDoesNotOpen, SignatureWrong, or KeyNotHeld for a subject whose key this principal may not use.
        """
        if row.is_keyset:
            return None
        cipher = self._cipher(row.subject)
        if cipher is None:
            return None
        leaf = bytes(row.leaf)
        salt, envelope = open_entry(cipher, bytes(row.sealed), leaf)
        if commit(salt, envelope) != leaf:
            raise EntryDoesNotOpen
        return Opened(row.index, self._event(row, envelope), envelope, salt)

    def _event(self, row: LedgerRow, envelope: bytes) -> Event:
        key = self._actors.get(ActorId(row.actor))
        if key is None:
            raise SignatureWrong
        event = open_envelope(envelope, key)
        said = (event.actor, event.actor_seq, event.subject, event.subject_seq, event.at)
        if said != (row.actor, row.actor_seq, row.subject, row.subject_seq, row.at):
            raise EntryDoesNotOpen
        return event

    def _cipher(self, subject: str) -> ChaCha20Poly1305 | None:
        if subject in self._ciphers:
            self._ciphers.move_to_end(subject)
            return self._ciphers[subject]
        try:
            cipher = entry_cipher(self._docket.subjects.open(SubjectId(subject), self._docket.keyring))
        except SubjectErased:
            cipher = None
        self._ciphers[subject] = cipher
        if len(self._ciphers) > CIPHERS_HELD:
            self._ciphers.popitem(last=False)
        return cipher


def rows(where: Iterable[str] | None = None) -> Iterator[LedgerRow]:
    """Yield the ledger's rows in order: all of them, or those of some subjects."""
    chosen = LedgerRow.objects.order_by("index")
    if where is not None:
        chosen = chosen.filter(subject__in=list(where))
    yield from chosen.iterator(chunk_size=ROWS_AT_A_TIME)


def entries_of(docket: Docket, subjects: Iterable[str]) -> list[Opened]:
    """Return every entry of some subjects, opened; raise SubjectKeyMissing if one may not be read."""
    opener = Opener(docket)
    try:
        return [opened for row in rows(subjects) if (opened := opener.open(row)) is not None]
    except KeyNotHeld:
        raise SubjectKeyMissing from None
