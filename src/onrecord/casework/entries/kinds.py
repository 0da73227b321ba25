"""Every kind of entry by its name: what is not listed here stops a redraw."""

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
from onrecord.casework.entries.docket import DocketOpened, Erased, MemberAdded, Padding
from onrecord.casework.entries.exhibits import PassageMarked
from onrecord.casework.entries.form import Entry
from onrecord.casework.entries.letters import LetterOpened, LetterQuarantined, LetterReceived
from onrecord.casework.entries.people import PersonNamed
from onrecord.casework.entries.sources import SourceCaptured, SourceDescribed, SourcesRelated
from onrecord.errors import Damaged
from onrecord.ledger.entry import Event

KINDS: dict[str, type[Entry]] = {
    kind.__name__: kind
    for kind in (
        ActOpened,
        BundleMade,
        CaseOpened,
        ClaimCoded,
        ClaimWithdrawn,
        DocketOpened,
        Erased,
        EventOpened,
        InvolvementAdded,
        LetterOpened,
        LetterQuarantined,
        LetterReceived,
        MemberAdded,
        Padding,
        PassageMarked,
        PatternOpened,
        PersonAdded,
        PersonNamed,
        SourceCaptured,
        SourceDescribed,
        SourcesRelated,
    )
}


# What a service may say: that a letter came. Everything else is said by a member, who answers for it.
SERVICE_KINDS = frozenset({LetterReceived.__name__})


class KindUnknown(Damaged):
    """The ledger holds a kind of entry that this version of Onrecord does not know."""

    next_step = "Install the newest version of Onrecord. Nothing is drawn until then, and nothing is lost."


def read_entry(event: Event) -> Entry:
    """Return the entry that a signed event carries; raise KindUnknown or BodyUnreadable."""
    kind = KINDS.get(event.kind)
    if kind is None or event.v != kind.VERSION:
        raise KindUnknown
    return kind.read(dict(event.body))
