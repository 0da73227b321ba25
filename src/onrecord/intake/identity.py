"""Open the part of a letter that says who wrote it; only holders of the identity key can.

What it says is kept nowhere: it is neither recorded nor indexed. That a member read it is recorded before it is shown,
under that member's name and no other.
"""

from typing import Any

from onrecord.casework.docket import Docket
from onrecord.casework.entries.letters import IdentityRead
from onrecord.casework.models import Letter
from onrecord.casework.record.append import record
from onrecord.errors import BadInput, Damaged
from onrecord.ground.canon import NotCanonical, parse_canonical
from onrecord.ground.ids import SubjectId
from onrecord.seal.open import open_sealed
from onrecord.vault.exhibit import open_exhibit


class NoIdentityPart(BadInput):
    """Nobody put a name or a contact to this letter."""

    next_step = "Read the letter itself; what it says of people is in its words."


class IdentityUnreadable(Damaged):
    """The part with name and contact is not written as such a part is."""

    next_step = "Keep the letter as it is; somebody wrote it by hand."


def read_identity(docket: Docket, letter: Letter) -> dict[str, str]:
    """Return name and contact of a letter, once the look is recorded; raise NoIdentityPart or KeyNotHeld."""
    if not letter.identity_blob:
        raise NoIdentityPart
    key = docket.subjects.open(SubjectId(letter.subject), docket.keyring)
    sealed = b"".join(open_exhibit(docket.vault.blobs, letter.identity_blob, key))
    opened = open_sealed(sealed, docket.keyring.identities("identity")).rstrip(b"\x00")
    try:
        value: Any = parse_canonical(opened)
        identity = {"name": str(value["name"]), "contact": str(value["contact"])}
    except (NotCanonical, KeyError, TypeError):
        raise IdentityUnreadable from None
    record(docket, IdentityRead(letter=letter.id))
    return identity
