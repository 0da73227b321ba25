"""The one docket that this process serves, and what is unlocked in it. Set once when serving begins."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest

from onrecord.casework.docket import Docket
from onrecord.casework.models import Member
from onrecord.desk.patience import Patience
from onrecord.desk.unlocked import Unlocked
from onrecord.store.sqlcipher.keys import DatabaseLocked

NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Collecting:
    """How letters and boxes are carried: when that last ran, up to which entry, and what stopped it, if anything."""

    last_ran_at: str = ""
    boxes_put_up_to: int = -1  # all boxes are compared when the desk starts, then the new ones
    boxes_compared_at: datetime = NEVER  # and all again after an hour: one that was put back is put right
    failure: str = ""
    failure_id: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A docket being served: in the operator's hands, with the members' keys that are unlocked now."""

    docket: Docket
    unlocked: Unlocked
    patience: Patience = field(default_factory=Patience)
    collecting: Collecting = field(default_factory=Collecting)


class DeskRequest(HttpRequest):
    """A request of a member who is signed in: the docket lies in that member's own hands."""

    docket: Docket
    member: Member


_served: list[Served] = []


def begin(docket: Docket) -> Served:
    """Make a docket the one that this process serves."""
    _served[:] = [Served(docket, Unlocked(docket.settings.idle_minutes))]
    return _served[0]


def served() -> Served:
    """Return what this process serves; raise DatabaseLocked if nothing was unlocked."""
    if not _served:
        raise DatabaseLocked
    return _served[0]
