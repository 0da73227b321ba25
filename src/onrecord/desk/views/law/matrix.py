"""One person of a case beside the law: which element the evidence supports, which it contradicts, what is missing."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onrecord.casework.law.facts import CaseFacts, read_case, the_person
from onrecord.casework.law.signing import may_leave
from onrecord.casework.models import Case, Person
from onrecord.casework.record.append import newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.case_table import person_names
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import dangers, on_top
from onrecord.desk.shown.law.events import event_asked, events_of
from onrecord.desk.shown.law.evidence import EventPlace, by_hand, places_of, set_aside
from onrecord.desk.shown.law.over_time.history import history_of
from onrecord.desk.shown.law.over_time.past import find_recorded
from onrecord.desk.shown.law.sheet import prints_of
from onrecord.desk.shown.law.weighing import Held, hold
from onrecord.desk.shown.wording import terms_of
from onrecord.desk.views.law.past import show_past
from onrecord.desk.views.law.refusals import Refusal
from onrecord.desk.views.law.table import addresses_of, table_of


@require_GET
def matrix(request: DeskRequest, case_id: str) -> HttpResponse:
    """Show the table for one person, with one element in full; or an assessment on record as it stood."""
    return show_matrix(request, case_id, request.GET)


def show_matrix(request: DeskRequest, case_id: str, asked: QueryDict, refused: Refusal | None = None) -> HttpResponse:
    """Show the table for the person, event, provisions and element asked for, and why a form was not recorded."""
    law = request.docket.law
    case, row = read_case(case_id, law), find_recorded(case_id, asked.get("recorded", ""))
    about: dict[str, Any] = {
        "section": "cases",
        "tab": "law",
        "case": Case.objects.get(pk=case_id),
        "law": law,
        "newest": newest_entry(),
        "refused": refused,
    }
    if not case.people and row is None:
        return render(request, "desk/law/nobody.html", about | {"leave": may_leave(case_id, law)})
    person = row.person if row else the_person(case, asked.get("person") or case.people[0])
    event = row.event if row else event_asked(case, person, asked.get("event", ""))
    held, addresses = hold(case, person, law, event), addresses_of(law, case_id, person, event, asked)
    history = history_of(request.docket, held, addresses)
    about |= about_person(case, person) | {
        "events": events_of(case, addresses),
        "history": history,
        **on_top(dangers(held.assessment.risks)),
    }
    if row:
        return show_past(request, case, row, held, addresses, history, about)
    places = places_of(case, person, event)
    about |= table_of(held, case, addresses, history, places)
    about |= _places(held, case, about["addresses"], places) | {
        "leave": may_leave(case_id, law, about["shown"]),
        "prints": prints_of(case_id),
        "other_laws": list(history.under_other_law(law, held.assessment, addresses)),
    }
    return render(request, "desk/law/matrix.html", about, status=refused.http_status if refused else 200)


def about_person(case: CaseFacts, person: str) -> dict[str, Any]:
    """Return whom the page is about, and whom else it could be about."""
    names = person_names(Person.objects.filter(case=case.case).order_by("entry", "id"))
    shown = dict.fromkeys((*case.people, person))
    return {"person": person, "person_name": names[person], "people": [(id_, names[id_]) for id_ in shown]}


def _places(held: Held, case: CaseFacts, addresses: Addresses, places: tuple[EventPlace, ...]) -> dict[str, Any]:
    """Return the places that a member may set by hand, and what that set aside of the element that is shown."""
    element, alone = addresses.element, None
    if by_hand(places) and element:
        alone = hold(case.without_overrides(), addresses.person, held.law, addresses.event)
    return {
        "places": places,
        "set_aside": set_aside(held, alone, element) if alone else None,
        "place_statuses": terms_of("place_status"),
    }
