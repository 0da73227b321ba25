"""A door that does not take a letter is heard in its own words, and told from one that is not there."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from invented_commands import Onrecord
from onrecord.ground.bounds import MIB

PAGE = """<!doctype html><title>A door</title><header><p>Leave</p></header><main><div role="alert"><h1>Not sent</h1>
<p>This file is not a sealed letter. <a href="/">Go back</a></p></div>
<h2>Hand in a letter</h2><p>Choose a file.</p></main>"""


@contextmanager
def answering(status: str, body: str = "", kind: str = "text/plain") -> Iterator[str]:
    """Run what answers one request after its first bytes, and closes."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body.encode())}\r\n\r\n"

    def answer_once() -> None:
        with listener.accept()[0] as taken:
            taken.recv(1)
            taken.sendall(head.encode() + body.encode())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        door = threading.Thread(target=answer_once)
        door.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        door.join()


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Something far larger than what a connection holds, so that the door answers before all of it was sent."""
    (tmp_path / "letter.age").write_bytes(bytes(32 * MIB))
    return tmp_path / "letter.age"


@pytest.mark.parametrize(
    ("status", "kind", "body", "says"),
    [
        ("422 x", "text/html", PAGE, "This file is not a sealed letter."),
        ("404 x", "text/html", "<main><h1>Not here</h1><p><a href='/'>Back</a></p></main>", "Not here"),
        ("413 x", "text/plain", "This is\nlarger than we take.\n", "This is larger than we take."),
        ("400 x", "text/plain", "a \u202e trick", "a [U+202E] trick"),
    ],
)
def test_a_refused_letter_is_refused_in_the_words_of_the_door(
    onrecord: Onrecord, sealed: Path, status: str, kind: str, body: str, says: str
) -> None:
    with answering(status, body, kind) as door:
        answer = onrecord("letter", "send", sealed, door)

    assert answer.code == 2
    assert answer.err.startswith(f"The door refused this letter.\nHint: the door says: {says}\nKeep the file.")


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [("507 x", "No room is left here.", "Hint: the door says: No room is left here."), ("502 x", "", "Keep the file")],
)
def test_a_door_that_can_take_nothing_now_is_no_refusal(
    onrecord: Onrecord, sealed: Path, status: str, body: str, says: str
) -> None:
    with answering(status, body) as door:
        answer = onrecord("letter", "send", sealed, door)

    assert answer.code == 1
    assert answer.err.splitlines()[0] == "The door is there and cannot take a letter now."
    assert answer.err.splitlines()[1].startswith(says)


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("ftp://x", 2, "This is not the address of a door."),
        ("nonsense", 2, "This is not the address of a door."),
        ("http://127.0.0.1:x", 2, "This is not the address of a door."),
        ("http://127.0.0.1:1", 1, "The door did not answer, so nothing was handed in."),
    ],
)
def test_an_address_without_a_door_gets_a_clear_sentence(
    onrecord: Onrecord, sealed: Path, address: str, code: int, sentence: str
) -> None:
    answer = onrecord("letter", "send", sealed, address)

    assert answer.code == code
    assert answer.err.startswith(sentence)
