"""Seal a file for somebody and open one again, as the age program does, with or without a docket.

`onrecord seal` and `onrecord open` read and write age v1 files. Nothing is overwritten, and an opened file appears only
when all of it proved authentic.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.opening import ask_passphrase
from onrecord.cli.show import counted, progress
from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.seal.recipients import Identity, Recipient

STANDARD_OUTPUT = Path("-")

Source = Annotated[Path | None, typer.Argument(metavar="IN", help="The file to read; standard input if left out.")]
Target = Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The new file; - for standard output.")]
Passphrase = Annotated[bool, typer.Option("-p", "--passphrase", help="Use a passphrase; it is asked for.")]


class CannotRead(BadInput):
    """A file that was named cannot be read."""

    next_step = "Check its name and whether you may read it."


class CannotWrite(BadInput):
    """The new file cannot be written where it was asked for; nothing was changed."""

    next_step = "Name a folder that exists and that you may write to."


class NothingToOpenWith(BadInput):
    """No key was given to open this with."""

    next_step = "Name a file that holds your secret key with -i, or use -p for a passphrase."


def register(app: typer.Typer) -> None:
    """Add both commands to the command line."""
    app.command("seal")(seal)
    app.command("open")(open_)


def seal(
    target: Target,
    source: Source = None,
    recipients: Annotated[
        list[str] | None,
        typer.Option("-r", "--recipient", metavar="KEY", help="A public key, age1...; may be repeated."),
    ] = None,
    passphrase: Passphrase = False,
    armored: Annotated[bool, typer.Option("-a", "--armor", help="Write lines of text instead of bytes.")] = False,
) -> None:
    """Seal a file for one or more recipients. Any age program that has their keys opens it."""
    from onrecord.seal.close import seal_chunks
    from onrecord.seal.recipients import PassphraseRecipient, parse_recipient

    chosen: list[Recipient] = [parse_recipient(text) for text in recipients or []]
    if passphrase:
        chosen.append(PassphraseRecipient(ask_passphrase(new=True)))
    _write(target, seal_chunks(_read(source, "sealing"), chosen, armored=armored))


def open_(
    target: Target,
    source: Source = None,
    identity_files: Annotated[
        list[Path] | None,
        typer.Option("-i", "--identity", metavar="FILE", help="A file of secret keys, one a line."),
    ] = None,
    passphrase: Passphrase = False,
) -> None:
    """Open a sealed file. Nothing is left behind unless all of it is authentic."""
    from onrecord.seal.open import open_chunks
    from onrecord.seal.recipients import PassphraseIdentity

    identities = [identity for path in identity_files or [] for identity in _read_identities(path)]
    if passphrase:
        identities.append(PassphraseIdentity(ask_passphrase(new=False)))
    if not identities:
        raise NothingToOpenWith
    _write(target, open_chunks(_read(source, "opening"), identities))


def _read_identities(path: Path) -> list["Identity"]:
    from onrecord.seal.recipients import NotAnIdentity, parse_identity

    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError:
        raise NotAnIdentity from None
    except OSError:
        raise CannotRead from None
    return [parse_identity(line) for line in lines if line and not line.startswith("#")]


def _read(source: Path | None, what: str) -> Iterator[bytes]:
    """Read a file, or standard input, in pieces, showing on a terminal how far it is."""
    from onrecord.ground.bounds import READ_BYTES

    if source is None:
        yield from iter(lambda: sys.stdin.buffer.read(READ_BYTES), b"")
        return
    try:
        with source.open("rb") as file, progress(what, source.stat().st_size, in_bytes=True) as step:
            yield from counted(iter(lambda: file.read(READ_BYTES), b""), step)
    except OSError:
        raise CannotRead from None


def _write(target: Path, chunks: Iterable[bytes]) -> None:
    from onrecord.ground.files import FileAlreadyThere, create_file

    if target == STANDARD_OUTPUT:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    if target.exists():
        raise FileAlreadyThere
    try:
        create_file(target, chunks)
    except OSError:
        raise CannotWrite from None
