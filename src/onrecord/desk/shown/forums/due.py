"""Show submissions over all cases by what is due next: a date that has passed says so in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from onrecord.casework.docket import Docket
from onrecord.casework.law.submissions import Due
from onrecord.casework.models import Case
from onrecord.ground.clock import day_of
from onrecord.law.forums import load_forums

WHAT = {"next_date": gettext_lazy("look at it again"), "deadline": gettext_lazy("deadline, not sent yet")}


@dataclass(frozen=True, slots=True)
class DueShown:
    """One submission as a line: of which case, to whom, what is due and whether that has passed."""

    due: Due
    case: str
    forum: str
    address: str
    what: str | Promise
    has_passed: bool
    is_now: bool


def show_due(docket: Docket, submissions: Iterable[Due]) -> list[DueShown]:
    """Return submissions as lines, in the order in which they came."""
    today, forums = day_of(docket.clock.now()), load_forums()
    names = dict(Case.objects.values_list("id", "name"))
    return [
        DueShown(
            due=one,
            case=names.get(one.row.case, ""),
            forum=forums[one.row.forum].title if one.row.forum in forums else one.row.forum,
            address=_address(one),
            what=WHAT.get(one.what, ""),
            has_passed=one.has_passed(today),
            is_now=one.is_now(today),
        )
        for one in submissions
    ]


def _address(one: Due) -> str:
    page = reverse("forums", args=[one.row.case])
    person = f"?{urlencode({'person': one.row.person})}" if one.row.person else ""
    return f"{page}{person}#{one.row.forum}"
