"""Letters: write and send one, collect what came, open, list and read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli import letter_write
from onrecord.cli.opening import Folder, open_docket
from onrecord.cli.show import AsJson, print_list, print_one, progress

if TYPE_CHECKING:
    from onrecord.casework.docket import Docket


def register(app: typer.Typer) -> None:
    """Add `onrecord letter ...` to the command line."""
    noun = typer.Typer(help="Letters: what arrives at the door.", no_args_is_help=True, rich_markup_mode=None)
    letter_write.register(noun)
    noun.command("collect")(collect)
    noun.command("list")(list_)
    noun.command("read")(read)
    app.add_typer(noun, name="letter")


def collect(
    open_: Annotated[
        bool, typer.Option("--open", help="Open what was collected; needs a member's passphrase.")
    ] = False,
    spool: Annotated[Path | None, typer.Option("--spool", help="A spool elsewhere than in the docket.")] = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take sealed letters from the spool into the docket; with --open also open them."""
    docket = open_docket(folder, kind="member" if open_ else "operator")
    from onrecord.intake.collect import collect as collect_letters
    from onrecord.store.spool import Spool

    where = Spool(spool or docket.folder / "spool", clock=docket.clock)
    with progress("collecting", len(where.arrivals())) as step:
        collected = []
        for done, one in enumerate(collect_letters(docket, where), 1):
            collected.append(one)
            step(done)
    opened = _open_all(docket) if open_ else []
    print_one(
        {
            "received": [one.letter for one in collected if not one.is_copy],
            "copies": sum(one.is_copy for one in collected),
            "opened": [row.id for row in opened if row.state == row.State.OPENED],
            "quarantined": [row.id for row in opened if row.state == row.State.QUARANTINED],
        },
        as_json=as_json,
    )


def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the letters: sealed, opened and in quarantine."""
    open_docket(folder, kind="operator")
    from onrecord.casework.models import Letter

    items = [
        {
            "id": letter.id,
            "state": letter.state,
            "reason": letter.reason,
            "tier": letter.tier,
            "language": letter.language,
            "arrived_on": letter.arrived_on,
            "size_bytes": letter.size_bytes,
        }
        for letter in Letter.objects.order_by("entry")
    ]
    columns = ("id", "state", "reason", "tier", "language", "arrived_on", "size_bytes")
    print_list(items, columns, as_json=as_json, nothing="There is no letter yet.")


def read(
    letter: Annotated[str, typer.Argument(metavar="LETTER")],
    save: Annotated[Path | None, typer.Option("--save", metavar="DIR", help="Also write its files here.")] = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show an opened letter: tier, answers, consent, exhibits."""
    docket = open_docket(folder)
    from onrecord.casework.models import Consent, Exhibit, Letter
    from onrecord.intake.unseal import NoSuchLetter

    row = Letter.objects.filter(pk=letter).first()
    if row is None:
        raise NoSuchLetter
    names = ("id", "state", "reason", "tier", "language", "path", "arrived_on", "answers", "prompted")
    item: dict[str, Any] = {name: getattr(row, name) for name in names}
    item["consent"] = {
        consent.purpose: consent.state for consent in Consent.objects.filter(letter=letter).order_by("id")
    }
    item["has_identity_part"] = bool(row.identity_blob)
    fields = ("id", "name", "media_type", "size_bytes", "sha256", "is_reading_text")
    item["exhibits"] = list(Exhibit.objects.filter(origin=letter).order_by("place").values(*fields))
    if save is not None:
        item["saved"] = _save(docket, letter, save)
    print_one(item, as_json=as_json)


def _open_all(docket: "Docket") -> list[Any]:
    from onrecord.casework.models import Letter
    from onrecord.intake.unseal import unseal_all

    waiting = Letter.objects.filter(state=Letter.State.SEALED).count()
    opened = []
    with progress("opening", waiting) as step:
        for done, row in enumerate(unseal_all(docket), 1):
            opened.append(row)
            step(done)
    return opened


def _save(docket: "Docket", letter: str, target: Path) -> list[str]:
    from onrecord.casework.models import Exhibit
    from onrecord.casework.texts import exhibit_bytes
    from onrecord.ground.files import create_file
    from onrecord.ground.text import safe_file_name

    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = []
    for exhibit in Exhibit.objects.filter(origin=letter).order_by("place"):
        name = f"{exhibit.place:02}-{safe_file_name(exhibit.name)}"
        create_file(target / name, exhibit_bytes(docket, exhibit))
        names.append(name)
    return names
