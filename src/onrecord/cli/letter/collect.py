"""Take sealed letters from the spool into the docket, open them where that is asked for, put out the boxes."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket
from onrecord.cli.show import AsJson, print_json, print_list, print_one, progress
from onrecord.errors import sentence_of

if TYPE_CHECKING:
    from onrecord.casework.docket import Docket
    from onrecord.casework.models import Letter as LetterRow
    from onrecord.intake.collect import Collected


def collect(
    open_: Annotated[
        bool, typer.Option("--open", help="Open what was collected; needs a member's passphrase.")
    ] = False,
    spool: Annotated[str, typer.Option("--spool", help="A spool elsewhere: a folder, or s3://BUCKET/FOLDER.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take sealed letters from the spool into the docket; with --open also open them."""
    docket = open_docket(folder, kind="member" if open_ else "operator")
    from onrecord.casework.record.erase import finish_erasures
    from onrecord.casework.record.sweep import sweep
    from onrecord.intake.boxes import place_of, put_boxes
    from onrecord.intake.collect import collect as collect_letters

    # What a program that was killed left half done is finished or removed first.
    finish_erasures(docket)
    sweep(docket)
    where, boxes = place_of(docket, spool)
    where.sweep()
    collected = []
    with progress("collecting", len(where.arrivals())) as step:
        for done, one in enumerate(collect_letters(docket, where), 1):
            collected.append(one)
            step(done)
    opened = _open_all(docket) if open_ else []
    put_boxes(boxes)
    _print_collected(collected, opened, as_json=as_json)


def _open_all(docket: "Docket") -> "list[LetterRow]":
    from onrecord.casework.models import Letter
    from onrecord.intake.unseal import unseal_all

    waiting = Letter.objects.filter(state=Letter.State.SEALED).count()
    opened = []
    with progress("opening", waiting) as step:
        for done, row in enumerate(unseal_all(docket), 1):
            opened.append(row)
            step(done)
    return opened


def _print_collected(collected: "list[Collected]", opened: "list[LetterRow]", *, as_json: bool) -> None:
    answer: dict[str, Any] = {
        "received": [one.letter for one in collected if not one.is_copy],
        "copies": sum(one.is_copy for one in collected),
        "opened": [row.id for row in opened if row.state == row.State.OPENED],
        "quarantined": [row.id for row in opened if row.state == row.State.QUARANTINED],
    }
    if as_json:
        print_json(answer)
        return
    print_one({name: len(found) if isinstance(found, list) else found for name, found in answer.items()}, as_json=False)
    rows = [{"id": row.id, "state": row.state, "why": sentence_of(row.reason)} for row in opened]
    rows = rows or [{"id": letter, "state": "sealed", "why": ""} for letter in answer["received"]]
    if rows:
        typer.echo()
        print_list(rows, ("id", "state", "why"), as_json=False, nothing="")
