"""The ledger: sign a checkpoint, audit everything, draw the tables again, prove one entry."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.opening import DatabaseMissing, Folder, docket_folder, open_docket, start_django
from onrecord.cli.show import AsJson, print_list, print_one, progress
from onrecord.cli.trouble import DatabaseDamaged, database_errors, of_the_database
from onrecord.errors import CheckFailed, Damaged, OnrecordError

if TYPE_CHECKING:
    from onrecord.casework.record.audit import Audit


class LedgerNotWhole(Damaged):
    """The audit found something wrong; it is listed above."""

    next_step = "Do what stands beside each finding. Until then record nothing new."


class OnlyFilesAudited(Damaged):
    """The database cannot be read, so only the public tree, its checkpoint and the exhibits' names could be checked."""

    next_step = "Keep every file as it is, restore the newest backup into a new folder, and audit that."

    def __init__(self, trouble: OnrecordError) -> None:
        super().__init__()
        self.hint = trouble.sentence()


class TablesDiffer(CheckFailed):
    """The tables are not what the ledger draws; the differing rows are listed above."""

    next_step = "Draw them again with `onrecord ledger redraw`. The ledger is right, whatever the tables say."


def register(app: typer.Typer) -> None:
    """Add `onrecord ledger ...` to the command line."""
    noun = typer.Typer(help="The ledger: what happened, provably.", no_args_is_help=True, rich_markup_mode=None)
    for command in (checkpoint, audit, redraw, prove):
        noun.command()(command)
    app.add_typer(noun, name="ledger")


def checkpoint(
    public: Annotated[bool, typer.Option("--public", help="Pad to a multiple of 256 entries first.")] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Sign the ledger's present state; give the result to somebody outside who keeps it."""
    docket = open_docket(folder)
    from onrecord.casework.record.padding import pad
    from onrecord.casework.record.publish import publish
    from onrecord.ledger.note import read_checkpoint_without_checking

    if public:
        pad(docket)
    note = publish(docket)
    if not as_json:
        typer.echo(note.decode(), nl=False)
        return
    signed = read_checkpoint_without_checking(note)
    root = base64.b64encode(signed.root).decode()
    print_one({"origin": signed.origin, "size": signed.size, "root": root, "note": note.decode()}, as_json=True)


def audit(folder: Folder = None, as_json: AsJson = False) -> None:
    """Open every entry, compute everything again, read every exhibit, and name what is wrong."""
    where = docket_folder(folder)
    seen, trouble = _audited(where)
    findings = [{"wrong": one.wrong.value, "where": one.where, "to_do": one.to_do} for one in seen.findings]
    is_whole = seen.is_whole and trouble is None
    counted = {name: getattr(seen, name) for name in ("entries", "opened", "erased", "not_held", "keysets", "blobs")}
    if as_json:
        print_one({"whole": is_whole, **counted, "findings": findings}, as_json=True)
    else:
        nothing = "Whole: nothing wrong was found." if is_whole else "In what could be checked nothing wrong was found."
        print_one(counted, as_json=False)
        print_list(findings, ("where", "wrong", "to_do"), as_json=False, nothing=nothing)
    if trouble is not None:
        raise OnlyFilesAudited(trouble)
    if not seen.is_whole:
        raise LedgerNotWhole


def _audited(folder: Path) -> "tuple[Audit, OnrecordError | None]":
    """Audit a docket; where its database cannot be read, audit what lies beside it, and say what the trouble is."""
    from onrecord.store.sqlcipher.connect import DatabaseKeyWrong, PlaintextDatabase

    trouble: OnrecordError
    try:
        docket = open_docket(folder)
        from onrecord.casework.record.audit import audit as audit_docket

        with progress("auditing", 0) as step:
            return audit_docket(docket, lambda what, done, of: step(done, of, what)), None
    except (DatabaseMissing, DatabaseKeyWrong, PlaintextDatabase) as error:
        trouble = error
    except database_errors() as error:
        trouble = of_the_database(error)
        if not isinstance(trouble, DatabaseDamaged):
            raise trouble from None
    start_django()
    from onrecord.casework.record.audit import audit_files

    with progress("auditing", 0) as step:
        return audit_files(folder, lambda what, done, of: step(done, of, what)), trouble


def redraw(
    check: Annotated[bool, typer.Option("--check", help="Only compare; change nothing.")] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Draw every table again from the ledger alone; after a newer version was installed, in the form it knows."""
    docket = open_docket(folder, may_be_older=not check)
    from onrecord.casework.docket import migrate
    from onrecord.casework.models import LedgerRow
    from onrecord.casework.record import redraw as redrawing

    if not check:
        migrate()
    with progress("drawing", LedgerRow.objects.count()) as step:
        if not check:
            print_one({"entries": redrawing.redraw(docket, step)}, as_json=as_json)
            return
        differences = redrawing.check(docket, step)
    items = [
        {"table": found.table, "row": found.row, "live": found.live, "redrawn": found.redrawn} for found in differences
    ]
    print_list(items, ("table", "row", "live", "redrawn"), as_json=as_json, nothing="The tables are what it draws.")
    if differences:
        raise TablesDiffer


def prove(
    index: Annotated[int, typer.Argument(metavar="INDEX", help="The entry's number.", min=0)],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Print the proof that an entry stands in the ledger: leaf, path and signed checkpoint."""
    docket = open_docket(folder)
    from onrecord.casework.models import LedgerRow
    from onrecord.casework.record.publish import published
    from onrecord.ledger.merkle import NotInTheLedger

    row = LedgerRow.objects.filter(index=index).first()
    if row is None:
        raise NotInTheLedger
    with published(docket) as (log, note):
        path = log.inclusion(index)
    print_one(
        {
            "index": index,
            "leaf": base64.b64encode(bytes(row.leaf)).decode(),
            "path": [base64.b64encode(step).decode() for step in path],
            "checkpoint": note.decode(),
        },
        as_json=as_json,
    )
