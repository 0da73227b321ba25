"""A folder and a bucket keep the same promises to doors and to the desk: as spools, and as the place of boxes."""

import hashlib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from invented_bucket import DESK, DOOR, RunningBucket, environment, running_bucket
from invented_door import form
from invented_letters import lay
from onrecord.door.limits import Limits
from onrecord.ground.bounds import BUCKET_PART_BYTES, MIB, TEXT_ROOM_BYTES, WORK_BITS, WORK_BITS_MOST
from onrecord.ground.clock import StillClock
from onrecord.store.boxes import SEED_BYTES, Boxes, BoxesSilent, NotAMailbox
from onrecord.store.place import open_place
from onrecord.store.s3_spool import BucketSilent, NotABucket
from onrecord.store.spool import ArrivalMissing, Spool, SpoolFull
from running_door import running_door

MAILBOX = "ab" * 16


class Place(NamedTuple):
    """One place, as a door comes to it and as the desk does."""

    door: Spool
    desk: Spool
    door_boxes: Boxes
    boxes: Boxes
    clock: StillClock


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBucket]:
    with running_bucket(tmp_path_factory.mktemp("bucket")) as running:
        yield running


@pytest.fixture
def in_bucket(bucket: RunningBucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    clock, opened = StillClock(datetime.now(UTC)), []
    for caller in (DOOR, DESK):
        for name, value in environment(caller).items():
            monkeypatch.setenv(name, value)
        opened.append(open_place(bucket.place(tmp_path.name), clock))
    return Place(opened[0][0], opened[1][0], opened[0][1], opened[1][1], clock)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "bucket":
        found: Place = request.getfixturevalue("in_bucket")
        return found
    clock = StillClock(datetime.now(UTC))
    spool, boxes = open_place(tmp_path / "spool", clock)
    return Place(spool, spool, boxes, boxes, clock)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_the_desk_reads_what_a_door_put_bit_for_bit(place):
    name = lay(place.door, b"letter", parts=[b"one", b"\x00\xff" * 100_000])

    assert place.desk.arrivals() == [name]
    assert place.desk.parts(name) == ["part-01.age", "part-02.age"]
    assert b"".join(place.desk.read(name)) == b"letter"
    assert b"".join(place.desk.read(name, "part-02.age")) == b"\x00\xff" * 100_000
    assert place.desk.size_bytes(name, "part-02.age") == 200_000


def test_a_film_goes_through_in_pieces_and_is_named_by_its_hash(place):
    chunk, arrival, digest = bytes(range(256)) * 4096, place.door.begin(), hashlib.sha256()
    part = arrival.part()
    for _ in range(3 * BUCKET_PART_BYTES // len(chunk) + 1):
        part.write(chunk)
        digest.update(chunk)

    stored = part.finish()
    arrival.letter().finish()
    arrival.complete()

    read = hashlib.sha256()
    for piece in place.desk.read(arrival.name, "part-01.age"):
        read.update(piece)
    assert stored.sha256 == digest.hexdigest() == read.hexdigest()


def test_an_arrival_without_its_letter_is_not_there(place):
    arrival = place.door.begin()
    part = arrival.part()
    part.write(b"half")
    part.finish()
    arrival.letter().write(b"half a letter")

    assert place.desk.arrivals() == []


def test_an_arrival_that_was_given_up_is_not_there(place):
    arrival = place.door.begin()
    part = arrival.part()
    part.write(b"half")
    part.finish()

    arrival.discard()
    arrival.discard()

    assert place.desk.arrivals() == []


@pytest.mark.parametrize("is_collected", [False, True], ids=["waiting", "collected at once"])
def test_a_complete_arrival_cannot_be_given_up(place, is_collected):
    arrival = place.door.begin()
    letter = arrival.letter()
    letter.write(b"letter")
    letter.finish()
    if is_collected:  # a desk may come between the letter's name and the door's last step
        place.desk.remove(arrival.name)

    arrival.complete()
    arrival.discard()

    assert place.desk.arrivals() == ([] if is_collected else [arrival.name])


def test_a_hundred_parts_keep_their_order(place):
    name = lay(place.door, b"letter", parts=[b"part"] * 100)

    assert place.desk.parts(name) == [f"part-{number:02}.age" for number in range(1, 101)]


def test_two_doors_put_into_one_spool_and_names_hide_who_came_first(place):
    names = [lay(place.door, b"letter") for _ in range(12)]

    assert place.desk.arrivals() == sorted(names)


def test_a_removed_arrival_is_gone_and_the_others_stay(place):
    first, second = lay(place.door, b"one", parts=[b"part"]), lay(place.door, b"two")

    place.desk.remove(first)

    assert place.desk.arrivals() == [second]
    for ask in (place.desk.remove, place.desk.parts, place.desk.size_bytes, lambda name: list(place.desk.read(name))):
        with pytest.raises(ArrivalMissing):
            ask(first)


def test_what_has_no_letter_is_swept_after_a_day_and_not_before(place):
    dead, whole = place.door.begin(), lay(place.door, b"letter")
    part = dead.part()
    part.write(b"half")
    part.finish()

    young = place.desk.sweep()
    place.clock.moment += timedelta(days=2)
    old = place.desk.sweep()

    assert (young, old) == (0, 1)
    assert place.desk.arrivals() == [whole]


@pytest.mark.parametrize("name", ["../secret", "0" * 32, ""])
def test_only_arrivals_are_read(place, name):
    with pytest.raises(ArrivalMissing):
        list(place.desk.read(name))


@pytest.mark.parametrize("piece", ["../letter.age", "part-01.age", ".partial-letter.age", "letter.json"])
def test_only_sealed_pieces_of_an_arrival_are_read(place, piece):
    name = lay(place.door, b"letter")

    with pytest.raises(ArrivalMissing):
        list(place.desk.read(name, piece))


def test_where_enough_was_taken_in_nothing_more_is_and_nothing_is_lost(place, monkeypatch):
    monkeypatch.setattr(place.door, "_most_bytes", 200_000)
    names = [lay(place.door, bytes(70_000)) for _ in range(3)]

    with pytest.raises(SpoolFull):
        place.door.begin()

    assert place.desk.arrivals() == sorted(names)
    assert place.door.room_bytes() == -10_000


def test_room_that_is_kept_for_text_is_not_filled_by_the_rest_of_a_film(place, monkeypatch):
    monkeypatch.setattr(place.door, "_most_bytes", TEXT_ROOM_BYTES + 8 * MIB)
    film = place.door.begin().part()

    with pytest.raises(SpoolFull):
        for _ in range(20):
            film.write(bytes(MIB))

    assert place.door.room_bytes() > TEXT_ROOM_BYTES - 8 * MIB


def test_letters_that_were_collected_make_room_within_the_hour(place, monkeypatch):
    monkeypatch.setattr(place.door, "_most_bytes", 200_000)
    for _ in range(3):
        place.desk.remove(lay(place.door, bytes(70_000)))

    place.clock.moment += timedelta(hours=1)

    assert place.door.room_bytes() == 200_000


def test_the_more_came_within_an_hour_the_more_work_a_door_asks_for(place, monkeypatch):
    monkeypatch.setattr(place.door, "_most_bytes", 800_000)
    limits, asked = Limits(place.door, place.clock), []

    for _ in range(5):
        asked.append(limits.bits())
        lay(place.door, bytes(200_000))
    place.clock.moment += timedelta(hours=1)

    assert asked == [0, WORK_BITS + 2, WORK_BITS + 6, WORK_BITS_MOST, WORK_BITS_MOST]
    assert limits.bits() == 0


def test_a_mailbox_without_a_box_gives_none(place):
    assert place.door_boxes.read(MAILBOX) is None


def test_a_door_hands_out_the_newest_box(place):
    place.boxes.put(MAILBOX, b"old")

    place.boxes.put(MAILBOX, b"new")

    assert place.door_boxes.read(MAILBOX) == b"new"


def test_a_seed_lies_beside_the_boxes_from_the_first_on_and_never_changes(place):
    before = place.door_boxes.seed()

    seeds = []
    for mailbox in (MAILBOX, "cd" * 16):
        place.boxes.put(mailbox, b"box")
        seeds.append((place.boxes.seed(), place.door_boxes.seed()))

    assert before == b""
    assert len(seeds[0][0]) == SEED_BYTES
    assert len({seed for both in seeds for seed in both}) == 1


@pytest.mark.parametrize("name", ["", "../keys", "AB" * 16, "ab" * 15, "ab" * 16 + "/x"])
def test_nothing_but_a_mailbox_has_a_box(place, name):
    with pytest.raises(NotAMailbox):
        place.boxes.read(name)
    with pytest.raises(NotAMailbox):
        place.boxes.put(name, b"box")


def test_a_door_can_neither_list_nor_read_nor_remove_a_letter_nor_write_a_box(in_bucket):
    name = lay(in_bucket.door, b"letter")

    for ask in (
        in_bucket.door.arrivals,
        lambda: list(in_bucket.door.read(name)),
        lambda: in_bucket.door.remove(name),
        lambda: in_bucket.door_boxes.put(MAILBOX, b"box"),
    ):
        with pytest.raises(BucketSilent):
            ask()
    assert b"".join(in_bucket.desk.read(name)) == b"letter"


def test_a_letter_is_never_put_in_the_place_of_another(in_bucket, monkeypatch):
    name = lay(in_bucket.door, b"first")
    monkeypatch.setattr(in_bucket.door, "_random", lambda _: bytes.fromhex(name))
    letter = in_bucket.door.begin().letter()
    letter.write(b"second")

    with pytest.raises(SpoolFull):
        letter.finish()

    assert b"".join(in_bucket.desk.read(name)) == b"first"


def test_letters_go_from_a_door_of_two_processes_through_a_bucket_to_the_desk(in_bucket, bucket, tmp_path, monkeypatch):
    for name, value in environment(DOOR).items():
        monkeypatch.setenv(name, value)

    with running_door(tmp_path, _free_port(), processes=2, place=bucket.place(tmp_path.name)) as door:
        body = form([("account", "An invented account.")], [("files", "film.mp4", bytes(range(256)) * 40_000)])
        answers = [door.post("/en/safe", [body], len(body)) for _ in range(4)]

    arrivals = in_bucket.desk.arrivals()
    sizes = {in_bucket.desk.size_bytes(arrival, "part-01.age") for arrival in arrivals}
    assert (answers, len(arrivals), len(sizes)) == ([200] * 4, 4, 1)
    assert not (tmp_path / "spool").exists()


@pytest.mark.parametrize("place", ["s3:", "s3://", "s3://bucket?password=x"])
def test_what_is_not_the_address_of_a_bucket_is_refused(place):
    with pytest.raises(NotABucket):
        open_place(place, StillClock(datetime.now(UTC)))


def test_a_bucket_that_is_not_there_is_said_and_nothing_is_lost(monkeypatch):
    for name, value in environment(DESK).items():
        monkeypatch.setenv(name, value)
    place = "s3://none/x?endpoint=http://127.0.0.1:9&region=us-east-1"
    desk, boxes = open_place(place, StillClock(datetime.now(UTC)))

    with pytest.raises(BucketSilent):
        desk.arrivals()
    with pytest.raises(BoxesSilent):
        boxes.read(MAILBOX)
