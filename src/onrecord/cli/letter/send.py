"""Hand in a sealed letter at a door, and say in the door's own words why it did not take one.

An onion address needs a Tor client around the command (`torsocks onrecord letter send ...`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from onrecord.cli.letter.files import chunks, size_bytes
from onrecord.cli.show import counted, progress
from onrecord.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    from urllib.parse import SplitResult

TAKEN, REFUSED, FAILED = 200, 400, 500


class NotADoorAddress(BadInput):
    """This is not the address of a door."""

    next_step = "It begins with http:// or https://, as it was given to you."


class DoorUnreachable(CheckFailed):
    """The door did not answer, so nothing was handed in."""

    next_step = "Try again later. The sealed file stays good until its keyset ends."


class LetterRefused(BadInput):
    """The door refused this letter."""

    next_step = "Keep the file. Check that it is the sealed letter and all of it, and that this is the door it is for."

    def __init__(self, words: str) -> None:
        super().__init__()
        self.hint = f"the door says: {words}" if words else ""


class DoorCannotTake(CheckFailed):
    """The door is there and cannot take a letter now."""

    next_step = "Keep the file and try again later; where the door's keys have ended, seal it again to a newer keyset."

    def __init__(self, words: str) -> None:
        super().__init__()
        self.hint = f"the door says: {words}" if words else ""


def send(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A sealed letter.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of a door.")],
) -> None:
    """Hand in a sealed letter at a door. The file's name is not sent."""
    import secrets
    from urllib.parse import urlsplit

    boundary = secrets.token_hex(16)
    start = f'--{boundary}\r\nContent-Disposition: form-data; name="letter"; filename="letter"\r\n\r\n'.encode()
    end = f"\r\n--{boundary}--\r\n".encode()
    size = len(start) + size_bytes(file) + len(end)
    with file.open("rb") as sealed, progress("sending", size, in_bytes=True) as step:
        status, words = _post(urlsplit(url), boundary, size, counted(_framed(start, sealed, end), step))
    if REFUSED <= status < FAILED:
        raise LetterRefused(words)
    if status != TAKEN:
        raise DoorCannotTake(words)
    typer.echo("The letter has arrived.")


def _framed(start: bytes, sealed: BinaryIO, end: bytes) -> Iterator[bytes]:
    yield start
    yield from chunks(sealed)
    yield end


def _post(url: "SplitResult", boundary: str, size: int, body: Iterator[bytes]) -> tuple[int, str]:
    from contextlib import suppress
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    from onrecord.cli.letter.answer import words_of

    kinds = {"http": HTTPConnection, "https": HTTPSConnection}
    if url.scheme not in kinds or not url.hostname:
        raise NotADoorAddress
    try:
        connection = kinds[url.scheme](url.hostname, url.port, timeout=120)
    except ValueError:  # the port is no number
        raise NotADoorAddress from None
    headers = {
        "Accept": "text/plain, text/html;q=0.5",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Content-Length": str(size),
    }
    try:
        # A door may answer, and close, before it has read all of a letter that it does not take.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", f"{url.path.rstrip('/')}/en/sealed", body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, words_of(answer)
    except (OSError, HTTPException):
        raise DoorUnreachable from None
    finally:
        connection.close()
