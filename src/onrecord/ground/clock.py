"""Tell the time, as something that is passed in and never reached for.

All times are UTC, whole seconds, written `2026-11-22T19:10:24Z`. What may be seen by a stranger is levelled to the day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from onrecord.errors import Damaged


class NotATime(Damaged):
    """This record holds a time that cannot be read."""


class Clock(Protocol):
    """Whatever can say what time it is."""

    def now(self) -> datetime:
        """Return the present moment in UTC, whole seconds."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)


@dataclass
class StillClock:
    """A clock that stands where it was put; for tests and for reproducible builds."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment at which this clock stands."""
        return self.moment


def utc_text(moment: datetime) -> str:
    """Write a moment as `2026-11-22T19:10:24Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_utc(text: str) -> datetime:
    """Read `2026-11-22T19:10:24Z`; raise NotATime for anything else."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise NotATime from None
    return moment


def day_of(moment: datetime) -> date:
    """Return the UTC day of a moment: the finest time that may be shown to a stranger."""
    return moment.astimezone(UTC).date()
