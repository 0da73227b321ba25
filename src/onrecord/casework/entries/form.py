"""What every kind of entry has in common: a subject it belongs to, and a body that is read strictly.

A kind, once released, is never reinterpreted: a change of meaning is a new version, and a pure reader lifts the old
body to the new form while the stored bytes stay. A body with a key too many or too few is refused, never guessed
at.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from onrecord.errors import Damaged
from onrecord.ground.ids import SubjectId

SubjectKind = Literal["letter", "account", "source", "person", "case", "pattern", "docket"]


class BodyUnreadable(Damaged):
    """An entry of the ledger has a form that this version of Onrecord does not know."""

    next_step = "Install the newest version of Onrecord, then draw the tables again. Change nothing by hand."


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done, in the past tense. Subclasses name their fields and the subject they belong to."""

    VERSION: ClassVar[int] = 1
    SUBJECT_KIND: ClassVar[SubjectKind]
    SUBJECT_FIELD: ClassVar[str]  # the field that names the subject

    @property
    def subject(self) -> SubjectId:
        """Return the subject under whose key this entry lies."""
        return SubjectId(getattr(self, self.SUBJECT_FIELD))

    def body(self) -> dict[str, Any]:
        """Return the body as it is written: plain JSON values, every field present."""
        names: tuple[str, ...] = self.__match_args__
        return {name: _plain(getattr(self, name)) for name in names}

    @classmethod
    def lift(cls, body: dict[str, Any], version: int) -> dict[str, Any]:  # noqa: ARG003
        """Return the body of an older version of this kind in the form of the newest; raise BodyUnreadable."""
        return body

    @classmethod
    def read(cls, body: dict[str, Any]) -> Self:
        """Read a body; raise BodyUnreadable unless it has exactly this kind's fields."""
        if body.keys() != set(cls.__match_args__):
            raise BodyUnreadable
        return cls(**{name: _frozen(value) for name, value in body.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
