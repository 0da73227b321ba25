"""A real door, watched from outside: nothing it was told ever reaches a disk in clear, and half a letter is none."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

from invented_door import end, field, file
from onrecord.ground.bounds import MIB
from onrecord.seal.letter.read import LetterReading, read_part
from onrecord.store.folder_spool import FolderSpool
from running_door import RunningDoor, Watch, running_door

CANARY = b"canary-7d1f-sings-in-the-invented-film"
FILM_BYTES = 100 * MIB


def upload(film_bytes: int = FILM_BYTES) -> tuple[list[bytes], int]:
    """Return a form with a film in which the canary stands in every chunk, and its size."""
    head, tail = file("files", "canary-film.mp4", b"\0").split(b"\0")
    start = field("account", CANARY) + field("name", CANARY) + head
    chunk = (CANARY + os.urandom(65536))[:65536]
    pieces = [start, *[chunk] * (film_bytes // len(chunk)), tail, field("receipt", "yes"), end()]
    return pieces, sum(map(len, pieces))


def test_a_film_of_100_megabytes_passes_in_little_memory_and_leaves_no_clear_byte(tmp_path, free_port, record_property):
    pieces, size = upload()
    with running_door(tmp_path, free_port) as door:
        watch = Watch(door.process.pid, (tmp_path,), CANARY)
        status = door.post("/en/safe", with_looks(pieces, watch), size)
        watch.look()
        peak_bytes, written_bytes = watch.peak_bytes, watch.written_bytes

        record_property("peak_mib", peak_bytes // MIB)
        assert status == 200
        assert watch.found == set()
        assert peak_bytes < 96 * MIB
        # What it wrote is the sealed film, once, with its padding, and a letter.
        assert FILM_BYTES < written_bytes < FILM_BYTES * 1.05
        assert door.errors.read_bytes() == b""
        assert film_bytes(door) == FILM_BYTES


def with_looks(pieces: list[bytes], watch: Watch) -> Iterator[bytes]:
    """Send pieces, and look at the door at eight moments in between: counted in pieces, so that no speed matters."""
    for number, piece in enumerate(pieces):
        if number % (len(pieces) // 8) == 0:
            watch.look()
        yield piece


def film_bytes(door: RunningDoor) -> int:
    spool = FolderSpool(door.spool)
    (arrival,) = spool.arrivals()
    reading = LetterReading([door.keys.open(b"".join(spool.read(arrival)))])
    (part,) = reading.letter.parts
    sealed = door.keys.open(b"".join(spool.read(arrival, "part-01.age")))
    film = b"".join(read_part([sealed], part.size_bytes))
    assert film.count(CANARY) == FILM_BYTES // 65536
    return len(film)


def test_a_door_killed_in_the_middle_of_an_upload_leaves_no_arrival(tmp_path, free_port):
    pieces, size = upload(20 * MIB)
    is_under_way, is_killed = threading.Event(), threading.Event()

    def stopping_halfway() -> Iterator[bytes]:
        yield from pieces[:100]
        is_under_way.set()
        is_killed.wait()
        yield from pieces[100:]

    with running_door(tmp_path, free_port) as door:
        sending = threading.Thread(target=hear_nothing, args=(door, stopping_halfway(), size))
        sending.start()
        is_under_way.wait()
        watch = Watch(door.process.pid, (tmp_path,), CANARY)
        watch.look()
        door.process.kill()
        door.process.wait()
        is_killed.set()
        sending.join()

    assert watch.found == set()
    assert FolderSpool(door.spool).arrivals() == []
    assert not any(CANARY in path.read_bytes() for path in door.spool.rglob("*") if path.is_file())


def hear_nothing(door: RunningDoor, pieces: Iterator[bytes], size: int) -> None:
    with contextlib.suppress(OSError):
        door.post("/en/safe", pieces, size)


def test_the_watch_sees_what_a_careless_program_spools_to_an_unlinked_file(tmp_path):
    careless = (
        "import sys, tempfile; spooled = tempfile.TemporaryFile(); spooled.write(sys.stdin.buffer.readline());"
        "spooled.flush(); print(flush=True); input()"
    )
    process = subprocess.Popen([sys.executable, "-c", careless], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(CANARY + b"\n")
    process.stdin.flush()
    process.stdout.readline()
    watch = Watch(process.pid, (tmp_path,), CANARY)

    watch.look()
    process.kill()
    process.communicate()

    assert len(watch.found) == 1
