"""Take out of a bundle's content everything that has no basis to leave, and list what was taken and why.

What rests on a withheld exhibit stays with it: claims coded from it, values of acts that only such claims carry, ledger
entries that repeat its words. Entries stay counted, so that a reader sees how many there are.

LIMIT: an exhibit leaves whole or not at all. A name inside the words of a letter that leaves goes with them; coded
identity values do not.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from onrecord.bundle.basis import Allowed, Decision, Withheld
from onrecord.bundle.check_proof import SEAL_KIND
from onrecord.bundle.content import (
    Act,
    BasisLine,
    Claim,
    Content,
    LeftOut,
    OpenedEntry,
    WithheldEntry,
)
from onrecord.errors import Refused
from onrecord.ground.ids import ClaimId, ExhibitId, SubjectId
from onrecord.ledger.entry import read_without_checking

RESTS_ON_WITHHELD = "rests_on_withheld_exhibit"
IDENTITY = "identity"

# An earlier bundle was for somebody else: for whom and on what order is not this reader's to know. Why a claim was
# withdrawn is a member's own sentence, and may repeat what stays.
STAYING_KINDS = (SEAL_KIND, "ClaimWithdrawn")
# Entries that may carry a sentence of a member's own: they are opened only where that is empty.
FREE_TEXT = {"EventOpened": "title", "PersonAdded": "basis"}

NOT_DECIDED = Withheld("not_decided")

Decisions = Mapping[ExhibitId, Decision]


class NothingMayLeave(Refused):
    """No exhibit of this case may leave on the bases that were named."""

    next_step = "Name another basis that truly applies, or ask the people concerned."


class LeavesWithoutBasis(Refused):
    """Something in this bundle has no basis on which it may leave."""

    next_step = "Make the bundle again from the case; if this happens again, tell your operator the id shown here."


def keep_what_may_leave(content: Content, decisions: Decisions, *, with_identity: bool = False) -> Content:
    """Return the content that may leave; raise NothingMayLeave if no exhibit may. An undecided exhibit stays."""
    fates = {exhibit.id: decisions.get(exhibit.id, NOT_DECIDED) for exhibit in content.exhibits}
    allowed = {id: fate for id, fate in fates.items() if isinstance(fate, Allowed)}
    if not allowed:
        raise NothingMayLeave
    claims = tuple(
        _without_identity(claim, with_identity=with_identity)
        for claim in content.claims
        if claim.passage.exhibit in allowed
    )
    kept = {claim.id for claim in claims}
    closed = [entry for entry in content.opened if _stays(entry, allowed, with_identity=with_identity)]
    hidden = (
        set()
        if with_identity
        else {value.field for claim in content.claims for value in claim.values if value.is_identity}
    )
    acts = tuple(_narrow(act, kept, hidden) for act in content.acts if kept.intersection(act.claims))
    return replace(
        content,
        exhibits=tuple(exhibit for exhibit in content.exhibits if exhibit.id in allowed),
        claims=claims,
        acts=acts,
        opened=tuple(entry for entry in content.opened if entry not in closed),
        withheld=content.withheld + tuple(_close(entry) for entry in closed),
        basis_lines=content.basis_lines + _basis_lines(claims, allowed),
        left_out=content.left_out + _left_out(content, fates, kept, acts, with_identity=with_identity),
    )


def check_bases(content: Content) -> None:
    """Raise LeavesWithoutBasis unless all that leaves rests on exhibits that leave, each with a named basis."""
    based = {line.id for line in content.basis_lines if line.thing == "exhibit" and line.basis in content.bases}
    exhibits = {exhibit.id for exhibit in content.exhibits}
    rested_on = {claim.passage.exhibit for claim in content.claims}
    rested_on.update(id for entry in content.opened for id in entry.rests_on)
    claims = {claim.id for claim in content.claims}
    if not (exhibits and exhibits <= based and rested_on <= exhibits and _claims_of(content) <= claims):
        raise LeavesWithoutBasis


def _claims_of(content: Content) -> set[ClaimId]:
    """Return every claim on which a statement about an act rests."""
    claims = {id for act in content.acts for id in act.claims}
    claims.update(id for act in content.acts for value in act.values for id in value.claims)
    claims.update(id for act in content.acts for one in act.involvements for id in one.claims)
    return claims


def _without_identity(claim: Claim, *, with_identity: bool) -> Claim:
    if with_identity:
        return claim
    return replace(claim, values=tuple(value for value in claim.values if not value.is_identity))


def _stays(entry: OpenedEntry, allowed: Collection[ExhibitId], *, with_identity: bool) -> bool:
    """Tell whether an entry is counted but not opened."""
    event = read_without_checking(entry.envelope)
    if event.kind in STAYING_KINDS or event.body.get(FREE_TEXT.get(event.kind, "")):
        return True
    return not set(allowed) >= set(entry.rests_on) or (entry.holds_identity and not with_identity)


def _narrow(act: Act, kept: Collection[ClaimId], hidden: Collection[str]) -> Act:
    return replace(
        act,
        claims=tuple(id for id in act.claims if id in kept),
        values=tuple(
            replace(value, claims=tuple(id for id in value.claims if id in kept))
            for value in act.values
            if value.field not in hidden and set(kept).intersection(value.claims)
        ),
        involvements=tuple(
            replace(one, claims=tuple(id for id in one.claims if id in kept))
            for one in act.involvements
            if set(kept).intersection(one.claims)
        ),
    )


def _close(entry: OpenedEntry) -> WithheldEntry:
    event = read_without_checking(entry.envelope)
    return WithheldEntry(index=entry.index, subject=SubjectId(event.subject), subject_seq=event.subject_seq)


def _basis_lines(claims: Collection[Claim], allowed: Mapping[ExhibitId, Allowed]) -> tuple[BasisLine, ...]:
    lines = [BasisLine(thing="exhibit", id=id, basis=fate.basis, reason=fate.reason) for id, fate in allowed.items()]
    for claim in claims:
        fate = allowed[claim.passage.exhibit]
        lines += [
            BasisLine(thing="claim", id=claim.id, field=value.field, basis=fate.basis, reason=fate.reason)
            for value in claim.values
        ]
    return tuple(lines)


def _left_out(
    content: Content, fates: Decisions, kept: Collection[ClaimId], acts: Collection[Act], *, with_identity: bool
) -> tuple[LeftOut, ...]:
    lines = [
        LeftOut(thing="exhibit", id=id, reason=fate.reason) for id, fate in fates.items() if isinstance(fate, Withheld)
    ]
    for claim in content.claims:
        if claim.id not in kept:
            lines.append(LeftOut(thing="claim", id=claim.id, reason=RESTS_ON_WITHHELD))
        elif not with_identity:
            # The field's name stays away too: "passport number" already says something.
            lines += [LeftOut(thing="value", id=claim.id, reason=IDENTITY) for v in claim.values if v.is_identity]
    stayed = {act.id for act in content.acts} - {act.id for act in acts}
    return (*lines, *(LeftOut(thing="act", id=id, reason=RESTS_ON_WITHHELD) for id in sorted(stayed)))
