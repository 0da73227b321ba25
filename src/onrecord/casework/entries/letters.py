"""What happens to a letter: received sealed, opened or put in quarantine; and who read whom it is from."""

from dataclasses import dataclass
from typing import Any, ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class LetterReceived(Entry):
    """A sealed letter was taken from the spool into the vault, as ciphertext."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "letter"
    SUBJECT_FIELD: ClassVar[str] = "letter"

    letter: str
    sealed_sha256: str
    size_bytes: int
    blob: str
    parts: tuple[dict[str, Any], ...]  # {"sealed_sha256", "size_bytes", "blob"} each
    arrived_on: str


@dataclass(frozen=True, slots=True)
class LetterOpened(Entry):
    """A letter was opened and each of its files was received into the vault."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "letter"
    SUBJECT_FIELD: ClassVar[str] = "letter"

    letter: str
    form: str
    tier: str
    language: str
    path: str
    written_on: str
    answers: dict[str, Any]
    prompted: tuple[str, ...]
    consent: tuple[dict[str, str], ...]  # {"purpose", "state", "wording_sha256"} each
    reporter: dict[str, str] | None
    continues: str  # the first letter of the same reporter, if this is a later one
    counter: int  # which one of this reporter it is: 0 where the desk had not answered yet
    body_sha256: str  # of everything in the letter that a signature covers, so that it is not taken in twice
    identity_blob: str
    exhibits: tuple[dict[str, Any], ...]  # see entries.exhibits


@dataclass(frozen=True, slots=True)
class LetterQuarantined(Entry):
    """A letter could not be opened or did not verify; it is kept and listed."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "letter"
    SUBJECT_FIELD: ClassVar[str] = "letter"

    letter: str
    reason: str


@dataclass(frozen=True, slots=True)
class IdentityRead(Entry):
    """The part with name and contact was opened and read by the member who signs this; what it says stands nowhere."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "letter"
    SUBJECT_FIELD: ClassVar[str] = "letter"

    letter: str


# What a service may say: that a letter came. Everything else is said by a member, who answers for it.
SERVICE_KINDS = frozenset({LetterReceived.__name__})
