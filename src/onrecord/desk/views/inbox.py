"""The first page: letters that came, sources, cases and patterns; open what is sealed, begin what is new."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from onrecord.casework.docket import Docket
from onrecord.casework.law.submissions import due, submissions
from onrecord.casework.models import Case, Claim, Erasure, Exhibit, Hold, Letter, Pattern, Source
from onrecord.casework.opening import open_case, open_pattern
from onrecord.casework.texts import first_words
from onrecord.desk.served import DeskRequest, served
from onrecord.desk.shown.forums.due import show_due
from onrecord.desk.shown.wording import quarantine_sentence, terms_of, tier_name
from onrecord.errors import BadInput
from onrecord.intake.unseal import ACCOUNT_IN_ENTRY_BYTES, told_in, unseal_all

FIRST_WORDS = 140
FIRST_DATES = 5


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter as one line of the list."""

    row: Letter
    words: str
    files: int
    tier: str
    reason: str
    is_on_hold: bool


@require_GET
def inbox(request: DeskRequest) -> HttpResponse:
    """Show the first page."""
    return _page(request)


@require_POST
def open_letters(request: DeskRequest) -> HttpResponseBase:
    """Open every sealed letter with the member's own keys."""
    letters = list(unseal_all(request.docket))
    held = sum(1 for letter in letters if letter.state == Letter.State.QUARANTINED)
    request.session["notice"] = gettext("%(opened)d opened, %(held)d held apart because they did not verify.") % {
        "opened": len(letters) - held,
        "held": held,
    }
    return redirect("inbox")


@require_POST
def new_case(request: DeskRequest) -> HttpResponseBase:
    """Open a case."""
    try:
        case = open_case(request.docket, request.POST.get("name", ""))
    except BadInput as error:
        return _page(request, failed="case", error=error)
    return redirect("case", case)


@require_POST
def new_pattern(request: DeskRequest) -> HttpResponseBase:
    """Open a pattern."""
    try:
        pattern = open_pattern(request.docket, request.POST.get("name", ""), request.POST.get("code", ""))
    except BadInput as error:
        return _page(request, failed="pattern", error=error)
    return redirect("pattern", pattern)


def _page(request: DeskRequest, failed: str = "", error: BadInput | None = None) -> HttpResponse:
    lines = _lines(request.docket)
    about = {
        "section": "inbox",
        "sealed": [line for line in lines if line.row.state == Letter.State.SEALED],
        "opened": [line for line in lines if line.row.state == Letter.State.OPENED],
        "held": [line for line in lines if line.row.state == Letter.State.QUARANTINED],
        "sources": Source.objects.order_by("-entry"),
        "cases": _with_claims(Case.objects.order_by("name")),
        "due": show_due(request.docket, [one for one in due(submissions()) if one.what][:FIRST_DATES]),
        "patterns": _with_claims(Pattern.objects.order_by("name")),
        "pattern_codes": terms_of("pattern"),
        "erasures": Erasure.objects.order_by("-entry"),
        "collecting": served().collecting,
        "notice": request.session.pop("notice", ""),
        "failed": failed,
        "error": error,
        "typed": request.POST,
    }
    return render(request, "desk/inbox.html", about, status=error.http_status if error else 200)


def _lines(docket: Docket) -> list[LetterLine]:
    files = dict(
        Exhibit.objects.filter(origin_kind="letter", made_from="").values_list("origin").annotate(number=Count("id"))
    )
    on_hold = set(Hold.objects.filter(lifted_because="").values_list("letter", flat=True))
    texts = Exhibit.objects.filter(origin_kind="letter", is_reading_text=True)
    long = {text.origin: text for text in texts.filter(size_bytes__gt=ACCOUNT_IN_ENTRY_BYTES)}
    return [
        LetterLine(
            row=letter,
            words=_first_words(docket, letter, long.get(letter.id)),
            # The letter's own words are an exhibit too, and no file of it.
            files=max(0, files.get(letter.id, 0) - 1),
            tier=tier_name(letter.tier),
            reason=quarantine_sentence(letter.reason),
            is_on_hold=(letter.continues or letter.id) in on_hold,
        )
        for letter in Letter.objects.order_by("-arrived_on", "id")
    ]


def _first_words(docket: Docket, letter: Letter, long: Exhibit | None) -> str:
    told = first_words(docket, long) if long else " ".join(letter.answers[name] for name in told_in(letter.answers))
    words = " ".join(told.split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"


def _with_claims(holders: Iterable[Case | Pattern]) -> list[tuple[Case | Pattern, int]]:
    claims = dict(Claim.objects.filter(withdrawn_because="").values_list("holder").annotate(number=Count("id")))
    return [(holder, claims.get(holder.id, 0)) for holder in holders]
