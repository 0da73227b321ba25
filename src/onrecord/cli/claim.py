"""Claims: code a passage, list and withdraw."""

from typing import Annotated

import typer

from onrecord.cli.case import claim_as_json
from onrecord.cli.opening import Folder, open_docket
from onrecord.cli.show import AsJson, print_list, print_one
from onrecord.errors import BadInput


class PassageUnreadable(BadInput):
    """This passage is not written START:END."""

    next_step = "Give two numbers, for example --passage 120:188; `onrecord source read ID` shows the text."


class ValueUnreadable(BadInput):
    """This value is not written FIELD=VALUE."""

    next_step = "For example --value coercion.means=detention:threatened."


def register(app: typer.Typer) -> None:
    """Add `onrecord claim ...` to the command line."""
    noun = typer.Typer(help="Claims: attributed assertions.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("code")(code)
    noun.command("list")(list_)
    noun.command("withdraw")(withdraw)
    app.add_typer(noun, name="claim")


def code(
    exhibit: Annotated[str, typer.Argument(metavar="EXHIBIT", help="An exhibit, letter or source.")],
    passage: Annotated[str, typer.Option("--passage", metavar="START:END", help="Characters of its text.")],
    kind: Annotated[str, typer.Option("--kind", help="A claim_kind of the codebook.")],
    on: Annotated[str, typer.Option("--on", metavar="ID|new:act", help="A case, act or pattern.")],
    values: Annotated[list[str] | None, typer.Option("--value", metavar="FIELD=VALUE", help="May be repeated.")] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="SOURCE", help="A source, `reporter` or a name; nearest to the words first."),
    ] = None,
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="The case of a new act.")] = "",
    victim: Annotated[str, typer.Option("--victim", metavar="ID|new:person|new:group")] = "",
    connection: Annotated[str, typer.Option("--connection", help="saw, told, document or inferred.")] = "",
    manner: Annotated[str, typer.Option("--manner", help="How it is said: direct quotation, indirect, ...")] = "",
    stance: Annotated[str, typer.Option("--stance", help="supports or contradicts.")] = "supports",
    reliability: Annotated[str, typer.Option("--reliability", help="A to F.")] = "",
    credibility: Annotated[str, typer.Option("--credibility", help="1 to 6.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Code a passage of an exhibit into a claim."""
    start, end = _passage(passage)
    docket = open_docket(folder)
    from onrecord.casework.coding import Coding, code_claim
    from onrecord.words.fields import check_value

    pairs = [_pair(value) for value in values or []]
    coding = Coding(
        exhibit=exhibit,
        start=start,
        end=end,
        kind=kind,
        on=on,
        values=[check_value(field, value) for field, value in pairs],
        by=by or [],
        case=case,
        victim=victim,
        connection=connection,
        manner=manner,
        stance=stance,
        reliability=reliability,
        credibility=credibility,
    )
    coded = code_claim(docket, coding)
    made = {"id": coded.claim, "on": coded.holder, "act": coded.act, "person": coded.person, "passage": coded.passage}
    print_one(made, as_json=as_json)


def list_(
    on: Annotated[str, typer.Option("--on", metavar="ID", help="A case or pattern.")] = "",
    exhibit: Annotated[str, typer.Option("--exhibit", metavar="ID", help="Those that rest on this exhibit.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List claims: of a case or pattern, of an exhibit, or all."""
    open_docket(folder)
    from onrecord.casework.overview import all_claims, claims_of, claims_on

    claims = claims_of(on) if on else claims_on(exhibit) if exhibit else all_claims()
    items = [claim_as_json(claim) for claim in claims]
    print_list(items, ("id", "kind", "values", "by", "stance"), as_json=as_json, nothing="There is no claim yet.")


def withdraw(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back; it stays on record.")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take a claim back."""
    docket = open_docket(folder)
    from onrecord.casework.coding import withdraw_claim

    withdraw_claim(docket, claim, reason)
    print_one({"id": claim, "withdrawn_because": reason}, as_json=as_json)


def _passage(text: str) -> tuple[int, int]:
    start, colon, end = text.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal()):
        raise PassageUnreadable
    return int(start), int(end)


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not (equals and field and value):
        raise ValueUnreadable
    return field.strip(), value.strip()
