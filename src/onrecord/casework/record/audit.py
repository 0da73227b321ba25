"""Audit a docket: open every leaf, compute everything again, read every exhibit, and name what is wrong.

Where the database cannot be read, `audit_files` still looks at what lies beside it: the public tree and the vault.

The audit changes nothing. Each finding says what is wrong, where, and what to do; places are entry numbers, blob
hashes and file names of the ledger, never words of a case.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onrecord.casework.docket import KEYSET_FILE, Docket
from onrecord.casework.drawers.draw import KindUnknown, read_entry
from onrecord.casework.entries.docket import Erased
from onrecord.casework.entries.form import BodyUnreadable, Entry
from onrecord.casework.entries.letters import LetterOpened, LetterReceived
from onrecord.casework.entries.sources import SourceCaptured
from onrecord.casework.models import LedgerRow
from onrecord.casework.record import redraw
from onrecord.casework.record.cores import over_all_cores
from onrecord.casework.record.publish import leaves
from onrecord.casework.record.reading import ROWS_AT_A_TIME, Batch, Opener, Row, SubjectKeyMissing, batches
from onrecord.casework.record.sealing import EntryDoesNotOpen
from onrecord.casework.record.subjects import SubjectKeyDamaged
from onrecord.ground.ids import SubjectId
from onrecord.ledger.entry import EntryMalformed, SignatureWrong, commit_keyset
from onrecord.ledger.log import CHECKPOINT_NAME, audit_tiles
from onrecord.ledger.merkle import HASH_BYTES, Frontier, leaf_hashes
from onrecord.ledger.note import NoteMalformed, NotSignedByThisLedger, open_checkpoint
from onrecord.ledger.tiles import ENTRIES, TileDamaged, stored_leaves
from onrecord.seal.keyring import KeyNotHeld
from onrecord.seal.keyset import Keyset, KeysetForged, KeysetMalformed, raw_key, read_keyset
from onrecord.settings import DocketSettings
from onrecord.store.blobs import BlobMissing
from onrecord.store.folder import FolderStore
from onrecord.vault.exhibit import (
    ExhibitChanged,
    ExhibitKeyWrong,
    ExhibitMissing,
    ExhibitNotAsRecorded,
    check_exhibit,
)
from onrecord.vault.receive import Vault

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
    TABLE_CHANGED = "This row is not what the ledger draws: the table was changed by hand."
    BLOB_MISSING = "This exhibit is missing from the vault."
    BLOB_CHANGED = "The stored bytes of this exhibit were changed."


TO_DO = {
    Wrong.TABLE_CHANGED: "Keep a copy as evidence, then run `onrecord ledger redraw`; the ledger is right.",
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

    def join(self, part: "Audit") -> None:
        """Take in what another audit saw of another part of the same docket."""
        for counted in ("entries", "opened", "erased", "not_held", "keysets", "blobs"):
            setattr(self, counted, getattr(self, counted) + getattr(part, counted))
        self.findings += part.findings


def audit(docket: Docket, progress: Progress | None = None) -> Audit:
    """Check ledger, tiles, checkpoint and vault of a docket, and return what was seen."""
    seen, progress = Audit(), progress or _silent
    _check_numbers(seen)
    named = _check_entries(docket, seen, progress)
    tree = _Tree(
        docket.tiles, docket.settings.origin, docket.keyset, lambda: _counted(_leaves(), seen.entries, progress)
    )
    tree.check(seen)
    _check_vault(docket, seen, named, progress)
    if seen.is_whole:
        _check_tables(docket, seen, progress)
    return seen


def audit_files(folder: Path, progress: Progress | None = None) -> Audit:
    """Check a docket whose database cannot be read: its tree against the newest checkpoint, exhibits by their names.

    What is missing from the vault, and what any entry says, nobody can know without the database.
    """
    seen, progress = Audit(), progress or _silent
    tiles = FolderStore(folder / "tiles")
    keyset = read_keyset((folder / KEYSET_FILE).read_bytes(), root_key=None, now=None)
    tree = _Tree(tiles, DocketSettings.read(folder).origin, keyset, lambda: stored_leaves(tiles))
    try:
        seen.entries = tree.check(seen)
    except TileDamaged:
        seen.add(Wrong.TILE_WRONG, f"tile/{ENTRIES}")
    vault = Vault(FolderStore(folder / "vault"))
    names = sorted(vault.stored())
    for name in names:
        progress("exhibits", seen.blobs, len(names))
        seen.blobs += 1
        try:
            check_exhibit(vault.blobs, name, sha256=None, key=None)
        except (ExhibitMissing, ExhibitChanged):
            seen.add(Wrong.BLOB_CHANGED, name)
    return seen


def _check_tables(docket: Docket, seen: Audit, progress: Progress) -> None:
    """Compare every drawn row with the ledger, once the ledger itself is known to be whole."""
    with suppress(SubjectKeyMissing):  # an operator opens no case, and cannot draw what it says; a member's audit does
        for difference in redraw.check(docket, lambda done: progress("tables", done, seen.entries)):
            seen.add(Wrong.TABLE_CHANGED, f"{difference.table} {difference.row}")


def _silent(step: str, done: int, of: int) -> None:
    """Show nothing."""


def _check_numbers(seen: Audit) -> None:
    """Check that entries follow each other without a gap: in the ledger, of each subject and of each actor."""
    expected, last = 0, defaultdict[str, int](int)
    names = ("index", "subject", "subject_seq", "actor", "actor_seq")
    for index, subject, subject_seq, actor, actor_seq in (
        LedgerRow.objects.order_by("index").values_list(*names).iterator()
    ):
        if index != expected:
            seen.add(Wrong.ENTRY_MISSING, f"entry {expected}")
        expected = index + 1
        if (subject_seq, actor_seq) != (last["of " + subject] + 1, last["by " + actor] + 1):
            seen.add(Wrong.ORDER_CHANGED, f"entry {index}")
        last["of " + subject], last["by " + actor] = subject_seq, actor_seq


def _check_entries(docket: Docket, seen: Audit, progress: Progress) -> dict[str, NamedBlob]:
    total, said = LedgerRow.objects.count(), _Said()
    for part in over_all_cores(_Checker(docket).check, batches(docket)):
        seen.join(part.seen)
        said.join(part)
        progress("entries", seen.entries, total)
    for subject in said.without_key.keys() - said.erased:
        seen.add(Wrong.KEY_LOST, f"entry {said.without_key[subject]}")
    return {blob: about for blob, about in said.named.items() if about.subject not in said.erased}


@dataclass(slots=True)
class _Said:
    """What some entries say that concerns others: blobs, erasures; and where a subject without a key was met first."""

    seen: Audit = field(default_factory=Audit)
    named: dict[str, NamedBlob] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    without_key: dict[str, int] = field(default_factory=dict)

    def join(self, later: "_Said") -> None:
        self.named |= later.named
        self.erased |= later.erased
        self.without_key = later.without_key | self.without_key


class _Checker:
    """Opens and verifies batches of entries, in whichever process it is called."""

    def __init__(self, docket: Docket) -> None:
        self._opener, self._root_key = Opener(docket), raw_key(docket.keyset.root_key)

    def check(self, batch: Batch) -> _Said:
        said = _Said()
        for row in self._opener.begin(batch):
            said.seen.entries += 1
            wrong = self._check_keyset(row, said) if row.is_keyset else self._check_entry(row, said)
            if wrong is not None:
                said.seen.add(wrong, f"entry {row.index}")
        return said

    def _check_keyset(self, row: Row, said: _Said) -> Wrong | None:
        said.seen.keysets += 1
        try:
            read_keyset(row.sealed, root_key=self._root_key, now=None)
        except (KeysetForged, KeysetMalformed):
            return Wrong.KEYSET_FORGED
        return None if commit_keyset(row.sealed) == row.leaf else Wrong.KEYSET_FORGED

    def _check_entry(self, row: Row, said: _Said) -> Wrong | None:
        try:
            opened = self._opener.open(row)
            if opened is None:
                said.seen.erased += 1
                said.without_key.setdefault(row.subject, row.index)
                return None
            entry = read_entry(opened.event)
        except KeyNotHeld:
            said.seen.not_held += 1
            return None
        except SubjectKeyDamaged:
            return Wrong.KEY_DAMAGED
        except SignatureWrong:
            return Wrong.ENTRY_FORGED
        except (EntryDoesNotOpen, EntryMalformed):
            return Wrong.ENTRY_CHANGED
        except (KindUnknown, BodyUnreadable):
            return Wrong.KIND_UNKNOWN
        said.seen.opened += 1
        said.named |= _blobs_of(entry)
        if isinstance(entry, Erased):
            said.erased.add(entry.erased)
        return None


@dataclass(frozen=True, slots=True)
class _Tree:
    """The public side of the ledger, and the leaves that it is compared with."""

    tiles: FolderStore
    origin: str
    keyset: Keyset
    leaves: Callable[[], Iterator[bytes]]

    def check(self, seen: Audit) -> int:
        """Check tiles and checkpoint against the leaves, and return how many leaves there are."""
        tiles = audit_tiles(self.tiles, self.leaves())
        for name in tiles.wrong:
            seen.add(Wrong.TILE_WRONG, name)
        try:
            note = self.tiles.read_all(CHECKPOINT_NAME)
            log_key = Ed25519PublicKey.from_public_bytes(raw_key(self.keyset.log_key))
            checkpoint = open_checkpoint(note, origin=self.origin, log_key=log_key)
        except BlobMissing:
            seen.add(Wrong.TILE_WRONG, CHECKPOINT_NAME)
        except (NoteMalformed, NotSignedByThisLedger, SignatureWrong):
            seen.add(Wrong.CHECKPOINT_FORGED, CHECKPOINT_NAME)
        else:
            frontier = Frontier()
            frontier.extend(leaf_hashes(islice(self.leaves(), checkpoint.size)))
            if frontier.size != checkpoint.size or frontier.root() != checkpoint.root:
                seen.add(Wrong.CHECKPOINT_WRONG, CHECKPOINT_NAME)
        return tiles.size


def _counted(leaves: Iterator[bytes], total: int, progress: Progress) -> Iterator[bytes]:
    for done, leaf in enumerate(leaves):
        if done % ROWS_AT_A_TIME == 0:
            progress("tree", done, total)
        yield leaf


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
