"""Patterns: what recurs, with no victim and no act."""

from typing import Annotated

import typer

from onrecord.cli.case import claim_as_json, print_claims
from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_json, print_list, print_one
from onrecord.ground.text import visible


def register(app: typer.Typer) -> None:
    """Add `onrecord pattern ...` to the command line."""
    noun = typer.Typer(help="Patterns: what recurs, without a victim.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("new")(new)
    noun.command("list")(list_)
    noun.command("show")(show)
    app.add_typer(noun, name="pattern")


def new(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    code: Annotated[str, typer.Option("--code", help="A pattern of the codebook.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Open a pattern."""
    docket = open_docket(folder)
    from onrecord.casework.opening import open_pattern

    print_one({"id": open_pattern(docket, name, code), "name": name, "code": code}, as_json=as_json)


def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the patterns."""
    open_docket(folder)
    from onrecord.casework.models import Claim, Pattern

    items = [
        {
            "id": pattern.id,
            "name": pattern.name,
            "code": pattern.code,
            "claims": Claim.objects.filter(holder=pattern.id).count(),
        }
        for pattern in Pattern.objects.order_by("entry")
    ]
    print_list(items, ("id", "name", "code", "claims"), as_json=as_json, nothing="There is no pattern yet.")


def show(
    pattern: Annotated[str, typer.Argument(metavar="PATTERN")], folder: Folder = None, as_json: AsJson = False
) -> None:
    """Show a pattern with its claims and the sources they rest on."""
    open_docket(folder)
    from onrecord.casework.overview import show_pattern

    shown = show_pattern(whole_id(pattern))
    row = shown.pattern
    if as_json:
        claims = [claim_as_json(claim) for claim in shown.claims]
        print_json({"id": row.id, "name": row.name, "code": row.code, "claims": claims})
        return
    typer.echo(f"{visible(row.name)}  {row.id}  {row.code}".rstrip())
    typer.echo()
    print_claims(shown.claims)
