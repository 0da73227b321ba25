"""Audit a docket: open every leaf, compute everything again, read every exhibit, and name what is wrong.

The audit changes nothing. Each finding says what is wrong, where, and what to do; places are entry numbers, blob
hashes and file names of the ledger, never words of a case.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import Erased
from onrecord.casework.entries.form import BodyUnreadable, Entry
from onrecord.casework.entries.kinds import KindUnknown, read_entry
from onrecord.casework.entries.letters import LetterOpened, LetterReceived
from onrecord.casework.entries.sources import SourceCaptured
from onrecord.casework.models import LedgerRow
from onrecord.casework.record.publish import leaves
from onrecord.casework.record.reading import Opener, rows
from onrecord.casework.record.sealing import EntryDoesNotOpen
from onrecord.casework.record.subjects import SubjectKeyDamaged
from onrecord.ground.ids import SubjectId
from onrecord.ledger.entry import EntryMalformed, SignatureWrong, commit_keyset
from onrecord.ledger.log import CHECKPOINT_NAME, audit_tiles
from onrecord.ledger.merkle import HASH_BYTES, Frontier, leaf_hashes
from onrecord.ledger.note import NoteMalformed, NotSignedByThisLedger, open_checkpoint
from onrecord.seal.keyring import KeyNotHeld
from onrecord.seal.keyset import KeysetForged, KeysetMalformed, raw_key, read_keyset
from onrecord.store.blobs import BlobMissing
from onrecord.vault.exhibit import (
    ExhibitChanged,
    ExhibitKeyWrong,
    ExhibitMissing,
    ExhibitNotAsRecorded,
    check_exhibit,
)

Progress = Callable[[str, int, int], None]


class Wrong(StrEnum):
    """What can be wrong, in a sentence."""

    ENTRY_CHANGED = "This entry was edited, moved or damaged: it does not open or does not match its leaf."
    ENTRY_FORGED = "This entry is not signed by the one it names."
    ENTRY_MISSING = "An entry is missing here: the numbers of the ledger are not whole."
    ORDER_CHANGED = "The running numbers do not follow each other here: an entry was removed, added or put elsewhere."
    KEY_DAMAGED = "The key of this subject was changed: it does not open, or belongs to another subject."
    KEY_LOST = "The key of this subject is gone, and no entry says that it was erased."
    KEYSET_FORGED = "This keyset is not signed by the root key, or is not the one that was recorded."
    KIND_UNKNOWN = "This version of Onrecord does not know this kind of entry."
    TILE_WRONG = "This file of the public tree is missing or differs from the entries."
    CHECKPOINT_WRONG = "The checkpoint does not belong to these entries: history was changed after it was signed."
    CHECKPOINT_FORGED = "The checkpoint is not signed by this docket's log key."
    BLOB_MISSING = "This exhibit is missing from the vault."
    BLOB_CHANGED = "The stored bytes of this exhibit were changed."


TO_DO = {
    Wrong.TILE_WRONG: "Move the named file away; `onrecord ledger checkpoint` makes it again from the entries.",
    Wrong.KIND_UNKNOWN: "Install the newest version of Onrecord.",
    Wrong.BLOB_MISSING: "Copy the blob of this name from the newest backup of the vault.",
    Wrong.BLOB_CHANGED: "Keep the changed blob apart as evidence and copy the right one from a backup.",
    Wrong.KEY_DAMAGED: "Restore db/subjects.db from its newest backup.",
    Wrong.KEY_LOST: "Restore db/subjects.db from its newest backup.",
}
OTHERWISE = "Stop writing. Keep every file, restore the newest backup beside it, and compare the two ledgers."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    wrong: Wrong
    where: str

    @property
    def to_do(self) -> str:
        """Return what to do about it."""
        return TO_DO.get(self.wrong, OTHERWISE)


@dataclass(frozen=True, slots=True)
class NamedBlob:
    """A blob that an entry names: its subject, and the hash of the file in it where the entry says one."""

    subject: str
    sha256: str | None


@dataclass(slots=True)
class Audit:
    """What an audit saw."""

    entries: int = 0
    opened: int = 0
    erased: int = 0
    not_held: int = 0
    keysets: int = 0
    blobs: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was found wrong."""
        return not self.findings

    def add(self, wrong: Wrong, where: object) -> None:
        """Note a finding."""
        self.findings.append(Finding(wrong, str(where)))


def audit(docket: Docket, progress: Progress | None = None) -> Audit:
    """Check ledger, tiles, checkpoint and vault of a docket, and return what was seen."""
    seen, progress = Audit(), progress or _silent
    named = _check_entries(docket, seen, progress)
    _check_tree(docket, seen)
    _check_vault(docket, seen, named, progress)
    return seen


def _silent(step: str, done: int, of: int) -> None:
    """Show nothing."""


def _check_entries(docket: Docket, seen: Audit, progress: Progress) -> dict[str, NamedBlob]:
    named: dict[str, NamedBlob] = {}
    opener, total, expected = Opener(docket), LedgerRow.objects.count(), 0
    subject_numbers: dict[str, int] = defaultdict(int)
    actor_numbers: dict[str, int] = defaultdict(int)
    without_key: dict[str, int] = {}
    erased: set[str] = set()
    for row in rows():
        progress("entries", expected, total)
        if row.index != expected:
            seen.add(Wrong.ENTRY_MISSING, f"entry {expected}")
        expected = row.index + 1
        seen.entries += 1
        subject_numbers[row.subject] += 1
        actor_numbers[row.actor] += 1
        if (row.subject_seq, row.actor_seq) != (subject_numbers[row.subject], actor_numbers[row.actor]):
            seen.add(Wrong.ORDER_CHANGED, f"entry {row.index}")
            subject_numbers[row.subject], actor_numbers[row.actor] = row.subject_seq, row.actor_seq
        entry = _check_row(docket, opener, row, without_key, seen)
        if entry is not None:
            named |= _blobs_of(entry)
        if isinstance(entry, Erased):
            erased.add(entry.erased)
    for subject in without_key.keys() - erased:
        seen.add(Wrong.KEY_LOST, f"entry {without_key[subject]}")
    return {blob: about for blob, about in named.items() if about.subject not in erased}


def _check_row(
    docket: Docket, opener: Opener, row: LedgerRow, without_key: dict[str, int], seen: Audit
) -> Entry | None:
    if row.is_keyset:
        seen.keysets += 1
        if not _is_keyset(docket, row):
            seen.add(Wrong.KEYSET_FORGED, f"entry {row.index}")
        return None
    try:
        opened = opener.open(row)
        if opened is not None:
            entry = read_entry(opened.event)
            seen.opened += 1
            return entry
        seen.erased += 1
        without_key.setdefault(row.subject, row.index)
    except KeyNotHeld:
        seen.not_held += 1
    except SubjectKeyDamaged:
        seen.add(Wrong.KEY_DAMAGED, f"entry {row.index}")
    except SignatureWrong:
        seen.add(Wrong.ENTRY_FORGED, f"entry {row.index}")
    except (EntryDoesNotOpen, EntryMalformed):
        seen.add(Wrong.ENTRY_CHANGED, f"entry {row.index}")
    except (KindUnknown, BodyUnreadable):
        seen.add(Wrong.KIND_UNKNOWN, f"entry {row.index}")
    return None


def _is_keyset(docket: Docket, row: LedgerRow) -> bool:
    data = bytes(row.sealed)
    try:
        read_keyset(data, root_key=raw_key(docket.keyset.root_key), now=None)
    except (KeysetForged, KeysetMalformed):
        return False
    return commit_keyset(data) == bytes(row.leaf)


def _check_tree(docket: Docket, seen: Audit) -> None:
    tiles = audit_tiles(docket.tiles, _leaves())
    for name in tiles.wrong:
        seen.add(Wrong.TILE_WRONG, name)
    try:
        note = docket.tiles.read_all(CHECKPOINT_NAME)
        log_key = Ed25519PublicKey.from_public_bytes(raw_key(docket.keyset.log_key))
        checkpoint = open_checkpoint(note, origin=docket.settings.origin, log_key=log_key)
    except BlobMissing:
        seen.add(Wrong.TILE_WRONG, CHECKPOINT_NAME)
    except (NoteMalformed, NotSignedByThisLedger, SignatureWrong):
        seen.add(Wrong.CHECKPOINT_FORGED, CHECKPOINT_NAME)
    else:
        frontier = Frontier()
        frontier.extend(leaf_hashes(islice(_leaves(), checkpoint.size)))
        if frontier.size != checkpoint.size or frontier.root() != checkpoint.root:
            seen.add(Wrong.CHECKPOINT_WRONG, CHECKPOINT_NAME)


def _leaves() -> Iterator[bytes]:
    # A leaf of another length is named as a changed entry; whatever stands in for it here, the tree is wrong.
    return (leaf if len(leaf) == HASH_BYTES else bytes(HASH_BYTES) for leaf in leaves())


def _check_vault(docket: Docket, seen: Audit, named: dict[str, NamedBlob], progress: Progress) -> None:
    for blob, about in named.items():
        progress("exhibits", seen.blobs, len(named))
        seen.blobs += 1
        try:
            key = docket.subjects.open(SubjectId(about.subject), docket.keyring)
            check_exhibit(docket.vault.blobs, blob, sha256=about.sha256, key=key)
        except ExhibitMissing:
            seen.add(Wrong.BLOB_MISSING, blob)
        except (ExhibitChanged, ExhibitKeyWrong, ExhibitNotAsRecorded):
            seen.add(Wrong.BLOB_CHANGED, blob)


def _blobs_of(entry: Entry) -> dict[str, NamedBlob]:
    """Return every blob that an entry names."""
    if isinstance(entry, LetterReceived):
        parts = {part["blob"]: NamedBlob(entry.subject, part["sealed_sha256"]) for part in entry.parts}
        return {entry.blob: NamedBlob(entry.subject, entry.sealed_sha256), **parts}
    if isinstance(entry, LetterOpened | SourceCaptured):
        exhibits = {exhibit["blob"]: NamedBlob(entry.subject, exhibit["sha256"]) for exhibit in entry.exhibits}
        identity = entry.identity_blob if isinstance(entry, LetterOpened) else ""
        return exhibits | ({identity: NamedBlob(entry.subject, None)} if identity else {})
    return {}
