"""Say what one bundle holds: the statements, the exhibits they rest on, the entries of the ledger, and what stays.

Plain values, filled by whoever reads the docket and never changed afterwards. Nothing here knows where it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.ground.ids import ActId, BundleId, ClaimId, EventId, ExhibitId, SubjectId


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
class DerivedCopy:
    """A copy made from an exhibit: a transcript, a translation, a picture without its metadata."""

    id: ExhibitId
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    parent_sha256: str
    tool: str
    tool_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file exactly as it was received."""

    id: ExhibitId
    subject: SubjectId
    origin: Origin
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    ct_sha256: str
    derived: tuple[DerivedCopy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words of an exhibit on which a claim rests."""

    exhibit: ExhibitId
    start: int
    end: int
    quote: str
    quote_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One coded value: a field of the codebook and what the passage says about it."""

    field: str
    value: str
    is_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attributed assertion. `said_by` runs from the one who published it to the one who is said to know it."""

    id: ClaimId
    kind: str
    about: str
    values: tuple[Value, ...]
    passage: Passage
    said_by: tuple[str, ...] = ()
    connection: str = ""
    reliability: str = ""
    credibility: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """Who is said to have done an act, and in which degree."""

    perpetrator: str
    degree: str
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActValue:
    """A value of an act with the claims it rests on."""

    field: str
    value: str
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done to one victim in one event. `when` is EDTF; `earliest` is the first day it can mean."""

    id: ActId
    event: EventId
    kind: str
    victim: str
    when: str = ""
    earliest: str = ""
    where: str = ""
    involvements: tuple[Involvement, ...] = ()
    values: tuple[ActValue, ...] = ()
    claims: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisLine:
    """Why one thing may leave. `field` is empty for a whole exhibit."""

    thing: str
    id: str
    basis: Basis
    reason: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What stays, and the rule that keeps it. It never says what it withholds."""

    thing: str
    id: str
    reason: str
    field: str = ""


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
    subject_kind: str
    name: str
    purpose: str
    bases: tuple[Basis, ...]
    exhibits: tuple[Exhibit, ...] = ()
    claims: tuple[Claim, ...] = ()
    acts: tuple[Act, ...] = ()
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
