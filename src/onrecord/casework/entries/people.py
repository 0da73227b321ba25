"""What happens to a person's name: given under the identity key, apart from the case."""

from dataclasses import dataclass
from typing import ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind
from onrecord.ground.ids import SubjectId


@dataclass(frozen=True, slots=True)
class PersonNamed(Entry):
    """A person was named, in one or more written forms; only holders of the identity key can read this entry."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "person"

    person: str
    forms: tuple[str, ...]

    @property
    def subject(self) -> SubjectId:
        """Return the subject under whose key this entry lies."""
        return SubjectId(self.person)
