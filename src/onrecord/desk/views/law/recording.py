"""Put on record what a member decides on the law page: an assessment, a place, whether unsigned law may leave."""

from collections.abc import Collection

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from onrecord.casework.law.assessing import assess_case
from onrecord.casework.law.places import OverrideNeedsReason, override_place
from onrecord.casework.law.signing import (
    AllowanceNeedsReason,
    NothingToTakeBack,
    WithdrawalNeedsReason,
    allow_unsigned,
    withdraw_allowance,
)
from onrecord.casework.members.roles import OnlyALead
from onrecord.casework.models import Event, Person, UnsignedAllowance
from onrecord.casework.record.append import StaleRecord
from onrecord.desk.served import DeskRequest
from onrecord.desk.views.law.matrix import show_matrix
from onrecord.desk.views.law.printing import show_print
from onrecord.desk.views.law.refusals import FormNotWhole, refusal, seen
from onrecord.words.vocabulary import UnknownTerm


@require_POST
def assess(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """Record the assessment of one person, of all their events or one, as it stands now; the earlier one stays."""
    person, event = (request.POST.get(name, "") for name in ("person", "event"))
    assess_case(request.docket, case_id, person, request.docket.law, event)
    return _back(request, "law", case_id, request.POST)


@require_POST
def place(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """Record who held the place of an event, with what shows it; the address has the event that the page shows."""
    event, status, reason = (request.POST.get(name, "") for name in ("event", "status", "reason"))
    asked = request.POST.copy()
    asked["event"] = request.GET.get("event", "")
    try:
        override_place(request.docket, event, status, reason, case=case_id, seen=seen(request))
    except (OverrideNeedsReason, UnknownTerm, FormNotWhole, StaleRecord) as error:
        field = "status" if isinstance(error, UnknownTerm) else "reason"
        return show_matrix(request, case_id, asked, refusal(request, error, f"{field}-{event}"))
    return _back(request, "law", case_id, asked)


@require_POST
def allow(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """Let unsigned law leave with this case, with a reason that is printed on it: a lead's decision."""
    try:
        allow_unsigned(request.docket, case_id, request.docket.law, request.POST.get("reason", ""), seen=seen(request))
    except (AllowanceNeedsReason, FormNotWhole, StaleRecord) as error:
        return show_print(request, case_id, request.POST, refusal(request, error, "reason"))
    except OnlyALead:
        return show_print(request, case_id, request.POST)  # which says who could
    return _back(request, "law-print", case_id, request.POST)


@require_POST
def disallow(request: DeskRequest, allowance_id: str) -> HttpResponseBase:
    """Take back that a case may leave unsigned, with a reason: a lead's decision too."""
    row = UnsignedAllowance.objects.filter(pk=allowance_id).first()
    if row is None:
        raise NothingToTakeBack
    try:
        withdraw_allowance(request.docket, row.id, request.POST.get("reason", ""))
    except WithdrawalNeedsReason as error:
        return show_print(request, row.case, request.POST, refusal(request, error, "reason"))
    return _back(request, "law-print", row.case, request.POST)


def _back(request: DeskRequest, page: str, case: str, posted: QueryDict) -> HttpResponseBase:
    """Go back to the page from which this was done, with the same person, event, provisions and element, if known."""
    known: dict[str, Collection[str]] = {
        "person": Person.objects.filter(case=case).values_list("id", flat=True),
        "event": Event.objects.filter(case=case).values_list("id", flat=True),
        "show": request.docket.law.provisions,
        "element": request.docket.law.elements,
    }
    asked = [(name, value) for name, values in known.items() for value in posted.getlist(name) if value in values]
    return redirect(f"{reverse(page, args=[case])}?{urlencode(asked)}")
