"""What a case holds of the things that submissions need: note a member's word, list what was said."""

from typing import Annotated

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_list, print_one

COLUMNS = ("id", "thing", "state", "item", "where", "reason", "purposes", "agreed_by", "agreed_on", "person")


def register(law: typer.Typer) -> None:
    """Add `onrecord law holding ...` to the command line."""
    noun = typer.Typer(help="What a case holds of what submissions need.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("note")(note)
    noun.command("list")(list_)
    law.add_typer(noun, name="holding")


def note(
    case: Annotated[str, typer.Argument(metavar="CASE")],
    thing: Annotated[str, typer.Argument(metavar="THING", help="A thing of the law data, such as authority.")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="held, not_held or cannot_be_had.")],
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Whom it is about, if one person.")] = "",
    item: Annotated[str, typer.Option("--item", metavar="ID", help="The exhibit, letter or source that it is.")] = "",
    where: Annotated[str, typer.Option("--where", help="Where it is, if it is none of these.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why it is not there, or cannot be had.")] = "",
    purpose: Annotated[
        list[str] | None, typer.Option("--purpose", metavar="PURPOSE", help="For which the person agreed to share it.")
    ] = None,
    agreed_by: Annotated[str, typer.Option("--agreed-by", help="Who said that they agree.")] = "",
    agreed_on: Annotated[str, typer.Option("--agreed-on", metavar="DATE", help="When that was said.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Note whether a thing is there, where, or why it cannot be had; what somebody agreed to needs --person."""
    docket = open_docket(folder)
    from onrecord.casework.law.holdings import Said, note_holding
    from onrecord.casework.models import Case, Person

    whole, about = whole_id(case, Case), whole_id(person, Person)
    said = Said(thing, state, whole_id(item), where, reason, tuple(purpose or ()), agreed_by, agreed_on)
    holding = note_holding(docket, whole, said, person=about)
    print_one({"id": holding, "case": whole, "thing": thing, "state": state}, as_json=as_json)


def list_(
    case: Annotated[str, typer.Argument(metavar="CASE")],
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Of this person and of the whole case.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List what was said about each thing, the oldest word first, and which words count now."""
    open_docket(folder)
    from onrecord.casework.law.about import check_about
    from onrecord.casework.law.holdings import holdings, newest
    from onrecord.casework.models import Case, Person

    whole, about = whole_id(case, Case), whole_id(person, Person)
    check_about(whole, about)
    words = holdings(whole, about)
    of_each = newest(words) if person else {(row.thing, row.person): row for row in words}
    counting = {row.id for row in of_each.values()}
    items = [{name: getattr(row, name) for name in COLUMNS} | {"counts": row.id in counting} for row in words]
    print_list(items, [*COLUMNS, "counts"], as_json=as_json, nothing="Nobody has said anything about these things yet.")
