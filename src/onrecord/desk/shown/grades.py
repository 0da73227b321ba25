"""Show how reliable a letter or a source was judged, how credible what it says, by whom and why; the newest counts."""

from dataclasses import dataclass

from django.utils.translation import gettext

from onrecord.casework.corroboration.grades import grades_given
from onrecord.casework.models import Grade, LedgerRow, Member
from onrecord.casework.record.append import newest_entry
from onrecord.desk.shown.wording import term, terms_of

RELIABILITY, CREDIBILITY = "source_reliability", "information_credibility"


@dataclass(frozen=True, slots=True)
class GradeShown:
    """One grade in words, its reason, and who gave it when."""

    row: Grade
    reliability: str
    credibility: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Grading:
    """The grade of a letter or a source that counts, if it has one, those before it, and what its form offers."""

    seen: int  # the newest entry when it was read
    newest: GradeShown | None
    earlier: tuple[GradeShown, ...]
    reliabilities: tuple[tuple[str, str], ...]
    credibilities: tuple[tuple[str, str], ...]


def grading_of(origin: str) -> Grading:
    """Return the grades of a letter or a source, the newest first, and what may be chosen."""
    seen, rows = newest_entry(), grades_given(origin)
    entries = LedgerRow.objects.in_bulk([row.entry for row in rows])
    names = dict(Member.objects.values_list("id", "name"))
    shown = tuple(_shown(row, entries[row.entry], names) for row in rows)
    newest = shown[0] if shown else None
    return Grading(seen, newest, shown[1:], _offered(RELIABILITY), _offered(CREDIBILITY))


def _shown(row: Grade, entry: LedgerRow, names: dict[str, str]) -> GradeShown:
    return GradeShown(
        row=row,
        reliability=_in_words(RELIABILITY, row.reliability),
        credibility=_in_words(CREDIBILITY, row.credibility),
        who=names.get(entry.actor, ""),
        at=entry.at,
    )


def _in_words(vocabulary: str, code: str) -> str:
    return f"{code}, {term(vocabulary, code)}" if code else gettext("not judged")


def _offered(vocabulary: str) -> tuple[tuple[str, str], ...]:
    judged = ((code, _in_words(vocabulary, code)) for code, _ in terms_of(vocabulary))
    return (("", _in_words(vocabulary, "")), *judged)
