"""Make guessing passphrases slow: one attempt at a time, and a longer wait after each that failed.

LIMIT: the count is the desk's and not a name's, so that it cannot tell which names exist; whoever can reach the sign-in
page can make everybody wait a minute. The page is served to this machine only.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onrecord.errors import Refused

# One slip of the hand costs nothing; five wrong ones in a row cost a minute each.
FREE_ATTEMPTS = 1
LONGEST_SECONDS = 60


class TooManyAttempts(Refused):
    """Too many attempts failed in a short time, so this one was not tried."""

    next_step = "Wait a minute, then type name and passphrase again."
    http_status = 429


class Patience:
    """Counts attempts that failed and says how long the next one has to wait."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._failed = 0
        self._next_at = 0.0
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Hold the only attempt there may be now; raise TooManyAttempts. An error inside counts as a failed one."""
        with self._one_at_a_time:
            if self._seconds() < self._next_at:
                raise TooManyAttempts
            try:
                yield
            except Refused:
                self._failed += 1
                self._next_at = self._seconds() + self._wait()
                raise
            self._failed, self._next_at = 0, 0.0

    def _wait(self) -> float:
        steps = min(self._failed - FREE_ATTEMPTS, 10)
        return 0.0 if steps <= 0 else min(2.0 ** (steps + 1), LONGEST_SECONDS)
