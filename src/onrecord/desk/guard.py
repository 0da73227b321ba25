"""Stand before every page: only members who are signed in pass, nothing is kept by a browser, and an error is words."""

import sys
from collections.abc import Callable
from typing import cast

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from onrecord.casework.models import Member
from onrecord.desk.served import DeskRequest, served
from onrecord.desk.views.errors import closed_by, closed_page, error_page
from onrecord.errors import OnrecordError, place_of

Answer = Callable[[HttpRequest], HttpResponseBase]

# What anybody may ask for: the page that lets a member in, and the look of it.
OPEN_PATHS = ("/sign-in", "/assets/")

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), usb=()",
    "X-Frame-Options": "DENY",
}


class Unforeseen(OnrecordError):
    """Something in this program went wrong. What you asked for was not done."""

    next_step = "Go back and try again. If it happens again, tell your operator the id shown here."


class KeepNothing:
    """Tell the browser to keep no page and to let no other site use one."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers that every answer carries."""
        response = self._get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class MembersOnly:
    """Let members through whose keys are unlocked in this process, with the docket in their own hands."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a member; send anybody else to the sign-in page."""
        if request.path_info.startswith(OPEN_PATHS):
            return self._get_response(request)
        here = served()
        keyring = here.unlocked.use(request.session.session_key)
        member = Member.objects.filter(pk=request.session.get("member", ""), is_active=True).first()
        if keyring is None or member is None or keyring.principal.id != member.id:
            return self._to_sign_in(request)
        signed_in = cast("DeskRequest", request)
        signed_in.member = member
        signed_in.docket = here.docket.working_as(keyring)
        return self._get_response(signed_in)

    def _to_sign_in(self, request: HttpRequest) -> HttpResponseBase:
        place = reverse("sign-in")
        if request.method == "GET" and request.path_info != "/":
            place += "?" + urlencode({"next": request.path_info})
        return HttpResponseRedirect(place)


class ErrorPages:
    """Turn every error into a page with a sentence, a next step and an id; never a word from a case."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what a page raises comes to process_exception."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer for an error that a page raised; Django's own refusals have pages of their own."""
        if isinstance(error, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        if isinstance(error, OnrecordError):
            return error_page(request, error)
        if closed := closed_by(error):
            return closed_page(request, closed)
        unforeseen = Unforeseen()
        sys.stderr.write(f"{unforeseen.id} {place_of(error)}\n")  # for the operator's terminal
        return error_page(request, unforeseen)
