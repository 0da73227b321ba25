"""Where a case can be taken, what it has of what is needed there, and what came of each submission."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onrecord.casework.holds import LetterOnHold
from onrecord.casework.law.facts import CaseFacts, read_case, the_person
from onrecord.casework.law.holdings import HoldingWrong, Said, note_holding
from onrecord.casework.law.signing import may_leave
from onrecord.casework.law.submissions import (
    News,
    NoLanguageTag,
    NoSuchSubmission,
    SentInTheFuture,
    due,
    note_submission,
    open_submission,
    submissions,
)
from onrecord.casework.models import Case, Event, Person, Submission
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.forums.due import show_due
from onrecord.desk.shown.forums.holdings import Holdings
from onrecord.desk.shown.forums.readiness import show_forums
from onrecord.desk.shown.forums.things import STATES, items_of, purposes_to_agree, show_things
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import dangers_in, on_top
from onrecord.desk.shown.law.events import event_asked, events_of
from onrecord.desk.views.law.matrix import about_person
from onrecord.desk.views.law.refusals import Refusal, refusal, seen
from onrecord.errors import BadInput, Refused
from onrecord.ground.dates import NotADate
from onrecord.law.forums import load_things

FIELD_OF: Mapping[type[Exception], str] = {SentInTheFuture: "sent_on", NoLanguageTag: "language"}
OF_AN_AGREEMENT = ("purposes", "agreed_by", "agreed_on")


class OfNobody(HoldingWrong):
    """This form does not say whether it is about one person or about everybody in the case. Nothing was recorded."""

    field = "of"
    next_step = "Choose one of the two, and put it on record again."


@require_http_methods(["GET", "POST"])
def forums(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """Show every forum for one person of a case; a POST begins a submission to one."""
    if request.method == "GET":
        return _page(request, case_id, request.GET.get("note", ""))
    forum, person = request.POST.get("forum", ""), request.POST.get("person", "")
    language, deadline = request.POST.get("language", ""), request.POST.get("deadline", "")
    known = {"person": person, "language": language, "deadline": deadline}
    try:
        open_submission(request.docket, case_id, forum, **known, seen=seen(request))
    except (BadInput, StaleRecord) as error:
        field = "deadline" if isinstance(error, NotADate) else "language"
        return _page(request, case_id, refused=refusal(request, error, f"{field}-{forum}"))
    return _back(request, case_id, forum)


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
        field = FIELD_OF.get(type(error)) or news.wrong_date() or "reference"
        return _page(request, row.case, refused=refusal(request, error, f"{field}-{row.id}"))
    return _back(request, row.case, row.forum)


@require_POST
def holding(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """Record what a member says about a thing that submissions need, of one person or of the whole case."""
    typed = request.POST
    texts = {name: typed.get(name, "") for name in Said.__slots__ if name != "purposes"}
    said = Said(**texts, purposes=tuple(typed.getlist("purposes")))
    try:
        note_holding(request.docket, case_id, said, person=_of_whom(typed), seen=seen(request))
    except (BadInput, LetterOnHold, StaleRecord) as error:
        why = refusal(request, error, _field_of(error))
        return _page(request, case_id, said.thing, replace(why, typed={**why.typed, "purposes": said.purposes}))
    return _back(request, case_id, f"thing-{said.thing}")


@require_GET
def dates(request: DeskRequest) -> HttpResponse:
    """Show the submissions of all cases, what is due next first."""
    shown = show_due(request.docket, due(submissions()))
    return render(request, "desk/law/submissions.html", {"section": "cases", "lines": shown})


def _page(request: DeskRequest, case_id: str, asked: str = "", refused: Refusal | None = None) -> HttpResponse:
    law = request.docket.law
    case = read_case(case_id, law)
    leave = may_leave(case_id, law)
    about = {"section": "cases", "tab": "forums", "case": Case.objects.get(pk=case_id), "law": law, "leave": leave}
    if not case.people:
        return render(request, "desk/law/nobody.html", about)
    person = the_person(case, request.GET.get("person") or request.POST.get("person") or case.people[0])
    event = event_asked(case, person, request.GET.get("event") or request.POST.get("event", ""))
    addresses = Addresses(case_id, person, event=event)
    holdings = Holdings(case, person, event, may_leave=leave.is_allowed)
    rows = [row for row in submissions(case_id) if row.person in ("", person)]
    about |= about_person(case, person) | {
        "addresses": addresses,
        "events": events_of(case, addresses),
        "newest": newest_entry(),
        "forums": show_forums(holdings, rows),
        "things": show_things(holdings),
        "refused": refused,
        **on_top(dangers_in(case, law)),
        **(_form(case, holdings, asked, refused) if asked in load_things() else {}),
    }
    return render(request, "desk/law/forums.html", about, status=refused.http_status if refused else 200)


def _form(case: CaseFacts, holdings: Holdings, asked: str, refused: Refusal | None) -> Mapping[str, Any]:
    """Return what the form for a word about a thing offers: what was typed in it, else what was said last."""
    last = holdings.said.get(asked)
    # Who agreed to something said of a whole case is not known, so that is offered for no one person.
    names = [name for name in Said.__slots__ if last and (last.person or name not in OF_AN_AGREEMENT)]
    typed = refused.typed if refused else {name: getattr(last, name) for name in names}
    return {
        "asked": asked,
        "typed": typed,
        "states": STATES.items(),
        "items": items_of({claim.exhibit for claim in case.claims}),
        "purposes": [(code, label, code in typed.get("purposes", ())) for code, label in purposes_to_agree()],
    }


def _of_whom(typed: QueryDict) -> str:
    """Return of which person a word is, empty for the whole case; raise OfNobody where the form says neither."""
    of, person = typed.get("of", "person"), typed.get("person", "")
    if of == "case":
        return ""
    if of != "person" or not person:
        raise OfNobody
    return person


def _field_of(error: BadInput | Refused) -> str:
    """Return the field of the form that an error is about."""
    if isinstance(error, HoldingWrong):
        return error.field
    return "agreed_on" if isinstance(error, NotADate) else "item"


def _back(request: DeskRequest, case: str, where: str) -> HttpResponseBase:
    """Go back to the same person and event, to the place of the page where this was done."""
    person = Person.objects.filter(case=case, pk=request.POST.get("person", "")).first()
    event = Event.objects.filter(case=case, pk=request.POST.get("event", "")).first()
    asked = urlencode([(name, row.id) for name, row in (("person", person), ("event", event)) if row])
    return redirect(f"{reverse('forums', args=[case])}{'?' if asked else ''}{asked}#{where}")
