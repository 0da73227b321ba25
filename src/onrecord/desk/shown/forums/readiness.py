"""Show where a case can be taken: what each forum needs, what this case has of it, and what was sent there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onrecord.casework.law.submissions import notes_of
from onrecord.casework.models import Submission, SubmissionNote
from onrecord.desk.shown.law.holdings import Holdings
from onrecord.desk.shown.law.marks import CONTRADICTED, SUPPORTED, UNKNOWN
from onrecord.desk.shown.wording import term
from onrecord.law.forums import Forum, Have, Requirement, load_things, readiness

WORDS: Mapping[Have, tuple[str, str | Promise]] = {
    Have.HAS: (SUPPORTED.shape, gettext_lazy("has it")),
    Have.NO_BASIS: (CONTRADICTED.shape, gettext_lazy("no basis to share it")),
    Have.LACKS: (UNKNOWN.shape, gettext_lazy("lacks it")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement of a forum, and how this case stands to it."""

    requirement: Requirement
    shape: str
    word: str | Promise
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission, and every piece of news about it."""

    row: Submission
    notes: Sequence[SubmissionNote]


@dataclass(frozen=True, slots=True)
class Shown:
    """One forum beside one person's case."""

    forum: Forum
    purpose: str
    lines: tuple[Line, ...]
    has: int
    sent: tuple[Sent, ...]


def show_forum(forum: Forum, holdings: Holdings, submissions: Sequence[Submission]) -> Shown:
    """Return a forum with what this case has of what it needs."""
    things = load_things()
    ready = readiness(forum, holdings.of(forum.purpose))
    return Shown(
        forum=forum,
        purpose=term("consent_purpose", forum.purpose),
        lines=tuple(
            Line(one.requirement, *WORDS[one.have], tuple(things[name].text for name in one.missing)) for one in ready
        ),
        has=sum(one.have == Have.HAS for one in ready),
        sent=tuple(Sent(row, notes_of(row.id)) for row in submissions if row.forum == forum.id),
    )
