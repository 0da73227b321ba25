"""Work is spread over processes, and comes back as if it had been done here."""

import os
import signal
import subprocess
import sys

import pytest

from onrecord.casework.record.cores import over_all_cores
from onrecord.casework.record.reading import SubjectKeyMissing
from waiting import PATIENCE_SECONDS, is_running, wait_until


def test_results_come_in_the_order_of_the_batches() -> None:
    def work(batch: list[int]) -> list[int]:
        return [2 * number for number in batch]

    results = list(over_all_cores(work, ([number] for number in range(100))))

    assert results == [[2 * number] for number in range(100)]


def test_a_single_batch_is_done_in_this_process() -> None:
    assert list(over_all_cores(lambda _batch: os.getpid(), [1])) == [os.getpid()]


def test_several_are_done_in_others_and_none_is_left() -> None:
    workers = set(over_all_cores(lambda _batch: os.getpid(), range(50)))

    assert os.getpid() not in workers
    assert not any(is_running(worker) for worker in workers)


def test_an_error_reaches_the_caller_as_itself() -> None:
    def work(batch: int) -> int:
        if batch == 7:
            raise SubjectKeyMissing
        return batch

    with pytest.raises(SubjectKeyMissing) as raised:
        list(over_all_cores(work, range(50)))

    assert str(raised.value) == SubjectKeyMissing.sentence()
    assert raised.value.id


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_program(ending: signal.Signals) -> None:
    program = """
import os, time
from onrecord.casework.record.cores import over_all_cores
def work(batch):
    print(os.getpid(), flush=True)
    time.sleep(0.2)
list(over_all_cores(work, range(10_000)))
"""
    started = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert started.stdout is not None
    worker = int(started.stdout.readline())

    started.send_signal(ending)
    started.wait(timeout=PATIENCE_SECONDS)

    assert wait_until(lambda: not is_running(worker))
