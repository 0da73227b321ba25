"""Make identifiers that say nothing: 128 random bits, written as 32 hexadecimal digits, made before recording."""

import secrets
from collections.abc import Callable
from typing import NewType

ID_BYTES = 16

SubjectId = NewType("SubjectId", str)
ActorId = NewType("ActorId", str)
LetterId = NewType("LetterId", str)
ExhibitId = NewType("ExhibitId", str)
SourceId = NewType("SourceId", str)
PassageId = NewType("PassageId", str)
ClaimId = NewType("ClaimId", str)
CaseId = NewType("CaseId", str)
EventId = NewType("EventId", str)
ActId = NewType("ActId", str)
PersonId = NewType("PersonId", str)
PatternId = NewType("PatternId", str)
BundleId = NewType("BundleId", str)

RandomBytes = Callable[[int], bytes]


def new_id(random: RandomBytes = secrets.token_bytes) -> str:
    """Return a new identifier of 32 hexadecimal digits."""
    return random(ID_BYTES).hex()


def is_id(text: str) -> bool:
    """Tell whether a text has the form of an identifier."""
    return len(text) == 2 * ID_BYTES and all(character in "0123456789abcdef" for character in text)
