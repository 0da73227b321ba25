"""One letter: what it is, how far its sealing protected it, what may be done with it, and what came with it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from onrecord.casework.models import Consent, LedgerRow, Letter
from onrecord.casework.texts import reading_text
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.custody import custody_lines
from onrecord.desk.shown.exhibits import items_of, reading_item
from onrecord.desk.shown.wording import field_name, quarantine_sentence, terms_of, tier_limits, tier_name, value_name
from onrecord.ground.ids import LetterId
from onrecord.intake.unseal import ACCOUNT, NoSuchLetter, unseal

GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the form; `was_prompted` says that the reporter was asked for it, and did not tell it unasked."""

    question: str
    lines: tuple[str, ...]
    was_prompted: bool


@dataclass(frozen=True, slots=True)
class Allowed:
    """One purpose, and what the reporter said to it. What was not answered is a no."""

    purpose: str
    state: str
    is_given: bool
    is_blank: bool


@require_GET
def letter(request: DeskRequest, letter_id: str) -> HttpResponse:
    """Show a letter."""
    row = _existing(letter_id)
    items = items_of(row.id)
    reading = reading_item(items)
    about = {
        "section": "inbox",
        "letter": row,
        "tier": tier_name(row.tier),
        "limits": tier_limits(row.tier),
        "reason": quarantine_sentence(row.reason),
        # A long account stands in no entry, but every account is an exhibit.
        "account": reading_text(request.docket, reading) if reading else "",
        "answers": _answers(row),
        "consent": _consent(row.id),
        "items": items,
        "reading": reading,
        "custody": custody_lines(request.docket, LedgerRow.objects.filter(subject=row.subject).order_by("index")),
    }
    return render(request, "desk/letter.html", about)


@require_POST
def open_letter(request: DeskRequest, letter_id: str) -> HttpResponseBase:
    """Open one letter with the member's keys."""
    unseal(request.docket, LetterId(letter_id))
    return redirect("letter", letter_id)


def _existing(letter_id: str) -> Letter:
    row = Letter.objects.filter(pk=letter_id).first()
    if row is None:
        raise NoSuchLetter
    return row


def _consent(letter_id: str) -> list[Allowed]:
    said = dict(Consent.objects.filter(letter=letter_id).values_list("purpose", "state"))
    purposes = dict(terms_of("consent_purpose"))
    return [
        Allowed(
            purpose=purposes.get(purpose, purpose),
            state=value_name("consent_state", said[purpose]) if purpose in said else gettext("not asked: no"),
            is_given=said.get(purpose) == GIVEN,
            is_blank=purpose not in said,
        )
        for purpose in dict.fromkeys((*purposes, *said))
    ]


def _answers(row: Letter) -> list[Answer]:
    return [
        Answer(field_name(question), tuple(_lines(answer)), question in row.prompted)
        for question, answer in row.answers.items()
        if question != ACCOUNT
    ]


def _lines(answer: Any) -> list[str]:
    if isinstance(answer, bool):
        return [gettext("ticked") if answer else gettext("not ticked")]
    if isinstance(answer, list):
        return [str(item) for item in answer]
    if isinstance(answer, dict):
        return [f"{field_name(row)}: {', '.join(_lines(cell))}" for row, cell in answer.items()]
    return [str(answer)]
