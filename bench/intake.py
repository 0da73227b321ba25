"""How many letters a real door takes in, each flushed to disk and none lost, and how a film passes through it.

    python bench/intake.py [--seconds 4] [--film-mebibytes 100] [--folder DIR]

The door runs in a process of its own on loopback; clients share the machine with it. Letters are counted in the spool
afterwards, not in the answers. The figures of other programs were measured on a machine of the same kind; they are
printed beside ours because those programs cannot be started here.
"""

import argparse
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from invented_door import CONTENT_TYPE, end, field, file, form
from onrecord.ground.bounds import KIB, MIB
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.write import sealed_pieces
from onrecord.store.spool import Spool
from running_door import RunningDoor, Watch, running_door

CLIENTS = (1, 4, 16)
LETTER = Letter("report_form.1", "A", "en", "", date(2026, 3, 1), {"account": "An invented account. " * 50})
# Measured beside our prototype with letters of about 1.1 kB (letters a second; memory of the server in MiB).
OTHERS = "GlobaLeaks 0.5/s, 1 in 3 lost at 4 clients; SecureDrop first message 0.8/s"
OTHERS_MEMORY = "GlobaLeaks 190 MiB, SecureDrop 253 MiB"
SEALED_BUDGET, MEMORY_BUDGET_MIB = 500, 96


@dataclass(frozen=True)
class Run:
    """What a number of clients achieved together."""

    clients: int
    letters: int
    seconds: float
    lost: int

    @property
    def rate(self) -> float:
        """Return how many letters arrived in a second."""
        return self.letters / self.seconds


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=4)
    arguments.add_argument("--film-mebibytes", type=int, default=100)
    arguments.add_argument("--folder", type=Path)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder, running_door(Path(folder), free_port()) as door:
        print("| what | clients | letters/s | lost | budget | others |")
        print("| --- | --- | --- | --- | --- | --- |")
        report(door, "sealed letters", "/en/sealed", sealed_body(door), chosen.seconds, SEALED_BUDGET)
        report(door, "text letters sealed on arrival (C)", "/en/safe", written_body(), chosen.seconds, None)
        receipt = written_body(receipt="yes")
        report(door, "the same with nine words", "/en/safe", receipt, chosen.seconds, None, clients=(4,))
        report_film(door, chosen.film_mebibytes)


def report(
    door: RunningDoor,
    what: str,
    path: str,
    body: bytes,
    seconds: float,
    budget: int | None,
    clients: tuple[int, ...] = CLIENTS,
) -> None:
    for count in clients:
        run = measure(door, path, body, count, seconds)
        verdict = "" if budget is None else f">= {budget}: {'met' if run.rate >= budget else 'MISSED'}"
        print(f"| {what} | {run.clients} | {run.rate:,.0f} | {run.lost} | {verdict} | {OTHERS} |", flush=True)


def measure(door: RunningDoor, path: str, body: bytes, clients: int, seconds: float) -> Run:
    spool, accepted = Spool(door.spool), [0] * clients
    before = len(spool.arrivals())
    began = time.perf_counter()

    def send(client: int) -> None:
        connection = HTTPConnection("127.0.0.1", door.port, timeout=60)
        while time.perf_counter() - began < seconds:
            connection.request("POST", path, body=body, headers={"Content-Type": CONTENT_TYPE})
            answer = connection.getresponse()
            answer.read()
            accepted[client] += answer.status == 200

    in_parallel([lambda client=client: send(client) for client in range(clients)])
    took = time.perf_counter() - began
    return Run(clients, sum(accepted), took, sum(accepted) - (len(spool.arrivals()) - before))


def in_parallel(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def report_film(door: RunningDoor, film_mebibytes: int) -> None:
    head, tail = file("files", "film.mp4", b"\0").split(b"\0")
    chunk = os.urandom(256 * KIB)
    pieces = [field("account", "An invented account.") + head, *[chunk] * (film_mebibytes * 4), tail + end()]
    began = time.perf_counter()
    status = door.post("/en/safe", iter(pieces), sum(map(len, pieces)))
    seconds = time.perf_counter() - began
    peak_mib = Watch(door.process.pid, (), b"").peak_bytes / MIB
    met = "met" if status == 200 and peak_mib < MEMORY_BUDGET_MIB else "MISSED"
    print()
    print("| a film through the no-script page | MB/s | peak memory of the door, all runs | budget | others |")
    print("| --- | --- | --- | --- | --- |")
    rate = film_mebibytes * MIB / 1e6 / seconds
    print(
        f"| {film_mebibytes} MiB | {rate:,.0f} | {peak_mib:,.0f} MiB | < {MEMORY_BUDGET_MIB}: {met} | {OTHERS_MEMORY} |"
    )


def sealed_body(door: RunningDoor) -> bytes:
    return file("letter", "letter", b"".join(sealed_pieces(LETTER, to=door.keys.keyset))) + end()


def written_body(receipt: str = "no") -> bytes:
    return form([("account", "An invented account. " * 50), ("when", "spring 2025")], receipt=receipt)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    main()
