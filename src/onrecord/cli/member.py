"""Members: who they are, and which roles they have."""

from typing import Annotated

import typer

from onrecord.cli.opening import Folder, open_docket
from onrecord.cli.show import AsJson, print_list, print_one


def register(app: typer.Typer) -> None:
    """Add `onrecord member ...` to the command line."""
    noun = typer.Typer(help="Members: who they are, and their roles.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("list")(list_)
    noun.command()(roles)
    app.add_typer(noun, name="member")


def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the members with their roles."""
    open_docket(folder)
    from onrecord.casework.members.roles import roles_of
    from onrecord.casework.models import Member

    members = list(Member.objects.order_by("entry", "id"))
    given = roles_of(members)
    items = [{"id": one.id, "name": one.name, "roles": list(given[one.id])} for one in members]
    print_list(items, ("id", "name", "roles"), as_json=as_json, nothing="Nobody.")


def roles(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A member, as `onrecord member list` names them.")],
    role: Annotated[
        list[str], typer.Option("--role", help="triager, coder, lead, analyst, custodian or auditor; repeatable.")
    ],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Give a member these roles in place of those they had: a lead's decision. One lead always remains."""
    docket = open_docket(folder)
    from onrecord.casework.members.roles import give_roles, roles_of
    from onrecord.casework.models import Member

    give_roles(docket, name, role)
    member = Member.objects.get(name=name)
    print_one({"name": name, "roles": list(roles_of([member])[member.id])}, as_json=as_json)
