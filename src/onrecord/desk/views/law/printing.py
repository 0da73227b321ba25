"""Print what the law data says of one person: for whom, on which basis, and an entry before there is a sheet.

No word of a text is on it, only statuses, counts and what is missing. Paper comes from the answer to that act alone. A
sheet that is looked at again is not printed from there, since what may leave is asked again for each.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from onrecord.bundle.analysis.printing import Printable, print_sheet, sheet, what_may_leave
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.bundle.make import DEFAULT_PURPOSE
from onrecord.casework.law.facts import read_case, the_event, the_person
from onrecord.casework.law.signing import LawNotSigned, Leave, may_leave
from onrecord.casework.members.roles import leads
from onrecord.casework.models import Case, LedgerRow, MatrixPrint, Member
from onrecord.casework.record.append import newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import dangers, on_top
from onrecord.desk.shown.law.events import events_of
from onrecord.desk.shown.law.marks import LEGEND
from onrecord.desk.shown.law.matrix import nearest
from onrecord.desk.shown.law.sheet import (
    check_provisions,
    draw_sheet,
    places_by_hand,
    prints_of,
    remarks_on,
    table_of,
)
from onrecord.desk.shown.law.weighing import hold
from onrecord.desk.shown.leaving import BASES, counted_by_basis, counted_by_rule
from onrecord.desk.shown.wording import term, terms_of
from onrecord.desk.views.law.matrix import about_person
from onrecord.desk.views.law.refusals import Refusal, seen, status_of
from onrecord.errors import BadInput, Refused
from onrecord.law.assess import risks_of
from onrecord.law.model import Law

REFUSED = 403


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be printed: of whom, which provisions (none: the nearest), for whom and on which bases."""

    request: Request
    person: str
    event: str
    provisions: tuple[str, ...]
    newest: int

    @classmethod
    def read(cls, law: Law, case: str, asked: QueryDict) -> "Asked":
        """Read what was asked for; a person, an event or a provision that is not there is refused."""
        newest, read = newest_entry(), read_case(case, law)
        person = the_person(read, asked.get("person", ""))
        return cls(
            request=Request(
                holder=case,
                bases=tuple(basis for basis in Basis if basis.value in asked.getlist("basis")),
                purpose=asked.get("purpose", DEFAULT_PURPOSE),
                reason=asked.get("reason", "").strip(),
            ),
            person=person,
            event=the_event(read, person, asked.get("event", "")),
            provisions=check_provisions(law, asked.getlist("show")),
            newest=newest,
        )


@require_http_methods(["GET", "POST"])
def printing(request: DeskRequest, case_id: str) -> HttpResponse:
    """Show what would be printed and what would stay; a POST may ask to print it."""
    if request.method == "POST" and request.POST.get("step") == "print":
        return _print(request, case_id)
    return show_print(request, case_id, request.POST if request.method == "POST" else request.GET)


@require_GET
def printed(request: DeskRequest, sheet_id: str) -> HttpResponse:
    """Show a sheet again as it was printed."""
    return _sheet(request, sheet(sheet_id), is_new=False)


def show_print(request: DeskRequest, case_id: str, asked: QueryDict, refused: Refusal | None = None) -> HttpResponse:
    """Show what would be printed for whom and on which basis, or why it may not be; and why a form was not recorded."""
    law = request.docket.law
    wanted = Asked.read(law, case_id, asked)
    held = hold(read_case(case_id, law), wanted.person, law, wanted.event)
    leave = may_leave(case_id, law, wanted.provisions or nearest(law, held.assessment))
    if not leave.is_allowed:
        return _refused(request, law, wanted, leave, refused)
    return _form(request, law, wanted, leave, refused.error if refused else None)


def _print(request: DeskRequest, case_id: str) -> HttpResponse:
    law = request.docket.law
    wanted = Asked.read(law, case_id, request.POST)
    about = _about(law, wanted)
    printable = what_may_leave(request.docket, wanted.request, law, wanted.person, wanted.event)
    names = {"case": about["case"].name, "person": about["person_name"]}
    drawn = draw_sheet(law, printable, wanted.provisions, names)
    try:
        read = replace(printable, seen=min(seen(request), printable.seen))
        made = print_sheet(request.docket, wanted.request, law, read, drawn)
    except LawNotSigned:
        return _refused(request, law, wanted, may_leave(case_id, law, drawn.provisions))
    except (BadInput, Refused) as error:
        return _form(request, law, wanted, may_leave(case_id, law, drawn.provisions), error)
    return _sheet(request, sheet(made), is_new=True)


def _about(law: Law, wanted: Asked) -> dict[str, Any]:
    """Return what every page here says: whose it is, which law, and what was printed before."""
    case, read = wanted.request.holder, read_case(wanted.request.holder, law)
    return {
        "section": "cases",
        "tab": "law",
        "case": Case.objects.get(pk=case),
        "law": law,
        "newest": wanted.newest,
        "event": wanted.event,
        "events": events_of(read, Addresses(case, wanted.person, event=wanted.event)),
        "shown": wanted.provisions,
        "prints": prints_of(case),
        "leads": leads(),
        **about_person(read, wanted.person),
        **on_top(dangers(risks_of(read.in_danger(wanted.person), law))),
    }


def _refused(
    request: DeskRequest, law: Law, wanted: Asked, leave: Leave, refused: Refusal | None = None
) -> HttpResponse:
    unsigned = [(name, law.provisions[name].short) for name in leave.unsigned]
    about = _about(law, wanted) | {
        "leave": leave,
        "unsigned": unsigned,
        "refused": refused,
    }
    return render(request, "desk/law/refused.html", about, status=refused.http_status if refused else REFUSED)


def _form(
    request: DeskRequest, law: Law, wanted: Asked, leave: Leave, error: BadInput | Refused | None = None
) -> HttpResponse:
    printable = what_may_leave(request.docket, wanted.request, law, wanted.person, wanted.event)
    chosen = wanted.request.bases
    about = _about(law, wanted) | {
        "leave": leave,
        "asked": wanted.request,
        "bases": [(basis, name, consequence, basis in chosen) for basis, (name, consequence) in BASES.items()],
        "purposes": terms_of("consent_purpose"),
        "places": places_by_hand(printable),
        "remarks": remarks_on(law, wanted.provisions),
        "error": error,
        **_counted(printable),
    }
    return render(request, "desk/law/to_print.html", about, status=status_of(error) if error else 200)


def _counted(printable: Printable) -> dict[str, Any]:
    return {
        "goes": counted_by_basis(printable.claims.values()),
        "stays": counted_by_rule(printable.left_out),
        "going": len(printable.claims),
        "staying": sum(printable.left_out.values()),
        "by_choice": any(rule.endswith("_not_named") for rule in printable.left_out),
    }


def _sheet(request: DeskRequest, row: MatrixPrint, *, is_new: bool) -> HttpResponse:
    """Show a sheet from what was recorded; only the answer to the act itself can be printed."""
    entry = LedgerRow.objects.get(pk=row.entry)
    by = Member.objects.filter(pk=entry.actor).first()
    about = {
        "section": "cases",
        "tab": "law",
        "sheet": row,
        "shown": row.shown,
        "matrix": table_of(row.shown),
        "width": 3 + len(row.provisions),
        "legend": LEGEND,
        "dangers": row.shown["dangers"],
        "speaks_of_event": any(danger["of_event"] for danger in row.shown["dangers"]),
        "purpose": term("consent_purpose", row.purpose),
        "goes": counted_by_basis(Basis(basis) for basis in row.claims.values()),
        "stays": counted_by_rule(row.left_out),
        "going": len(row.claims),
        "staying": sum(row.left_out.values()),
        "leaf": bytes(entry.leaf).hex(),
        "at": entry.at,
        "by": by.name if by else "",
        "is_new": is_new,
    }
    return render(request, "desk/law/print.html", about)
