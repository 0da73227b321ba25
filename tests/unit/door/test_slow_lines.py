"""A slow line is waited for; one that only holds a place is not."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn
from uvicorn.server import ServerState

from invented_door import CONTENT_TYPE, field, form
from onrecord.door import body as door_body
from onrecord.door import connection as door_connection
from onrecord.door.body import Body, Field, LineTooSlow
from onrecord.door.connection import PatientConnection

LETTER = form([("account", "An invented account. " * 20)])


@pytest.fixture
def patience_of_a_moment(monkeypatch):
    monkeypatch.setattr(door_body, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(door_connection, "PATIENCE_SECONDS", 0.2)


async def dripping(data: bytes, *, bytes_at_once: int, seconds: float) -> AsyncIterator[bytes]:
    for start in range(0, len(data), bytes_at_once):
        await asyncio.sleep(seconds)
        yield data[start : start + bytes_at_once]


async def read(stream: AsyncIterator[bytes]) -> list[str]:
    body = Body(stream, CONTENT_TYPE, limit_bytes=1_000_000)
    return [event.value async for event in body.events() if isinstance(event, Field)]


def test_a_line_that_falls_silent_is_not_waited_for(patience_of_a_moment):
    with pytest.raises(LineTooSlow):
        asyncio.run(read(dripping(field("account", "half"), bytes_at_once=20, seconds=30)))


def test_a_line_that_says_a_byte_now_and_then_is_not_waited_for(patience_of_a_moment):
    with pytest.raises(LineTooSlow):
        asyncio.run(read(dripping(LETTER, bytes_at_once=1, seconds=0.05)))


def test_a_slow_line_may_take_its_time(patience_of_a_moment):
    assert asyncio.run(read(dripping(LETTER, bytes_at_once=40, seconds=0.05)))[0].startswith("An invented account")


async def _answer(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def _until_closed(*sent: bytes) -> float:
    """Send pieces to a door with a little time between them and return after how many seconds it closes."""
    config = uvicorn.Config(_answer, log_config=None, lifespan="off", ws="none", http=PatientConnection)
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: PatientConnection(config, ServerState(), {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    began = loop.time()
    for piece in sent:
        writer.write(piece)
        await asyncio.sleep(0.05)
    await asyncio.wait_for(reader.read(), 10)
    writer.close()
    server.close()
    return loop.time() - began


def test_a_connection_over_which_nothing_comes_is_closed(patience_of_a_moment):
    assert asyncio.run(_until_closed()) < 1


def test_a_request_that_never_ends_its_headers_is_closed(patience_of_a_moment):
    assert asyncio.run(_until_closed(b"GET / HTTP/1.1\r\n", *[b"x: y\r\n"] * 4)) < 1


def test_a_second_request_that_never_ends_is_closed_too(patience_of_a_moment):
    assert asyncio.run(_until_closed(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n", b"GET")) < 2


def test_a_connection_that_is_used_stays_open(patience_of_a_moment):
    request = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"

    assert asyncio.run(_until_closed(*[request] * 20)) > 1
