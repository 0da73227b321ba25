"""Say what one bundle holds: the statements, the exhibits they rest on, the entries of the ledger, and what stays.

Plain values, filled by whoever reads the docket and never changed afterwards. Nothing here knows where it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.ground.ids import BundleId, ClaimId, ExhibitId, SubjectId


class Basis(StrEnum):
    """On what ground a thing may leave."""

    CONSENT = "consent"
    PUBLIC_SOURCE = "public_source"
    LAWFUL_ORDER = "lawful_order"
    VITAL_INTEREST = "vital_interest"


class Origin(StrEnum):
    """How an exhibit came to us."""

    LETTER = "letter"
    SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file exactly as it was received, or as a tool of ours made it from one that was."""

    id: ExhibitId
    subject: SubjectId
    origin: Origin
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    made_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One coded value: a field of the codebook and what the passage says about it."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attributed assertion, as far as deciding and showing need it: its words are those of its entry."""

    id: ClaimId
    kind: str
    act: str
    exhibit: ExhibitId
    values: tuple[Value, ...]
    holds_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisLine:
    """Why one exhibit may leave, and the entry that carries it; none for what the sealing entry itself names."""

    exhibit: ExhibitId
    basis: Basis
    reason: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What stays, and the rule that keeps it. It never says what it withholds."""

    thing: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEntry:
    """An entry of the ledger that is opened to the reader. `rests_on`: the exhibits whose words it repeats."""

    index: int
    envelope: bytes
    salt: bytes
    rests_on: tuple[ExhibitId, ...] = ()
    holds_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldEntry:
    """An entry that is counted and not opened: withheld, or erased."""

    index: int
    subject: SubjectId
    subject_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetLeaf:
    """A published keyset, exactly as signed by the root key, and its place in the ledger."""

    index: int
    file: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything one bundle holds, except the proofs that can only be made once it is sealed."""

    bundle: BundleId
    subject: SubjectId
    purpose: str
    bases: tuple[Basis, ...]
    exhibits: tuple[Exhibit, ...] = ()
    claims: tuple[Claim, ...] = ()
    basis_lines: tuple[BasisLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    opened: tuple[OpenedEntry, ...] = ()
    withheld: tuple[WithheldEntry, ...] = ()
    keysets: tuple[KeysetLeaf, ...] = ()
    counts: Mapping[SubjectId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCheckpoint:
    """A checkpoint signed before, and the proof that the ledger of the bundle grew out of it."""

    note: bytes
    consistency: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleProof:
    """What is known once the bundle is sealed: the sealing entry, the checkpoint, a path from each entry to it."""

    root_key: bytes
    seal: OpenedEntry
    checkpoint: bytes
    paths: Mapping[int, tuple[bytes, ...]]
    earlier: tuple[EarlierCheckpoint, ...] = ()
