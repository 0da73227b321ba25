"""The ledger: how long it is, its newest checkpoint, its last entries, and an audit when somebody asks for one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onrecord.casework.models import LedgerRow
from onrecord.casework.record.audit import audit
from onrecord.casework.record.publish import publish
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.custody import custody_lines

LAST = 60


@require_http_methods(["GET", "POST"])
def ledger(request: DeskRequest) -> HttpResponse:
    """Show the ledger; a POST audits it first."""
    rows = list(LedgerRow.objects.order_by("-index")[:LAST])
    about = {
        "section": "ledger",
        "size": rows[0].index + 1 if rows else 0,
        "checkpoint": publish(request.docket).decode(),
        "lines": custody_lines(request.docket, rows),
        "last": LAST,
        "audit": audit(request.docket) if request.method == "POST" else None,
    }
    return render(request, "desk/ledger.html", about)
