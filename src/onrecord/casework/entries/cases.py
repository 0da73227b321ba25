"""What happens in a case or a pattern: opened, acts and people added, claims coded and withdrawn, bundles made."""

from dataclasses import dataclass
from typing import ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class CaseEntry(Entry):
    """An entry that belongs to a case."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "case"
    SUBJECT_FIELD: ClassVar[str] = "case"

    case: str


@dataclass(frozen=True, slots=True)
class CaseOpened(CaseEntry):
    """A case was opened under a name that says nothing about anybody."""

    name: str


@dataclass(frozen=True, slots=True)
class EventOpened(CaseEntry):
    """An event was added to a case."""

    event: str
    title: str


@dataclass(frozen=True, slots=True)
class PersonAdded(CaseEntry):
    """An individual or a group was added to a case, without a name."""

    person: str
    counting_unit: str
    number_min: int | None
    number_best: int | None
    number_max: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class ActOpened(CaseEntry):
    """An act done to one victim in one event was added."""

    act: str
    event: str
    victim: str


@dataclass(frozen=True, slots=True)
class InvolvementAdded(CaseEntry):
    """A perpetrator was tied to an act with a degree of involvement."""

    involvement: str
    act: str
    perpetrator: str
    degree: str


@dataclass(frozen=True, slots=True)
class HeldEntry(Entry):
    """An entry that belongs to whatever holds claims: a case or a pattern."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "case"
    SUBJECT_FIELD: ClassVar[str] = "holder"

    holder: str


@dataclass(frozen=True, slots=True)
class ClaimCoded(HeldEntry):
    """A claim was coded on a passage. It names the passage only: the words lie under the exhibit's subject."""

    holder_kind: str
    claim: str
    act: str
    person: str
    kind: str
    passage: str
    exhibit: str
    values: tuple[dict[str, str], ...]  # {"field", "value", "mode"} each
    by: tuple[dict[str, str], ...]  # {"kind", "source", "name"} each, nearest to the words first
    connection: str
    manner: str
    stance: str
    reliability: str
    credibility: str


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn(HeldEntry):
    """A claim was taken back by a member; it stays on record with the reason."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class BundleMade(HeldEntry):
    """A bundle left: its basis, its manifest, and how many entries each subject had, so that a missing one shows."""

    bundle: str
    basis: tuple[str, ...]
    purpose: str
    reason: str
    manifest_sha256: str
    counts: dict[str, int]
    left_out: int
    log_size: int


@dataclass(frozen=True, slots=True)
class PatternOpened(Entry):
    """A pattern was opened: what recurs, with no victim and no act."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "pattern"
    SUBJECT_FIELD: ClassVar[str] = "pattern"

    pattern: str
    name: str
    code: str
