"""One source: what it says of itself, what a person confirmed, how it stands to others, and who says what in it."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onrecord.casework.models import LedgerRow, Source, SourceLink
from onrecord.casework.overview import claims_on
from onrecord.casework.sourcing import Description, NoSuchSource, describe_source
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.claims import cards
from onrecord.desk.shown.custody import custody_lines
from onrecord.desk.shown.exhibits import items_of, reading_item
from onrecord.desk.shown.grades import grading_of
from onrecord.desk.shown.wording import term
from onrecord.errors import BadInput
from onrecord.ground.ids import SourceId

DESCRIBED = ("title", "author", "publisher", "published", "published_raw", "reading_order")


@require_GET
def source(request: DeskRequest, source_id: str) -> HttpResponse:
    """Show a source."""
    return source_page(request, existing_source(source_id))


@require_POST
def describe(request: DeskRequest, source_id: str) -> HttpResponseBase:
    """Record what a person confirms about a source; an empty field means: not known."""
    row = existing_source(source_id)
    typed = {name: request.POST.get(name, "").strip() for name in DESCRIBED}
    try:
        describe_source(request.docket, SourceId(source_id), Description(**typed))
    except BadInput as error:
        return source_page(request, row, status=error.http_status, typed=typed, error=error)
    return redirect("source", source_id)


def source_page(request: DeskRequest, row: Source, *, status: int = 200, **more: Any) -> HttpResponse:
    """Return the page of a source, with what a form on it refused."""
    items = items_of(row.id)
    reading = reading_item(items)
    about = {
        "section": "sources",
        "source": row,
        "items": items,
        "reading": reading,
        "proposed": _proposed(row),
        "typed": _start(row),
        "links": _links(row.id),
        "grading": grading_of(row.id),
        "cards": cards(claims_on(reading.id)) if reading else [],
        "custody": custody_lines(request.docket, LedgerRow.objects.filter(subject=row.subject).order_by("index")),
    }
    return render(request, "desk/source.html", {**about, **more}, status=status)


def existing_source(source_id: str) -> Source:
    """Return a source's row; raise NoSuchSource."""
    row = Source.objects.filter(pk=source_id).first()
    if row is None:
        raise NoSuchSource
    return row


def _proposed(row: Source) -> list[dict[str, str]]:
    """Return what the reader proposed, each with its reason; dates with the words of the page and their reading."""
    found = []
    for name in ("title", "author", "publisher"):
        about: dict[str, Any] = row.proposal.get(name) or {}
        if about:
            found.append({"name": name, "value": about["value"], "why": about["reason"]})
    for date in row.proposal.get("published", ()):
        why = f"“{date['raw']}”, {date['order'].replace('_', ' ')}: {date['evidence']}"
        found.append({"name": "published", "value": date["value"], "why": why})
    return found


def _start(row: Source) -> dict[str, str]:
    """Fill the form with what is confirmed, else with what is proposed and not in doubt."""
    if row.is_described:
        return {name: getattr(row, name) for name in DESCRIBED}
    start = {name: (row.proposal.get(name) or {}).get("value", "") for name in ("title", "author", "publisher")}
    dates = row.proposal.get("published", ())
    if dates and not dates[0]["is_ambiguous"]:
        start |= {"published": dates[0]["value"], "published_raw": dates[0]["raw"], "reading_order": dates[0]["order"]}
    return start


def _links(source_id: str) -> list[dict[str, str]]:
    titles = dict(Source.objects.values_list("id", "title"))
    found = [(link, link.other) for link in SourceLink.objects.filter(source=source_id)]
    found += [(link, link.source) for link in SourceLink.objects.filter(other=source_id)]
    return [
        {
            "relation": term("source_relation", link.relation),
            "id": other,
            "title": titles.get(other, ""),
            "is_from": "yes" if other == link.source else "",
        }
        for link, other in found
    ]
