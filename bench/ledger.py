"""Measure the ledger against pymerkle, side by side in one run, and against the budgets of the design.

    python bench/ledger.py [--leaves 1000000] [--signatures 100000] [--folder DIR]

pymerkle's tree lives in memory; ours is measured in memory too (the library), and once more on a disk with every file
flushed (`--folder`), which is what a docket pays. Proofs are asked for at random places: cold just after the log was
taken up, warm once every tile was read. pymerkle has no audit: computing its whole tree again stands beside ours.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree
from pymerkle import verify_inclusion as pymerkle_verify

from onrecord.ledger.entry import Event, commit, event_bytes, new_salt, open_envelope, sign_event
from onrecord.ledger.log import Log, audit_tiles
from onrecord.ledger.merkle import verify_inclusion
from onrecord.store.blobs import BlobExists, BlobMissing, BlobStore
from onrecord.store.folder import FolderStore

ORIGIN = "bench.example/log"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
COLD, WARM, PYMERKLE_PROOFS = 2_000, 50_000, 2_000
EVENT = Event(
    kind="ClaimCoded",
    id="0" * 32,
    at="2026-03-01T09:30:00Z",
    actor="1" * 32,
    actor_seq=1,
    subject="2" * 32,
    subject_seq=1,
    body={"claim": "3" * 32, "field": "role_promised", "value": "driver", "passage": "4" * 32},
)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: what, how many a second, next to what, and what was wanted."""

    what: str
    rate: float
    beside: float | None = None
    budget: float | None = None

    def __str__(self) -> str:
        ratio = f"{self.rate / self.beside:.1f}x" if self.beside else ""
        verdict = "" if self.budget is None else f"{self.budget:,.0f} {'met' if self.rate >= self.budget else 'MISSED'}"
        beside = f"{self.beside:,.0f}" if self.beside else ""
        return f"| {self.what} | {self.rate:,.0f} | {beside} | {ratio} | {verdict} |"


class _MemoryStore:
    """Blobs in a dictionary: what the library costs without a disk."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}

    def create(self, name: str, chunks: Iterable[bytes]) -> None:
        if name in self.blobs:
            raise BlobExists
        self.blobs[name] = b"".join(chunks)

    def read_all(self, name: str) -> bytes:
        try:
            return self.blobs[name]
        except KeyError:
            raise BlobMissing from None

    def exists(self, name: str) -> bool:
        return name in self.blobs

    def names(self, prefix: str = "") -> Iterator[str]:
        return (name for name in self.blobs if name.startswith(prefix))

    def remove(self, name: str) -> None:
        del self.blobs[name]


def main() -> None:
    options = read_options()
    leaves = [sha256(b"%d" % number).digest() for number in range(options.leaves)]
    print(f"{options.leaves:,} leaves, {os.cpu_count()} cores\n")
    print("| what | ours /s | beside /s | ratio | budget /s |\n| --- | --- | --- | --- | --- |")
    for measure in (tree_results(leaves), disk_results(leaves, options.folder), entry_results(options.signatures)):
        for result in measure:
            print(result, flush=True)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the ledger against pymerkle.")
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--signatures", type=int, default=100_000)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), help="a folder on the disk to measure"
    )
    return parser.parse_args()


def tree_results(leaves: list[bytes]) -> Iterator[Result]:
    store = _MemoryStore()
    theirs = InmemoryTree(algorithm="sha256")
    their_append = rate(len(leaves), lambda: [theirs.append_entry(leaf) for leaf in leaves])
    yield Result(
        "append, in memory", rate(len(leaves), lambda: Log(store, ORIGIN).extend(leaves)), their_append, 100_000
    )
    yield Result("audit of every tile", rate(len(leaves), lambda: audit(store, leaves)), their_append, 250_000)

    log = Log.load(store, ORIGIN)
    assert log.root == theirs.get_root()
    places = random.Random(1).choices(range(len(leaves)), k=WARM)
    their_proofs = rate(
        PYMERKLE_PROOFS, lambda: [theirs.prove_inclusion(place + 1) for place in places[:PYMERKLE_PROOFS]]
    )
    yield Result("inclusion proof, cold", rate(COLD, lambda: prove(log, places[:COLD])), their_proofs)
    prove(log, range(0, len(leaves), 256))
    yield Result("inclusion proof, warm", rate(WARM, lambda: prove(log, places)), their_proofs, 20_000)
    sizes = [place + 1 for place in places[:COLD]]
    yield Result("consistency proof, warm", rate(COLD, lambda: [log.consistency(size) for size in sizes]))
    yield verification(log, theirs, leaves, places[:COLD])


def verification(log: Log, theirs: InmemoryTree, leaves: list[bytes], places: list[int]) -> Result:
    ours = [(leaves[place], log.inclusion(place), place) for place in places]
    others = [(theirs.get_leaf(place + 1), theirs.prove_inclusion(place + 1)) for place in places]
    size, root, their_root = log.size, log.root, theirs.get_root()
    our_rate = rate(
        len(ours), lambda: [verify_inclusion(leaf, proof, index=at, size=size, root=root) for leaf, proof, at in ours]
    )
    their_rate = rate(len(others), lambda: [pymerkle_verify(leaf, their_root, proof) for leaf, proof in others])
    return Result("verify an inclusion proof", our_rate, their_rate)


def disk_results(leaves: list[bytes], folder: Path) -> Iterator[Result]:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        store = FolderStore(Path(scratch))
        appending = rate(len(leaves), lambda: Log(store, ORIGIN).extend(leaves))
        yield Result("append, to a folder, every file flushed", appending)
        yield Result("audit of every tile, in a folder", rate(len(leaves), lambda: audit(store, leaves)), None, 250_000)
        log = Log.load(store, ORIGIN)
        places = random.Random(2).choices(range(len(leaves)), k=COLD)
        yield Result("inclusion proof from a folder, cold", rate(COLD, lambda: prove(log, places)))


def entry_results(count: int) -> Iterator[Result]:
    """Sign and open entries over all cores, beside the bare signatures over the same bytes."""
    data, envelope = event_bytes(EVENT), sign_event(EVENT, KEY)
    signature = KEY.sign(data)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        spread(pool, count // 10, _sign, envelope)  # starts the processes
        bare_sign = spread(pool, count, _bare_sign, data)
        yield Result("sign and commit an entry, all cores", spread(pool, count, _sign, envelope), bare_sign)
        bare_verify = spread(pool, count, _bare_verify, (signature, data))
        yield Result("open an entry, all cores", spread(pool, count, _open, envelope), bare_verify)


def _sign(count: int, _: bytes) -> None:
    for _round in range(count):
        commit(new_salt(), sign_event(EVENT, KEY))


def _bare_sign(count: int, data: bytes) -> None:
    for _round in range(count):
        KEY.sign(data)


def _open(count: int, envelope: bytes) -> None:
    verify_key = KEY.public_key()
    for _round in range(count):
        open_envelope(envelope, verify_key)


def _bare_verify(count: int, given: tuple[bytes, bytes]) -> None:
    signature, data = given
    verify_key = KEY.public_key()
    for _round in range(count):
        verify_key.verify(signature, data)


def spread(pool: ProcessPoolExecutor, count: int, work: Callable[..., None], given: object) -> float:
    cores = os.cpu_count() or 1
    return rate(count, lambda: list(pool.map(work, [count // cores] * cores, [given] * cores)))


def audit(store: BlobStore, leaves: list[bytes]) -> None:
    assert audit_tiles(store, leaves).is_whole


def prove(log: Log, places: Iterable[int]) -> None:
    for place in places:
        log.inclusion(place)


def rate(count: int, action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return count / (perf_counter() - start)


if __name__ == "__main__":
    main()
