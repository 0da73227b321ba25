"""Print what the law data says of one person: only what may leave counts, and the sheet is an entry before it is shown.

A status is what claims say together. So the facts are drawn again from those claims alone that may leave for this
purpose on the bases named, by the same decisions as a bundle; what the others say is on no sheet, not even as a status.
How many stayed, and by which rule, is said. The sheet itself is recorded, value by value, and can be looked at again;
another paper is another print, for which everything is asked again.

LIMIT: what a member typed (who held a place, why it may leave unsigned, the name of the case) leaves on that member's
own decision: no consent is asked for it. Whoever prints reads it first.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.bundle.basis import Allowed, Decision
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Gathered, Request, gather
from onrecord.bundle.make import check_request, check_still_given, check_unchanged
from onrecord.bundle.redact import IDENTITY, NothingMayLeave, check_bases, keep_what_may_leave
from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import MatrixPrinted
from onrecord.casework.law.facts import CaseFacts, read_case
from onrecord.casework.law.publishing import check_may_be_published
from onrecord.casework.law.signing import Leave, check_may_leave, check_signatures_seen
from onrecord.casework.models import Exhibit, MatrixPrint
from onrecord.casework.record.append import newest_entry, record
from onrecord.casework.record.tables import check_signatures, check_tables
from onrecord.casework.texts import recordable
from onrecord.errors import NotThere
from onrecord.ground.ids import BundleId, ExhibitId, SubjectId, new_id
from onrecord.law.model import Assessment, Law


class NoSuchSheet(NotThere):
    """There is no print of this identifier."""

    next_step = "Look at the list of prints on the case's law page."


@dataclass(frozen=True, slots=True)
class Printable:
    """What may leave about one person: the case as far as it may, each claim with its basis, and what stays and why."""

    case: CaseFacts
    person: str
    event: str  # empty: all that was done to the person together
    claims: Mapping[str, Basis]
    left_out: Mapping[str, int]  # by the rule that kept them, how many claims about the person stay
    read: frozenset[SubjectId]
    seen: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet as it is drawn: which provisions stand on it, what was found, and everything on it as plain values."""

    provisions: Collection[str]
    elements: Collection[str]
    assessment: Assessment
    values: Mapping[str, Any]


def what_may_leave(docket: Docket, request: Request, law: Law, person: str, event: str = "") -> Printable:
    """Return what would stand behind a sheet about one person, and what would stay; nothing is recorded."""
    seen = newest_entry()
    case, gathered = read_case(request.holder, law), gather(docket, request, BundleId(new_id()))
    kept, with_held = _kept(gathered), read_case(request.holder, law, with_held=True)
    limited = _limited(case, kept)
    # Dangers stand on every sheet, and they are judged over all events. With some claims left out others begin to
    # count: a value drawn from an act, a list that was reopened later.
    drawn = (facts for one in (with_held, case, limited) for facts in (one.of(person, event), *one.in_danger(person)))
    about = {claim for facts in drawn for claim in facts.evidence}
    fates = {claim.id: gathered.decisions[ExhibitId(claim.exhibit)] for claim in with_held.claims if claim.id in about}
    stays = Counter(_rule(fate) for claim, fate in fates.items() if claim not in kept)
    return Printable(
        case=limited,
        person=person,
        event=event,
        claims={claim: fate.basis for claim, fate in fates.items() if claim in kept and isinstance(fate, Allowed)},
        left_out=dict(sorted(stays.items())),
        read=gathered.read,
        seen=seen,
    )


def print_sheet(docket: Docket, request: Request, law: Law, printable: Printable, drawn: Drawn) -> str:
    """Record a sheet and return its identifier; only then may it be shown. Raise whatever keeps it here.

    That is BasisMissing, ReasonMissing, LettersUnopened, NothingMayLeave, NotToBePublished, LawNotSigned, TablesChanged
    or StaleRecord.
    """
    check_request(request)
    if not printable.claims:
        raise NothingMayLeave
    leave = check_may_leave(request.holder, law, drawn.provisions)
    check_tables(docket, printable.read)
    check_signatures(docket)
    check_may_be_published(request.purpose, read_case(request.holder, law).in_danger(printable.person), law)
    entry = _entry(request, law, printable, drawn, leave)

    def check() -> None:
        check_unchanged(printable.read, printable.seen)
        check_still_given(_on_consent(printable), request.purpose)
        check_signatures_seen(drawn.provisions, printable.seen)  # a lawyer's remarks leave with the sheet

    record(docket, entry, seen=printable.seen, check=check)
    return entry.sheet


def sheet(id: str) -> MatrixPrint:
    """Return a sheet that was printed; raise NoSuchSheet."""
    row = MatrixPrint.objects.filter(pk=id).first()
    if row is None:
        raise NoSuchSheet
    return row


def sheets(case: str) -> list[MatrixPrint]:
    """Return what was printed of a case, the newest first."""
    return list(MatrixPrint.objects.filter(case=case).order_by("-entry"))


def _limited(case: CaseFacts, kept: Collection[str]) -> CaseFacts:
    """Return a case with these claims alone; who is in it stays as it is."""
    return replace(case, claims=tuple(claim for claim in case.claims if claim.id in kept), held=())


def _kept(gathered: Gathered) -> frozenset[str]:
    """Return the claims that a bundle would take along."""
    try:
        content = keep_what_may_leave(gathered.content, gathered.decisions, with_identity=gathered.with_identity)
    except NothingMayLeave:
        return frozenset()
    check_bases(content)
    return frozenset(claim.id for claim in content.claims)


def _rule(fate: Decision) -> str:
    """Return why a claim stays: as the exhibit it rests on, or because of a value of its own."""
    return IDENTITY if isinstance(fate, Allowed) else fate.reason


def _on_consent(printable: Printable) -> set[str]:
    """Return the letters whose claims leave because their reporters said yes."""
    given = {claim for claim, basis in printable.claims.items() if basis == Basis.CONSENT}
    exhibits = {claim.exhibit for claim in printable.case.claims if claim.id in given}
    return set(Exhibit.objects.filter(pk__in=exhibits).values_list("origin", flat=True))


def _entry(request: Request, law: Law, printable: Printable, drawn: Drawn, leave: Leave) -> MatrixPrinted:
    rested_on = {claim.exhibit for claim in printable.case.claims if claim.id in printable.claims}
    texts = Exhibit.objects.filter(pk__in=rested_on).values_list("origin", flat=True)
    found = drawn.assessment
    return MatrixPrinted(
        case=request.holder,
        sheet=new_id(),
        person=printable.person,
        event=printable.event,
        law_version=law.version,
        law_sha256=law.sha256,
        purpose=request.purpose,
        basis=tuple(basis.value for basis in request.bases),
        reason=recordable(request.reason),
        claims={claim: basis.value for claim, basis in printable.claims.items()},
        texts=tuple(sorted(set(texts))),
        left_out=dict(printable.left_out),
        elements={name: found.elements[name].status.value for name in drawn.elements},
        provisions={name: found.provisions[name].status.value for name in drawn.provisions},
        shown=dict(drawn.values),
        allowance=leave.allowance.id if leave.allowance else "",
        log_size=printable.seen + 1,
    )
