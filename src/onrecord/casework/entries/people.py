"""What happens to a person's name: given under the identity key, apart from the case."""

from dataclasses import dataclass
from typing import ClassVar

from onrecord.casework.entries.form import Entry, SubjectKind


@dataclass(frozen=True, slots=True)
class PersonNamed(Entry):
    """A person was named, in one or more written forms; only holders of the identity key can read this entry."""

    SUBJECT_KIND: ClassVar[SubjectKind] = "person"
    SUBJECT_FIELD: ClassVar[str] = "person"

    person: str
    forms: tuple[str, ...]
