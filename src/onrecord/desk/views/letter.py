"""One letter: what it is, how far its sealing protected it, what may be done with it, and what came with it."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onrecord.casework.models import LedgerRow, Letter
from onrecord.casework.texts import reading_text
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.answers import answers_of, is_from_mailbox
from onrecord.desk.shown.custody import custody_lines
from onrecord.desk.shown.exhibits import items_of, reading_item
from onrecord.desk.shown.grades import grading_of
from onrecord.desk.shown.thread import consent_lines, thread_of
from onrecord.desk.shown.wording import language_name, path_name, quarantine_sentence, tier_limits, tier_name
from onrecord.ground.ids import LetterId
from onrecord.intake.unseal import NoSuchLetter, unseal


@require_GET
def letter(request: DeskRequest, letter_id: str) -> HttpResponse:
    """Show a letter."""
    return letter_page(request, existing(letter_id))


@require_POST
def open_letter(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Open one letter with the member's keys."""
    unseal(request.docket, LetterId(letter_id))
    return redirect("letter", letter_id)


def letter_page(request: DeskRequest, row: Letter, *, status: int = 200, **more: Any) -> HttpResponse:
    """Return the page of a letter, with what a form on it showed or refused."""
    items = items_of(row.id)
    reading = reading_item(items)
    about = {
        "section": "inbox",
        "letter": row,
        "tier": tier_name(row.tier),
        "limits": tier_limits(row.tier, is_later=bool(row.continues)),
        "reason": quarantine_sentence(row.reason),
        "written_in": language_name(row.language),
        "path": path_name(row.path),
        "items": items,
        "reading": reading,
        "custody": custody_lines(request.docket, LedgerRow.objects.filter(subject=row.subject).order_by("index")),
    }
    if row.state == Letter.State.OPENED:
        thread = thread_of(row)
        answers = answers_of(row, thread.replies)
        # A long account stands in no entry, but every account is an exhibit. Answers to us stand under our questions.
        is_shown_as_answers = is_from_mailbox(row) and bool(answers)
        words = reading_text(request.docket, reading) if reading and not is_shown_as_answers else ""
        about |= {"account": words, "answers": answers, "consent": consent_lines(row), "thread": thread}
        about["grading"] = grading_of(row.id)
    return render(request, "desk/letter.html", {**about, **more}, status=status)


def existing(letter_id: str) -> Letter:
    """Return a letter's row; raise NoSuchLetter."""
    row = Letter.objects.filter(pk=letter_id).first()
    if row is None:
        raise NoSuchLetter
    return row
