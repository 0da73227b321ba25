"""Keep room for those who write, when somebody fills the door, without remembering anything about anybody.

When this hour takes in much of the room there is, a script works for its letter: SHA-256 over "onrecord-work/v1", the
sealed letter's hash, the hour and a nonce, one a line, must begin with so many zero bits. Whoever brings no work then
goes through one at a time. No address and no count of a person is kept. Doors beside one folder see nearly the same
room and ask nearly the same; before a bucket the room is what one process takes in within an hour, and each process
counts its own. Work passes once an hour: the hashes of the letters that brought it are kept until the hour ends, and a
letter that comes again waits.

LIMIT: a botnet works too. The work makes filling the spool slow and dear; it stops nobody who pays.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

from onrecord.errors import OnrecordError
from onrecord.ground.bounds import QUEUE_LETTERS, QUEUE_SECONDS, WORK_BITS, WORK_BITS_MOST
from onrecord.ground.clock import Clock
from onrecord.store.spool import DoorSpool

# Eighths of the room that this hour began with: the first of them costs nothing.
_STEPS: Final = 8
_BITS_A_STEP: Final = 2


class DoorBusy(OnrecordError):
    """Too many letters are arriving at this moment."""

    next_step = "Wait a minute, then send it again."
    http_status = 503


class Limits:
    """What one process of a door asks of those who send."""

    def __init__(self, spool: DoorSpool, clock: Clock, *, queue_seconds: float = QUEUE_SECONDS) -> None:
        self._spool = spool
        self._clock = clock
        self._queue_seconds = queue_seconds
        self._queue = asyncio.Lock()
        self._waiting = 0
        self._hour = ""
        self._began_with = 0
        self._passed: set[str] = set()

    def hour(self) -> str:
        """Return this hour, as work names it."""
        return _hour(self._clock.now())

    def bits(self) -> int:
        """Return with how many zero bits work must begin now: none where this hour takes in little."""
        hour, room = self.hour(), self._spool.room_bytes()
        if hour != self._hour:
            self._passed.clear()
        if hour != self._hour or room > self._began_with:
            self._hour, self._began_with = hour, room
        step = _STEPS * (self._began_with - room) // max(1, self._began_with)
        return min(WORK_BITS_MOST, WORK_BITS + _BITS_A_STEP * (step - 1)) if step else 0

    @asynccontextmanager
    async def turn(self, *, sha256: str = "", hour: str = "", nonce: str = "") -> AsyncIterator[None]:
        """Let a letter in: at once when it is calm or work was done, else one after another; raise DoorBusy."""
        bits = self.bits()
        if nonce and bits:
            # What was asked may have risen by a step while the letter was on its way, and the hour may have ended.
            hours = (self.hour(), _hour(self._clock.now() - timedelta(hours=1)))
            if hour not in hours or not is_work(sha256, hour, nonce, bits - _BITS_A_STEP):
                raise DoorBusy
        if not bits or (nonce and sha256 not in self._passed):
            yield
            if bits:
                self._passed.add(sha256)
            return
        if self._waiting >= QUEUE_LETTERS:
            raise DoorBusy
        self._waiting += 1
        try:
            async with self._queue:
                await asyncio.sleep(self._queue_seconds)
                yield
        finally:
            self._waiting -= 1


def is_work(sha256: str, hour: str, nonce: str, bits: int) -> bool:
    """Tell whether somebody worked for a sealed letter in this hour."""
    asked = f"onrecord-work/v1\n{sha256}\n{hour}\n{nonce}".encode()
    return int.from_bytes(hashlib.sha256(asked).digest(), "big") < 1 << 256 - bits


def _hour(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H}"
