"""What a member does between a reporter's letters: reply, record a yes, decide a request to erase."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from onrecord.casework.consent import confirm_consent
from onrecord.casework.holds import NoSuchHold, erase_as_asked, first_letter, lift_hold
from onrecord.casework.models import Hold, Letter
from onrecord.desk.served import DeskRequest
from onrecord.desk.views.letter import existing, letter_page
from onrecord.errors import BadInput, Refused
from onrecord.intake.boxes import blanking
from onrecord.intake.replying import Draft, reply, what_is_read
from onrecord.seal.letter.box import QUESTION, text_bytes


class NotSure(BadInput):
    """Nothing was erased, because the box that says you want it was not ticked."""

    next_step = "Read what it says, tick it, and ask again. Nobody can bring back what is erased."


@require_POST
def say(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Show what the reporter would read; seal it once the member has seen it so."""
    row = existing(letter_id)
    draft = Draft(
        request.POST.get("text", ""), request.POST.get("why", ""), is_question=request.POST.get("kind") == QUESTION
    )
    try:
        shown = what_is_read(row.id, draft)
        if request.POST.get("step") == "seal":
            reply(request.docket, row.id, draft)
            return redirect(f"{reverse('letter', args=[row.id])}#thread")
    except (BadInput, Refused) as error:
        return _page_again(request, row, "say", error)
    made_room = shown[-1].number - len(shown)
    return letter_page(request, row, typed=request.POST, shown=shown, made_room=made_room, used_bytes=text_bytes(shown))


@require_POST
def lift(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Lift a hold with a reason."""
    row = existing(letter_id)
    hold = _hold(request, row)
    try:
        lift_hold(request.docket, hold.id, request.POST.get("reason", ""))
    except BadInput as error:
        return _page_again(request, row, hold.id, error)
    return redirect("letter", row.id)


@require_POST
def erase(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Erase every letter of a reporter who asks for it, and what was said to them."""
    row = existing(letter_id)
    hold = _hold(request, row)
    if not request.POST.get("sure"):
        return _page_again(request, row, hold.id, NotSure())
    with blanking(request.docket, hold.letter):
        erase_as_asked(request.docket, hold.id)
    request.session["notice"] = gettext(
        "Erased, as its reporter asked. The date on which that is complete stands below."
    )
    return redirect("inbox")


@require_POST
def record_yes(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Record that a reporter who wants to be asked said yes."""
    row = existing(letter_id)
    purpose = request.POST.get("purpose", "")
    try:
        confirm_consent(request.docket, row.id, purpose, said_in=request.POST.get("said_in", ""))
    except Refused as error:
        return _page_again(request, row, f"yes-{purpose}", error)
    return redirect(f"{reverse('letter', args=[row.id])}#consent")


def _page_again(request: DeskRequest, row: Letter, failed: str, error: BadInput | Refused) -> HttpResponseBase:
    """Return the letter's page with what was refused, where it was refused, and all that was typed."""
    return letter_page(request, row, status=error.http_status, typed=request.POST, failed=failed, error=error)


def _hold(request: DeskRequest, row: Letter) -> Hold:
    """Return the hold that a form names, if it is one of this letter's reporter."""
    holds = Hold.objects.filter(letter=first_letter(row.id), lifted_because="")
    hold = holds.filter(pk=request.POST.get("hold", "")).first()
    if hold is None:
        raise NoSuchHold
    return hold
