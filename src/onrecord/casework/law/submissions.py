"""Keep track of what was sent to whom: a submission's language, deadline, reference, reply and next date.

All of it is entries: what was known on a day can be read again.
"""

from dataclasses import dataclass

from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import SubmissionNoted, SubmissionOpened
from onrecord.casework.models import Case, Person, Submission, SubmissionNote
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record.append import record
from onrecord.casework.texts import recordable
from onrecord.errors import BadInput, NotThere
from onrecord.ground.dates import parse_edtf
from onrecord.ground.ids import new_id
from onrecord.law.forums import load_forums

LANGUAGE_CHARACTERS = 35
DATES = ("deadline", "sent_on", "next_date")


class NoSuchForum(NotThere):
    """The law data knows no forum of this name."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = ", ".join(load_forums())


class NoSuchSubmission(NotThere):
    """There is no submission of this identifier."""

    next_step = "List those of a case with `onrecord law submission list --case ID`."


class NothingNoted(BadInput):
    """Nothing new was said about the submission."""

    next_step = "Say what became known: a reference, a reply, a date, or a remark."


class LanguageTooLong(BadInput):
    """This is no language tag."""

    next_step = "Write a tag such as en, uk or fr."


@dataclass(frozen=True, slots=True)
class News:
    """What became known about a submission; an empty text leaves what was known. Dates are EDTF."""

    language: str = ""
    deadline: str = ""
    sent_on: str = ""
    reference: str = ""
    reply: str = ""
    next_date: str = ""
    remarks: str = ""

    def checked(self) -> dict[str, str]:
        """Return all of it as it is recorded; raise NotADate or LanguageTooLong."""
        values = {name: recordable(getattr(self, name).strip()) for name in self.__slots__}
        for name in DATES:
            if values[name]:
                parse_edtf(values[name])
        if len(values["language"]) > LANGUAGE_CHARACTERS:
            raise LanguageTooLong
        return values


def open_submission(
    docket: Docket, case: str, forum: str, *, person: str = "", language: str = "", deadline: str = ""
) -> str:
    """Begin a submission; raise NoSuchCase, NoSuchForum, NotADate."""
    if not Case.objects.filter(pk=case).exists():
        raise NoSuchCase
    if forum not in load_forums():
        raise NoSuchForum
    if person and not Person.objects.filter(pk=person, case=case).exists():
        raise NoSuchCase
    known = News(language=language, deadline=deadline).checked()
    entry = SubmissionOpened(case, new_id(), person, forum, known["language"], known["deadline"])
    record(docket, entry)
    return entry.submission


def note_submission(docket: Docket, submission: str, news: News, *, seen: int | None = None) -> None:
    """Record what became known; raise NoSuchSubmission, NothingNoted, NotADate or StaleRecord."""
    row = Submission.objects.filter(pk=submission).first()
    if row is None:
        raise NoSuchSubmission
    known = news.checked()
    if not any(known.values()):
        raise NothingNoted
    record(docket, SubmissionNoted(case=row.case, note=new_id(), submission=submission, **known), seen=seen)


def submissions(case: str = "") -> list[Submission]:
    """Return the submissions of a case, or all, in the order in which they were begun."""
    rows = Submission.objects.order_by("entry")
    return list(rows.filter(case=case) if case else rows)


def notes_of(submission: str) -> list[SubmissionNote]:
    """Return all news of a submission, the oldest first."""
    return list(SubmissionNote.objects.filter(submission=submission).order_by("entry"))
