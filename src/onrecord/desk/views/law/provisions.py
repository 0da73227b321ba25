"""The provisions of the law data: what each says and how it is computed, who signed it, and a form to sign it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onrecord.casework.law.signing import NoSuchProvision, TextChanged, sign_provisions, signed
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
    earlier = set(ProvisionSignature.objects.values_list("provision", flat=True)) - set(good)
    groups: dict[str, list[tuple[str, str, str, ProvisionSignature | None, bool]]] = {}
    for name, one in law.provisions.items():
        line = (name, one.short, str(one.text["label"]), good.get(name), name in earlier)
        groups.setdefault(one.instrument, []).append(line)
    about = {"law": law, "groups": list(groups.items()), "signed": len(good), "all": len(law.provisions)}
    return render(request, "desk/law/provisions.html", about)


@require_http_methods(["GET", "POST"])
def provision(request: DeskRequest, provision_id: str) -> HttpResponseBase:
    """Show one provision in full; a POST signs it as it stands, in a lawyer's name."""
    law = request.docket.law
    if provision_id not in law.provisions:
        raise NoSuchProvision
    error = _sign(request, provision_id) if request.method == "POST" else None
    if request.method == "POST" and error is None:
        return redirect(f"{reverse('provision', args=[provision_id])}#signatures")
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
