"""Make a docket, run it, back it up and restore it."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.door.commands import write_for_door
from onrecord.cli.opening import Folder, ask_passphrase, docket_folder, open_docket, start_django
from onrecord.cli.show import AsJson, print_json, print_one, print_section, progress
from onrecord.errors import Refused
from onrecord.ground.bounds import KEYSET_WARNING_DAYS
from onrecord.ground.files import is_new_or_empty

if TYPE_CHECKING:
    from onrecord.casework.backup import BackupReport
    from onrecord.casework.docket import Docket


class NotConfirmed(Refused):
    """Nobody can bring back what is erased, and nobody is here to be asked whether you are sure."""

    next_step = "Add --yes if you are."


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (init, up, backup, restore, erase):
        app.command()(command)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    member: Annotated[str, typer.Option("--member", help="The name of the first member.")],
    name: Annotated[str, typer.Option("--name", help="What the docket is called on its own pages.")] = "Docket",
    postgres: Annotated[str, typer.Option("--postgres", help="Keep the tables in this PostgreSQL database.")] = "",
    door: Annotated[str, typer.Option("--door", help="The door's public address.")] = "http://localhost:8470",
    example: Annotated[
        bool, typer.Option("--example", help="Practice only: every name and place is invented.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a new docket: keys, database, ledger, first keyset."""
    with _whole_or_gone(folder):
        passphrase = ask_passphrase(new=True)
        with progress("making the docket"):
            start_django()
            from onrecord.casework.create import ROOT_FILE, NewDocket, create_docket
            from onrecord.ground.clock import SystemClock

            wanted = NewDocket(name, member, passphrase, example=example, postgres=postgres, door_address=door)
            docket = create_docket(folder, wanted, SystemClock())
    made = {"docket": str(folder), "origin": docket.settings.origin, "root_key": str(folder / ROOT_FILE)}
    print_one(made, as_json=as_json)
    if not as_json:
        typer.echo("Move the root key to a medium that stays offline. It signs keysets and lists of kits.")


def up(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The docket's folder.")] = None,
    docket_option: Folder = None,
) -> None:
    """Run desk and collector until stopped. In the example docket a door too."""
    where = docket_folder(folder or docket_option)
    docket = open_docket(where, kind="operator")
    from onrecord.desk.serve import serve

    with docket.serving():
        pass  # another program serves it: say so before a second door is started beside the first
    _warn_of_the_end(docket)
    with _practice_door(docket):
        typer.echo(f"desk: http://localhost:{docket.settings.desk_port}")
        serve(docket)


def _warn_of_the_end(docket: "Docket") -> None:
    from onrecord.ground.clock import parse_utc

    if (parse_utc(docket.keyset.expires) - docket.clock.now()).days < KEYSET_WARNING_DAYS:
        typer.echo(f"The keyset ends on {docket.keyset.expires}. Make the next: `onrecord keyset next`.", err=True)


@contextmanager
def _practice_door(docket: "Docket") -> Iterator[None]:
    """Run a door beside the desk in the example docket, as a process of its own; a real door stands elsewhere."""
    if not docket.settings.example:
        yield
        return
    import subprocess

    config, spool, port = docket.folder / "run" / "door", docket.folder / "spool", docket.settings.door_port
    write_for_door(docket.folder, config)
    serve = ["serve", "--config", str(config), "--spool", str(spool), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    door = subprocess.Popen([sys.executable, "-m", "onrecord", "door", *serve], env=environment)
    try:
        yield
    finally:
        door.terminate()
        door.wait()


@contextmanager
def _whole_or_gone(folder: Path) -> Iterator[None]:
    """Remove what was put into a new folder when filling it fails or is stopped, so that it can be tried again."""
    is_new = is_new_or_empty(folder)
    try:
        yield
    except BaseException:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def backup(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder for the backup.")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Copy all of it into two files. One holds the subject keys and must be kept for a short time only."""
    docket = open_docket(folder, kind="operator", may_be_older=True)  # a backup is best made before a redraw
    docket.check_outside(target)
    from onrecord.casework.backup import back_up

    with _whole_or_gone(target), progress("copying", in_bytes=True) as step:
        report = back_up(docket, target, step)
    _print_backup(report, as_json=as_json)


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="The folder that backup made.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    checkpoint: Annotated[
        Path | None, typer.Option("--checkpoint", help="The newest checkpoint that anybody outside holds.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup. It says which outside checkpoint it must agree with."""
    start_django()
    from onrecord.casework.backup import bring_back

    with progress("restoring", in_bytes=True) as step:
        report = bring_back(source, folder, checkpoint, step)
    _print_backup(report, as_json=as_json)


def _print_backup(report: "BackupReport", *, as_json: bool) -> None:
    answer = report.plain()
    if as_json:
        print_json(answer)
        return
    print_one({name: answer[name] for name in ("folder", "origin", "size")}, as_json=False)
    print_section("checkpoint")
    typer.echo(report.checkpoint)
    typer.echo(report.advice)


def erase(
    subject: Annotated[str, typer.Argument(metavar="ID", help="The whole id of a letter, source, case, ...")],
    reason: Annotated[str, typer.Option("--reason", help="asked_by_the_person, court_order, no_basis, mistake, ...")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Erase a subject, its key, rows and words. The ledger still proves that it existed.

    With a reporter's first letter go the later ones, and with a case the names in it.
    """
    docket = open_docket(folder)
    if not yes:
        if as_json or not sys.stdin.isatty():
            raise NotConfirmed
        typer.confirm("Nobody can bring it back. Erase it?", abort=True, err=True)
    from onrecord.casework.models import Erasure
    from onrecord.casework.record.erase import erase as erase_subject
    from onrecord.ground.ids import SubjectId
    from onrecord.intake.boxes import blanking

    with blanking(docket, subject):
        erase_subject(docket, SubjectId(subject), reason)
    row = Erasure.objects.get(pk=subject)
    print_one({"erased": subject, "reason": reason, "complete_after": row.complete_after}, as_json=as_json)
