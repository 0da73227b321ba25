"""Say what a spool is: where sealed letters wait between the doors that add them and the desk that collects them.

An arrival has a random name. Its parts are written first and `letter.age` last, so an arrival is there when its letter
is there; what is left without a letter is nobody's and is swept after a day. Nothing is ever overwritten, and sorting
random names shuffles the order in which people wrote. A folder and a bucket keep the same promises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from onrecord.errors import BadInput, OnrecordError

LETTER: Final = "letter.age"
PART: Final = re.compile(r"part-[0-9]{2,3}\.age")


class SpoolFull(OnrecordError):
    """There is no room for another letter at the moment."""

    next_step = "Try again tomorrow, or use another way. Nothing that was sent before is lost."
    http_status = 503


class NoRoomForFiles(SpoolFull):
    """There is no room for files now. Your words can be sent without them."""

    next_step = "Leave the files out, or send them tomorrow."
    http_status = 507


class ArrivalMissing(BadInput):
    """This arrival is not in the spool, or what it should hold is not in it."""

    next_step = "Collect again. If it stays missing, look whether somebody else collected it."


@dataclass(frozen=True, slots=True)
class Stored:
    """A sealed piece that is safely stored: its name in the arrival, the hash of its bytes, their number."""

    name: str
    sha256: str
    size_bytes: int


class PieceWriter(Protocol):
    """One sealed piece while it is written; nobody sees it before it is whole."""

    def write(self, data: bytes | bytearray) -> None:
        """Write sealed bytes; raise SpoolFull or NoSpaceLeft where there is no more room."""

    def finish(self) -> Stored:
        """Store the piece durably under its name and say what was stored."""


class ArrivalWriter(Protocol):
    """An arrival while it is written: parts in any number, then the letter, which makes it one. Or nothing at all."""

    @property
    def name(self) -> str:
        """Return the arrival's random name."""

    def part(self) -> PieceWriter:
        """Begin a part."""

    def letter(self) -> PieceWriter:
        """Begin the letter; when it is finished, so is the arrival."""

    def complete(self) -> None:
        """Make a finished arrival safe from a power cut. It may have been collected already."""

    def discard(self) -> None:
        """Give an arrival up, unless it is complete; may be called at any time and twice."""


class DoorSpool(Protocol):
    """What a door may do: add."""

    def begin(self) -> ArrivalWriter:
        """Begin an arrival; raise SpoolFull where there is no room."""

    def room_bytes(self) -> int:
        """Return how much may still be taken in: in all, or within this hour where nobody may count what lies here."""

    def check_room(self, wanted_bytes: int = 0) -> None:
        """Raise SpoolFull unless what was taken in stays workable, and NoRoomForFiles unless this many bytes fit."""


class Spool(DoorSpool, Protocol):
    """What the desk may do besides: read, and remove what is safely elsewhere."""

    def arrivals(self) -> list[str]:
        """Return the names of complete arrivals, in an order that has nothing to do with time."""

    def parts(self, arrival: str) -> list[str]:
        """Return the names of an arrival's parts."""

    def size_bytes(self, arrival: str, name: str = LETTER) -> int:
        """Return the size of one sealed piece; raise ArrivalMissing."""

    def read(self, arrival: str, name: str = LETTER) -> Iterator[bytes]:
        """Yield the bytes of one sealed piece; raise ArrivalMissing."""

    def remove(self, arrival: str) -> None:
        """Remove an arrival that is safely elsewhere. Its letter goes first: half an arrival is never seen as whole."""

    def sweep(self) -> int:
        """Remove what was left without a letter for more than a day, and return how many there were."""
