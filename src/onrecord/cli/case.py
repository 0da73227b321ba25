"""Cases: open, list, show who did what to whom."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_json, print_list, print_one, print_section
from onrecord.ground.text import visible

if TYPE_CHECKING:
    from onrecord.casework.overview import ActShown, CaseShown, ClaimShown

CaseId = Annotated[str, typer.Argument(metavar="CASE")]


def register(app: typer.Typer) -> None:
    """Add `onrecord case ...` to the command line."""
    noun = typer.Typer(help="Cases: who did what to whom.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("new")(new)
    noun.command("list")(list_)
    noun.command("show")(show)
    app.add_typer(noun, name="case")


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A word that says nothing about anybody in it.")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Open a case."""
    docket = open_docket(folder)
    from onrecord.casework.opening import open_case

    print_one({"id": open_case(docket, name), "name": name}, as_json=as_json)


def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the cases."""
    open_docket(folder)
    from onrecord.casework.models import Act, Case, Claim

    items = [
        {
            "id": case.id,
            "name": case.name,
            "acts": Act.objects.filter(case=case.id).count(),
            "claims": Claim.objects.filter(holder=case.id).count(),
        }
        for case in Case.objects.order_by("entry")
    ]
    print_list(items, ("id", "name", "acts", "claims"), as_json=as_json, nothing="There is no case yet.")


def show(case: CaseId, folder: Folder = None, as_json: AsJson = False) -> None:
    """Show who did what to whom, every value with the passage it rests on."""
    open_docket(folder)
    from onrecord.casework.overview import show_case

    shown = show_case(whole_id(case))
    if as_json:
        print_json(case_as_json(shown))
        return
    typer.echo(f"{visible(shown.case.name)}  {shown.case.id}")
    for act in shown.acts:
        victim = "somebody erased" if act.victim is None else f"{act.victim.counting_unit} {act.victim.id}"
        print_section(f"act {act.id}, done to {victim}, in event {act.event}")
        for tie in act.involvements:
            typer.echo(f"{tie.degree}: {tie.perpetrator}")
        print_claims(act.claims)
    if shown.claims:
        print_section("about the case as a whole")
        print_claims(shown.claims)


def case_as_json(shown: "CaseShown") -> dict[str, Any]:
    """Return a case as one JSON object."""
    return {
        "id": shown.case.id,
        "name": shown.case.name,
        "people": [{"id": person.id, "counting_unit": person.counting_unit} for person in shown.people],
        "acts": [_act_as_json(act) for act in shown.acts],
        "claims": [claim_as_json(claim) for claim in shown.claims],
    }


def claim_as_json(claim: "ClaimShown") -> dict[str, Any]:
    """Return a claim as one JSON object."""
    passage = claim.passage
    return {
        "id": claim.id,
        "kind": claim.kind,
        "on": claim.act or claim.holder,
        "person": claim.person,
        "values": [{"field": value.field, "value": value.value, "mode": value.mode} for value in claim.values],
        "by": [link.source or link.name or link.kind for link in claim.by],
        "connection": claim.connection,
        "stance": claim.stance,
        "reliability": claim.reliability,
        "credibility": claim.credibility,
        "exhibit": claim.exhibit,
        "passage": None
        if passage is None
        else {
            "start": passage.start,
            "end": passage.end,
            "quote": passage.quote,
            "quote_sha256": passage.quote_sha256,
        },
        "withdrawn_because": claim.withdrawn_because,
    }


def _act_as_json(act: "ActShown") -> dict[str, Any]:
    return {
        "id": act.id,
        "event": act.event,
        "victim": None if act.victim is None else act.victim.id,
        "involvements": [{"perpetrator": tie.perpetrator, "degree": tie.degree} for tie in act.involvements],
        "claims": [claim_as_json(claim) for claim in act.claims],
    }


def print_claims(claims: "Sequence[ClaimShown]") -> None:
    """Print claims for a person: each with its values, who says so, and the words it rests on."""
    from onrecord.casework.models import Source

    cited = {link.source for claim in claims for link in claim.by if link.source}
    titles = {id: row.publisher or row.title for id, row in Source.objects.in_bulk(cited).items()}
    for claim in claims:
        stance = "" if claim.stance == "supports" else f", {claim.stance}"
        typer.echo(f"claim {claim.id}  {claim.kind}{stance}")
        for value in claim.values:
            typer.echo(f"  {value.field}={visible(value.value)}{value.mode and ':'}{value.mode}")
        typer.echo(f"  said by  {_said_by(claim, titles)}")
        if claim.passage is None:
            typer.echo("  words    erased")
        else:
            place = f"{claim.exhibit} {claim.passage.start}:{claim.passage.end}"
            typer.echo(f"  words    \u201c{visible(' '.join(claim.passage.quote.split()))}\u201d  {place}")
        if claim.withdrawn_because:
            typer.echo(f"  WITHDRAWN  {visible(claim.withdrawn_because)}")
    if not claims:
        typer.echo("There is no claim yet.")


def _said_by(claim: "ClaimShown", titles: dict[str, str]) -> str:
    chain = [
        f"{titles.get(link.source) or 'source'} ({link.source})" if link.source else link.name or link.kind
        for link in claim.by
    ]
    grades = [part for part in (claim.connection, claim.reliability + claim.credibility) if part]
    return visible(", ".join(chain) or "nobody named") + (f"; {', '.join(grades)}" if grades else "")
