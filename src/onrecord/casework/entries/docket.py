"""What happens to the docket itself: opened, members added and given roles, padding, and subjects erased."""

from dataclasses import dataclass
from typing import ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class DocketEntry(Entry):
    """An entry that belongs to the docket as a whole."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "docket"
    SUBJECT_FIELD: ClassVar[str] = "docket"

    docket: str


@dataclass(frozen=True, slots=True)
class DocketOpened(DocketEntry):
    """The docket was set up under this origin."""

    origin: str


@dataclass(frozen=True, slots=True)
class MemberAdded(DocketEntry):
    """A member was given keys."""

    member: str
    name: str
    verify_key: str


@dataclass(frozen=True, slots=True)
class RolesGiven(DocketEntry):
    """A lead gave a member these roles, in place of those they had."""

    grant: str
    member: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Padding(DocketEntry):
    """Nothing happened: this entry hides how many others there are."""


@dataclass(frozen=True, slots=True)
class Erased(DocketEntry):
    """The key of a subject was erased; that is complete when the epoch's keys are destroyed, at the date given.

    Of a letter the hash of its sealed bytes stays, so that a copy sent again is known and not taken in once more.
    """

    erased: str
    erased_kind: str
    reason: str
    complete_after: str
    sealed_sha256: str
