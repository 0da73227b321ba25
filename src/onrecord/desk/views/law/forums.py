"""Where a case can be taken, what it has of what is needed there, and what came of each submission."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from onrecord.casework.law.facts import read_case, the_person
from onrecord.casework.law.signing import may_leave
from onrecord.casework.law.submissions import News, NoSuchSubmission, note_submission, open_submission, submissions
from onrecord.casework.models import Case, Submission
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.law.forums import show_forum
from onrecord.desk.shown.law.holdings import Holdings
from onrecord.desk.shown.law.weighing import hold
from onrecord.desk.views.law.matrix import about_person
from onrecord.desk.views.law.refusals import seen
from onrecord.errors import BadInput
from onrecord.law.forums import load_forums
from onrecord.law.load import load_law


@require_http_methods(["GET", "POST"])
def forums(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """Show every forum for one person of a case; a POST begins a submission to one."""
    if request.method == "GET":
        return _page(request, case_id)
    forum, person = request.POST.get("forum", ""), request.POST.get("person", "")
    language, deadline = request.POST.get("language", ""), request.POST.get("deadline", "")
    try:
        open_submission(request.docket, case_id, forum, person=person, language=language, deadline=deadline)
    except BadInput as error:
        return _page(request, case_id, failed=f"open-{forum}", error=error)
    return redirect(f"{reverse('forums', args=[case_id])}?person={person}#{forum}")


@require_POST
def note(request: DeskRequest, submission_id: str) -> HttpResponseBase:
    """Record what became known about a submission."""
    row = Submission.objects.filter(pk=submission_id).first()
    if row is None:
        raise NoSuchSubmission
    news = News(**{name: request.POST.get(name, "") for name in News.__slots__})
    try:
        note_submission(request.docket, row.id, news, seen=seen(request))
    except (BadInput, StaleRecord) as error:
        return _page(request, row.case, failed=f"note-{row.id}", error=error)
    return redirect(f"{reverse('forums', args=[row.case])}?person={request.POST.get('person', '')}#{row.forum}")


def _page(
    request: DeskRequest, case_id: str, *, failed: str = "", error: BadInput | StaleRecord | None = None
) -> HttpResponse:
    law = load_law()
    case = read_case(case_id, law)
    leave = may_leave(case_id, law)
    about = {"section": "cases", "tab": "forums", "case": Case.objects.get(pk=case_id), "law": law, "leave": leave}
    if not case.people:
        return render(request, "desk/law/nobody.html", about)
    person = the_person(case, request.GET.get("person") or request.POST.get("person") or case.people[0])
    holdings = Holdings(hold(case, person, law), case_id, person, may_leave=leave.is_allowed)
    rows = [row for row in submissions(case_id) if row.person in ("", person)]
    about |= about_person(case, person) | {
        "newest": newest_entry(),
        "forums": [show_forum(forum, holdings, rows) for forum in load_forums().values()],
        "failed": failed,
        "error": error,
        "typed": request.POST.dict() if error else {},
    }
    return render(request, "desk/law/forums.html", about, status=error.http_status if error else 200)
