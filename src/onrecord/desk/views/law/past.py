"""An assessment on record as it stood: who recorded it when under which law data, and what is otherwise today.

It is read only: nothing is recorded from it, and it is not printed.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onrecord.casework.law.facts import CaseFacts
from onrecord.casework.law.signing import may_leave
from onrecord.casework.models import Assessment
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.evidence import places_of
from onrecord.desk.shown.law.marks import LEGEND
from onrecord.desk.shown.law.over_time.history import History
from onrecord.desk.shown.law.over_time.past import element_lines, facts_then, look_back, provision_lines
from onrecord.desk.shown.law.weighing import Held, hold_again
from onrecord.desk.views.law.table import table_of


def show_past(
    request: DeskRequest,
    case: CaseFacts,
    row: Assessment,
    now: Held,
    addresses: Addresses,
    history: History,
    about: dict[str, Any],
) -> HttpResponse:
    """Show an assessment on record: drawn again from its facts, or as a list where its law data is another."""
    again = hold_again(case, row, now.law)
    past = look_back(row, history, again, now.assessment, addresses)
    about |= {"past": past, "addresses": addresses}
    if past.is_drawn_again:
        places = places_of(case, row.person, row.event, until=row.entry)
        about |= table_of(again, case, addresses, history, places)
        about |= {"leave": may_leave(row.case, now.law, about["shown"])}
        return render(request, "desk/law/matrix.html", about)
    about |= {
        "leave": may_leave(row.case, now.law),
        "elements": element_lines(row, again, now.assessment, addresses),
        "provisions": provision_lines(row, again, now.assessment),
        "facts": facts_then(again),
        "legend": LEGEND,
    }
    return render(request, "desk/law/recorded.html", about)
