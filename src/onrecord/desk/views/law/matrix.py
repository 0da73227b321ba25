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
from onrecord.desk.shown.law.dangers import dangers
from onrecord.desk.shown.law.evidence import EventPlace, by_hand, detail, gaps_of, places_of, reached, set_aside
from onrecord.desk.shown.law.marks import CONTRADICTED, LEGEND, SOURCES_DISAGREE, mark_of_element
from onrecord.desk.shown.law.matrix import elements_of, lay_out, nearest
from onrecord.desk.shown.law.names import instrument_name, short_name
from onrecord.desk.shown.law.over_time.history import history_of
from onrecord.desk.shown.law.weighing import Held, count, hold, weigh
from onrecord.desk.shown.wording import terms_of
from onrecord.desk.views.law.refusals import Refusal
from onrecord.law.load import load_law
from onrecord.law.model import Law

FIRST_GAPS = 6


@require_GET
def matrix(request: DeskRequest, case_id: str) -> HttpResponse:
    """Show the table for one person, with one element in full."""
    return show_matrix(request, case_id, request.GET)


def show_matrix(request: DeskRequest, case_id: str, asked: QueryDict, refused: Refusal | None = None) -> HttpResponse:
    """Show the table for the person, provisions and element that are asked for, and why a form was not recorded."""
    law = load_law()
    case = read_case(case_id, law)
    about = {
        "section": "cases",
        "tab": "law",
        "case": Case.objects.get(pk=case_id),
        "law": law,
        "newest": newest_entry(),
        "refused": refused,
    }
    if not case.people:
        return render(request, "desk/law/nobody.html", about | {"leave": may_leave(case_id, law)})
    person = the_person(case, asked.get("person") or case.people[0])
    held = hold(case, person, law)
    about |= about_person(case, person) | _table(request, held, case, person, asked)
    return render(request, "desk/law/matrix.html", about, status=refused.http_status if refused else 200)


def about_person(case: CaseFacts, person: str) -> dict[str, Any]:
    """Return whom the page is about, and whom else it could be about."""
    names = person_names(Person.objects.filter(case=case.case).order_by("entry", "id"))
    shown = dict.fromkeys((*case.people, person))
    return {"person": person, "person_name": names[person], "people": [(id_, names[id_]) for id_ in shown]}


def _table(request: DeskRequest, held: Held, case: CaseFacts, person: str, asked: QueryDict) -> dict[str, Any]:
    law, assessment = held.law, held.assessment
    chosen = [name for name in law.provisions if name in asked.getlist("show")]
    shown = chosen or nearest(law, assessment)
    rows = elements_of(law, shown)
    element = asked.get("element", "")
    element = element if element in law.elements else _first_to_look_at(held, rows)
    weighed = weigh(held, dict.fromkeys((*rows, *([element] if element else []))))
    addresses, places = Addresses(case.case, person, chosen, element), places_of(case.case, person)
    table = lay_out(
        law,
        assessment,
        shown,
        counts={name: count(claims) for name, claims in weighed.items()},
        addresses=addresses,
        by_hand=reached(law, by_hand(places)),
    )
    history = history_of(request.docket, case.case, person, assessment)
    return {
        "matrix": table,
        "leave": may_leave(case.case, law, shown),
        "width": 3 + len(table.columns),
        "detail": detail(held, element, weighed[element]) if element else None,
        "changes": history.of(element, law),
        "history": history,
        "dangers": dangers(assessment.risks),
        "speaks_of_event": any(risk.of_event for risk in assessment.risks),
        "gaps": gaps_of(held, FIRST_GAPS),
        "legend": LEGEND,
        "contradicted": CONTRADICTED,
        "addresses": addresses,
        "all_provisions": _all_provisions(law, shown),
        **_places(held, case, person, element, places),
    }


def _first_to_look_at(held: Held, rows: tuple[str, ...]) -> str:
    """Return what needs a person most: where sources disagree, else the first gap, else the first row."""
    marks = {name: mark_of_element(held.assessment.elements[name]) for name in rows}
    disputed = [name for name in rows if marks[name] == SOURCES_DISAGREE]
    open_ones = [gap.element for gap in held.assessment.gaps if gap.element in marks]
    return next(iter([*disputed, *open_ones, *rows]), "")


def _all_provisions(law: Law, shown: tuple[str, ...] | list[str]) -> list[tuple[str, list[tuple[str, str, str, bool]]]]:
    """Return every provision under its instrument: its identifier, short name and label, and whether it is shown."""
    groups: dict[str, list[tuple[str, str, str, bool]]] = {}
    for name, provision in law.provisions.items():
        line = (name, short_name(provision), str(provision.text["label"]), name in shown)
        groups.setdefault(instrument_name(provision), []).append(line)
    return list(groups.items())


def _places(held: Held, case: CaseFacts, person: str, element: str, places: tuple[EventPlace, ...]) -> dict[str, Any]:
    """Return the places that a member may set by hand, what was set, and what that set aside of an element."""
    set_by_hand = by_hand(places)
    alone = hold(case.without_overrides(), person, held.law) if set_by_hand and element else None
    return {
        "events": places,
        "by_hand": set_by_hand,
        "set_aside": set_aside(held, alone, element) if alone else None,
        "place_statuses": terms_of("place_status"),
    }
