"""Sources: capture a file, confirm who published it and when, relate it to others, read it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket
from onrecord.cli.show import AsJson, print_list, print_one

if TYPE_CHECKING:
    from onrecord.casework.sourcing import Description
    from onrecord.sources.proposal import Proposal, Proposed

SourceOption = Annotated[str, typer.Argument(metavar="SOURCE")]


def register(app: typer.Typer) -> None:
    """Add `onrecord source ...` to the command line."""
    noun = typer.Typer(help="Sources: captured pages and files.", no_args_is_help=True, rich_markup_mode=None)
    for command in (capture, describe, relate, read):
        noun.command()(command)
    noun.command("list")(list_)
    app.add_typer(noun, name="source")


def capture(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A local text, HTML page or any other file.")],
    title: Annotated[str | None, typer.Option("--title")] = None,
    author: Annotated[str | None, typer.Option("--author")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher")] = None,
    published: Annotated[str | None, typer.Option("--published", help="EDTF: 2025-02-09, 2025-02~, ...")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm what is proposed without being asked.")] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Capture a file as a source; what it says of itself is proposed, and counts once you confirm it."""
    docket = open_docket(folder)
    from onrecord.casework.sourcing import CapturedFile, capture_source, describe_source
    from onrecord.ground.bounds import CHUNK_BYTES
    from onrecord.sources.capture import capture as read_file

    captured = read_file(file)
    proposal = _plain(captured.proposal)
    about = CapturedFile(
        name=captured.name,
        media_type=captured.media_type,
        sha256=captured.sha256,
        tool=f"{captured.tool} {captured.tool_version}",
        reading_text=captured.reading_text,
        proposal=proposal,
    )
    with file.open("rb") as content:
        source = capture_source(docket, about, iter(lambda: content.read(CHUNK_BYTES), b""))
    given = {"title": title, "author": author, "publisher": publisher, "published": published}
    is_confirmed = confirm or any(value is not None for value in given.values()) or _asked(proposal, as_json=as_json)
    if is_confirmed:
        describe_source(docket, source, _description(proposal, given))
    print_one(
        {
            "id": source,
            "name": captured.name,
            "media_type": captured.media_type,
            "sha256": captured.sha256,
            "size_bytes": captured.size_bytes,
            "proposal": proposal,
            "encoding_is_guess": captured.encoding_is_guess,
            "confirmed": is_confirmed,
        },
        as_json=as_json,
    )


def describe(
    source: SourceOption,
    title: Annotated[str, typer.Option("--title")] = "",
    author: Annotated[str, typer.Option("--author")] = "",
    publisher: Annotated[str, typer.Option("--publisher")] = "",
    published: Annotated[str, typer.Option("--published", help="EDTF: 2025-02-09, 2025-02~, ...")] = "",
    published_raw: Annotated[str, typer.Option("--published-raw", help="The words of the page.")] = "",
    reading_order: Annotated[str, typer.Option("--reading-order", help="day_first, month_first or year_first.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Confirm what is known about a source; what is left out is recorded as not known."""
    docket = open_docket(folder)
    from onrecord.casework.sourcing import Description, describe_source
    from onrecord.ground.ids import SourceId

    description = Description(title, author, publisher, published, published_raw, reading_order)
    describe_source(docket, SourceId(source), description)
    print_one({"id": source, "confirmed": True}, as_json=as_json)


def relate(
    source: SourceOption,
    relation: Annotated[str, typer.Argument(metavar="RELATION", help="derived_from, shares_source, ...")],
    other: Annotated[str, typer.Argument(metavar="OTHER")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Record how one source stands to another, so that copies never count as corroboration."""
    docket = open_docket(folder)
    from onrecord.casework.sourcing import relate_sources
    from onrecord.ground.ids import SourceId

    relate_sources(docket, SourceId(source), relation, SourceId(other))
    print_one({"source": source, "relation": relation, "other": other}, as_json=as_json)


def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the sources."""
    open_docket(folder)
    from onrecord.casework.models import Source

    items = [
        {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published,
            "media_type": source.media_type,
            "captured_at": source.captured_at,
            "confirmed": source.is_described,
        }
        for source in Source.objects.order_by("entry")
    ]
    columns = ("id", "title", "publisher", "published", "captured_at", "confirmed")
    print_list(items, columns, as_json=as_json, nothing="There is no source yet.")


def read(source: SourceOption, folder: Folder = None, as_json: AsJson = False) -> None:
    """Show a source: what is known, what was proposed, its exhibits and its text."""
    docket = open_docket(folder)
    from onrecord.casework.models import Exhibit, Source, SourceLink
    from onrecord.casework.sourcing import NoSuchSource
    from onrecord.casework.texts import NoTextToRead, reading_exhibit, reading_text

    row = Source.objects.filter(pk=source).first()
    if row is None:
        raise NoSuchSource
    try:
        text = reading_text(docket, reading_exhibit(source))
    except NoTextToRead:
        text = None
    names = ("id", "title", "author", "publisher", "published", "published_raw", "captured_at", "tool", "media_type")
    item: dict[str, Any] = {name: getattr(row, name) for name in names}
    item["confirmed"] = row.is_described
    item["proposal"] = row.proposal
    item["relations"] = list(SourceLink.objects.filter(source=source).values("relation", "other"))
    fields = ("id", "name", "media_type", "size_bytes", "sha256", "is_reading_text")
    item["exhibits"] = list(Exhibit.objects.filter(origin=source).order_by("place").values(*fields))
    item["text"] = text
    print_one(item, as_json=as_json)


def _plain(proposal: "Proposal | None") -> dict[str, Any]:
    """Return a proposal as it is kept: each value with the words it rests on and the reason."""
    if proposal is None:
        return {}
    found: dict[str, Any] = {
        name: _proposed(value)
        for name in ("title", "author", "publisher", "standfirst")
        if (value := getattr(proposal, name)) is not None
    }
    for name in ("headline_repeats", "quote_defects"):
        found[name] = [_proposed(value) for value in getattr(proposal, name)]
    found["published"] = [
        {
            "value": date.date.text,
            "raw": date.date.raw,
            "order": date.order.value,
            "evidence": date.evidence.value,
            "is_ambiguous": date.is_ambiguous,
            "start": date.start,
            "end": date.end,
        }
        for date in proposal.published
    ]
    found["captions"] = [{"text": item.text.value, "credit": item.credit.value} for item in proposal.captions]
    return found


def _proposed(value: "Proposed") -> dict[str, Any]:
    return {"value": value.value, "start": value.start, "end": value.end, "reason": value.reason.value}


def _asked(proposal: dict[str, Any], *, as_json: bool) -> bool:
    if as_json or not any(proposal.values()) or not typer.get_text_stream("stdin").isatty():
        return False
    for name in ("title", "author", "publisher"):
        typer.echo(f"{name}: {proposal.get(name, {}).get('value', 'not known')}", err=True)
    dates = [f"{date['value']} (“{date['raw']}”, {date['order']})" for date in proposal["published"]]
    typer.echo(f"published: {' or '.join(dates) or 'not known'}", err=True)
    return typer.confirm("Is this right?", default=False, err=True)


def _description(proposal: dict[str, Any], given: dict[str, str | None]) -> "Description":
    """Take what a person gave, else what was proposed; an ambiguous date stays unknown until a person says which."""
    from onrecord.casework.sourcing import Description

    def chosen(name: str) -> str:
        value = given[name]
        return value if value is not None else proposal.get(name, {}).get("value", "")

    dates = proposal.get("published", [])
    date = dates[0] if dates and not dates[0]["is_ambiguous"] else {}
    is_given = given["published"] is not None
    return Description(
        title=chosen("title"),
        author=chosen("author"),
        publisher=chosen("publisher"),
        published=(given["published"] or "") if is_given else date.get("value", ""),
        published_raw="" if is_given else date.get("raw", ""),
        reading_order="" if is_given else date.get("order", ""),
    )
