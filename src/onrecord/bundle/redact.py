"""Take out of a bundle's content everything that has no basis to leave, and list what was taken and why.

What rests on a withheld exhibit stays with it: claims coded from it, entries that repeat its words, acts that only such
claims are about. A claim leaves with its signed entry or not at all, so that no row of a table has to be believed.
Entries stay counted, so that a reader sees how many there are.

LIMIT: an exhibit leaves whole or not at all. A name inside the words of a letter that leaves goes with them; a claim
with a coded identity value does not.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from onrecord.bundle.basis import Allowed, Decision, Withheld, carried
from onrecord.bundle.content import BasisLine, Claim, Content, LeftOut, OpenedEntry, WithheldEntry
from onrecord.errors import Refused
from onrecord.ground.ids import ClaimId, ExhibitId, SubjectId
from onrecord.ledger.entry import read_without_checking

RESTS_ON_WITHHELD = "rests_on_withheld_exhibit"
IDENTITY = "identity"
WITHDRAWN = "withdrawn"
# Which kind of entry it is, is not said either.
NOT_FOR_READERS = "kept_by_the_desk"

# What a reader may open. Every other kind is counted and stays: for whom an earlier bundle was made and on what order,
# why a claim was withdrawn, and above all what passed between the desk and a reporter.
OPENED_KINDS = frozenset(
    {
        *("LetterReceived", "LetterOpened", "ConsentConfirmed", "SourceCaptured", "SourceDescribed", "SourcesRelated"),
        *("CaseOpened", "PatternOpened", "EventOpened", "PersonAdded", "ActOpened", "InvolvementAdded"),
        *("PassageMarked", "ClaimCoded"),
    }
)
# Entries that may carry a sentence of a member's own: they are opened only where that is empty.
FREE_TEXT = {"EventOpened": "title", "PersonAdded": "basis"}
ACT_KINDS = ("ActOpened", "InvolvementAdded")

NOT_DECIDED = Withheld("not_decided")

Decisions = Mapping[ExhibitId, Decision]


class NothingMayLeave(Refused):
    """No exhibit of this case may leave on the bases that were named."""

    next_step = "Name another basis that truly applies, or ask the people concerned."


class LeavesWithoutBasis(Refused):
    """Something in this bundle has no basis on which it may leave."""

    next_step = "Make the bundle again from the case; if this happens again, tell your operator the id shown here."


@dataclass(frozen=True, slots=True)
class _Kept:
    """What may leave: exhibits, the claims that rest on them, their acts, and whether identity goes with them."""

    exhibits: frozenset[ExhibitId]
    claims: frozenset[ClaimId]
    acts: frozenset[str]
    with_identity: bool


def keep_what_may_leave(content: Content, decisions: Decisions, *, with_identity: bool = False) -> Content:
    """Return the content that may leave; raise NothingMayLeave if no exhibit may. An undecided exhibit stays."""
    fates = {exhibit.id: decisions.get(exhibit.id, NOT_DECIDED) for exhibit in content.exhibits}
    allowed = {id: fate for id, fate in fates.items() if isinstance(fate, Allowed)}
    if not allowed:
        raise NothingMayLeave
    stays = {claim.id: _why_a_claim_stays(claim, allowed, with_identity=with_identity) for claim in content.claims}
    claims = tuple(claim for claim in content.claims if not stays[claim.id])
    ids, acts = frozenset(claim.id for claim in claims), frozenset(claim.act for claim in claims)
    kept = _Kept(frozenset(allowed), ids, acts, with_identity)
    closed = {entry.index: _why_an_entry_stays(entry, kept) for entry in content.opened}
    opened = tuple(entry for entry in content.opened if not closed[entry.index])
    return replace(
        content,
        exhibits=tuple(exhibit for exhibit in content.exhibits if exhibit.id in allowed),
        claims=claims,
        opened=opened,
        withheld=content.withheld + tuple(_close(entry) for entry in content.opened if closed[entry.index]),
        basis_lines=_basis_lines(content, opened, allowed),
        left_out=(
            *(LeftOut(thing="exhibit", id=id, reason=one.reason) for id, one in fates.items() if id not in allowed),
            *(LeftOut(thing="claim", id=id, reason=reason) for id, reason in stays.items() if reason),
            *(LeftOut(thing="entry", id=str(index), reason=reason) for index, reason in closed.items() if reason),
        ),
    )


def check_bases(content: Content) -> None:
    """Raise LeavesWithoutBasis unless all that leaves rests on exhibits that leave, each with a named basis."""
    based = {line.exhibit for line in content.basis_lines if line.basis in content.bases}
    exhibits = {exhibit.id for exhibit in content.exhibits}
    rested_on = {claim.exhibit for claim in content.claims}
    rested_on.update(id for entry in content.opened for id in entry.rests_on)
    if not (exhibits and exhibits <= based and rested_on <= exhibits):
        raise LeavesWithoutBasis


def _why_a_claim_stays(claim: Claim, allowed: Collection[ExhibitId], *, with_identity: bool) -> str:
    if claim.exhibit not in allowed:
        return RESTS_ON_WITHHELD
    return IDENTITY if claim.holds_identity and not with_identity else ""


def _why_an_entry_stays(entry: OpenedEntry, kept: _Kept) -> str:
    """Return the rule by which an entry is counted but not opened; nothing if it is opened."""
    event = read_without_checking(entry.envelope)
    if event.kind not in OPENED_KINDS or event.body.get(FREE_TEXT.get(event.kind, "")):
        return NOT_FOR_READERS
    if not kept.exhibits.issuperset(entry.rests_on):
        return RESTS_ON_WITHHELD
    if entry.holds_identity and not kept.with_identity:
        return IDENTITY
    if event.kind == "ClaimCoded" and event.body["claim"] not in kept.claims:
        return WITHDRAWN
    if event.kind in ACT_KINDS and event.body["act"] not in kept.acts:
        return RESTS_ON_WITHHELD
    return ""


def _close(entry: OpenedEntry) -> WithheldEntry:
    event = read_without_checking(entry.envelope)
    return WithheldEntry(index=entry.index, subject=SubjectId(event.subject), subject_seq=event.subject_seq)


def _basis_lines(
    content: Content, opened: Collection[OpenedEntry], allowed: Mapping[ExhibitId, Allowed]
) -> tuple[BasisLine, ...]:
    """Return why each exhibit may leave, as an opened entry carries it: without a line it does not leave."""
    events = {entry.index: read_without_checking(entry.envelope) for entry in opened}
    lines = carried(events, content.purpose, content.bases)
    newest = {(line.exhibit, line.basis): line for line in lines}
    return tuple(line for (id, basis), line in newest.items() if id in allowed and allowed[id].basis == basis)
