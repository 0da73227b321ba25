"""A slow line is waited for; one that only holds a place is not. Minutes pass here at once."""

import asyncio
import socket
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
import uvicorn
from uvicorn.server import ServerState

from invented_door import CONTENT_TYPE, field, form
from leaping_loop import run_leaping
from onrecord.door import body as door_body
from onrecord.door.body import Body, Field, LineTooSlow
from onrecord.door.connection import PatientConnection
from onrecord.ground.bounds import PATIENCE_SECONDS, SLOWEST_BYTES_PER_SECOND

REQUEST = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"


@pytest.fixture(autouse=True)
def one_clock(monkeypatch):
    """Let the body's clock be the loop's, which leaps."""
    clock = SimpleNamespace(monotonic=lambda: asyncio.get_running_loop().time())
    monkeypatch.setattr(door_body, "time", clock)


async def dripping(data: bytes, *, bytes_at_once: int, every_seconds: float) -> AsyncIterator[bytes]:
    for start in range(0, len(data), bytes_at_once):
        await asyncio.sleep(every_seconds)
        yield data[start : start + bytes_at_once]


async def read(stream: AsyncIterator[bytes]) -> tuple[list[str], float]:
    """Read a form's answers, and return them with the seconds it took."""
    body = Body(stream, CONTENT_TYPE, limit_bytes=1_000_000)
    values = [event.value async for event in body.events() if isinstance(event, Field)]
    return values, asyncio.get_running_loop().time()


def test_a_line_that_falls_silent_is_not_waited_for():
    with pytest.raises(LineTooSlow):
        run_leaping(read(dripping(field("account", "half"), bytes_at_once=80, every_seconds=PATIENCE_SECONDS + 1)))


def test_a_line_that_says_a_byte_now_and_then_is_not_waited_for():
    letter = form([("account", "An invented account. " * 20)])

    with pytest.raises(LineTooSlow):
        run_leaping(read(dripping(letter, bytes_at_once=1, every_seconds=10)))


def test_a_slow_line_may_take_its_time():
    letter = form([("account", "An invented account. " * 5_000)])

    (account, _), seconds = run_leaping(read(dripping(letter, bytes_at_once=SLOWEST_BYTES_PER_SECOND, every_seconds=1)))

    assert account.startswith("An invented account")
    assert seconds > 3 * PATIENCE_SECONDS


async def _answer(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def _until_closed(*sent: bytes, every_seconds: float = 1) -> float:
    """Send pieces to a door with a little time between them and return after how many seconds it closes."""
    config = uvicorn.Config(_answer, log_config=None, lifespan="off", ws="none", http=PatientConnection)
    config.load()
    loop = asyncio.get_running_loop()
    # A pair of local sockets: what one side writes is there for the other at once, so that no leap can miss it.
    ours, theirs = socket.socketpair()
    await loop.connect_accepted_socket(lambda: PatientConnection(config, ServerState(), {}), theirs)
    reader, writer = await asyncio.open_connection(sock=ours)
    for piece in sent:
        writer.write(piece)
        await asyncio.sleep(every_seconds)
    async with asyncio.timeout(100 * PATIENCE_SECONDS):
        await reader.read()
    writer.close()
    return loop.time()


def test_a_connection_over_which_nothing_comes_is_closed():
    assert run_leaping(_until_closed()) == PATIENCE_SECONDS


def test_a_request_that_never_ends_its_headers_is_closed():
    assert run_leaping(_until_closed(b"GET / HTTP/1.1\r\n", *[b"x: y\r\n"] * 4)) == PATIENCE_SECONDS


def test_a_second_request_that_never_ends_is_closed_too():
    assert run_leaping(_until_closed(REQUEST, b"GET")) == 2 * PATIENCE_SECONDS


def test_a_connection_that_is_used_stays_open():
    assert run_leaping(_until_closed(*[REQUEST] * 100, every_seconds=4)) > 3 * PATIENCE_SECONDS
