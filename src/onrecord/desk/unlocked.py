"""Hold the keys of members who are signed in: in this process's memory, for as long as they work, and nowhere else.

A session in the database names a member and opens nothing by itself. Sign-out, idleness and the end of the process
forget the keys, and then the session is worth nothing.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.seal.keyring import Keyring


@dataclass(slots=True)
class _Held:
    keyring: Keyring
    used_at: float


class Unlocked:
    """The open keyrings of one desk, each under the session that unlocked it."""

    def __init__(self, idle_minutes: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self.idle_minutes = idle_minutes
        self._seconds = seconds
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def keep(self, session: str, keyring: Keyring) -> None:
        """Keep a member's keyring for a session."""
        with self._lock:
            self._held[session] = _Held(keyring, self._seconds())

    def use(self, session: str | None) -> Keyring | None:
        """Return the keyring of a session and count its idle time anew; None once it was forgotten."""
        self.forget_idle()
        with self._lock:
            held = self._held.get(session or "")
            if held is None:
                return None
            held.used_at = self._seconds()
            return held.keyring

    def forget(self, session: str | None) -> None:
        """Forget the keys of a session."""
        with self._lock:
            held = self._held.pop(session or "", None)
        if held is not None:
            held.keyring.forget()

    def forget_idle(self) -> None:
        """Forget the keys of every session that nobody used for too long."""
        oldest = self._seconds() - self.idle_minutes * 60
        with self._lock:
            idle = [session for session, held in self._held.items() if held.used_at < oldest]
        for session in idle:
            self.forget(session)

    def __len__(self) -> int:
        return len(self._held)
