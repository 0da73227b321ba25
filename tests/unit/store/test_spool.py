"""The spool shows whole arrivals or none, forgets when they came, and keeps room for what is there."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from onrecord.store.folder_spool import FolderSpool
from onrecord.store.spool import ArrivalMissing, SpoolFull


@pytest.fixture
def spool(tmp_path, clock) -> FolderSpool:
    return FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=0)


def arrive(spool: FolderSpool, *pieces: bytes) -> str:
    arrival = spool.begin()
    for data in pieces[1:]:
        part = arrival.part()
        part.write(data)
        part.finish()
    letter = arrival.letter()
    letter.write(pieces[0])
    letter.finish()
    arrival.complete()
    return arrival.name


def test_an_arrival_gives_back_its_letter_and_its_parts(spool):
    name = arrive(spool, b"letter", b"one", b"two")

    assert spool.arrivals() == [name]
    assert spool.parts(name) == ["part-01.age", "part-02.age"]
    assert b"".join(spool.read(name)) == b"letter"
    assert b"".join(spool.read(name, "part-02.age")) == b"two"
    assert spool.size_bytes(name) == 6


def test_what_was_stored_is_named_by_its_hash(spool):
    part = spool.begin().part()
    part.write(b"sea")
    part.write(b"led")

    stored = part.finish()

    assert (stored.name, stored.sha256, stored.size_bytes) == ("part-01.age", hashlib.sha256(b"sealed").hexdigest(), 6)


def test_an_arrival_without_its_letter_is_not_there(spool):
    arrival = spool.begin()
    part = arrival.part()
    part.write(b"half")
    part.finish()
    arrival.letter().write(b"half a letter")

    assert spool.arrivals() == []


def test_a_discarded_arrival_leaves_nothing(spool):
    arrival = spool.begin()
    arrival.part().write(b"half")

    arrival.discard()
    arrival.discard()

    assert list(spool.folder.iterdir()) == []


def test_a_letter_collected_in_the_moment_it_appears_does_not_disturb_the_door(spool):
    arrival = spool.begin()
    letter = arrival.letter()
    letter.write(b"letter")
    letter.finish()
    spool.remove(arrival.name)

    arrival.complete()
    arrival.discard()

    assert spool.arrivals() == []


def test_a_hundred_parts_keep_their_order(spool):
    name = arrive(spool, b"letter", *[b"part"] * 100)

    assert spool.parts(name) == [f"part-{number:02}.age" for number in range(1, 101)]


def test_a_complete_arrival_cannot_be_discarded(spool):
    arrival = spool.begin()
    letter = arrival.letter()
    letter.write(b"letter")
    letter.finish()
    arrival.complete()

    arrival.discard()

    assert spool.arrivals() == [arrival.name]


def test_every_time_in_the_spool_says_only_the_day(spool):
    name = arrive(spool, b"letter", b"part")

    paths = [spool.folder, spool.folder / name, *(spool.folder / name).iterdir()]

    assert {path.stat().st_mtime for path in paths} == {datetime(2026, 3, 1, tzinfo=UTC).timestamp()}


def test_the_order_of_arrivals_is_that_of_their_random_names(spool):
    names = [arrive(spool, b"letter") for _ in range(12)]

    assert spool.arrivals() == sorted(names)
    assert all(len(name) == 32 for name in names)


def test_a_removed_arrival_is_gone_and_the_others_stay(spool):
    first, second = arrive(spool, b"one", b"part"), arrive(spool, b"two")

    spool.remove(first)

    assert spool.arrivals() == [second]
    with pytest.raises(ArrivalMissing):
        spool.remove(first)


def test_what_a_power_cut_left_is_swept_after_a_day_and_not_before(spool, clock):
    spool.begin().part().write(b"half")
    whole = arrive(spool, b"letter")
    for path in spool.folder.rglob("*"):
        os.utime(path, (clock.now().timestamp(),) * 2)

    assert spool.sweep() == 0
    clock.moment += timedelta(days=1, seconds=1)

    assert spool.sweep() == 1
    assert [path.name for path in spool.folder.iterdir()] == [whole]


def test_nothing_is_taken_in_where_the_disk_is_nearly_full(tmp_path, clock):
    spool = FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=1 << 60)

    with pytest.raises(SpoolFull):
        spool.begin()

    assert list(spool.folder.iterdir()) == []


def test_a_disk_that_fills_up_while_a_film_arrives_is_noticed(tmp_path, clock, monkeypatch):
    spool = FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=0)
    part = spool.begin().part()
    monkeypatch.setattr(spool, "_keep_free_bytes", 1 << 60)

    with pytest.raises(SpoolFull):
        for _ in range(65):
            part.write(bytes(64 * 1024))


@pytest.mark.parametrize("arrival, name", [("../secret", "letter.age"), ("0" * 32, "letter.age"), ("", "letter.age")])
def test_only_arrivals_are_read(spool, arrival, name):
    with pytest.raises(ArrivalMissing):
        list(spool.read(arrival, name))


def test_only_sealed_pieces_of_an_arrival_are_read(spool):
    name = arrive(spool, b"letter")

    for piece in ("../letter.age", "part-01.age", ".partial-letter.age", "letter.json"):
        with pytest.raises(ArrivalMissing):
            list(spool.read(name, piece))
