"""Collecting takes sealed letters from the spool as they are, each of them once, and leaves nothing half done."""

import hashlib
import threading

import pytest
from django.db import connections

from invented_letters import InventedLetter, drop, sealed_part, spool_of
from onrecord.casework.docket import Docket
from onrecord.casework.models import LedgerRow, Letter
from onrecord.casework.record.sweep import named_blobs
from onrecord.intake.collect import collect
from onrecord.seal.keyring import KeyNotHeld
from onrecord.vault.exhibit import open_exhibit


def test_a_letter_is_kept_as_it_came_and_leaves_the_spool(docket: Docket) -> None:
    sealed = InventedLetter().sealed(docket)
    drop(docket, sealed)

    [collected] = collect(docket, spool_of(docket))

    row = Letter.objects.get(pk=collected.letter)
    key = docket.subjects.open(row.id, docket.keyring)
    assert b"".join(open_exhibit(docket.vault.blobs, row.blob, key)) == sealed
    assert row.sealed_sha256 == hashlib.sha256(sealed).hexdigest()
    assert (row.state, row.arrived_on) == ("sealed", "2026-03-01")
    assert spool_of(docket).arrivals() == []


def test_the_collector_signs_what_it_cannot_read(docket: Docket) -> None:
    drop(docket, InventedLetter().sealed(docket))

    [collected] = collect(docket, spool_of(docket))

    collector = docket.as_collector()
    assert LedgerRow.objects.order_by("-index")[0].actor == collector.actor
    with pytest.raises(KeyNotHeld):
        collector.subjects.open(collected.letter, collector.keyring)


def test_the_same_letter_twice_in_the_spool_is_one_letter(docket: Docket) -> None:
    sealed = InventedLetter().sealed(docket)
    drop(docket, sealed)
    drop(docket, sealed)

    collected = list(collect(docket, spool_of(docket)))

    assert [one.is_copy for one in collected] == [False, True]
    assert collected[0].letter == collected[1].letter
    assert Letter.objects.count() == 1
    assert spool_of(docket).arrivals() == []


def test_a_letter_that_comes_again_years_later_is_a_copy(docket: Docket) -> None:
    sealed = InventedLetter().sealed(docket)
    drop(docket, sealed)
    list(collect(docket, spool_of(docket)))

    drop(docket, sealed)
    [again] = collect(docket, spool_of(docket))

    assert again.is_copy
    assert len(set(docket.vault.stored())) == 1


def test_parts_are_kept_with_their_letter_whether_it_names_them_or_not(docket: Docket) -> None:
    parts = [sealed_part(docket, b"a film"), b"no part at all"]
    drop(docket, InventedLetter().sealed(docket), parts=parts)

    list(collect(docket, spool_of(docket)))

    kept = Letter.objects.get().parts
    assert [part["sealed_sha256"] for part in kept] == [hashlib.sha256(part).hexdigest() for part in parts]
    assert set(docket.vault.stored()) == named_blobs()


def test_two_collectors_at_once_count_no_letter_twice(docket: Docket) -> None:
    for number in range(12):
        drop(docket, InventedLetter(account=f"Account {number}").sealed(docket))
    collected = []

    def work() -> None:
        collected.extend(collect(docket, spool_of(docket)))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({one.letter for one in collected}) == 12
    assert Letter.objects.count() == 12
    assert spool_of(docket).arrivals() == []


def test_an_arrival_without_a_letter_waits(docket: Docket) -> None:
    half = spool_of(docket).begin()
    piece = half.part()
    piece.write(b"the letter is still under way")
    piece.finish()

    collected = list(collect(docket, spool_of(docket)))

    assert collected == []
    assert (docket.folder / "spool" / half.name).exists()
