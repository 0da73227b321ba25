"""Read a text and code its passages: the text stays on screen, exactly as received, while it is coded."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from onrecord.casework.coding import (
    EventWrong,
    GradeUnknown,
    NothingToCodeOn,
    PatternHasNoVictim,
    VictimMissing,
    code_claim,
)
from onrecord.casework.corroboration.grades import NOT_GRADED, grades_of
from onrecord.casework.models import Exhibit, Letter, Source
from onrecord.casework.overview import ClaimShown, claims_on
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.casework.texts import reading_exhibit, reading_text
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown import choices
from onrecord.desk.shown.categories import is_trick, letter_of
from onrecord.desk.shown.claims import cards
from onrecord.desk.shown.coding_form import CodingForm
from onrecord.desk.shown.law.dangers import dangers_beside, on_top
from onrecord.desk.shown.law.over_time.moved import moved_by
from onrecord.desk.shown.paragraphs import Mark, paragraph_at, paragraphs
from onrecord.desk.shown.wording import terms_of
from onrecord.errors import BadInput, Refused

# Where a refusal of the ledger belongs in the form.
FIELD_OF: dict[type[BadInput | Refused], str] = {
    EventWrong: "event",
    GradeUnknown: "reliability",
    NothingToCodeOn: "on",
    PatternHasNoVictim: "victim",
    VictimMissing: "victim",
}


@require_http_methods(["GET", "POST"])
def read(request: DeskRequest, exhibit_id: str) -> HttpResponseBase:
    """Show a text with its form; a POST codes a passage, or offers more to choose from."""
    exhibit = reading_exhibit(exhibit_id)
    if exhibit.id != exhibit_id:
        return redirect("read", exhibit.id)
    text = reading_text(request.docket, exhibit)
    if request.method == "GET":
        return _page(request, exhibit, text, CodingForm(text, exhibit.id, _as_last_time(claims_on(exhibit.id))))
    form = CodingForm(text, exhibit.id, request.POST.dict())
    if request.POST.get("step") == "more":
        form.add_row()
    if request.POST.get("step") != "code":
        return _page(request, exhibit, text, form)
    passage = _code(request, form)
    if passage is None:
        return _page(request, exhibit, text, form, status=422)
    return redirect(f"{reverse('read', args=[exhibit.id])}#p{passage}")


def _code(request: DeskRequest, form: CodingForm) -> str | None:
    """Record what was coded and return its passage, or None with the form's errors filled."""
    coding = form.coding()
    if coding is None:
        return None
    seen = request.POST.get("seen", "")
    try:
        return code_claim(request.docket, coding, seen=int(seen) if seen.isdigit() else None).passage
    except StaleRecord as error:
        form.errors[""] = gettext(error.sentence()) + " " + gettext("What you typed is still here: look, then code it.")
    except (BadInput, Refused) as error:
        form.errors[FIELD_OF.get(type(error), "")] = gettext(error.sentence()) + " " + gettext(error.next_step)
    return None


def _page(request: DeskRequest, exhibit: Exhibit, text: str, form: CodingForm, status: int = 200) -> HttpResponse:
    claims, cases = claims_on(exhibit.id), choices.cases_shown()
    source = Source.objects.filter(pk=exhibit.origin).first()
    letter = Letter.objects.filter(pk=exhibit.origin).first()
    about = {
        "section": "sources" if source else "inbox",
        "exhibit": exhibit,
        "source": source,
        "letter": letter,
        "language": letter.language if letter else "",
        "paragraphs": paragraphs(text, _marks(claims)),
        "cards": [(card, _paragraph(text, card.claim)) for card in cards(claims)],
        "form": form,
        "seen": newest_entry(),
        "claim_kinds": terms_of("claim_kind"),
        "connections": terms_of("basis_of_knowledge"),
        "reliabilities": terms_of("source_reliability"),
        "credibilities": terms_of("information_credibility"),
        "inherited": _inherited(exhibit.origin),
        "fields": choices.field_groups(),
        "holders": choices.holder_groups(cases),
        "events": choices.event_groups(cases),
        "victims": choices.victim_groups(),
        "speakers": choices.speaker_groups(is_letter=letter is not None),
        "all_choices": choices.all_choices(),
        "law": request.docket.law,
        **on_top(dangers_beside(claims, request.docket.law)),
        "moved": moved_by(claims, request.docket.law, request.GET.get("moved", "")),
    }
    return render(request, "desk/read.html", about, status=status)


def _marks(claims: Sequence[ClaimShown]) -> list[Mark]:
    return [
        Mark(
            claim.passage.id,
            claim.passage.start,
            claim.passage.end,
            letter_of(claim),
            is_trick=is_trick(claim),
            is_withdrawn=bool(claim.withdrawn_because),
        )
        for claim in claims
        if claim.passage is not None
    ]


def _paragraph(text: str, claim: ClaimShown) -> int:
    return paragraph_at(text, claim.passage.start) if claim.passage else 0


def _inherited(origin: str) -> str:
    """Return the grade of a letter or source, a dash for what nobody judged; nothing if it has none."""
    grade = grades_of([origin]).get(origin, NOT_GRADED)
    return "" if grade == NOT_GRADED else (grade.reliability or "–") + (grade.credibility or "–")


def _as_last_time(claims: Sequence[ClaimShown]) -> Mapping[str, str]:
    """Fill a fresh form with what was last coded on this text, as far as it repeats: about what, by whom, grades."""
    last = max(claims, key=lambda claim: claim.entry, default=None)
    if last is None:
        return {}
    kind, holder = ("act", last.act) if last.act else ("case", last.holder)
    typed = {
        "on": f"{kind}:{holder}",
        "connection": last.connection,
        "reliability": last.reliability,
        "credibility": last.credibility,
        "by-0": "" if last.by else "nobody",
    }
    for place, link in enumerate(last.by):
        typed[f"by-{place}"] = link.source if link.kind == "source" else link.kind
        typed[f"by-name-{place}"] = link.name
    return typed
