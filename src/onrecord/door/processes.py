"""Answer in several processes at once, because one Python process uses one processor.

They share the listening sockets and the spool's folder and nothing else. The first one ends the others, when it is told
to stop and also when it is killed.

LIMIT: another process that dies is not started again; the rest go on answering.
"""

import os
import signal
import threading
from collections.abc import Callable


def answer_in(processes: int, answer: Callable[[], None]) -> None:
    """Call `answer` in this process and in others beside it; return when all of them have ended."""
    signal.signal(signal.SIGTERM, _leave)
    watched, held = os.pipe()
    others = [_start(answer, watched, held) for _ in range(processes - 1)]
    try:
        answer()
    finally:
        os.close(held)
        for other in others:
            os.waitpid(other, 0)


def _start(answer: Callable[[], None], watched: int, held: int) -> int:
    process = os.fork()
    if process:
        return process
    try:
        os.close(held)
        threading.Thread(target=_stop_after_the_first, args=(watched,), daemon=True).start()
        answer()
    finally:
        os._exit(0)


def _stop_after_the_first(watched: int) -> None:
    os.read(watched, 1)  # nothing is ever written: this returns when the process that holds the other end has ended
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(*_: object) -> None:
    raise SystemExit
