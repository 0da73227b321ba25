"""Measure recording, drawing again and auditing a large docket, beside plain rows without any cryptography.

    python bench/redraw.py [--entries 100000] [--folder DIR]

The budget is for a million entries: `--entries 1000000` takes about half an hour and 3 GB of disk. The docket holds
cases of ten entries (opened, two people, an event, an act, an involvement, four claims with two values each) and, one
for every four cases, letters of ten entries (received, opened, eight passages). Everything is invented. Beside each
figure stands what Django's `bulk_create` takes for the same drawn rows in a database in memory in the same run: what is
lost to keys, signatures, canonical bytes and the disk shows as the ratio.
"""

import argparse
import os
import resource
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Self

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.desk.settings")
django.setup()

from django.db import transaction  # noqa: E402

from onrecord.casework.create import NewDocket, create_docket  # noqa: E402
from onrecord.casework.docket import Docket, attach, migrate  # noqa: E402
from onrecord.casework.entries.cases import (  # noqa: E402
    ActOpened,
    CaseOpened,
    ClaimCoded,
    EventOpened,
    InvolvementAdded,
    PersonAdded,
)
from onrecord.casework.entries.exhibits import PassageMarked  # noqa: E402
from onrecord.casework.entries.form import Entry  # noqa: E402
from onrecord.casework.entries.letters import LetterOpened, LetterReceived  # noqa: E402
from onrecord.casework.models import LedgerRow  # noqa: E402
from onrecord.casework.models.drawn import drawn_tables  # noqa: E402
from onrecord.casework.record import redraw  # noqa: E402
from onrecord.casework.record.append import record  # noqa: E402
from onrecord.casework.record.audit import Wrong, audit  # noqa: E402
from onrecord.ground.clock import SystemClock  # noqa: E402
from onrecord.ground.ids import new_id  # noqa: E402
from onrecord.store.sqlcipher import keys as database_keys  # noqa: E402

CASES_A_LETTER, ENTRIES_A_GROUP = 4, 50
# Entries handed to `record` at once: one lock, one transaction, one checkpoint.
BATCH = 20_000
ROWS_AT_A_TIME = 2_000
SECOND_ALIAS = "plain"
BUDGET_SECONDS = 90
WORDS = "Сказали подписать, а то хуже будет; повезли в тот же день. "


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the wall, and seconds of all cores together: these tell more on a machine that others use too."""

    wall: float
    cores: float

    @classmethod
    def now(cls) -> Self:
        """Return what this process and those that it has ended took so far."""
        here, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return cls(perf_counter(), here.ru_utime + here.ru_stime + others.ru_utime + others.ru_stime)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.wall + other.wall, self.cores + other.cores)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.wall - other.wall, self.cores - other.cores)


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        wanted = NewDocket("Bench", "Bench Example", "correct horse battery staple", example=True)
        docket = create_docket(Path(folder) / "docket", wanted, SystemClock())
        took = {
            "record": measure(lambda: fill(docket, options.entries)),
            "compare the tables with the ledger": measure(lambda: compare(docket)),
            "redraw in place": measure(lambda: redraw.redraw(docket)),
            "audit, signatures and tables included": measure(lambda: check(docket)),
        }
        memory = [peak_mib(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        entries = LedgerRow.objects.count()
        rows, copying = copy_plainly()
        print(f"{date.today()}, {os.cpu_count()} cores, {entries:,} entries, {rows:,} drawn rows\n")
        print("| what | seconds | of all cores | entries/s | times bulk_create | budget for a million |")
        print("| --- | --- | --- | --- | --- | --- |")
        show("bulk_create of the drawn rows alone", copying, entries, copying)
        for what, one in took.items():
            show(what, one, entries, copying, BUDGET_SECONDS if what.startswith(("compare", "redraw")) else None)
        print("\nmost memory before bulk_create: this process {} MiB, each process it started {} MiB".format(*memory))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure recording, drawing again and auditing.")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="where the docket is made")
    return parser.parse_args()


def fill(docket: Docket, entries: int) -> None:
    stream = (entry for number in range(entries // ENTRIES_A_GROUP) for entry in group(number))
    while batch := list(islice(stream, BATCH)):
        record(docket, *batch)


def group(number: int) -> Iterator[Entry]:
    """Yield one letter and the cases that were coded from it."""
    letter, exhibit, passages = new_id(), new_id(), [new_id() for _ in range(8)]
    yield from letter_entries(letter, exhibit, passages)
    for place in range(CASES_A_LETTER):
        yield from case_entries(f"Lantern {number}-{place}", letter, exhibit, passages)


def letter_entries(letter: str, exhibit: str, passages: list[str]) -> Iterator[Entry]:
    size, sha256 = 65_536, secrets.token_hex(32)
    yield LetterReceived(
        letter=letter, sealed_sha256=sha256, size_bytes=size, blob=sha256, parts=(), arrived_on="2026-03-01"
    )
    shared = {"name": "words", "media_type": "text/plain", "size_bytes": size, "sha256": sha256, "blob": sha256}
    yield LetterOpened(
        letter=letter,
        form="1",
        tier="A",
        language="ru",
        path="safe",
        written_on="2026-02-28",
        answers={"what": WORDS * 10, "where": "в очереди"},
        prompted=("what", "where"),
        consent=tuple(
            {"purpose": purpose, "state": "given", "wording_sha256": sha256} for purpose in ("court", "statistics")
        ),
        reporter=None,
        continues="",
        counter=0,
        body_sha256=sha256,
        identity_blob="",
        exhibits=({"id": exhibit, **shared, "made_from": "", "tool": "", "is_reading_text": True},),
    )
    for passage in passages:
        yield PassageMarked(
            owner=letter, passage=passage, exhibit=exhibit, start=0, end=len(WORDS), quote=WORDS, quote_sha256=sha256
        )


def case_entries(name: str, letter: str, exhibit: str, passages: list[str]) -> Iterator[Entry]:
    case, victim, perpetrator, event, act = (new_id() for _ in range(5))
    yield CaseOpened(case=case, name=name)
    for person in (victim, perpetrator):
        yield PersonAdded(
            case=case, person=person, counting_unit="person", number_min=1, number_best=1, number_max=1, basis=""
        )
    yield EventOpened(case=case, event=event, title="A queue, an invented one")
    yield ActOpened(case=case, act=act, event=event, victim=victim)
    yield InvolvementAdded(case=case, involvement=new_id(), act=act, perpetrator=perpetrator, degree="direct")
    for passage in passages[:4]:
        yield ClaimCoded(
            holder=case,
            holder_kind="case",
            claim=new_id(),
            act=act,
            person="",
            kind="coercion",
            passage=passage,
            exhibit=exhibit,
            values=(
                {"field": "means", "value": "threat_of_prosecution", "mode": "threatened"},
                {"field": "role_promised", "value": "driver", "mode": ""},
            ),
            by=({"kind": "letter", "source": letter, "name": ""},),
            connection="was_told",
            manner="",
            stance="supports",
            reliability="B",
            credibility="2",
        )


def copy_plainly() -> tuple[int, Took]:
    """Write the drawn rows once more by Django alone; return how many there are and what the writing took."""
    name, count, took = "file:plain?mode=memory", 0, Took(0, 0)
    database_keys.hold(name, secrets.token_bytes(32))
    attach(SECOND_ALIAS, {"ENGINE": "onrecord.store.sqlcipher", "NAME": name})
    migrate(SECOND_ALIAS)
    with transaction.atomic(using=SECOND_ALIAS):
        for table in drawn_tables():
            rows = table._default_manager.iterator(chunk_size=ROWS_AT_A_TIME)
            manager = table._default_manager.using(SECOND_ALIAS)
            while batch := list(islice(rows, ROWS_AT_A_TIME)):
                count += len(batch)
                took += measure(partial(manager.bulk_create, batch))
    return count, took


def compare(docket: Docket) -> None:
    assert redraw.check(docket) == [], "the redrawn tables differ from the live ones"


def check(docket: Docket) -> None:
    # The invented letters have no blobs: only that may be missing.
    assert {finding.wrong for finding in audit(docket).findings} <= {Wrong.BLOB_MISSING}


def show(what: str, took: Took, entries: int, beside: Took, budget: float | None = None) -> None:
    verdict = "" if budget is None else f"{budget:.0f} s {'met' if took.wall / entries * 1e6 <= budget else 'MISSED'}"
    rates = f"{took.wall:.1f} | {took.cores:.1f} | {entries / took.wall:,.0f} | {took.wall / beside.wall:.1f}"
    print(f"| {what} | {rates} | {verdict} |", flush=True)


def peak_mib(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def measure(action: Callable[[], object]) -> Took:
    before = Took.now()
    action()
    return Took.now() - before


if __name__ == "__main__":
    main()
