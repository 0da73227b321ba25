"""A door that is filled asks for work, lets the others through one by one, and keeps its last room for text."""

import asyncio
import hashlib
from contextlib import AsyncExitStack
from datetime import date, timedelta
from html import unescape
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_door import end, field, file, form
from invented_keys import DURING
from onrecord.door.limits import DoorBusy, Limits, is_work
from onrecord.ground.bounds import MIB, QUEUE_LETTERS, TEXT_ROOM_BYTES, WORK_BITS, WORK_BITS_MOST
from onrecord.ground.clock import StillClock
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.write import LetterFile, sealed_pieces
from onrecord.store.spool import SpoolFull
from onrecord.words.catalogue import load_language

HOUR = f"{DURING:%Y-%m-%dT%H}"
LETTER = Letter("report_form.1", "A", "en", "", date(2026, 3, 1), {"account": "An invented account."})
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


class Room:
    """A spool of which only the room is looked at."""

    def __init__(self, room_bytes: int) -> None:
        self.left = room_bytes

    def room_bytes(self) -> int:
        return self.left


@pytest.fixture
def room() -> Room:
    return Room(1000 * MIB)


@pytest.fixture
def limits(room) -> Limits:
    limits = Limits(room, StillClock(DURING), queue_seconds=0)
    limits.bits()
    return limits


def work_for(sha256: str, bits: int, hour: str = HOUR) -> str:
    return next(nonce for nonce in map(str, range(1 << 30)) if is_work(sha256, hour, nonce, bits))


async def in_queue(limits: Limits, entered: list[str], who: str, **work: str) -> None:
    async with limits.turn(**work):
        entered.append(who)


def test_no_work_is_asked_for_while_it_is_calm(room, limits):
    room.left -= 100 * MIB

    assert limits.bits() == 0


def test_the_more_of_the_room_this_hour_takes_the_more_work_is_asked_for(room, limits):
    asked = []
    for left in (875, 750, 500, 250, 0, -1):
        room.left = left * MIB
        asked.append(limits.bits())

    assert asked[0] == WORK_BITS
    assert asked == sorted(asked)
    assert asked[-1] == WORK_BITS_MOST


def test_a_new_hour_and_a_collection_begin_calm(room):
    clock = StillClock(DURING)
    limits = Limits(room, clock)
    limits.bits()
    room.left = 500 * MIB
    busy = limits.bits()

    clock.moment += timedelta(hours=1)
    after_an_hour = limits.bits()
    room.left = 2000 * MIB
    after_a_collection = limits.bits()

    assert (busy > 0, after_an_hour, after_a_collection) == (True, 0, 0)


@given(sha256=HASHES, nonce=st.text(max_size=20), bits=st.integers(0, 256))
def test_work_is_as_many_zero_bits_as_a_reader_of_the_format_counts(sha256, nonce, bits):
    digest = hashlib.sha256(f"onrecord-work/v1\n{sha256}\n{HOUR}\n{nonce}".encode()).digest()
    zeros = len(bits_ := "".join(f"{byte:08b}" for byte in digest)) - len(bits_.lstrip("0"))

    assert is_work(sha256, HOUR, nonce, bits) == (zeros >= bits)


def test_work_for_one_letter_and_hour_is_none_for_another():
    nonce = work_for("ab" * 32, WORK_BITS)

    passes = {
        (letter, hour): is_work(letter * 32, hour, nonce, WORK_BITS)
        for letter in ("ab", "cd")
        for hour in (HOUR, "2026-03-02T00")
    }

    assert [case for case, passed in passes.items() if passed] == [("ab", HOUR)]


def test_letters_with_work_pass_while_those_without_wait(room, limits):
    room.left = 800 * MIB
    sha256, entered = "ab" * 32, []
    nonce = work_for(sha256, limits.bits())

    async def story() -> None:
        async with AsyncExitStack() as first:
            await first.enter_async_context(limits.turn())
            waiting = asyncio.create_task(in_queue(limits, entered, "without"))
            await asyncio.sleep(0)
            await in_queue(limits, entered, "with", sha256=sha256, hour=HOUR, nonce=nonce)
            entered.append("the first has gone")
        await waiting

    asyncio.run(story())

    assert entered == ["with", "the first has gone", "without"]


def test_work_passes_once_an_hour_and_a_letter_that_comes_again_waits_its_turn(room):
    room.left, clock = 1000 * MIB, StillClock(DURING)
    limits = Limits(room, clock, queue_seconds=0)
    limits.bits()
    room.left = 800 * MIB
    sha256, entered = "ab" * 32, []
    work = {"sha256": sha256, "hour": HOUR, "nonce": work_for(sha256, limits.bits())}

    async def story() -> None:
        async with limits.turn():
            await in_queue(limits, entered, "first", **work)
            again = asyncio.create_task(in_queue(limits, entered, "again", **work))
            for _ in range(3):
                await asyncio.sleep(0)
            entered.append("the one before has gone")
        await again

    asyncio.run(story())

    assert entered == ["first", "the one before has gone", "again"]


def test_work_for_a_letter_that_could_not_be_stored_is_good_for_another_try(room, limits):
    room.left = 800 * MIB
    sha256, entered = "ab" * 32, []
    work = {"sha256": sha256, "hour": HOUR, "nonce": work_for(sha256, limits.bits())}

    async def story() -> None:
        with pytest.raises(SpoolFull):
            async with limits.turn(**work):
                raise SpoolFull
        async with limits.turn():
            await in_queue(limits, entered, "another try", **work)
            entered.append("the one before has gone")

    asyncio.run(story())

    assert entered == ["another try", "the one before has gone"]


def test_who_comes_when_too_many_wait_is_told_so(room, limits):
    room.left = 800 * MIB

    async def story() -> None:
        async with limits.turn():
            waiting = [asyncio.create_task(in_queue(limits, [], "x")) for _ in range(QUEUE_LETTERS - 1)]
            await asyncio.sleep(0)
            with pytest.raises(DoorBusy):
                await in_queue(limits, [], "one more")
        await asyncio.gather(*waiting)
        await in_queue(limits, [], "later")

    asyncio.run(story())


@pytest.mark.parametrize("hour", ["2026-02-28T00", "", "never"])
def test_work_of_another_hour_or_for_too_few_bits_does_not_pass(room, limits, hour):
    room.left = 0
    sha256 = "cd" * 32
    nonce = work_for(sha256, 4, hour)

    with pytest.raises(DoorBusy):
        asyncio.run(in_queue(limits, [], "x", sha256=sha256, hour=hour, nonce=nonce))
    with pytest.raises(DoorBusy):
        asyncio.run(in_queue(limits, [], "x", sha256=sha256, hour=HOUR, nonce=nonce))


def test_a_busy_door_says_what_it_asks_and_takes_a_letter_that_brings_it(door, monkeypatch):
    calm = door.get("/.well-known/onrecord/work").text
    room = door.spool.room_bytes()
    monkeypatch.setattr(door.spool, "room_bytes", lambda: room * 8 // 10)
    busy = door.get("/.well-known/onrecord/work").text
    letter = b"".join(sealed_pieces(LETTER, to=door.keys.keyset))
    nonce = work_for(hashlib.sha256(letter).hexdigest(), WORK_BITS)

    answer = door.post("/en/sealed", field("work", nonce) + field("hour", HOUR) + file("letter", "a", letter) + end())

    assert (calm, busy) == (f'{{"hour":"{HOUR}","bits":0}}', f'{{"hour":"{HOUR}","bits":{WORK_BITS}}}')
    assert (answer.status, len(door.spool.arrivals())) == (200, 1)


def test_work_that_does_not_fit_is_refused_in_words_and_nothing_of_it_stays(door, monkeypatch):
    door.get("/.well-known/onrecord/work")
    room = door.spool.room_bytes()
    monkeypatch.setattr(door.spool, "room_bytes", lambda: room // 2)
    letter = b"".join(sealed_pieces(LETTER, to=door.keys.keyset))

    answer = door.post("/en/sealed", field("work", "no") + field("hour", HOUR) + file("letter", "a", letter) + end())

    assert answer.status == 503
    assert "Too many letters are arriving" in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_the_last_room_is_kept_for_text_and_a_film_is_refused_with_its_words(door, monkeypatch):
    monkeypatch.setattr(door.spool, "room_bytes", lambda: TEXT_ROOM_BYTES - 1)

    film = door.post("/en/safe", form([("account", "An invented account.")], [("files", "film.mp4", b"film")]))
    text = door.post("/en/safe", form([("account", "An invented account.")]))

    assert (film.status, text.status) == (507, 200)
    assert "An invented account." in film.text
    assert "There is no room for files now. Your words can be sent without them." in film.text
    assert len(door.spool.arrivals()) == 1


def test_room_that_ends_within_a_film_is_said_as_room_for_files(door, monkeypatch):
    rooms = chain([1 << 40, 1 << 40, 1 << 40], repeat(TEXT_ROOM_BYTES - 1))
    monkeypatch.setattr(door.spool, "room_bytes", lambda: next(rooms))
    film = bytes(5 << 20)

    answer = door.post("/en/safe", form([("account", "An invented account.")], [("files", "film.mp4", film)]))

    assert answer.status == 507
    assert "An invented account." in answer.text
    assert "There is no room for files now." in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_a_sealed_film_is_refused_where_the_last_room_is_kept_for_text(door, monkeypatch):
    monkeypatch.setattr(door.spool, "room_bytes", lambda: TEXT_ROOM_BYTES - 1)
    film = b"".join(sealed_pieces(LETTER, [LetterFile("film.mp4", 3 << 20, [bytes(3 << 20)])], to=door.keys.keyset))
    text = b"".join(sealed_pieces(LETTER, to=door.keys.keyset))

    answers = [door.post("/en/sealed", file("letter", "a", letter) + end()) for letter in (film, text)]

    assert [answer.status for answer in answers] == [507, 200]


def test_a_door_that_took_in_enough_says_so_in_every_language_and_keeps_what_it_has(door, monkeypatch):
    door.post("/en/safe", form([("account", "An invented account.")]))
    monkeypatch.setattr(door.spool, "_most_bytes", 1)
    letter = b"".join(sealed_pieces(LETTER, to=door.keys.keyset))

    for tag in door.config.languages:
        answers = [
            door.get(f"/{tag}/safe"),
            door.post(f"/{tag}/searched", form([("account", "Kept on the page.")])),
            door.post(f"/{tag}/sealed", file("letter", "a", letter) + end()),
        ]

        assert [answer.status for answer in answers] == [503] * 3
        assert all(load_language(tag).say(SpoolFull.sentence()) in unescape(answer.text) for answer in answers)
        assert "Kept on the page." in answers[1].text
    ((reading, _),) = door.letters()
    assert reading.letter.answers == {"account": "An invented account."}
    assert door.get("/healthz").status == 503
