"""The law: what it holds, whether its data is whole, what it says about a person's facts, and what a change moves."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.law import holding, submission
from onrecord.cli.law.assess import assess
from onrecord.cli.law.case import place
from onrecord.cli.law.diff import diff
from onrecord.cli.law.forums import forums
from onrecord.cli.law.reading import Conflict, LawDataRefused, NoSuchProvision, read_folder
from onrecord.cli.law.review_form import review_form
from onrecord.cli.law.show import show_element, show_provision
from onrecord.cli.law.sign import allow, sign, withdraw
from onrecord.cli.show import AsJson, print_list, print_one
from onrecord.errors import CheckFailed

if TYPE_CHECKING:
    from onrecord.law.forums import Forum
    from onrecord.law.model import Law

Data = Annotated[
    Path | None, typer.Option("--data", exists=True, file_okay=False, metavar="DIR", help="Another folder of law data.")
]


class LawNotSound(CheckFailed):
    """The law data can be read, and something in it should be corrected."""

    next_step = "Correct what is listed. docs/LAW.md says what may stand where."

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint


def register(app: typer.Typer) -> None:
    """Add `onrecord law ...` to the command line."""
    noun = typer.Typer(help="Law: elements, provisions, what is missing.", no_args_is_help=True, rich_markup_mode=None)
    for command in (show, check, diff, assess, sign, allow, withdraw, place, forums):
        noun.command()(command)
    noun.command("list")(list_)
    noun.command("review-form")(review_form)
    submission.register(noun)
    holding.register(noun)
    app.add_typer(noun, name="law")


def list_(data: Data = None, conflict: Conflict = "", as_json: AsJson = False) -> None:
    """List the provisions, each with its instrument and how many elements it needs."""
    law = read_folder(data, conflict)
    rows = (
        {
            "id": provision.id,
            "label": provision.text["label"],
            "instrument": provision.text["instrument"],
            "article": provision.text["article"],
            "elements": len(provision.groups),
            "basis": provision.text["basis"],
            "safeguard": provision.safeguard,
        }
        for provision in law.provisions.values()
    )
    print_list(rows, ["id", "label", "instrument", "article", "elements"], as_json=as_json, nothing="No provision.")


def show(
    name: Annotated[str, typer.Argument(metavar="ID")],
    data: Data = None,
    conflict: Conflict = "",
    as_json: AsJson = False,
) -> None:
    """Show a provision with its elements, or one element: what supports it, what contradicts it, what to find out."""
    law = read_folder(data, conflict)
    if name in law.elements:
        show_element(law, name, as_json=as_json)
    elif name in law.provisions:
        show_provision(law, name, as_json=as_json)
    else:
        raise NoSuchProvision


def check(
    data: Annotated[Path | None, typer.Argument(exists=True, file_okay=False, metavar="[DIR]")] = None,
    conflict: Conflict = "",
    as_json: AsJson = False,
) -> None:
    """Check that the law data is whole: every name is known, every reference resolves, every question is a fair one."""
    from onrecord.law.claims.mapping import read_claim_map
    from onrecord.law.forums import read_forums
    from onrecord.law.load import FOLDER
    from onrecord.law.reading.lint import findings

    def forums_of(law: "Law") -> "Mapping[str, Forum]":
        return read_forums(law.files["forums.yaml"])

    try:
        law = read_folder(data or FOLDER, conflict, also=(read_claim_map, forums_of))
    except LawDataRefused as error:
        # Elsewhere such a folder is a wrong argument. Here it is what was looked for, and found.
        raise LawNotSound(error.hint) from error
    found = findings(law)
    if found:
        raise LawNotSound("; ".join(found))
    forums = forums_of(law)
    asks = [element.ask for element in law.elements.values()] + [rule.ask for rule in law.facts.values()]
    print_one(
        {
            "version": law.version,
            "sha256": law.sha256,
            "elements": len(law.elements),
            "provisions": len(law.provisions),
            "facts": len(law.facts),
            "risks": len(law.risks),
            "flags": len(law.flag_texts),
            "forums": len(forums),
            "questions_for_the_person": sum(ask is not None for ask in asks),
            "unverified_requirements": sum(not one.verified for forum in forums.values() for one in forum.requirements),
            "review": law.files["meta.yaml"].values["review"],
        },
        as_json=as_json,
    )
