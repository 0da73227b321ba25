"""Open the docket that a command works on: where it is, whose passphrase opens it, and Django made ready for it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.casework.docket import Docket

PASSPHRASE_FILE = "ONRECORD_PASSPHRASE_FILE"  # noqa: S105

Folder = Annotated[
    Path | None,
    typer.Option("-d", "--docket", metavar="DIR", envvar="ONRECORD_DOCKET", help="The docket's folder."),
]
MemberName = Annotated[str, typer.Option("--member", help="Whose passphrase it is, where there are several members.")]


class DocketNotNamed(BadInput):
    """No docket was named."""

    next_step = "Name its folder with -d DIR, or set ONRECORD_DOCKET."


class PassphraseUnreadable(BadInput):
    """The passphrase file cannot be read."""

    next_step = f"Check the path in {PASSPHRASE_FILE} and who may read the file."


def start_django() -> None:
    """Make Django ready; nothing is connected yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.desk.settings")
    import django

    django.setup()


def docket_folder(folder: Path | None) -> Path:
    """Return the named docket's folder; raise DocketNotNamed or NotADocket."""
    from onrecord.settings import DocketSettings

    if folder is None:
        raise DocketNotNamed
    DocketSettings.read(folder)
    return folder


def open_docket(folder: Path | None, *, member: str = "", kind: Literal["member", "operator"] = "member") -> "Docket":
    """Open a docket with a passphrase, asked for or read from a file."""
    where = docket_folder(folder)
    start_django()
    from onrecord.casework.docket import Docket
    from onrecord.ground.clock import SystemClock
    from onrecord.seal.keyring import unlock

    keyring = unlock(where / "keys", ask_passphrase(), kind=kind, name=member or None)
    return Docket.open(where, keyring, SystemClock())


def ask_passphrase(*, new: bool = False) -> str:
    """Return the passphrase: the first line of the file that ONRECORD_PASSPHRASE_FILE names, else typed."""
    named = os.environ.get(PASSPHRASE_FILE)
    if named is None:
        answer: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
        return answer
    try:
        return Path(named).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise PassphraseUnreadable from None
