"""Sources: capture a file, confirm who published it and when, relate it to others, read it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, counted, print_json, print_list, print_one, print_section, print_text, progress

if TYPE_CHECKING:
    from onrecord.casework.models import Source
    from onrecord.casework.sourcing import Description
    from onrecord.sources.proposal import Proposal, Proposed

DESCRIBED = ("title", "author", "publisher", "published", "published_raw", "reading_order")
NOT_KNOWN = "not known"

SourceOption = Annotated[str, typer.Argument(metavar="SOURCE")]


def register(app: typer.Typer) -> None:
    """Add `onrecord source ...` to the command line."""
    noun = typer.Typer(help="Sources: captured pages and files.", no_args_is_help=True, rich_markup_mode=None)
    for command in (capture, describe, relate, grade, read):
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

    # The file is read twice: to know what it is, and into the vault.
    with progress("capturing", in_bytes=True) as step:
        captured = read_file(file, progress=lambda done: step(done, 2 * file.stat().st_size))
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
            chunks = iter(lambda: content.read(CHUNK_BYTES), b"")
            source = capture_source(docket, about, counted(chunks, lambda done: step(captured.size_bytes + done)))
    answer = {
        "id": source,
        "name": captured.name,
        "media_type": captured.media_type,
        "sha256": captured.sha256,
        "size_bytes": captured.size_bytes,
        "proposal": proposal,
        "encoding_is_guess": captured.encoding_is_guess,
    }
    if not as_json:
        _print_captured(answer)
    given = {"title": title, "author": author, "publisher": publisher, "published": published}
    is_confirmed = confirm or any(value is not None for value in given.values()) or _asked(proposal, as_json=as_json)
    if is_confirmed:
        describe_source(docket, source, _description(proposal, given))
    if as_json:
        print_json({**answer, "confirmed": is_confirmed})
    else:
        _print_confirmed(source, is_confirmed=is_confirmed)


def describe(
    source: SourceOption,
    title: Annotated[str | None, typer.Option("--title")] = None,
    author: Annotated[str | None, typer.Option("--author")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher")] = None,
    published: Annotated[str | None, typer.Option("--published", help="EDTF: 2025-02-09, 2025-02~, ...")] = None,
    published_raw: Annotated[str | None, typer.Option("--published-raw", help="The words of the page.")] = None,
    reading_order: Annotated[
        str | None, typer.Option("--reading-order", help="day_first, month_first or year_first.")
    ] = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Confirm what is known about a source; what is left out stays as it was, and "" says: not known."""
    docket = open_docket(folder)
    from onrecord.casework.sourcing import Description, describe_source
    from onrecord.ground.ids import SourceId

    row = _row(source)
    given = {"title": title, "author": author, "publisher": publisher, "published": published}
    # The words of the page belong to the date that was read from them; a new date does not keep them.
    kept = {name: "" if published is not None else getattr(row, name) for name in ("published_raw", "reading_order")}
    known = {name: getattr(row, name) if value is None else value for name, value in given.items()}
    order = {"published_raw": published_raw, "reading_order": reading_order}
    known |= {name: kept[name] if value is None else value for name, value in order.items()}
    describe_source(docket, SourceId(row.id), Description(**known))
    if as_json:
        print_json({"id": row.id, "confirmed": True})
    else:
        _print_confirmed(row.id, is_confirmed=True)


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

    one, two = SourceId(_row(source).id), SourceId(_row(other).id)
    relate_sources(docket, one, relation, two)
    print_one({"source": one, "relation": relation, "other": two}, as_json=as_json)


def grade(
    origin: Annotated[str, typer.Argument(metavar="ID", help="A letter or a source.")],
    reliability: Annotated[str | None, typer.Option("--reliability", help="A to F, how reliable it is.")] = None,
    credibility: Annotated[str | None, typer.Option("--credibility", help="1 to 6, how credible what it says.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="What the grade rests on.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Grade a letter or a source once: its claims inherit what they have not themselves; "" says: not judged."""
    docket = open_docket(folder)
    from onrecord.casework.corroboration.grades import grade_origin
    from onrecord.casework.models import Letter, Source

    whole = whole_id(origin, Letter, Source)
    now = grade_origin(docket, whole, reason, reliability=reliability, credibility=credibility)
    print_one({"id": whole, "reliability": now.reliability, "credibility": now.credibility}, as_json=as_json)


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
    """Show a source: what is known, what was proposed, its files, and last its words."""
    docket = open_docket(folder)
    from onrecord.casework.models import Exhibit, SourceLink
    from onrecord.casework.texts import NoTextToRead, reading_exhibit, reading_text

    row = _row(source)
    try:
        text = reading_text(docket, reading_exhibit(row.id))
    except NoTextToRead:
        text = None
    names = ("id", *DESCRIBED, "captured_at", "tool", "media_type")
    fields = ("id", "name", "media_type", "size_bytes", "sha256", "is_reading_text")
    item: dict[str, Any] = {name: getattr(row, name) for name in names} | {
        "confirmed": row.is_described,
        "proposal": row.proposal,
        "relations": list(SourceLink.objects.filter(source=row.id).values("relation", "other")),
        "exhibits": list(Exhibit.objects.filter(origin=row.id).order_by("place").values(*fields)),
        "text": text,
    }
    if as_json:
        print_json(item)
    else:
        _print_source(item, names)


def _row(source: str) -> "Source":
    from onrecord.casework.models import Source
    from onrecord.casework.sourcing import NoSuchSource

    row = Source.objects.filter(pk=whole_id(source, Source)).first()
    if row is None:
        raise NoSuchSource
    return row


def _print_source(item: dict[str, Any], names: tuple[str, ...]) -> None:
    print_one({name: item[name] or NOT_KNOWN for name in names}, as_json=False)
    if not item["confirmed"]:
        print_section("proposed, and confirmed by nobody yet")
        _print_proposal(item["proposal"])
    if item["relations"]:
        print_section("relations")
        print_list(item["relations"], ("relation", "other"), as_json=False, nothing="")
    print_section("files")
    print_list(item["exhibits"], ("id", "name", "media_type", "size_bytes"), as_json=False, nothing="None.")
    print_section("words, after the characters START:END of each paragraph")
    print_text(item["text"])


def _print_captured(answer: dict[str, Any]) -> None:
    print_one({name: answer[name] for name in ("id", "name", "media_type", "size_bytes", "sha256")}, as_json=False)
    if answer["encoding_is_guess"]:
        typer.echo("The file does not say in which encoding it is written: look whether its words are right.")
    if answer["proposal"]:
        print_section("proposed")
        _print_proposal(answer["proposal"])


def _print_proposal(proposal: dict[str, Any]) -> None:
    found = {name: proposal.get(name, {}).get("value", NOT_KNOWN) for name in ("title", "author", "publisher")}
    dates = [f"{date['value']} (\u201c{date['raw']}\u201d, {date['order']})" for date in proposal.get("published", ())]
    print_one({**found, "published": " or ".join(dates) or NOT_KNOWN}, as_json=False)


def _print_confirmed(source: str, *, is_confirmed: bool) -> None:
    """Say what counts from now on, since an ambiguous date stays out until somebody says which it is."""
    row = _row(source)
    print_section("confirmed" if is_confirmed else "confirmed: nothing yet")
    if is_confirmed:
        print_one({name: getattr(row, name) or NOT_KNOWN for name in DESCRIBED[:4]}, as_json=False)
    typer.echo(f"To add or correct: onrecord source describe {row.id} --title ... --published ...")


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
    if as_json or not any(proposal.values()) or not sys.stdin.isatty():
        return False
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
