"""Decide with open eyes what leaves: on which basis, for whom; what goes in stands beside what stays, the same size."""

from pathlib import Path

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from onrecord.bundle.check import check_bundle
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request, gather
from onrecord.bundle.make import DEFAULT_PURPOSE, make_bundle
from onrecord.casework.docket import Docket
from onrecord.casework.models import Case, Pattern
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record.append import newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.leaving import BASES, leaving
from onrecord.desk.shown.wording import terms_of
from onrecord.errors import BadInput, Refused
from onrecord.ground.ids import BundleId, is_id, new_id


@require_http_methods(["GET", "POST"])
def bundle(request: DeskRequest, holder: str) -> HttpResponseBase:
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
        made = make_bundle(request.docket, asked, _folder(request.docket, new_id()))
    except (BadInput, Refused) as error:
        return _page(request, asked, error)
    return redirect("bundle-made", holder, made.folder.name)


@require_GET
def made(request: DeskRequest, holder: str, folder: str) -> HttpResponse:
    """Show where a bundle stands, what its own check says, and how anybody repeats it."""
    place = _folder(request.docket, folder)
    if not is_id(folder) or not place.is_dir():
        raise Http404
    about = {**_about(holder), "folder": place, "report": check_bundle(place, None)}
    return render(request, "desk/bundle-made.html", about)


def _page(request: DeskRequest, asked: Request, error: BadInput | Refused | None = None) -> HttpResponse:
    about = {
        **_about(asked.holder),
        "bases": [(basis, name, consequence, basis in asked.bases) for basis, (name, consequence) in BASES.items()],
        "purposes": terms_of("consent_purpose"),
        "asked": asked,
        "error": error,
        "leaving": leaving(gather(request.docket, asked, BundleId(new_id()))),
        "newest": newest_entry(),
    }
    return render(request, "desk/bundle.html", about, status=error.http_status if error else 200)


def _about(holder: str) -> dict[str, object]:
    for table, section, page in ((Case, "cases", "case"), (Pattern, "patterns", "pattern")):
        row = table.objects.filter(pk=holder).first()
        if row is not None:
            return {"section": section, "holder": row, "page": page}
    raise NoSuchCase


def _folder(docket: Docket, name: str) -> Path:
    # A random name: the folder of bundles tells nobody which cases left, or when.
    return docket.folder / "bundles" / name
