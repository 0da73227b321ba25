"""Decide with open eyes what leaves: on which basis, for whom; what goes in stands beside what stays, the same size."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from onrecord.desk.served import DeskRequest


@require_http_methods(["GET", "POST"])
def bundle(request: DeskRequest, holder: str) -> HttpResponseBase:
    """Show what would leave, or make the bundle."""
    return redirect("case", holder)
