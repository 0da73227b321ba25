"""Every kind of entry and its drawer: what is not listed here cannot be recorded, and stops a redraw."""

from collections.abc import Callable
from typing import Any

from onrecord.casework.drawers import cases, claims, docket, exhibits, law, letters, replies, sources
from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.cases import (
    ActOpened,
    BundleMade,
    CaseOpened,
    ClaimCoded,
    ClaimWithdrawn,
    EventOpened,
    InvolvementAdded,
    PatternOpened,
    PersonAdded,
)
from onrecord.casework.entries.docket import DocketOpened, Erased, MemberAdded, Padding, RolesGiven
from onrecord.casework.entries.exhibits import PassageMarked
from onrecord.casework.entries.form import Entry
from onrecord.casework.entries.law import (
    AllowanceWithdrawn,
    CaseAssessed,
    HoldingNoted,
    MatrixPrinted,
    PlaceStatusOverridden,
    ProvisionSigned,
    SignatureWithdrawn,
    SubmissionNoted,
    SubmissionOpened,
    UnsignedLawAllowed,
)
from onrecord.casework.entries.letters import IdentityRead, LetterOpened, LetterQuarantined, LetterReceived
from onrecord.casework.entries.people import PersonNamed
from onrecord.casework.entries.replies import (
    ConsentConfirmed,
    ErasureAsked,
    HoldLifted,
    LetterAcknowledged,
    ReplyWritten,
)
from onrecord.casework.entries.sources import OriginGraded, SourceCaptured, SourceDescribed, SourcesRelated
from onrecord.errors import Damaged
from onrecord.ledger.entry import Event

Drawer = Callable[[Canvas, int, Any], None]


class KindUnknown(Damaged):
    """The ledger holds a kind of entry that this version of Onrecord does not know."""

    next_step = "Install the newest version of Onrecord. Nothing is drawn until then, and nothing is lost."


def nothing(canvas: Canvas, index: int, entry: Entry) -> None:
    """Draw no row: the entry says all there is to say (padding, a look), or it stays under its own key (names)."""


DRAWERS: dict[type[Entry], Drawer] = {
    ActOpened: cases.act_opened,
    AllowanceWithdrawn: law.allowance_withdrawn,
    BundleMade: cases.bundle_made,
    CaseAssessed: law.case_assessed,
    CaseOpened: cases.case_opened,
    ClaimCoded: claims.claim_coded,
    ClaimWithdrawn: claims.claim_withdrawn,
    ConsentConfirmed: replies.consent_confirmed,
    DocketOpened: nothing,
    Erased: docket.erased,
    ErasureAsked: replies.erasure_asked,
    EventOpened: cases.event_opened,
    HoldLifted: replies.hold_lifted,
    HoldingNoted: law.holding_noted,
    IdentityRead: nothing,
    InvolvementAdded: cases.involvement_added,
    LetterAcknowledged: replies.letter_acknowledged,
    LetterOpened: letters.letter_opened,
    LetterQuarantined: letters.letter_quarantined,
    LetterReceived: letters.letter_received,
    MatrixPrinted: law.matrix_printed,
    MemberAdded: docket.member_added,
    OriginGraded: sources.origin_graded,
    Padding: nothing,
    PassageMarked: exhibits.passage_marked,
    PatternOpened: cases.pattern_opened,
    PersonAdded: cases.person_added,
    PersonNamed: nothing,
    PlaceStatusOverridden: law.place_status_overridden,
    ProvisionSigned: law.provision_signed,
    ReplyWritten: replies.reply_written,
    RolesGiven: docket.roles_given,
    SignatureWithdrawn: law.signature_withdrawn,
    SourceCaptured: sources.source_captured,
    SourceDescribed: sources.source_described,
    SourcesRelated: sources.sources_related,
    SubmissionNoted: law.submission_noted,
    SubmissionOpened: law.submission_opened,
    UnsignedLawAllowed: law.unsigned_law_allowed,
}

KINDS = {kind.__name__: kind for kind in DRAWERS}


def read_entry(event: Event) -> Entry:
    """Return the entry that a signed event carries; raise KindUnknown or BodyUnreadable."""
    kind = KINDS.get(event.kind)
    if kind is None or not 1 <= event.v <= kind.VERSION:
        raise KindUnknown
    return kind.read(kind.lift(dict(event.body), event.v))


def draw(canvas: Canvas, index: int, entry: Entry) -> None:
    """Draw the rows of one entry."""
    DRAWERS[type(entry)](canvas, index, entry)
