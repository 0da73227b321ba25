"""Open the docket that a command works on: where it is, whose passphrase opens it, and Django made ready for it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.cli.show import progress
from onrecord.errors import BadInput, Damaged

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from onrecord.casework.docket import Docket
    from onrecord.casework.models import Drawn
    from onrecord.settings import DocketSettings

PASSPHRASE_FILE = "ONRECORD_PASSPHRASE_FILE"  # noqa: S105
PREFIX_CHARACTERS = 6

Folder = Annotated[
    Path | None,
    typer.Option("-d", "--docket", metavar="DIR", envvar="ONRECORD_DOCKET", help="The docket's folder."),
]


RootFile = Annotated[
    Path | None,
    typer.Option("--root-key", metavar="FILE", help="The file of the root key, on the medium where it is kept."),
]


class DocketNotNamed(BadInput):
    """No docket was named."""

    next_step = "Name its folder with -d DIR, or set ONRECORD_DOCKET."


class DocketIncomplete(Damaged):
    """A file is missing without which this docket cannot be opened: a key, the keyset or a database."""

    next_step = "Put it back or restore the docket from its newest backup; nothing was made in its place."


class DatabaseMissing(DocketIncomplete):
    """A database of this docket is missing, or emptied."""


class RootKeyWrong(BadInput):
    """This file does not hold the root key that the keyset names."""

    next_step = "Name the file that was written when the docket was made, or its copy, with --root-key."


class PassphraseUnreadable(BadInput):
    """The passphrase file cannot be read."""

    next_step = f"Check the path in {PASSPHRASE_FILE} and who may read the file."


class NobodyToAsk(BadInput):
    """A passphrase is needed, and there is nobody here to type it."""

    next_step = f"Run this in a terminal, or name a file that holds the passphrase in {PASSPHRASE_FILE}."


class SeveralFit(BadInput):
    """Several identifiers begin with these digits."""

    next_step = "Give more of its digits, or all."


def start_django() -> None:
    """Make Django ready; nothing is connected yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.desk.settings")
    import django

    django.setup()


def docket_folder(folder: Path | None) -> Path:
    """Return the named docket's folder; raise DocketNotNamed, NotADocket or what is wrong with its settings."""
    from onrecord.settings import DocketSettings

    if folder is None:
        raise DocketNotNamed
    DocketSettings.read(folder)
    return folder


def open_docket(
    folder: Path | None, *, kind: Literal["member", "operator"] = "member", may_be_older: bool = False
) -> "Docket":
    """Open a docket with a passphrase, asked for or read from a file; raise what is wrong with either."""
    from onrecord.settings import DocketSettings

    where = docket_folder(folder)
    _check_complete(where, DocketSettings.read(where))
    passphrase = ask_passphrase()
    with progress("opening the docket"):
        start_django()
        from onrecord.casework.docket import Docket
        from onrecord.ground.clock import SystemClock
        from onrecord.seal.keyring import unlock

        keyring = unlock(where / "keys", passphrase, kind=kind)
        return Docket.open(where, keyring, SystemClock(), may_be_older=may_be_older)


def open_root_key(file: Path | None, folder: Path, root_key: bytes) -> "Ed25519PrivateKey":
    """Open the root key with its passphrase, from where it is kept or else where it was made; raise RootKeyWrong."""
    import binascii
    from base64 import b64decode

    start_django()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from onrecord.casework.create import ROOT_FILE
    from onrecord.seal.open import open_sealed
    from onrecord.seal.recipients import PassphraseIdentity

    try:
        sealed = (file or folder / ROOT_FILE).read_bytes()
    except OSError:
        raise RootKeyWrong from None
    secret = open_sealed(sealed, [PassphraseIdentity(ask_passphrase("Passphrase of the root key"))])
    try:
        root = Ed25519PrivateKey.from_private_bytes(b64decode(secret))
    except (ValueError, binascii.Error):
        raise RootKeyWrong from None
    if root.public_key().public_bytes_raw() != root_key:
        raise RootKeyWrong
    return root


def ask_passphrase(of: str = "Passphrase", *, new: bool = False) -> str:
    """Return the passphrase: the first line of the file that ONRECORD_PASSPHRASE_FILE names, else typed."""
    named = os.environ.get(PASSPHRASE_FILE)
    if named is None:
        return _typed_passphrase(of, new=new)
    try:
        return Path(named).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise PassphraseUnreadable from None


def whole_id(text: str, *among: type["Drawn"]) -> str:
    """Return the one identifier that begins with six or more digits; any other text is returned as it came.

    Raise SeveralFit if there are several. Without `among`, everything that the ledger draws is looked through.
    """
    from onrecord.casework.models.drawn import ID_CHARACTERS, drawn_tables

    if not PREFIX_CHARACTERS <= len(text) < ID_CHARACTERS or not set(text) <= set("0123456789abcdef"):
        return text
    fitting: set[str] = set()
    for table in among or drawn_tables():
        # `g` sorts after every digit, so that the index of the identifiers answers; rows of parts are named ID-PLACE.
        rows = table._default_manager.filter(pk__gte=text, pk__lt=f"{text}g").exclude(pk__contains="-")
        fitting.update(rows.values_list("pk", flat=True)[:2])
    if len(fitting) > 1:
        raise SeveralFit
    return fitting.pop() if fitting else text


def _check_complete(folder: Path, settings: "DocketSettings") -> None:
    # Opening a database that is not there would make an empty one, and a member would see an empty docket.
    needed = ["keys/principals", "keys/database.age", "keys/log.age", "keys/keyset.json", "db/subjects.db"]
    needed += ["db/onrecord.db"] if settings.database == "sqlcipher" else []
    for name in needed:
        if not (folder / name).exists() or not (folder / name).stat().st_size:
            raise DatabaseMissing if name.startswith("db/") else DocketIncomplete


def _typed_passphrase(of: str, *, new: bool) -> str:
    import warnings
    from getpass import GetPassWarning, getpass

    try:
        with warnings.catch_warnings():
            # Without a terminal the passphrase would be shown as it is typed.
            warnings.simplefilter("error", GetPassWarning)
            typed = getpass(f"{of}: ")
            while new and getpass("The same again: ") != typed:
                typer.echo("These two differ. Type both again.", err=True)
                typed = getpass(f"{of}: ")
    except GetPassWarning:
        raise NobodyToAsk from None
    except (KeyboardInterrupt, EOFError):
        typer.echo(err=True)  # the line of the prompt is still open
        raise
    return typed
