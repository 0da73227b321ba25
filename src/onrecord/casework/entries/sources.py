"""What happens to a source: captured with its bytes, described by a person, related to other sources, graded."""

from dataclasses import dataclass
from typing import Any, ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class SourceCaptured(Entry):
    """A page or file was captured bit-exact; what a tool proposes about it stands beside, unconfirmed."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"
    SUBJECT_FIELD: ClassVar[str] = "source"

    source: str
    captured_at: str
    collector: str
    tool: str
    media_type: str
    proposal: dict[str, Any]
    exhibits: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SourceDescribed(Entry):
    """A person confirmed who published the source, who wrote it and when. An empty text means: not known."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"
    SUBJECT_FIELD: ClassVar[str] = "source"

    source: str
    title: str
    author: str
    publisher: str
    published: str
    published_raw: str
    reading_order: str


@dataclass(frozen=True, slots=True)
class SourcesRelated(Entry):
    """A person recorded how one source stands to another (codebook: source_relation)."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"
    SUBJECT_FIELD: ClassVar[str] = "source"

    link: str
    source: str
    relation: str
    other: str


@dataclass(frozen=True, slots=True)
class OriginGraded(Entry):
    """A person graded a letter or a source: how reliable it is, how credible what it says. Empty: not judged."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "source"
    SUBJECT_FIELD: ClassVar[str] = "origin"

    grade: str
    origin: str
    reliability: str
    credibility: str
    reason: str
