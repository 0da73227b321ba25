"""Code a passage into a claim: who says what, where it stands, what it is a value of, and about which act.

The passage is recorded under the exhibit's subject and the claim under the case's, in one step: erasing the letter
takes the words and leaves a claim that says its words are gone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.casework.docket import Docket
from onrecord.casework.entries.cases import ActOpened, ClaimCoded, ClaimWithdrawn, EventOpened, PersonAdded
from onrecord.casework.entries.exhibits import PassageMarked
from onrecord.casework.entries.form import Entry
from onrecord.casework.holds import check_not_held
from onrecord.casework.models import Act, Case, Claim, Event, Exhibit, Pattern, Person, Source
from onrecord.casework.record.append import record
from onrecord.casework.texts import reading_exhibit, reading_text, recordable, typed
from onrecord.errors import BadInput, NotThere
from onrecord.ground.ids import ActId, ClaimId, new_id
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import CodedValue

NEW_ACT = "new:act"
NEW_EVENT = "new:event"
NEW_VICTIMS = {"new:person": "person", "new:group": "group"}
REPORTER = "reporter"
STANCES = ("supports", "contradicts")
RELIABILITY, CREDIBILITY = ("", *"ABCDEF"), ("", *"123456")


class PassageOutside(BadInput):
    """The passage lies outside the text or is empty."""

    next_step = "Give START:END in characters of the exhibit's text, END greater than START."


class NothingToCodeOn(BadInput):
    """There is no case, act or pattern of this identifier."""

    next_step = "Open one with `onrecord case new NAME` or `onrecord pattern new NAME`, or list those there are."


class CaseNotNamed(BadInput):
    """A new act needs to know to which case it belongs."""

    next_step = "Name the case with --case ID."


class VictimMissing(BadInput):
    """An act is done to somebody: one person or one group."""

    next_step = "Add --victim ID, --victim new:person or --victim new:group."


class EventWrong(BadInput):
    """An event is named for a new act alone: one of the same case, or a new one."""

    next_step = "Use --on new:act --event new:event, or --event ID; `onrecord case show ID` names the events."


class PatternHasNoVictim(BadInput):
    """A pattern has neither a victim nor an act."""

    next_step = "Leave --victim and new:act out, or open a case for this person."


class GradeUnknown(BadInput):
    """This grade, stance or connection is not one that the codebook knows."""

    next_step = "Reliability is A to F, credibility 1 to 6, the stance supports or contradicts; see docs/CODEBOOK.md."


class NoSuchClaim(NotThere):
    """There is no claim of this identifier."""

    next_step = "List the claims of a case with `onrecord claim list --on ID`."


class ClaimNeedsReason(BadInput):
    """A claim is withdrawn with a reason that stays on record, and none was given."""

    next_step = "Say in a few words why it does not stand."


class ClaimWithdrawnBefore(BadInput):
    """This claim was withdrawn before, and the reason given then stays on record."""

    next_step = "Nothing is left to do; to state it again, code its passage again."


@dataclass(frozen=True, slots=True)
class Coding:
    """What a coder states about one passage."""

    exhibit: str
    start: int
    end: int
    kind: str
    on: str
    values: Sequence[CodedValue] = ()
    by: Sequence[str] = ()
    case: str = ""
    victim: str = ""
    event: str = ""  # of a new act: one of the case, or new:event; empty: the case's first
    connection: str = ""
    manner: str = ""
    stance: str = "supports"
    reliability: str = ""
    credibility: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of a coding: the claim, and the act and person it is about."""

    claim: ClaimId
    holder: str
    act: ActId
    person: str
    passage: str


@dataclass(frozen=True, slots=True)
class _Target:
    holder: str
    holder_kind: str
    act: str
    person: str
    before: tuple[Entry, ...] = ()


def code_claim(docket: Docket, coding: Coding, *, seen: int | None = None) -> Coded:
    """Record a claim on a passage, with the act and person it needs; raise LetterOnHold, or what is wrong with it."""
    _check_grades(coding)
    exhibit = reading_exhibit(coding.exhibit)
    check_not_held(exhibit.origin)
    passage = _mark(docket, exhibit, coding)
    target = _target(coding)
    claim = ClaimCoded(
        holder=target.holder,
        holder_kind=target.holder_kind,
        claim=new_id(),
        act=target.act,
        person=target.person,
        kind=coding.kind,
        passage=passage.passage,
        exhibit=exhibit.id,
        values=tuple({"field": value.field, "value": value.value, "mode": value.mode or ""} for value in coding.values),
        by=tuple(_link(name) for name in coding.by),
        connection=coding.connection,
        manner=recordable(coding.manner),
        stance=coding.stance,
        reliability=coding.reliability,
        credibility=coding.credibility,
    )
    record(docket, passage, *target.before, claim, seen=seen)
    return Coded(ClaimId(claim.claim), target.holder, ActId(target.act), target.person, passage.passage)


def withdraw_claim(docket: Docket, claim: str, reason: str) -> None:
    """Take a claim back; it stays on record with the reason. Raise ClaimNeedsReason or ClaimWithdrawnBefore."""
    row = Claim.objects.filter(pk=claim).first()
    if row is None:
        raise NoSuchClaim
    if not typed(reason):
        raise ClaimNeedsReason

    def check() -> None:
        if not Claim.objects.filter(pk=claim, withdrawn_because="").exists():
            raise ClaimWithdrawnBefore

    record(docket, ClaimWithdrawn(holder=row.holder, claim=claim, reason=typed(reason)), check=check)


def _mark(docket: Docket, exhibit: Exhibit, coding: Coding) -> PassageMarked:
    text = reading_text(docket, exhibit)
    if not 0 <= coding.start < coding.end <= len(text):
        raise PassageOutside
    quote = text[coding.start : coding.end]
    return PassageMarked(
        passage=new_id(),
        owner=exhibit.subject,
        exhibit=exhibit.id,
        start=coding.start,
        end=coding.end,
        # Shown in normal form C, as every signed text; the hash is of the words exactly as they stand in the exhibit.
        quote=recordable(quote),
        quote_sha256=hashlib.sha256(quote.encode()).hexdigest(),
    )


def _target(coding: Coding) -> _Target:
    if coding.event and coding.on != NEW_ACT:
        raise EventWrong
    if Pattern.objects.filter(pk=coding.on).exists():
        if coding.victim:
            raise PatternHasNoVictim
        return _Target(coding.on, "pattern", "", "")
    if coding.on == NEW_ACT:
        return _new_act(coding)
    act = Act.objects.filter(pk=coding.on).first()
    if act is not None:
        return _Target(act.case, "case", act.id, _person(coding, act.case) or act.victim)
    if Case.objects.filter(pk=coding.on).exists():
        return _Target(coding.on, "case", "", _person(coding, coding.on))
    raise NothingToCodeOn


def _new_act(coding: Coding) -> _Target:
    if not coding.victim:
        raise VictimMissing
    case = coding.case or _only_case()
    if not Case.objects.filter(pk=case).exists():
        raise NothingToCodeOn
    event = _event(coding, case)
    before: list[Entry] = []
    if event is None:
        event = new_id()
        before.append(EventOpened(case=case, event=event, title=""))
    victim = coding.victim
    if victim in NEW_VICTIMS:
        victim = new_id()
        before.append(_new_victim(case, victim, NEW_VICTIMS[coding.victim]))
    else:
        _person(coding, case)
    act = new_id()
    before.append(ActOpened(case=case, act=act, event=event, victim=victim))
    return _Target(case, "case", act, victim, tuple(before))


def _event(coding: Coding, case: str) -> str | None:
    """Return the event of a new act: the one that is named, or the case's first; None where one is to be opened."""
    events = list(Event.objects.filter(case=case).order_by("entry").values_list("id", flat=True))
    if coding.event in ("", NEW_EVENT):
        return events[0] if events and not coding.event else None
    if coding.event not in events:
        raise EventWrong
    return coding.event


def _new_victim(case: str, person: str, unit: str) -> PersonAdded:
    # A person counts one; how many a group counts is a figure, and figures are claims.
    number = 1 if unit == "person" else None
    return PersonAdded(
        case=case,
        person=person,
        counting_unit=unit,
        number_min=number,
        number_best=number,
        number_max=number,
        basis="",
    )


def _person(coding: Coding, case: str) -> str:
    if coding.victim and not Person.objects.filter(pk=coding.victim, case=case).exists():
        raise NothingToCodeOn
    return coding.victim


def _only_case() -> str:
    cases = list(Case.objects.values_list("id", flat=True)[:2])
    if len(cases) != 1:
        raise CaseNotNamed
    return cases[0]


def _link(name: str) -> dict[str, str]:
    if name == REPORTER:
        return {"kind": "reporter", "source": "", "name": ""}
    if Source.objects.filter(pk=name).exists():
        return {"kind": "source", "source": name, "name": ""}
    return {"kind": "name", "source": "", "name": recordable(name)}


def _check_grades(coding: Coding) -> None:
    book = load_codebook()
    book.vocabulary("claim_kind").term(coding.kind)
    if coding.connection:
        book.vocabulary("basis_of_knowledge").term(coding.connection)
    if coding.stance not in STANCES or coding.reliability not in RELIABILITY or coding.credibility not in CREDIBILITY:
        raise GradeUnknown
