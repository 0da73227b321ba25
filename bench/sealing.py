"""How fast sealing and opening are, beside the `age` program and pyrage, in one run on one machine.

Everything reads from a file in memory and writes to /dev/null, so that no disk is measured. Each figure is the best of
several rounds, taken in turns, so that a noisy neighbour harms all alike.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pyrage

from onrecord.ground.bounds import MIB, READ_BYTES
from onrecord.seal.close import Sealer, seal
from onrecord.seal.open import Opener, open_sealed
from onrecord.seal.recipients import HybridIdentity, X25519Identity, parse_recipient

SIZES = (16 * MIB, 256 * MIB)
ROUNDS = 5
SMALL_MESSAGE = b"an invented sentence; " * 23

# DESIGN section 9: how many times the `age` program's speed ours must reach.
BUDGETS = {"seal": 1.2, "open": 2.0}

Identity = HybridIdentity | X25519Identity


def main(sizes: Sequence[int] = SIZES) -> None:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    try:
        for size in sizes:
            report_stream(folder, size)
        report_small_messages()
    finally:
        shutil.rmtree(folder)


def report_stream(folder: Path, size: int) -> None:
    """Measure one size both ways and print the ratios."""
    classic, hybrid = X25519Identity.generate(), HybridIdentity.generate()
    key, plain, sealed, sealed_hybrid = (folder / name for name in ("key", "plain", "sealed", "hybrid"))
    key.write_text(f"{classic}\n", encoding="ascii")
    plain.write_bytes(os.urandom(MIB) * (size // MIB))
    sealed.write_bytes(seal(plain.read_bytes(), [classic.recipient]))
    sealed_hybrid.write_bytes(seal(plain.read_bytes(), [hybrid.recipient]))
    theirs = pyrage.x25519.Identity.from_str(str(classic))

    seals: dict[str, Callable[[], object]] = {
        "onrecord": partial(run_ours, Sealer, [classic.recipient], plain),
        "onrecord, hybrid": partial(run_ours, Sealer, [hybrid.recipient], plain),
        "age program": partial(run_age, plain, "-r", str(classic.recipient)),
        "pyrage": partial(run_pyrage, pyrage.encrypt_io, [theirs.to_public()], plain),
    }
    opens: dict[str, Callable[[], object]] = {
        "onrecord": partial(run_ours, Opener, [classic], sealed),
        "onrecord, hybrid": partial(run_ours, Opener, [hybrid], sealed_hybrid),
        "age program": partial(run_age, sealed, "-d", "-i", str(key)),
        "pyrage": partial(run_pyrage, pyrage.decrypt_io, [theirs], sealed),
    }
    for what, contenders in (("seal", seals), ("open", opens)):
        print_rates(what, size, {name: size / MIB / seconds for name, seconds in fastest(contenders).items()})


def run_ours(kind: type[Sealer | Opener], keys: Sequence[object], source: Path) -> None:
    stream = kind(keys)  # type: ignore[arg-type]
    with source.open("rb", buffering=0) as file, Path(os.devnull).open("wb", buffering=0) as nowhere:
        while piece := file.read(READ_BYTES):
            nowhere.write(stream.update(piece))
        nowhere.write(stream.finish())


def run_age(source: Path, *arguments: str) -> None:
    with source.open("rb") as file:
        subprocess.run(["age", *arguments], stdin=file, stdout=subprocess.DEVNULL, check=True)


def run_pyrage(action: Callable[..., object], keys: Sequence[object], source: Path) -> None:
    with source.open("rb") as file, Path(os.devnull).open("wb") as nowhere:
        action(file, nowhere, keys)


def fastest(contenders: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Let all run in turns and return the best time of each in seconds."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: min(times) for name, times in seconds.items()}


def print_rates(what: str, size: int, rates: dict[str, float]) -> None:
    age, budget = rates["age program"], BUDGETS[what]
    print(f"{what} {size // MIB} MiB, memory to nowhere (MiB/s, times the age program):")
    for name, rate in rates.items():
        print(f"  {name:<18}{rate:>7.0f}  {rate / age:>5.2f}x")
    verdict = "met" if rates["onrecord"] >= budget * age else "MISSED"
    print(f"  budget {budget}x: {verdict} ({rates['onrecord'] / age:.2f}x)")


def report_small_messages(count: int = 200) -> None:
    """Measure what a letter of a few lines costs, keys read once, as the door does it."""
    print(f"messages of {len(SMALL_MESSAGE)} bytes, one after another (each, in microseconds):")
    identities: list[Identity] = [X25519Identity.generate(), HybridIdentity.generate()]
    for identity in identities:
        recipient, text = identity.recipient, str(identity.recipient)
        sealed = seal(SMALL_MESSAGE, [recipient])
        runs: dict[str, Callable[[], object]] = {
            "seal": lambda recipient=recipient: [seal(SMALL_MESSAGE, [recipient]) for _ in range(count)],
            "open": lambda identity=identity, sealed=sealed: [open_sealed(sealed, [identity]) for _ in range(count)],
            "read the recipient": lambda text=text: [parse_recipient(text) for _ in range(count)],
        }
        shown = ", ".join(f"{name} {seconds / count * 1e6:.0f}" for name, seconds in fastest(runs).items())
        print(f"  {recipient.kind:<18}{shown}; sealed size {len(sealed)}")


if __name__ == "__main__":
    main([int(argument) * MIB for argument in sys.argv[1:]] or SIZES)
