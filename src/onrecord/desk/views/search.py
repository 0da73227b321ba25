"""Find words in the texts that the desk holds. They are sent in a form and never stand in an address."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from onrecord.casework import search as index
from onrecord.casework.docket import Docket
from onrecord.casework.models import Exhibit
from onrecord.casework.texts import reading_text
from onrecord.desk.served import DeskRequest
from onrecord.desk.shown.paragraphs import paragraph_at

AROUND = 90
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that holds the words, with what stands around their first place."""

    exhibit: Exhibit
    before: str
    words: str
    after: str
    paragraph: int


@require_POST
def search(request: DeskRequest) -> HttpResponse:
    """Show where some words stand."""
    words = " ".join(request.POST.get("words", "").split())
    found = index.find(words)[:MOST_SHOWN] if words else []
    hits = [hit for item in found if (hit := _hit(request.docket, item.exhibit, words)) is not None]
    return render(request, "desk/search.html", {"words": words, "hits": hits, "most": MOST_SHOWN})


def _hit(docket: Docket, exhibit_id: str, words: str) -> Hit | None:
    exhibit = Exhibit.objects.filter(pk=exhibit_id).first()
    if exhibit is None:
        return None
    text = reading_text(docket, exhibit)
    found = re.search(r"\W+".join(re.escape(word) for word in words.split()), text, re.IGNORECASE)
    # The index folds accents and this does not: without a match the beginning of the text is shown.
    start, end = found.span() if found else (0, 0)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Hit(exhibit, before, text[start:end], after, paragraph_at(text, start))
