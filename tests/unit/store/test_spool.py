"""A folder forgets when letters came, leaves nothing of what broke off, and keeps room for what is there.

What a folder and a bucket promise alike is tested on both (tests/contract/test_spools.py).
"""

import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from invented_letters import lay
from onrecord.store.folder_spool import FolderSpool
from onrecord.store.spool import SpoolFull


@pytest.fixture
def spool(tmp_path, clock) -> FolderSpool:
    return FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=0)


def test_what_was_stored_is_named_by_its_hash(spool):
    part = spool.begin().part()
    part.write(b"sea")
    part.write(b"led")

    stored = part.finish()

    assert (stored.name, stored.sha256, stored.size_bytes) == ("part-01.age", hashlib.sha256(b"sealed").hexdigest(), 6)


def test_a_discarded_arrival_leaves_nothing(spool):
    arrival = spool.begin()
    arrival.part().write(b"half")

    arrival.discard()
    arrival.discard()

    assert list(spool.folder.iterdir()) == []


def test_every_time_in_the_spool_says_only_the_day(spool):
    name = lay(spool, b"letter", parts=[b"part"])

    paths = [spool.folder, spool.folder / name, *(spool.folder / name).iterdir()]

    assert {path.stat().st_mtime for path in paths} == {datetime(2026, 3, 1, tzinfo=UTC).timestamp()}


def test_what_a_power_cut_left_is_swept_after_a_day_and_not_before(spool, clock):
    spool.begin().part().write(b"half")
    whole = lay(spool, b"letter")
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


def test_what_broke_off_takes_no_room(tmp_path, clock):
    spool = FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=0, most_bytes=1000)
    arrival = spool.begin()
    arrival.part().write(bytes(2000))

    arrival.discard()

    assert spool.room_bytes() == 1000


def test_what_another_process_took_in_is_seen_within_a_minute(tmp_path, clock):
    ours, other = [FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=0, most_bytes=1000) for _ in range(2)]
    before = ours.room_bytes()
    lay(other, bytes(600))

    clock.moment += timedelta(minutes=1)

    assert (before, ours.room_bytes()) == (1000, 400)


def test_four_processes_exceed_what_may_lie_here_by_a_sixteenth_each_at_most(tmp_path, clock):
    most_bytes, size_bytes = 64_000, 100
    doors = [FolderSpool(tmp_path / "spool", clock=clock, keep_free_bytes=0, most_bytes=most_bytes) for _ in range(4)]

    for door in doors * 1000:
        if door.room_bytes() >= 0:
            lay(door, bytes(size_bytes))

    held_bytes = size_bytes * len(doors[0].arrivals())
    assert most_bytes < held_bytes <= most_bytes + len(doors) * (most_bytes // 16 + size_bytes)
