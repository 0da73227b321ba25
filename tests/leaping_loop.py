"""An event loop on which minutes pass at once: when nothing is ready, its clock leaps to the next thing that is due.

So a test can wait as long as the product does, and what it sees does not depend on the speed of the machine.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LeapingLoop(asyncio.SelectorEventLoop):
    """A loop with a clock of its own, which begins at nought."""

    def __init__(self) -> None:
        self.now_seconds = 0.0
        super().__init__(_LeapingSelector(self))

    def time(self) -> float:
        return self.now_seconds


class _LeapingSelector(selectors.DefaultSelector):
    def __init__(self, loop: LeapingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0 if timeout is not None else None)
        if not ready and timeout is not None:
            self._loop.now_seconds += timeout
        return ready


def run_leaping(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as asyncio.run does, without waiting for its timers."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(work)
