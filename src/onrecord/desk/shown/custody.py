"""Show the ledger's entries as lines: number, what was done, by whom, when. Never a word that an entry holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from onrecord.casework.docket import Docket
from onrecord.casework.models import LedgerRow
from onrecord.casework.record.reading import Opener
from onrecord.desk.shown.wording import entry_kind
from onrecord.ground.ids import ActorId
from onrecord.seal.keyring import KeyNotHeld, principals


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `is_open` is false where its subject was erased or this member does not hold the key."""

    index: int
    what: str
    who: str
    at: str
    is_open: bool


def custody_lines(docket: Docket, rows: Iterable[LedgerRow]) -> list[Line]:
    """Return rows of the ledger as lines; what cannot be opened keeps its place and says why."""
    opener = Opener(docket)
    names = {principal.id: principal.name for principal in principals(docket.folder / "keys")}
    lines = []
    for row in rows:
        what, is_open = _what(opener, row)
        lines.append(Line(row.index, what, names.get(ActorId(row.actor), ""), row.at, is_open))
    return lines


def _what(opener: Opener, row: LedgerRow) -> tuple[str, bool]:
    if row.is_keyset:
        return gettext("Set of keys published"), True
    try:
        opened = opener.open(row)
    except KeyNotHeld:
        return gettext("Sealed to keys that you do not hold"), False
    if opened is None:
        return gettext("Erased: the entry stood here, and nobody can read it"), False
    return entry_kind(opened.event.kind), True
