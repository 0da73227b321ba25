"""Show where a case can be taken: what each forum needs, what this case has of it, and what was sent there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onrecord.casework.law.submissions import notes_of
from onrecord.casework.models import Submission, SubmissionNote
from onrecord.desk.shown.forums.holdings import Found, Holdings
from onrecord.desk.shown.law.marks import CONTRADICTED, SUPPORTED, UNKNOWN, Mark
from onrecord.desk.shown.wording import term
from onrecord.law.forums import Forum, Have, Ready, Requirement, Thing, load_forums, load_things, readiness

MARKS: Mapping[Have, Mark] = {
    Have.HAS: Mark(SUPPORTED.shape, gettext_lazy("has it")),
    Have.NO_BASIS: Mark(CONTRADICTED.shape, gettext_lazy("no basis to share it")),
    Have.LACKS: Mark(UNKNOWN.shape, gettext_lazy("lacks it")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement of a forum, how this case stands to it, what is missing, and what a member's word adds."""

    requirement: Requirement
    mark: Mark
    missing: tuple[tuple[Thing, str | Promise], ...]  # each with how it stands
    by_word: tuple[Thing, ...]


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


def show_forums(holdings: Holdings, submissions: Sequence[Submission]) -> list[Shown]:
    """Return every forum with what this case has of what it needs, and what was sent there."""
    notes = notes_of(submissions)
    sent = [Sent(row, notes[row.id]) for row in submissions]
    return [_show_forum(forum, holdings, sent) for forum in load_forums().values()]


def _show_forum(forum: Forum, holdings: Holdings, sent: Sequence[Sent]) -> Shown:
    found = holdings.of(forum.purpose)
    ready = readiness(forum, {thing: one.have for thing, one in found.items()})
    return Shown(
        forum=forum,
        purpose=term("consent_purpose", forum.purpose),
        lines=tuple(_line(one, found) for one in ready),
        has=sum(one.have == Have.HAS for one in ready),
        sent=tuple(one for one in sent if one.row.forum == forum.id),
    )


def _line(ready: Ready, found: Mapping[str, Found]) -> Line:
    things = load_things()
    return Line(
        requirement=ready.requirement,
        mark=MARKS[ready.have],
        missing=tuple((things[name], MARKS[found[name].have].word) for name in ready.missing),
        by_word=tuple(things[name] for name in ready.requirement.needs if found[name].is_by_word),
    )
