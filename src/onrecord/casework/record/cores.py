"""Do one kind of work over all cores, in order: reading a whole ledger is arithmetic on keys, and takes what there is.

The workers are copies of this process. What they need, keys included, they have from its memory: no key is ever
written anywhere or passed along. They open no database and keep nothing; they end with the work, with Ctrl-C, and when
this process is gone.

LIMIT: while the work lasts, each worker's memory holds the keys that this process held when it began.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")

# Batches given out ahead of the one whose result is awaited: enough that no worker waits, few enough for little memory.
AHEAD_OF_EACH_CORE = 3


def over_all_cores(work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
    """Yield what the work makes of each batch, in order; a single batch is done here, without other processes."""
    stream = iter(batches)
    first = list(islice(stream, 2))
    if len(first) < 2:
        yield from map(work, first)
        return
    cores = len(os.sched_getaffinity(0))
    pool = ProcessPoolExecutor(cores, get_context("fork"), initializer=_begin, initargs=(work,))
    try:
        waiting: deque[Future[Result]] = deque()
        for batch in chain(first, stream):
            waiting.append(pool.submit(_do, batch))
            if len(waiting) > cores * AHEAD_OF_EACH_CORE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work
    gc.freeze()  # else the first collection would touch, and so copy, all the memory shared with the first process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _do(batch: Any) -> Any:
    return _work(batch)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)
