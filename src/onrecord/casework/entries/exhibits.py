"""How an exhibit is described in the entry that receives it, and how a passage of it is marked."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class ExhibitReceived:
    """One exhibit inside LetterOpened or SourceCaptured: what was received, or made, and from what."""

    id: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    blob: str
    made_from: str = ""
    tool: str = ""
    is_reading_text: bool = False

    def plain(self) -> dict[str, Any]:
        """Return the form that stands in the entry's body."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PassageMarked(Entry):
    """A span of an exhibit's text was marked, under the exhibit's subject: erasing that erases the words."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "letter"
    SUBJECT_FIELD: ClassVar[str] = "owner"

    passage: str
    owner: str
    exhibit: str
    start: int
    end: int
    quote: str
    quote_sha256: str
