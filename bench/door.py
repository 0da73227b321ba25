"""What a door costs whoever comes: weight of its pages, boxes read in a second, and how fast a browser seals.

    python bench/door.py [--seconds 3] [--seal-mebibytes 50] [--folder DIR]

A real door in two processes on loopback, asked as a browser asks; Chromium with its compiler and without (--jitless:
how careful people run it, and how slow phones feel). Letters and films a second are in bench/intake.py; `make
bench-door` runs both. Others' figures were measured on a machine of the same kind.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from age_programs import node
from intake import CLIENTS, free_port, in_parallel, read_status
from onrecord.cli.door.looking import Door
from onrecord.ground.bounds import BOX_BYTES, MIB
from onrecord.ground.ids import new_id
from onrecord.store.boxes import FolderBoxes
from onrecord.words.catalogue import declared_languages
from pages.conftest import launched
from running_door import RunningDoor, Watch, running_door

PAGES = ("", "searched", "safe", "sealed", "return", "rights", "how")
SCRIPTS = ("seal.js", "seal-worker.js", "return.js", "return-worker.js", "looks.js")
OTHERS = "GlobaLeaks 1,164 kB in 15 requests, SecureDrop 124 kB in 34"
PAGE_BUDGET_BYTES, SCRIPT_BUDGET_BYTES = 14_000, 40_000
ROUNDS = 3

# Seal a file of so many bytes in the door's own worker, as its page does.
SEAL = """
async ({ size, keyset, rootKey }) => {
  const worker = new Worker("/seal-worker.js");
  const ask = (action, request) => new Promise((done, failed) => {
    worker.onmessage = ({ data }) => data.failed ? failed(data.failed) : "done" in data ? done(data.done) : 0;
    worker.postMessage({ id: 1, action, request });
  });
  const file = new TextEncoder().encode(keyset);
  const letter = { v: 1, form: "report_form.1", tier: "B", language: "en", path: "safe", written_on: "2026-03-01",
    answers: { account: "An invented account." }, prompted: [], consent: [], reporter: null, parts: [],
    counter: 0, first_letter_sha256: null };
  const blob = new Blob(Array(Math.max(1, size >> 20)).fill(new Uint8Array(Math.min(size, 1 << 20))));
  const began = performance.now();
  const files = size ? [{ name: "film.mp4", blob }] : [];
  const sealed = await ask("seal", { letter, identity: null, files, file, rootKey, now: Date.now() });
  const seconds = (performance.now() - began) / 1000;
  worker.terminate();
  return { seconds, size: sealed.size };
}
"""


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=3)
    arguments.add_argument("--seal-mebibytes", type=int, default=50)
    arguments.add_argument("--folder", type=Path)
    chosen = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=chosen.folder) as folder,
        running_door(Path(folder), free_port(), processes=2) as door,
    ):
        report_pages(Door(door.address))
        report_boxes(door, chosen.seconds)
        report_sealing(door, chosen.seal_mebibytes)


def report_pages(door: Door) -> None:
    print("| page | heaviest language | bytes, compressed | requests | budget | others |")
    print("| --- | --- | --- | --- | --- | --- |")
    for page in PAGES:
        weights = {tag: door.get(f"/{tag}/{page}") for tag in declared_languages()}
        tag, heaviest = max(weights.items(), key=lambda item: item[1].sent_bytes)
        requests = 1 + heaviest.text.count("<script")
        said = verdict(heaviest.sent_bytes, PAGE_BUDGET_BYTES)
        print(f"| /{page} | {tag} | {heaviest.sent_bytes:,} | {requests} | {said} | {OTHERS} |", flush=True)
    scripts = {name: door.get(f"/{name}") for name in SCRIPTS}
    for name, script in scripts.items():
        print(f"| {name} | | {script.sent_bytes:,} | 1 | | |")
    sealing = [scripts[name] for name in ("seal.js", "seal-worker.js")]
    print(f"| what seals in the page, as sent (gzip) | | {sum(each.sent_bytes for each in sealing):,} | 2 | | |")
    weight = sum(brotli_bytes(each.body) for each in sealing)
    print(f"| the same by brotli | | {weight:,} | 2 | {verdict(weight, SCRIPT_BUDGET_BYTES)} | |\n")


def brotli_bytes(data: bytes) -> int:
    program = "process.stdout.write(String(zlib.brotliCompressSync(fs.readFileSync(0)).length))"
    return int(subprocess.run([node(), "-e", program], input=data, check=True, capture_output=True).stdout)


def verdict(weight: int, budget: int) -> str:
    return f"<= {budget:,}: met" if weight <= budget else f"<= {budget:,}: MISSED by {weight - budget:,}"


def report_boxes(door: RunningDoor, seconds: float) -> None:
    mailboxes = [new_id() for _ in range(64)]
    boxes = FolderBoxes(door.spool / "boxes")
    for mailbox in mailboxes[::2]:
        boxes.put(mailbox, os.urandom(BOX_BYTES))
    print("| boxes read | clients | each second | peak memory of one process | load |")
    print("| --- | --- | --- | --- | --- |")
    for clients in CLIENTS:
        rates = [box_rate(door, mailboxes, clients, seconds) for _ in range(ROUNDS)]
        peak_mib = max(Watch(process, (), b"").peak_bytes for process in door.processes) / MIB
        load = os.getloadavg()[0]
        print(
            f"| half of them empty | {clients} | {median(rates):,.0f} | {peak_mib:.0f} MiB | {load:.1f} |", flush=True
        )
    print()


def box_rate(door: RunningDoor, mailboxes: list[str], clients: int, seconds: float) -> float:
    answered = [0] * clients
    began = time.perf_counter()

    def read(client: int) -> None:
        with socket.create_connection(("127.0.0.1", door.port), timeout=60) as connection:
            while time.perf_counter() - began < seconds:
                mailbox = mailboxes[answered[client] % len(mailboxes)]
                connection.sendall(f"GET /box/{mailbox} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                answered[client] += read_status(connection) == 200

    in_parallel([lambda client=client: read(client) for client in range(clients)])
    return sum(answered) / (time.perf_counter() - began)


def report_sealing(door: RunningDoor, mebibytes: int) -> None:
    print("| sealed in Chromium | text alone, ms | file, MB/s | load |")
    print("| --- | --- | --- | --- |")
    with sync_playwright() as playwright:
        for name, flags in {"with its compiler": (), "without (--jitless)": ("--js-flags=--jitless",)}.items():
            browser = launched(playwright.chromium, *flags)
            text = median(seal_seconds(browser, door, 0) for _ in range(ROUNDS))
            size = mebibytes * MIB if not flags else max(1, mebibytes // 10) * MIB
            rate = size / 1e6 / median(seal_seconds(browser, door, size) for _ in range(ROUNDS))
            print(f"| {name} | {1000 * text:,.0f} | {rate:,.1f} | {os.getloadavg()[0]:.1f} |", flush=True)
            browser.close()


def seal_seconds(browser: Browser, door: RunningDoor, size: int) -> float:
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(0)
    page = context.new_page()
    page.goto(f"{door.address}/en/safe")
    keys = {"keyset": door.keys.file.decode(), "rootKey": door.keys.keyset.root_key, "size": size}
    answer = page.evaluate(SEAL, keys)
    context.close()
    return float(answer["seconds"])


if __name__ == "__main__":
    main()
