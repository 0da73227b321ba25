"""How many letters a real door takes in, each flushed to disk and none lost, and how a film passes through it.

    python bench/intake.py [--processes 2] [--seconds 3] [--rounds 3] [--film-mebibytes 100] [--folder DIR]

The door runs in processes of its own on loopback. Each client is a thread with a socket, keeps its connection as a
browser does, and sends bytes made beforehand: it costs a twentieth of what the door costs and shares the machine with
it. Medians of the rounds are printed, beside the machine's load and the processor time that the door took for a letter.
Letters are counted in the spool and compared with the answers: one is lost if it was answered and is not there, doubled
if it is there and was not answered. One client waits for each flush of the disk, so the budget is about many.
The figures of other programs were measured on a machine of the same kind; they are printed beside ours because those
programs cannot be started here.
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
from pathlib import Path
from statistics import median

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from invented_door import CONTENT_TYPE, end, field, file, form
from onrecord.ground.bounds import KIB, MIB
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.write import sealed_pieces
from onrecord.store.folder_spool import FolderSpool
from running_door import RunningDoor, Watch, running_door

CLIENTS = (1, 4, 16)
LETTER = Letter("report_form.1", "A", "en", "", date(2026, 3, 1), {"account": "An invented account. " * 50})
# Measured beside our prototype with letters of about 1.1 kB (letters a second; memory of the server in MiB).
OTHERS = "GlobaLeaks 0.5/s, 1 in 3 lost at 4 clients; SecureDrop first message 0.8/s"
OTHERS_MEMORY = "GlobaLeaks 190 MiB, SecureDrop 253 MiB"
SEALED_BUDGET, MEMORY_BUDGET_MIB = 500, 96
# What may wait in the spool: so much that the door stays calm and asks for no work while it is measured.
ENOUGH_BYTES = 1 << 50


@dataclass(frozen=True)
class Run:
    """What a number of clients achieved together."""

    answered: int
    arrived: int
    seconds: float
    processor_seconds: float
    load: float

    @property
    def rate(self) -> float:
        """Return how many letters arrived in a second."""
        return self.arrived / self.seconds


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--seconds", type=float, default=3)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--film-mebibytes", type=int, default=100)
    arguments.add_argument("--folder", type=Path)
    chosen = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=chosen.folder) as folder,
        running_door(Path(folder), free_port(), processes=chosen.processes, spool_bytes=ENOUGH_BYTES) as door,
    ):
        print(f"A door of {chosen.processes} processes.\n")
        print("| what | clients | letters/s | processor ms a letter | lost | doubled | load | budget | others |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        kinds = {
            "sealed letters": ("/en/sealed", sealed_body(door)),
            "text letters sealed on arrival (C)": ("/en/safe", written_body()),
            "the same with nine words": ("/en/safe", written_body(receipt="yes")),
        }
        for what, (path, body) in kinds.items():
            for clients in CLIENTS:
                runs = [measure(door, path, body, clients, chosen.seconds) for _ in range(chosen.rounds)]
                report(
                    what, clients, runs, SEALED_BUDGET if what == "sealed letters" and clients == CLIENTS[-1] else None
                )
        report_film(door, chosen.film_mebibytes)


def report(what: str, clients: int, runs: list[Run], budget: int | None) -> None:
    rate, load = median(run.rate for run in runs), median(run.load for run in runs)
    cost = median(1000 * run.processor_seconds / max(1, run.arrived) for run in runs)
    lost = sum(max(0, run.answered - run.arrived) for run in runs)
    doubled = sum(max(0, run.arrived - run.answered) for run in runs)
    verdict = "" if budget is None else f">= {budget}: {'met' if rate >= budget else 'MISSED'}"
    figures = f"{rate:,.0f} | {cost:.2f} | {lost} | {doubled} | {load:.1f}"
    print(f"| {what} | {clients} | {figures} | {verdict} | {OTHERS} |", flush=True)


def measure(door: RunningDoor, path: str, body: bytes, clients: int, seconds: float) -> Run:
    spool, answered = FolderSpool(door.spool), [0] * clients
    before, processor_before = len(spool.arrivals()), processor_seconds(door)
    head = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Type: {CONTENT_TYPE}", f"Content-Length: {len(body)}"]
    request = "\r\n".join([*head, "", ""]).encode() + body
    began = time.perf_counter()

    def send(client: int) -> None:
        with socket.create_connection(("127.0.0.1", door.port), timeout=60) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() - began < seconds:
                connection.sendall(request)
                answered[client] += read_status(connection) == 200

    in_parallel([lambda client=client: send(client) for client in range(clients)])
    took = time.perf_counter() - began
    spent = processor_seconds(door) - processor_before
    return Run(sum(answered), len(spool.arrivals()) - before, took, spent, os.getloadavg()[0])


def processor_seconds(door: RunningDoor) -> float:
    return sum(sum(psutil.Process(process).cpu_times()[:2]) for process in door.processes)


def read_status(connection: socket.socket) -> int:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += received(connection)
    head, _, content = answer.partition(b"\r\n\r\n")
    (length,) = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(length) - len(content)
    while missing > 0:
        missing -= len(received(connection))
    return int(head.split(b" ")[1])


def received(connection: socket.socket) -> bytes:
    if data := connection.recv(64 * KIB):
        return data
    raise ConnectionError


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
    peak_mib = max(Watch(process, (), b"").peak_bytes for process in door.processes) / MIB
    met = "met" if status == 200 and peak_mib < MEMORY_BUDGET_MIB else "MISSED"
    print()
    print("| a film through the no-script page | MB/s | peak memory of one process, all runs | budget | others |")
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
