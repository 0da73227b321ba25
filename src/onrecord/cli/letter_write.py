"""Write a sealed letter on this machine, and hand it in at a door: tier A, from end to end.

The letter is sealed here to the keys of a keyset that was learned by another way; the door sees a padded, sealed
file. An onion address needs a Tor client around the command (`torsocks onrecord letter send ...`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from onrecord.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from onrecord.seal.letter.content import Consent
    from onrecord.seal.letter.write import LetterFile

FORM = "report_form.1"


class FileUnreadable(BadInput):
    """A file named here cannot be read, or its text is not UTF-8."""

    next_step = "Look at its name and its rights, save a text as UTF-8, and try again."


class NotADoorAddress(BadInput):
    """This is not the address of a door."""

    next_step = "It begins with http:// or https://, as it was given to you."


class DoorUnreachable(CheckFailed):
    """The door did not answer, so nothing was handed in."""

    next_step = "Try again later. The sealed file stays good until its keyset ends."


class LetterNotTaken(CheckFailed):
    """The door did not take this letter."""

    next_step = "It may be full, or its keys may have ended, or this may not be a sealed letter. Keep the file."


def register(app: typer.Typer) -> None:
    """Add both commands to `onrecord letter`."""
    app.command("write")(write)
    app.command("send")(send)


def write(
    text: Annotated[Path, typer.Option(help="A text file: what happened, in the reporter's words.")],
    keyset: Annotated[Path, typer.Option(help="The docket's keyset file.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The sealed letter to write.")],
    file: Annotated[list[Path] | None, typer.Option(help="A file to put in; may be given several times.")] = None,
    language: Annotated[str, typer.Option(help="The language it is written in.")] = "en",
    name: Annotated[str, typer.Option(help="A name or contact, sealed apart from the story.")] = "",
    consent: Annotated[
        list[str] | None,
        typer.Option(help="A consent_purpose that the reporter says yes to; may be given several times."),
    ] = None,
    receipt: Annotated[bool, typer.Option(help="Make nine words with which to come back, and show them.")] = False,
    root_key: Annotated[str, typer.Option(help="The docket's root key (base64), learned by another way.")] = "",
) -> None:
    """Seal a letter to a docket. Only those who hold its keys can open it."""
    from datetime import UTC, datetime

    from onrecord.ground.clock import day_of
    from onrecord.ground.files import create_file
    from onrecord.ground.text import nfc
    from onrecord.seal.keyset import raw_key, read_keyset
    from onrecord.seal.letter.content import Letter
    from onrecord.seal.letter.write import identity_json, sealed_pieces
    from onrecord.seal.receipt import Receipt
    from onrecord.words.wordlist import load_wordlist

    now = datetime.now(UTC)
    keys = read_keyset(_read(keyset), root_key=raw_key(root_key) if root_key else None, now=now)
    words = load_wordlist(language)
    made = Receipt.new(avoid=words.avoid) if receipt else None
    letter = Letter(
        form=FORM,
        tier="A",
        language=language,
        path="",
        written_on=day_of(now),
        answers={"account": nfc(_decoded(_read(text)))},
        consent=_consent(consent or [], language),
        reporter=made.keys().reporter() if made else None,
    )
    identity = identity_json(name=name, contact="") if name else None
    create_file(output, sealed_pieces(letter, [_letter_file(path) for path in file or []], to=keys, identity=identity))
    if made:
        typer.echo(" ".join(made.words(words.words)))


def send(
    file: Annotated[Path, typer.Argument(help="A sealed letter.")],
    url: Annotated[str, typer.Argument(help="The address of a door.")],
) -> None:
    """Hand in a sealed letter at a door. The file's name is not sent."""
    import secrets
    from urllib.parse import urlsplit

    boundary = secrets.token_hex(16)
    start = f'--{boundary}\r\nContent-Disposition: form-data; name="letter"; filename="letter"\r\n\r\n'.encode()
    end = f"\r\n--{boundary}--\r\n".encode()
    try:
        with file.open("rb") as sealed:
            size_bytes = len(start) + file.stat().st_size + len(end)
            status = _post(urlsplit(url), boundary, size_bytes, _framed(start, sealed, end))
    except FileNotFoundError:
        raise FileUnreadable from None
    if status != 200:
        raise LetterNotTaken
    typer.echo("The letter has arrived.")


def _post(url: "SplitResult", boundary: str, size_bytes: int, body: Iterator[bytes]) -> int:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    kinds = {"http": HTTPConnection, "https": HTTPSConnection}
    if url.scheme not in kinds or not url.hostname:
        raise NotADoorAddress
    connection = kinds[url.scheme](url.hostname, url.port, timeout=120)
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(size_bytes)}
    try:
        connection.request("POST", f"{url.path.rstrip('/')}/en/sealed", body=body, headers=headers)
        status: int = connection.getresponse().status
        return status
    except (OSError, HTTPException):
        raise DoorUnreachable from None
    finally:
        connection.close()


def _framed(start: bytes, sealed: BinaryIO, end: bytes) -> Iterator[bytes]:
    yield start
    yield from _chunks(sealed)
    yield end


def _consent(purposes: list[str], language: str) -> tuple["Consent", ...]:
    """Return a yes to each purpose, with the hash of the codebook's sentence for it."""
    from hashlib import sha256

    from onrecord.seal.letter.content import Consent
    from onrecord.words.codebook import load_codebook

    terms = [load_codebook().vocabulary("consent_purpose").term(purpose) for purpose in purposes]
    return tuple(Consent(term.code, "given", sha256(term.label(language).encode()).hexdigest()) for term in terms)


def _letter_file(path: Path) -> "LetterFile":
    from onrecord.seal.letter.content import shown_name
    from onrecord.seal.letter.write import LetterFile

    try:
        return LetterFile(shown_name(path.name), path.stat().st_size, _chunks(path.open("rb")))
    except OSError:
        raise FileUnreadable from None


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    from onrecord.ground.bounds import CHUNK_BYTES

    with file:
        while data := file.read(CHUNK_BYTES):
            yield data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise FileUnreadable from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise FileUnreadable from None
