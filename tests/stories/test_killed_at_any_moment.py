"""A collection that is killed at any moment loses no letter, counts none twice, and leaves no half exhibit."""

import hashlib
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from conftest import PASSPHRASE
from counted_writes import COUNTED_WRITES
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework import search
from onrecord.casework.docket import Docket
from onrecord.casework.models import Exhibit, Letter
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.audit import audit
from onrecord.casework.record.sweep import named_blobs, sweep
from onrecord.vault.exhibit import open_exhibit

LETTERS = 200
KILLS = 12

# A program that has a child collect (or open) and say each letter it has acknowledged. Given the number of a write, the
# child dies just before it: every write that must survive goes through one of these calls. Given letters and
# milliseconds, the kernel ends it so long after so many letters, wherever it then is; on a machine that is faster than
# that, it ends itself a few letters on. It is counted in letters, so that a slow machine too is killed in its work.
PROGRAM = (
    """
import os, signal, sys
from datetime import datetime
from pathlib import Path
folder, passphrase, at = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.desk.settings"
import django
django.setup()
from onrecord.casework import search
from onrecord.casework.docket import Docket
from onrecord.casework.record.subjects import SubjectKeys
from onrecord.ground.clock import StillClock
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.seal.keyring import unlock
from onrecord.store.folder_spool import FolderSpool

keyring = unlock(folder / "keys", passphrase, kind="member")
"""
    + COUNTED_WRITES
    + """
SubjectKeys.create = counting(SubjectKeys.create)

def acknowledged(docket, task):
    if task == "collect":
        return (one.letter for one in collect(docket, FolderSpool(folder / "spool", clock=docket.clock)))
    return (row.id for row in unseal_all(docket))

def work(task, letters, milliseconds):
    docket = Docket.open(folder, keyring, StillClock(datetime.fromisoformat(at)))
    for said, letter in enumerate(acknowledged(docket, task)):
        if said == letters:
            signal.setitimer(signal.ITIMER_REAL, milliseconds / 1000)
        print(letter, flush=True)
        if milliseconds and said == letters + 5:
            os.kill(os.getpid(), signal.SIGKILL)
    print("done", writes, flush=True)

for line in sys.stdin:
    task, *numbers = line.split()
    dies_at, letters, milliseconds = map(int, numbers)
    child = os.fork()
    if child == 0:
        work(task, letters, milliseconds)
        os._exit(0)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
)

Run = Callable[..., list[str]]


@pytest.fixture
def run(docket: Docket) -> Iterator[Run]:
    """Have a child of the program work, kill it if asked, and give the lines that it had said by then."""
    arguments = [sys.executable, "-c", PROGRAM, str(docket.folder), PASSPHRASE, docket.clock.now().isoformat()]
    program = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=os.environ
    )
    assert program.stdin is not None and program.stdout is not None
    orders, answers = program.stdin, program.stdout

    def run_once(task: str, *, dies_at: int = 0, after_letters: int = 0, and_milliseconds: int = 0) -> list[str]:
        orders.write(f"{task} {dies_at} {after_letters} {and_milliseconds}\n")
        said = []
        while (line := answers.readline()) != "ended\n":
            assert line, "the program ended"
            said.append(line.rstrip())
        return said

    yield run_once
    orders.close()
    program.wait()


def letters(docket: Docket, count: int) -> set[str]:
    """Lay letters into the spool, and return the hash of the sealed form of each."""
    sent = set()
    for number in range(count):
        letter = InventedLetter(account=f"Account {number} of nobody.", files=[("note.txt", b"note")])
        sealed = letter.sealed(docket)
        sent.add(hashlib.sha256(sealed).hexdigest())
        drop(docket, sealed)
    return sent


def check_nothing_is_lost(docket: Docket, sent: set[str], acknowledged: set[str]) -> None:
    connections.close_all()
    kept = Counter(Letter.objects.values_list("sealed_sha256", flat=True))
    assert kept == Counter(sent)
    assert acknowledged <= set(Letter.objects.values_list("id", flat=True))
    sweep(docket)
    assert set(docket.vault.stored()) == named_blobs()
    assert audit(docket).findings == []
    assert redraw.check(docket) == []
    open_case(docket, "Lantern")


@pytest.mark.slow
def test_kill_9_at_random_moments_loses_no_letter_of_two_hundred(docket: Docket, run: Run) -> None:
    sent = letters(docket, LETTERS)
    moments = random.Random(20260301)

    said = [
        run("collect", after_letters=moments.randint(0, 9), and_milliseconds=moments.randint(1, 30))
        for _ in range(KILLS)
    ]
    *rest, done = run("collect")

    assert done.startswith("done") and len(rest) > 0
    assert not any(line.startswith("done") for lines in said for line in lines)
    assert sum(1 for lines in said if lines) > KILLS / 2
    assert spool_of(docket).arrivals() == []
    check_nothing_is_lost(docket, sent, {letter for lines in [*said, rest] for letter in lines})


@pytest.mark.slow
def test_dying_before_each_write_of_a_collection_loses_no_letter(docket: Docket, run: Run) -> None:
    sent = letters(docket, 1)
    writes = int(run("collect")[-1].split()[1])
    sent |= letters(docket, 1)
    acknowledged: set[str] = set()

    for dies_at in range(1, writes + 1):
        said = run("collect", dies_at=dies_at)
        acknowledged |= {line for line in said if not line.startswith("done")}
        if spool_of(docket).arrivals() == []:
            sent |= letters(docket, 1)
    acknowledged |= set(run("collect")[:-1])

    assert writes > 10
    check_nothing_is_lost(docket, sent, acknowledged)


@pytest.mark.slow
def test_dying_before_each_write_of_an_opening_leaves_no_half_exhibit(docket: Docket, run: Run) -> None:
    letters(docket, 1)
    run("collect")
    writes = int(run("open")[-1].split()[1])
    sent = letters(docket, 1) | set(Letter.objects.values_list("sealed_sha256", flat=True))
    run("collect")

    for dies_at in range(1, writes + 1):
        run("open", dies_at=dies_at)
        if not Letter.objects.filter(state="sealed").exists():
            sent |= letters(docket, 1)
            run("collect")
    run("open")

    assert writes > 10
    assert not Letter.objects.exclude(state="opened").exists()
    assert Exhibit.objects.count() == 3 * Letter.objects.count()
    assert len(search.find("of nobody")) == min(Letter.objects.count(), search.SHOWN)
    for row in Exhibit.objects.all():
        key = docket.subjects.open(row.subject, docket.keyring)
        data = b"".join(open_exhibit(docket.vault.blobs, row.blob, key))
        assert hashlib.sha256(data).hexdigest() == row.sha256
    check_nothing_is_lost(docket, sent, set())


def test_a_sweep_keeps_away_while_somebody_receives(docket: Docket) -> None:
    key = docket.subjects.create("a" * 32, "source")
    docket.vault.receive([b"half a capture"], key)

    with docket.receiving():
        during = sweep(docket)
    after = sweep(docket)

    assert (during.blobs, during.keys) == (0, 0)
    assert (after.blobs, after.keys) == (1, 1)
    assert list(docket.vault.stored()) == []


def test_nothing_is_swept_while_the_tables_are_not_what_the_ledger_draws(docket: Docket, run: Run) -> None:
    letters(docket, 2)
    run("collect")
    Letter.objects.filter(pk=Letter.objects.first().id).delete()

    swept = sweep(docket)
    redraw.redraw(docket)

    assert swept.blobs == 0
    assert audit(docket).is_whole
