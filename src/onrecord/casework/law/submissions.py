"""Keep track of what was sent to whom: a submission's language, deadline, reference, reply and next date.

All of it is entries: what was known on a day can be read again. Over all cases, what is due next comes first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import SubmissionNoted, SubmissionOpened
from onrecord.casework.law.about import check_about
from onrecord.casework.models import Submission, SubmissionNote
from onrecord.casework.record.append import record
from onrecord.casework.texts import typed
from onrecord.errors import BadInput, NotThere
from onrecord.ground.dates import NotADate, is_to_come, parse_edtf
from onrecord.ground.ids import new_id
from onrecord.law.forums import load_forums

LANGUAGE_CHARACTERS = 35
# The shape of a tag of BCP 47. LIMIT: no register is asked whether there is such a language.
LANGUAGE = re.compile(r"([A-Za-z]{2,8}|[Xx](?=-))(-[A-Za-z0-9]{1,8})*", re.ASCII)
DATES = ("deadline", "sent_on", "next_date")
# Said of a date: there is none, or none any more. Nothing said leaves what was known.
NO_DATE = "none"


class NoSuchForum(NotThere):
    """The law data knows no forum of this name."""

    next_step = "Name one of those that it knows."

    def __init__(self) -> None:
        super().__init__()
        self.hint = ", ".join(load_forums())


class NoSuchSubmission(NotThere):
    """There is no submission of this identifier."""

    next_step = "List those of a case with `onrecord law submission list --case ID`."


class NothingNoted(BadInput):
    """Nothing new was said about the submission."""

    next_step = "Say what became known: a reference, a reply, a date, or a remark."


class SentInTheFuture(BadInput):
    """Nothing was sent on a day that has not come yet. Nothing was recorded."""

    next_step = "Note the day on which it was sent once it was, or give the day to come as the next date."


class NoLanguageTag(BadInput):
    """This is no language tag."""

    next_step = "Write a tag such as en, uk or fr."


@dataclass(frozen=True, slots=True)
class News:
    """What became known about a submission; an empty text leaves what was known.

    Dates are EDTF, or `none`: what was noted as sent and was not is taken back so.
    """

    language: str = ""
    deadline: str = ""
    sent_on: str = ""
    reference: str = ""
    reply: str = ""
    next_date: str = ""
    remarks: str = ""

    def checked(self) -> dict[str, str]:
        """Return all of it as it is recorded; raise NotADate or NoLanguageTag."""
        values = {name: typed(getattr(self, name)) for name in self.__slots__}
        if self.wrong_date():
            raise NotADate
        language = values["language"]
        if language and not (len(language) <= LANGUAGE_CHARACTERS and LANGUAGE.fullmatch(language)):
            raise NoLanguageTag
        return values

    def wrong_date(self) -> str:
        """Return which of the dates is none in a form that can be recorded; nothing if all are."""
        return next((name for name in DATES if not _is_date(getattr(self, name).strip())), "")


@dataclass(frozen=True, slots=True)
class Due:
    """A submission, and what is due next of it: which of its dates, and the days that this may mean."""

    row: Submission
    what: str = ""  # next_date or deadline; nothing where no date is known
    first_day: date = date.max
    last_day: date = date.max

    @property
    def text(self) -> str:
        """Return the date as it was noted."""
        return str(getattr(self.row, self.what)) if self.what else ""

    def has_passed(self, today: date) -> bool:
        """Tell whether the last of its days lies behind us."""
        return bool(self.what) and self.last_day < today

    def is_now(self, today: date) -> bool:
        """Tell whether it may be due already, and has not passed."""
        return bool(self.what) and self.first_day <= today <= self.last_day


def open_submission(
    docket: Docket,
    case: str,
    forum: str,
    *,
    person: str = "",
    language: str = "",
    deadline: str = "",
    seen: int | None = None,
) -> str:
    """Begin a submission.

    Raises NoSuchCase, NoSuchPersonHere, NoSuchForum, NotADate, NoLanguageTag or StaleRecord.
    """
    check_about(case, person)
    if forum not in load_forums():
        raise NoSuchForum
    known = News(language=language, deadline=deadline).checked()
    entry = SubmissionOpened(case, new_id(), person, forum, known["language"], known["deadline"])
    record(docket, entry, seen=seen)
    return entry.submission


def note_submission(docket: Docket, submission: str, news: News, *, seen: int | None = None) -> None:
    """Record what became known.

    Raises NoSuchSubmission, NothingNoted, NotADate, SentInTheFuture, NoLanguageTag or StaleRecord.
    """
    row = Submission.objects.filter(pk=submission).first()
    if row is None:
        raise NoSuchSubmission
    known = news.checked()
    if not any(known.values()):
        raise NothingNoted
    if known["sent_on"] not in ("", NO_DATE) and _is_to_come(known["sent_on"], docket):
        raise SentInTheFuture
    record(docket, SubmissionNoted(case=row.case, note=new_id(), submission=submission, **known), seen=seen)


def due(rows: Iterable[Submission]) -> list[Due]:
    """Return submissions with what is due next of each, the first to come first, those without a date last."""
    return sorted((_due(row) for row in rows), key=lambda one: (one.first_day, one.last_day, one.row.entry))


def submissions(case: str = "") -> list[Submission]:
    """Return the submissions of a case, or all, in the order in which they were begun."""
    rows = Submission.objects.order_by("entry")
    return list(rows.filter(case=case) if case else rows)


def notes_of(rows: Iterable[Submission]) -> dict[str, list[SubmissionNote]]:
    """Return by submission all its news, the oldest first; asked once for all of them."""
    notes: dict[str, list[SubmissionNote]] = {row.id: [] for row in rows}
    for note in SubmissionNote.objects.filter(submission__in=list(notes)).order_by("entry"):
        notes[note.submission].append(note)
    return notes


def _due(row: Submission) -> Due:
    """Return the earlier of what is to be looked at and, while nothing was sent, the deadline."""
    names = ("next_date", "deadline") if row.sent_on in ("", NO_DATE) else ("next_date",)
    spans = ((name, parse_edtf(getattr(row, name))) for name in names if getattr(row, name) not in ("", NO_DATE))
    dated = [Due(row, name, span.earliest or date.min, span.latest or date.max) for name, span in spans]
    return min(dated, key=lambda one: (one.first_day, one.last_day), default=Due(row))


def _is_to_come(on: str, docket: Docket) -> bool:
    first = parse_edtf(on).earliest
    return first is not None and is_to_come(first, docket.clock)


def _is_date(text: str) -> bool:
    if text in ("", NO_DATE):
        return True
    try:
        parse_edtf(text)
    except NotADate:
        return False
    return True
