"""Close a connection over which no whole request comes, so that nobody holds the door's places by saying nothing.

How long a letter may take is bounded in door.body; this bounds what comes before one, and between two.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.ground.bounds import PATIENCE_SECONDS


class PatientConnection(H11Protocol):
    """A connection that is looked at from time to time, and closed when nothing was answered over it in between."""

    _answers = 0
    _next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to look."""
        super().connection_made(transport)
        self._look(answers_before=-1)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more: what is waited for keeps what was said over it in memory."""
        if self._next_look:
            self._next_look.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Count the answer."""
        self._answers += 1
        super().on_response_complete()

    def _look(self, answers_before: int) -> None:
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if answers_before == self._answers and not is_answering:
            self.timeout_keep_alive_handler()
        else:
            self._next_look = self.loop.call_later(PATIENCE_SECONDS, self._look, self._answers)
