"""What happens between a case and the law: assessed, signed by a lawyer, printed, submitted to somebody.

An assessment records which elements the facts on file supported on that day, under that version of the law data. It is
never changed: a new claim, or a new version, makes a new assessment that names the earlier one.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from onrecord.casework.entries.cases import CaseEntry
from onrecord.casework.entries.docket import DocketEntry
from onrecord.casework.entries.form import BodyUnreadable


@dataclass(frozen=True, slots=True)
class CaseAssessed(CaseEntry):
    """The facts on file about one victim were held against one version of the law data.

    Version 1 knew neither `event` nor `open_points`, and its facts no `disputed` items: it was about all that was done
    to the person, and did not say why an element was unknown. Version 2 knew what was said of a fact and by which
    claims, but not which of them `said` what.
    """

    VERSION: ClassVar[int] = 3

    assessment: str
    person: str
    event: str  # what was done to the person in this event alone; empty: all that was done to them, taken together
    law_version: str
    law_sha256: str
    facts: dict[str, dict[str, Any]]  # {"values", "claims", "conflict", "disputed", "asked", "closed", "said"} each
    evidence: dict[str, dict[str, str]]  # by claim: {"origin", "grade"}
    derived: dict[str, str]
    elements: dict[str, str]
    provisions: dict[str, str]
    flags: tuple[str, ...]
    open_points: dict[str, list[str]]  # by element: the flags that stood beside its status
    risks: tuple[str, ...]
    earlier: str  # the assessment of the same person and event before this one; empty for the first

    @classmethod
    def lift(cls, body: dict[str, Any], version: int) -> dict[str, Any]:
        """Return the body of version 1 as one about all events together, with no open points on record."""
        if version > 1:
            return body
        since: dict[str, Any] = {"event": "", "open_points": {}}
        if body.keys() & since.keys():
            raise BodyUnreadable
        return body | since


@dataclass(frozen=True, slots=True)
class PlaceStatusOverridden(CaseEntry):
    """A member said what the status of an event's place was, whatever its claims or the table of places say."""

    override: str
    event: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnsignedLawAllowed(CaseEntry):
    """A lead let what the law data says of this case be printed and leave, although no lawyer signed all of it."""

    allowance: str
    law_sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class HoldingNoted(CaseEntry):
    """A member said whether a thing that submissions need is there, where it is, or why it cannot be had."""

    holding: str
    person: str  # empty: of the whole case
    thing: str
    state: str  # held, not_held, cannot_be_had
    item: str  # the exhibit, letter or source that is it, or shows it: its own consent decides who may see it
    where: str  # in words, where it is none of these
    reason: str  # why it cannot be had
    purposes: tuple[str, ...]  # for which it may be shared, where no item says so
    agreed_by: str
    agreed_on: str


@dataclass(frozen=True, slots=True)
class MatrixPrinted(CaseEntry):
    """What the law data says of one person was printed, for a purpose and on named bases: the sheet as it was shown."""

    sheet: str
    person: str
    event: str  # empty: all that was done to the person together
    law_version: str
    law_sha256: str
    purpose: str
    basis: tuple[str, ...]
    reason: str
    claims: dict[str, str]  # each claim that the sheet rests on, with the basis on which it could leave
    texts: tuple[str, ...]  # the letters and sources in which these claims stand
    left_out: dict[str, int]  # how many claims about the person stayed, by the rule that kept them
    elements: dict[str, str]
    provisions: dict[str, str]
    shown: dict[str, Any]  # what stood on the sheet, value by value
    allowance: str  # the lead's decision by which it left unsigned; empty where all of it was signed
    log_size: int


@dataclass(frozen=True, slots=True)
class SubmissionOpened(CaseEntry):
    """A submission to a forum was begun, with its language and its deadline. An empty text means: not known."""

    submission: str
    person: str
    forum: str
    language: str
    deadline: str


@dataclass(frozen=True, slots=True)
class SubmissionNoted(CaseEntry):
    """Something became known about a submission. An empty text leaves what was known before."""

    NEWS: ClassVar[tuple[str, ...]] = ("language", "deadline", "sent_on", "reference", "reply", "next_date")

    note: str
    submission: str
    language: str
    deadline: str
    sent_on: str
    reference: str
    reply: str
    next_date: str
    remarks: str


@dataclass(frozen=True, slots=True)
class ProvisionSigned(DocketEntry):
    """A named lawyer read one version of a provision and signed that it says what it should."""

    signature: str
    provision: str
    law_version: str
    law_sha256: str
    text_sha256: str  # of this provision with all that it rests on: a change elsewhere leaves the signature good
    lawyer: str
    qualification: str
    on: str
    remarks: str


@dataclass(frozen=True, slots=True)
class SignatureWithdrawn(DocketEntry):
    """A lawyer's signature was taken back, by them or because it was recorded by mistake. It stays on record."""

    signature: str
    reason: str


@dataclass(frozen=True, slots=True)
class AllowanceWithdrawn(CaseEntry):
    """A lead's decision that unsigned law may leave was taken back. What left on it stays as it left."""

    allowance: str
    reason: str
