"""What passes between desk and reporter after a first letter: boxes sealed for them, and what they ask to stop.

All of it belongs to the reporter's first letter: erasing that letter erases what was said to its writer.
"""

from dataclasses import dataclass
from typing import ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class ThreadEntry(Entry):
    """An entry that belongs to a first letter and whatever follows it."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "letter"
    SUBJECT_FIELD: ClassVar[str] = "letter"

    letter: str


@dataclass(frozen=True, slots=True)
class LetterAcknowledged(ThreadEntry):
    """A box without a message was sealed for the reporter: it says that a member opened the letter."""

    counter: int
    mailbox: str
    month: str
    opened: str
    box: str  # the sealed box in base64, byte for byte as a door hands it out


@dataclass(frozen=True, slots=True)
class ReplyWritten(ThreadEntry):
    """A note or a question was written to the reporter, and a box sealed that holds it and the newest ones before."""

    counter: int
    mailbox: str
    month: str
    opened: str
    box: str
    number: int
    kind: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ErasureAsked(ThreadEntry):
    """A later letter asks to erase everything. Until a member has decided, nothing of the reporter is used."""

    said_in: str
    tier: str


@dataclass(frozen=True, slots=True)
class HoldLifted(ThreadEntry):
    """A member decided that a request to erase does not stand, and says why."""

    said_in: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConsentConfirmed(ThreadEntry):
    """A reporter who wants to be asked each time said yes to one purpose, in a later letter: good for one bundle."""

    purpose: str
    said_in: str
