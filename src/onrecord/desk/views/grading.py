"""Grade a letter or a source, once for every claim that rests on it; the earlier grade stays with its reason."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onrecord.casework.coding import GradeUnknown
from onrecord.casework.corroboration.grades import GradeNeedsReason, grade_origin
from onrecord.casework.holds import LetterOnHold
from onrecord.casework.record.append import StaleRecord
from onrecord.desk.served import DeskRequest
from onrecord.desk.views.law.refusals import FormNotWhole, Refusal, refusal, seen
from onrecord.desk.views.letter import existing, letter_page
from onrecord.desk.views.source import existing_source, source_page


@require_POST
def grade_letter(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Record the grade of a letter."""
    row = existing(letter_id)
    refused = _grade(request, row.id)
    if refused:
        return letter_page(request, row, status=refused.http_status, refused=refused)
    return redirect(f"{reverse('letter', args=[row.id])}#grade")


@require_POST
def grade_source(request: DeskRequest, source_id: str) -> HttpResponseBase:
    """Record the grade of a source."""
    row = existing_source(source_id)
    refused = _grade(request, row.id)
    if refused:
        return source_page(request, row, status=refused.http_status, refused=refused)
    return redirect(f"{reverse('source', args=[row.id])}#grade")


def _grade(request: DeskRequest, origin: str) -> Refusal | None:
    """Record what was chosen; a letter or number that the form does not send stays as it was."""
    chosen = {name: request.POST.get(name) for name in ("reliability", "credibility")}
    try:
        grade_origin(request.docket, origin, request.POST.get("reason", ""), **chosen, seen=seen(request))
    except GradeNeedsReason as error:
        return refusal(request, error, "reason")
    except (GradeUnknown, LetterOnHold, FormNotWhole, StaleRecord) as error:
        return refusal(request, error, "reliability")
    return None
