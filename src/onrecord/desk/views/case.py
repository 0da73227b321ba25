"""One case: who did what to whom, every value one step from its words; or one pattern, without victim and act."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from onrecord.casework.coding import withdraw_claim
from onrecord.casework.corroboration.origins import Origins
from onrecord.casework.models import BundleRecord, Claim, Consent, Exhibit, LedgerRow, Letter, Source
from onrecord.casework.overview import ClaimShown, show_case, show_pattern
from onrecord.casework.record.append import newest_entry
from onrecord.casework.record.kept_bundles import kept_bundle
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.case_table import act_rows, person_names
from onrecord.desk.shown.claims import cards
from onrecord.desk.shown.custody import custody_lines
from onrecord.desk.shown.law.dangers import dangers_of, on_top
from onrecord.desk.shown.wording import term, value_name
from onrecord.ground.ids import BundleId


@dataclass(frozen=True, slots=True)
class Text:
    """A letter or source that claims of a case rest on, and what may be done with it."""

    id: str
    is_letter: bool
    title: str
    reading: str
    consents: tuple[str, ...]


@require_GET
def case(request: DeskRequest, case_id: str) -> HttpResponse:
    """Show a case."""
    shown = show_case(case_id)
    claims = shown.all_claims()
    texts, purposes = _texts(claims)
    about = {
        "section": "cases",
        "case": shown.case,
        "rows": act_rows(shown),
        "people": person_names(shown.people),
        "origins": Origins(claims).count(claims),
        "texts": texts,
        "purposes": purposes,
        **on_top(dangers_of(case_id, request.docket.law)),
        **_common(request, case_id, claims),
    }
    return render(request, "desk/case.html", about)


@require_GET
def pattern(request: DeskRequest, pattern_id: str) -> HttpResponse:
    """Show a pattern."""
    shown = show_pattern(pattern_id)
    texts, _ = _texts(shown.claims)
    about = {
        "section": "patterns",
        "pattern": shown.pattern,
        "code": term("pattern", shown.pattern.code) if shown.pattern.code else "",
        "origins": Origins(shown.claims).count(shown.claims),
        "texts": texts,
        **_common(request, pattern_id, shown.claims),
    }
    return render(request, "desk/pattern.html", about)


@require_POST
def withdraw(request: DeskRequest, claim_id: str) -> HttpResponseBase:
    """Take a claim back, with a reason; go back to the text or the case where this was asked."""
    withdraw_claim(request.docket, claim_id, request.POST.get("reason", ""))
    row = Claim.objects.get(pk=claim_id)
    if request.POST.get("from") == "text":
        return redirect(f"{reverse('read', args=[row.exhibit])}?moved={row.id}#moved")
    return redirect(row.holder_kind, row.holder)


def _common(request: DeskRequest, holder: str, claims: Iterable[ClaimShown]) -> dict[str, object]:
    rows = LedgerRow.objects.filter(subject=holder).order_by("-index")
    bundles = BundleRecord.objects.filter(subject=holder).order_by("-entry")
    return {
        "newest": newest_entry(),
        "cards": cards(claims),
        "custody": custody_lines(request.docket, rows),
        "bundles": bundles,
        "kept": [bundle.id for bundle in bundles if kept_bundle(request.docket, BundleId(bundle.id)).exists()],
    }


def _texts(claims: Iterable[ClaimShown]) -> tuple[list[Text], list[str]]:
    """Return the letters and sources behind some claims, and the purposes that any of the letters allows."""
    exhibits = Exhibit.objects.filter(pk__in={claim.exhibit for claim in claims}).order_by("entry", "place")
    reading = {exhibit.origin: exhibit.id for exhibit in exhibits}
    letters = Letter.objects.filter(pk__in=reading).order_by("entry")
    said = {
        (consent.letter, consent.purpose): consent.state
        for consent in Consent.objects.filter(letter__in=[letter.id for letter in letters]).order_by("entry", "id")
    }
    purposes = list(dict.fromkeys(purpose for _, purpose in said))
    texts = [
        Text(
            letter.id,
            is_letter=True,
            title="",
            reading=reading[letter.id],
            consents=tuple(
                value_name("consent_state", said[letter.id, purpose]) if (letter.id, purpose) in said else ""
                for purpose in purposes
            ),
        )
        for letter in letters
    ]
    sources = Source.objects.filter(pk__in=reading).order_by("entry")
    texts += [Text(row.id, is_letter=False, title=row.title, reading=reading[row.id], consents=()) for row in sources]
    return texts, [term("consent_purpose", purpose) for purpose in purposes]
