"""Show an error as a page: what happened, what to do next, and an id. Never a word from a case."""

import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from onrecord.casework.docket import TablesNewer, TablesOlder, check_form
from onrecord.errors import BadInput, NotThere, OnrecordError, Refused


class PageMissing(NotThere):
    """There is no page at this address, or what it showed was erased."""

    next_step = "Go back to the inbox and look for it there."


class RequestNotUnderstood(BadInput):
    """This request could not be understood."""

    next_step = "Go back and try again."


class PageRefused(Refused):
    """This page was refused."""


class FormTooOld(Refused):
    """This form was opened before you signed in or in another window, so what it sent was not used."""

    next_step = "Go back, load the page again, and send it once more."


class PageBroken(OnrecordError):
    """Something in this program went wrong. What you asked for was not done."""


def error_page(request: HttpRequest, error: OnrecordError) -> HttpResponse:
    """Return the page of an error."""
    about = {
        "sentence": gettext(error.sentence()),
        "next_step": gettext(error.next_step),
        "hint": getattr(error, "hint", ""),
        "error_id": error.id,
    }
    return render(request, "desk/error.html", about, status=error.http_status)


def closed_by(error: BaseException | None) -> TablesOlder | TablesNewer | None:
    """Return why the desk is closed, if an error came of tables that another version made while it was served."""
    try:
        if isinstance(error, DatabaseError):
            check_form()
    except (TablesOlder, TablesNewer) as closed:
        return closed
    except DatabaseError:
        return None
    return None


def closed_page(request: HttpRequest, closed: TablesOlder | TablesNewer) -> HttpResponse:
    """Return the page of a closed desk; nothing stands around it, since that is read from the tables too."""
    vars(request).pop("member", None)
    return error_page(request, closed)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that Django refused to read."""
    return error_page(request, RequestNotUnderstood())


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request for something that is not allowed."""
    return error_page(request, PageRefused())


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request for something that is not there."""
    return error_page(request, PageMissing())


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer when the program failed outside any page: in bare words, since the frame of a page may be what failed."""
    error = closed_by(sys.exception()) or PageBroken()
    words = f"{gettext(error.sentence())}\n{gettext(error.next_step)}\n{error.id}\n"
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=error.http_status)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose token does not fit."""
    return error_page(request, FormTooOld())
