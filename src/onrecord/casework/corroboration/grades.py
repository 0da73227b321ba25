"""Grade a letter or a source once: how reliable it is (A to F), and how credible what it says (1 to 6).

Every claim that rests on it inherits both. A claim's own letter or number stands before the inherited one, each for
itself: the two are never coupled, and what nobody judged stays open. An earlier grade stays on record with its reason.

LIMIT: each letter of one reporter is graded by itself; a later letter does not inherit the grade of the first.
"""

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.casework.coding import CREDIBILITY, RELIABILITY, GradeUnknown
from onrecord.casework.docket import Docket
from onrecord.casework.entries.sources import OriginGraded
from onrecord.casework.holds import check_not_held
from onrecord.casework.models import Grade, Letter, Source
from onrecord.casework.record.append import record
from onrecord.casework.texts import typed
from onrecord.errors import BadInput, NotThere
from onrecord.ground.ids import new_id


class NothingToGrade(NotThere):
    """There is no letter and no source of this identifier."""

    next_step = "List them with `onrecord letter list` and `onrecord source list`."


class GradeNeedsReason(BadInput):
    """A grade is a judgement, and it was given without its reason."""

    next_step = "Say in a sentence what it rests on (`--reason TEXT`)."


@dataclass(frozen=True, slots=True)
class Graded:
    """What is inherited from a letter or a source; an empty text: not judged."""

    reliability: str = ""
    credibility: str = ""


NOT_GRADED = Graded()


def grade_origin(
    docket: Docket,
    origin: str,
    reason: str,
    *,
    reliability: str | None = None,
    credibility: str | None = None,
    seen: int | None = None,
) -> Graded:
    """Record a grade; one that is not given stays as it was, an empty one says: not judged.

    Raises NothingToGrade, LetterOnHold, GradeUnknown, GradeNeedsReason or StaleRecord.
    """
    if not Letter.objects.filter(pk=origin).exists() and not Source.objects.filter(pk=origin).exists():
        raise NothingToGrade
    check_not_held(origin)
    before = grades_of([origin]).get(origin, NOT_GRADED)
    now = Graded(
        before.reliability if reliability is None else reliability,
        before.credibility if credibility is None else credibility,
    )
    is_given = reliability is not None or credibility is not None
    if not is_given or now.reliability not in RELIABILITY or now.credibility not in CREDIBILITY:
        raise GradeUnknown
    if not typed(reason):
        raise GradeNeedsReason
    entry = OriginGraded(new_id(), origin, now.reliability, now.credibility, typed(reason))
    record(docket, entry, seen=seen)
    return now


def grades_of(origins: Collection[str]) -> dict[str, Graded]:
    """Return how letters and sources are graded, those alone that are: the newest grade of each."""
    rows = Grade.objects.filter(origin__in=origins).order_by("entry")
    return {row.origin: Graded(row.reliability, row.credibility) for row in rows}


def grades_given(origin: str) -> list[Grade]:
    """Return every grade of a letter or source, the newest first: that one counts."""
    return list(Grade.objects.filter(origin=origin).order_by("-entry"))
