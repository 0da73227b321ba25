"""Claims: code a passage, list and withdraw."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.case import claim_as_json, print_claims
from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_list, print_one
from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.casework.docket import Docket

SaidBy = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="SOURCE", help="A source, `reporter` or a name; nearest to the words first."),
]
EventOfNewAct = Annotated[
    str, typer.Option("--event", metavar="ID|new:event", help="The event of a new act: the case's first, if none.")
]


class PassageUnreadable(BadInput):
    """This passage is not written START:END."""

    next_step = "Give two numbers, for example --passage 120:188; `onrecord source read ID` shows the text."


class PassageMissing(BadInput):
    """A claim rests on one passage: given by its characters or by its words, one of the two."""

    next_step = 'Add --passage START:END, or --words "the exact words" where they stand only once.'


class WordsNotThere(BadInput):
    """These words do not stand in the text as they were given."""

    next_step = "Copy them from `onrecord letter read ID` or `onrecord source read ID`, or give --passage START:END."


class WordsRepeated(BadInput):
    """These words stand in the text more than once."""

    next_step = "Give more of the words around them, or say which with --passage START:END."

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        super().__init__()
        self.hint = ", ".join(f"{start}:{end}" for start, end in spans)


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
    kind: Annotated[str, typer.Option("--kind", help="A claim_kind of the codebook.")],
    on: Annotated[str, typer.Option("--on", metavar="ID|new:act", help="A case, act or pattern.")],
    passage: Annotated[str, typer.Option("--passage", metavar="START:END", help="Characters of its text.")] = "",
    words: Annotated[str, typer.Option("--words", help="Instead: its exact words, if they stand there once.")] = "",
    values: Annotated[list[str] | None, typer.Option("--value", metavar="FIELD=VALUE", help="May be repeated.")] = None,
    by: SaidBy = None,
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="The case of a new act.")] = "",
    victim: Annotated[str, typer.Option("--victim", metavar="ID|new:person|new:group")] = "",
    event: EventOfNewAct = "",
    connection: Annotated[str, typer.Option("--connection", help="saw, told, document or inferred.")] = "",
    manner: Annotated[str, typer.Option("--manner", help="How it is said: direct quotation, indirect, ...")] = "",
    stance: Annotated[str, typer.Option("--stance", help="supports or contradicts.")] = "supports",
    reliability: Annotated[str, typer.Option("--reliability", help="A to F.")] = "",
    credibility: Annotated[str, typer.Option("--credibility", help="1 to 6.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Code a passage of an exhibit into a claim."""
    span, pairs = _span(passage, words), [_pair(value) for value in values or []]
    docket = open_docket(folder)
    from onrecord.casework.coding import Coding, code_claim
    from onrecord.casework.models import Source
    from onrecord.words.fields import check_value

    exhibit = whole_id(exhibit)
    start, end = span or _find(docket, exhibit, words)
    coding = Coding(
        exhibit=exhibit,
        start=start,
        end=end,
        kind=kind,
        on=whole_id(on),
        values=[check_value(field, value) for field, value in pairs],
        by=[whole_id(name, Source) for name in by or []],
        case=whole_id(case),
        victim=whole_id(victim),
        event=whole_id(event),
        connection=connection,
        manner=manner,
        stance=stance,
        reliability=reliability,
        credibility=credibility,
    )
    coded = code_claim(docket, coding)
    made = {"id": coded.claim, "on": coded.holder, "act": coded.act, "person": coded.person, "passage": coded.passage}
    print_one({**made, "start": start, "end": end}, as_json=as_json)


def list_(
    on: Annotated[str, typer.Option("--on", metavar="ID", help="A case or pattern.")] = "",
    exhibit: Annotated[str, typer.Option("--exhibit", metavar="ID", help="Those that rest on this exhibit.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List claims: of a case or pattern, of an exhibit, or all."""
    open_docket(folder)
    from onrecord.casework.overview import all_claims, claims_of, claims_on
    from onrecord.casework.texts import reading_exhibit

    if on:
        claims = claims_of(whole_id(on))
    elif exhibit:
        claims = claims_on(reading_exhibit(whole_id(exhibit)).id)
    else:
        claims = all_claims()
    if as_json:
        print_list([claim_as_json(claim) for claim in claims], (), as_json=True, nothing="")
    else:
        print_claims(claims)


def withdraw(
    claim: Annotated[str, typer.Argument(metavar="CLAIM")],
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back; it stays on record.")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take a claim back."""
    docket = open_docket(folder)
    from onrecord.casework.coding import withdraw_claim
    from onrecord.casework.models import Claim

    claim = whole_id(claim, Claim)
    withdraw_claim(docket, claim, reason)
    print_one({"id": claim, "withdrawn_because": Claim.objects.get(pk=claim).withdrawn_because}, as_json=as_json)


def _span(passage: str, words: str) -> tuple[int, int] | None:
    """Read START:END, or return None where words were given instead."""
    if bool(passage) == bool(words.strip()):
        raise PassageMissing
    if not passage:
        return None
    start, colon, end = passage.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal()):
        raise PassageUnreadable
    return int(start), int(end)


def _find(docket: "Docket", exhibit: str, words: str) -> tuple[int, int]:
    """Return the one place of some words; how a line is broken or spaced does not matter, every letter does."""
    from onrecord.casework.texts import reading_exhibit, reading_text

    text = reading_text(docket, reading_exhibit(exhibit))
    spans = [found.span() for found in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]
    if not spans:
        raise WordsNotThere
    if len(spans) > 1:
        raise WordsRepeated(spans)
    return spans[0]


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not (equals and field and value):
        raise ValueUnreadable
    return field.strip(), value.strip()
