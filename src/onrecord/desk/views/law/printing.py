"""The page that is printed: what the law data says of one person, with its limits; refused while it is not signed.

No word of a text is on it, only statuses, counts and what is missing.

LIMIT: what is printed rests on claims whose consent is not asked again here, and that it was printed is no entry of the
ledger: a bundle is the way in which analysis leaves on a named basis.
"""

from collections.abc import Iterable

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onrecord.casework.law.facts import read_case, the_person
from onrecord.casework.law.signing import may_leave, signed
from onrecord.casework.members.roles import leads
from onrecord.casework.models import Case
from onrecord.casework.record.append import newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import dangers
from onrecord.desk.shown.law.evidence import by_hand, gaps_of, places_of, reached
from onrecord.desk.shown.law.marks import LEGEND
from onrecord.desk.shown.law.matrix import elements_of, lay_out, nearest
from onrecord.desk.shown.law.names import short_name
from onrecord.desk.shown.law.weighing import count, hold, weigh
from onrecord.desk.views.law.matrix import about_person
from onrecord.desk.views.law.refusals import Refusal
from onrecord.ground.clock import utc_text
from onrecord.law.load import load_law
from onrecord.law.model import Law, Risk

REFUSED = 403
PRINTED_GAPS = 12


@require_GET
def printed(request: DeskRequest, case_id: str) -> HttpResponse:
    """Show one person's table as it leaves, or say in words why it may not."""
    return show_print(request, case_id, request.GET)


def show_print(request: DeskRequest, case_id: str, asked: QueryDict, refused: Refusal | None = None) -> HttpResponse:
    """Show what is printed for the person and the provisions that are asked for, or the refusal with its form."""
    law = load_law()
    case = read_case(case_id, law)
    person = the_person(case, asked.get("person", ""))
    held = hold(case, person, law)
    shown = _printable(law, asked.getlist("show")) or nearest(law, held.assessment)
    leave = may_leave(case_id, law, shown)
    about = {"section": "cases", "tab": "law", "case": Case.objects.get(pk=case_id), "law": law, "leave": leave}
    about |= about_person(case, person) | {"newest": newest_entry(), "shown": shown}
    if not leave.is_allowed:
        unsigned = [(name, short_name(law.provisions[name])) for name in leave.unsigned]
        about |= {"unsigned": unsigned, "refused": refused, "leads": leads()}
        return render(request, "desk/law/refused.html", about, status=refused.http_status if refused else REFUSED)
    weighed, set_by_hand = weigh(held, elements_of(law, shown)), by_hand(places_of(case_id, person))
    about["matrix"] = lay_out(
        law,
        held.assessment,
        shown,
        counts={name: count(claims) for name, claims in weighed.items()},
        addresses=Addresses(case_id, person, shown, ""),
        by_hand=reached(law, set_by_hand),
    )
    signatures, risks = signed(law), _printable_risks(law, held.assessment.risks)
    raised = {flag for name in shown for flag in held.assessment.provisions[name].flags}
    about |= {
        "width": 3 + len(shown),
        "by_hand": set_by_hand,
        "legend": LEGEND,
        "dangers": dangers(risks),
        "speaks_of_event": any(risk.of_event for risk in risks),
        "flags": [law.flag_texts[flag] for flag in law.flag_texts if flag in raised],
        "gaps": gaps_of(held, PRINTED_GAPS, shown),
        "signatures": [(short_name(law.provisions[name]), signatures.get(name)) for name in shown],
        "at": utc_text(request.docket.clock.now()),
    }
    return render(request, "desk/law/print.html", about)


def _printable(law: Law, asked: list[str]) -> tuple[str, ...]:
    """Return which of the provisions that are asked for may be printed: a safeguard is never shown outside."""
    return tuple(name for name, one in law.provisions.items() if name in asked and not one.safeguard)


def _printable_risks(law: Law, risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """Return the dangers without those that speak of a safeguard: a label is not written down to say it is not used."""
    of_labels = {
        rule.id
        for rule in law.risks
        if any(law.provisions[name].safeguard for name in rule.condition.needs().provisions)
    }
    return tuple(risk for risk in risks if risk.id not in of_labels)
