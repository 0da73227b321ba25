"""What happens to a source: captured with its bytes, described by a person, related to other sources."""

from dataclasses import dataclass
from typing import Any, ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind
from onrecord.ground.ids import SubjectId


@dataclass(frozen=True, slots=True)
class SourceCaptured(Entry):
    """A page or file was captured bit-exact; what a tool proposes about it stands beside, unconfirmed."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"

    source: str
    captured_at: str
    collector: str
    tool: str
    media_type: str
    proposal: dict[str, Any]
    exhibits: tuple[dict[str, Any], ...]

    @property
    def subject(self) -> SubjectId:
        """Return the subject under whose key this entry lies."""
        return SubjectId(self.source)


@dataclass(frozen=True, slots=True)
class SourceDescribed(Entry):
    """A person confirmed who published the source, who wrote it and when. An empty text means: not known."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"

    source: str
    title: str
    author: str
    publisher: str
    published: str
    published_raw: str
    reading_order: str

    @property
    def subject(self) -> SubjectId:
        """Return the subject under whose key this entry lies."""
        return SubjectId(self.source)


@dataclass(frozen=True, slots=True)
class SourcesRelated(Entry):
    """A person recorded how one source stands to another (codebook: source_relation)."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"

    link: str
    source: str
    relation: str
    other: str

    @property
    def subject(self) -> SubjectId:
        """Return the subject under whose key this entry lies."""
        return SubjectId(self.source)
