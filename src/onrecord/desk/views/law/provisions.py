"""The provisions of the law data: what each says and how it is computed, who signed it, and a form to sign it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onrecord.casework.law.signing import (
    NoSuchProvision,
    NothingToTakeBack,
    TextChanged,
    WithdrawalNeedsReason,
    sign_provisions,
    signed,
    withdraw_signature,
)
from onrecord.casework.models import ProvisionSignature
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.law.rules import read_provision
from onrecord.desk.views.law.refusals import seen, status_of
from onrecord.errors import BadInput

TEXTS = ("protects", "binds", "scope", "customary", "notes")


@require_GET
def provisions(request: DeskRequest) -> HttpResponse:
    """Show every provision of this version, and who signed it as it stands."""
    law = request.docket.law
    good = signed(law)
    standing = ProvisionSignature.objects.filter(withdrawn_because="")
    earlier = set(standing.values_list("provision", flat=True)) - set(good)
    groups: dict[str, list[tuple[str, str, str, ProvisionSignature | None, bool]]] = {}
    for name, one in law.provisions.items():
        line = (name, one.short, str(one.text["label"]), good.get(name), name in earlier)
        groups.setdefault(one.instrument, []).append(line)
    about = {"law": law, "groups": list(groups.items()), "signed": len(good), "all": len(law.provisions)}
    return render(request, "desk/law/provisions.html", about)


@require_http_methods(["GET", "POST"])
def provision(request: DeskRequest, provision_id: str) -> HttpResponseBase:
    """Show one provision in full; a POST signs it as it stands, in a lawyer's name."""
    if provision_id not in request.docket.law.provisions:
        raise NoSuchProvision
    if request.method == "GET":
        return _page(request, provision_id)
    error = _sign(request, provision_id)
    return _page(request, provision_id, error) if error else _to_signatures(provision_id)


@require_POST
def withdraw(request: DeskRequest, signature_id: str) -> HttpResponseBase:
    """Take back a signature, with a reason; it stays on record."""
    row = ProvisionSignature.objects.filter(pk=signature_id, provision__in=request.docket.law.provisions).first()
    if row is None:
        raise NothingToTakeBack
    try:
        withdraw_signature(request.docket, row.id, request.POST.get("reason", ""))
    except WithdrawalNeedsReason as error:
        return _page(request, row.provision, error)
    return _to_signatures(row.provision)


def _page(request: DeskRequest, provision_id: str, error: BadInput | StaleRecord | None = None) -> HttpResponse:
    law = request.docket.law
    one, read = law.provisions[provision_id], read_provision(law, provision_id)
    rows = ProvisionSignature.objects.filter(provision=provision_id).order_by("-entry")
    about = {
        "law": law,
        "provision": one,
        "name": one.short,
        "read": read,
        "texts": [(name, read.text[name]) for name in TEXTS if read.text.get(name)],
        "signatures": [(row, row.text_sha256 == one.sha256) for row in rows],
        "is_signed": provision_id in signed(law),
        "error": error,
        "typed": request.POST.dict(),
        "newest": newest_entry(),
    }
    return render(request, "desk/law/provision.html", about, status=status_of(error) if error else 200)


def _to_signatures(provision_id: str) -> HttpResponseBase:
    return redirect(f"{reverse('provision', args=[provision_id])}#signatures")


def _sign(request: DeskRequest, provision_id: str) -> BadInput | StaleRecord | None:
    typed = {name: request.POST.get(name, "") for name in ("lawyer", "qualification", "on", "remarks")}
    law = request.docket.law
    if request.POST.get("read") != law.provisions[provision_id].sha256:
        return TextChanged()
    try:
        sign_provisions(request.docket, law, [provision_id], **typed, seen=seen(request))
    except (BadInput, StaleRecord) as error:
        return error
    return None
