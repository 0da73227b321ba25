"""One door may answer in several processes: they share a spool, and end together."""

import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from invented_door import form
from onrecord.store.folder_spool import FolderSpool
from running_door import RunningDoor, running_door
from waiting import PATIENCE_SECONDS, is_running, wait_until

LETTER = form([("account", "An invented account.")])


@pytest.fixture
def door(tmp_path, free_port) -> Iterator[RunningDoor]:
    with running_door(tmp_path, free_port, processes=3) as door:
        yield door


def is_free(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) != 0


def test_letters_that_come_at_once_all_arrive(door):
    assert len(door.processes) == 3

    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: door.post("/en/safe", [LETTER], len(LETTER)), range(24)))

    assert answers == [200] * 24
    assert len(FolderSpool(door.spool).arrivals()) == 24
    assert door.errors.read_bytes() == b""


def test_a_door_that_is_told_to_stop_stops_whole(door):
    processes = door.processes

    door.process.terminate()

    assert door.process.wait(timeout=PATIENCE_SECONDS) == 0
    assert not any(map(is_running, processes))
    assert is_free(door.port)


def test_no_process_outlives_the_first(door):
    processes = door.processes

    door.process.kill()
    door.process.wait()

    assert wait_until(lambda: is_free(door.port))
    assert wait_until(lambda: not any(map(is_running, processes)))


def test_a_process_that_dies_does_not_close_the_door(door):
    dying = door.processes[-1]
    os.kill(dying, signal.SIGKILL)
    assert wait_until(lambda: not is_running(dying))

    answers = [door.post("/en/safe", [LETTER], len(LETTER)) for _ in range(8)]

    assert answers == [200] * 8


def test_together_they_take_in_what_may_lie_here_and_a_letter_each_at_most(tmp_path, free_port):
    with running_door(tmp_path, free_port, processes=3, spool_bytes=300_000) as door:
        answers = [door.post("/en/safe", [LETTER], len(LETTER)) for _ in range(24)]

    spool = FolderSpool(door.spool)
    taken = sum(spool.size_bytes(arrival) for arrival in spool.arrivals())
    assert set(answers) == {200, 503}
    assert answers.count(200) == len(spool.arrivals())
    assert 300_000 < taken <= 300_000 + 4 * 70_000
