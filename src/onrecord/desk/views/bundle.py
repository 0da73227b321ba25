"""Decide with open eyes what leaves: on which basis, for whom; what goes in stands beside what stays, the same size."""

from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request, gather
from onrecord.bundle.make import DEFAULT_PURPOSE
from onrecord.casework.models import BundleRecord, Case, Pattern
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record.append import newest_entry
from onrecord.desk.keeping import SHOWN_ID, BundleNotKept, make_and_keep, open_kept, unpacked_name
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.law.dangers import dangers_of, on_top
from onrecord.desk.shown.leaving import BASES, leaving
from onrecord.desk.shown.wording import terms_of
from onrecord.errors import BadInput, Refused
from onrecord.ground.ids import BundleId, new_id
from onrecord.ground.text import safe_file_name


@require_http_methods(["GET", "POST"])
def bundle(request: DeskRequest, holder: str) -> HttpResponse:
    """Show what would leave on the bases chosen so far; make the bundle when that is asked."""
    bases = tuple(basis for basis in Basis if basis.value in request.POST.getlist("basis"))
    asked = Request(
        holder=holder,
        bases=bases,
        purpose=request.POST.get("purpose", DEFAULT_PURPOSE),
        reason=request.POST.get("reason", "").strip(),
    )
    if request.POST.get("step") != "make":
        return _page(request, asked)
    try:
        made = make_and_keep(request.docket, asked)
    except (BadInput, Refused) as error:
        return _page(request, asked, error)
    about = {**_about(request, holder), "bundle": made, "folder": unpacked_name(made.id)}
    return render(request, "desk/bundle-made.html", about)


@require_GET
def download(request: DeskRequest, bundle_id: str) -> StreamingHttpResponse:
    """Answer with a bundle as a tar in clear text, to the member who made it."""
    record = BundleRecord.objects.filter(pk=bundle_id).first()
    if record is None:
        raise BundleNotKept
    size_bytes, tar = open_kept(request.docket, BundleId(record.id))
    name = safe_file_name(f"{_holder(record.subject)[0].name}-{record.id[:SHOWN_ID]}.tar")
    response = StreamingHttpResponse(tar, content_type="application/x-tar")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Length"] = str(size_bytes)
    return response


def _page(request: DeskRequest, asked: Request, error: BadInput | Refused | None = None) -> HttpResponse:
    about = {
        **_about(request, asked.holder),
        "bases": [(basis, name, consequence, basis in asked.bases) for basis, (name, consequence) in BASES.items()],
        "purposes": terms_of("consent_purpose"),
        "asked": asked,
        "error": error,
        "leaving": leaving(gather(request.docket, asked, BundleId(new_id()))),
        "newest": newest_entry(),
    }
    return render(request, "desk/bundle.html", about, status=error.http_status if error else 200)


def _about(request: DeskRequest, holder: str) -> dict[str, object]:
    row, page = _holder(holder)
    return {"section": f"{page}s", "holder": row, "page": page, **on_top(dangers_of(holder, request.docket.law))}


def _holder(holder: str) -> tuple[Case | Pattern, str]:
    for table, page in ((Case, "case"), (Pattern, "pattern")):
        row = table.objects.filter(pk=holder).first()
        if row is not None:
            return row, page
    raise NoSuchCase
