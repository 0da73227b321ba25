"""Keep what members say about the things that a submission needs: there, not there, or not to be had and why.

A thing lies in an exhibit, letter or source, whose own consent decides who may see it; or a member says in words where
it is, and for which purposes the person agreed, who said so and when. What one person agreed to is theirs alone. The
newest word counts, one about the person before any about the whole case; the others stay.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import HoldingNoted
from onrecord.casework.holds import check_not_held
from onrecord.casework.law.about import check_about
from onrecord.casework.models import Exhibit, Holding, Letter, Source
from onrecord.casework.record.append import record
from onrecord.casework.texts import typed
from onrecord.errors import BadInput, NotThere
from onrecord.ground.dates import is_to_come, parse_edtf
from onrecord.ground.ids import new_id
from onrecord.law.forums import load_things
from onrecord.words.codebook import load_codebook

HELD, NOT_HELD, CANNOT_BE_HAD = "held", "not_held", "cannot_be_had"
STATES = (HELD, NOT_HELD, CANNOT_BE_HAD)


class NoSuchThing(NotThere):
    """The law data knows no thing of this name that a submission could need."""

    next_step = "Name one of those that it knows."

    def __init__(self) -> None:
        super().__init__()
        self.hint = ", ".join(load_things())


class HoldingWrong(BadInput):
    """What was said about this thing does not fit together. Nothing was recorded."""

    field: ClassVar[str] = "state"


class StateUnknown(HoldingWrong):
    """A thing is there, is not there, or cannot be had: one of these was not said."""

    next_step = "Say which: held, not_held or cannot_be_had."


class SaidOfAnotherState(HoldingWrong):
    """What was written belongs to another answer: only what is there lies somewhere, only what is not has a reason."""

    next_step = "Choose the answer that fits what was written, or empty what belongs to another."


class HeldNowhere(HoldingWrong):
    """What is there lies somewhere, and nobody said where."""

    field = "where"
    next_step = "Name the exhibit, letter or source, or say in a sentence where it is kept."


class HoldingNeedsReason(HoldingWrong):
    """That a thing cannot be had needs a reason, and none was given."""

    field = "reason"
    next_step = "Say in a sentence why it cannot be had: the reason may stand in its place."


class NoSuchItem(HoldingWrong):
    """There is no exhibit, letter or source of this identifier."""

    field = "item"
    next_step = "Look for it in the list; it may have been erased."


class AgreedTwice(HoldingWrong):
    """Who may see an exhibit, letter or source is said by its own consent, and here it was said a second time."""

    field = "purposes"
    next_step = "Untick what was agreed, or say in words where the thing is and name no exhibit."


class PurposeUnknown(HoldingWrong):
    """The codebook has no such purpose of consent."""

    field = "purposes"
    next_step = "Name purposes of consent, such as share_un; docs/CODEBOOK.md lists them."


class NobodyAgreed(HoldingWrong):
    """That the person agreed was said by somebody, on a day, and one of these is missing."""

    field = "agreed_by"
    next_step = "Say who said so and when, or leave out for what it may be shared: then it is not shared."


class AgreedInTheFuture(HoldingWrong):
    """Nobody agreed to anything on a day that has not come yet. Nothing was recorded."""

    field = "agreed_on"
    next_step = "Give the day on which they agreed, once they have."


class AgreedForEverybody(HoldingWrong):
    """An agreement is one person's own, and here it was said of everybody in the case. Nothing was recorded."""

    field = "of"
    next_step = "Say of which person this is so (`--person ID`), once for each who agreed, or leave the agreement out."


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says about a thing: its state, where it is or why it cannot be had, and who may see it."""

    thing: str
    state: str
    item: str = ""
    where: str = ""
    reason: str = ""
    purposes: tuple[str, ...] = ()
    agreed_by: str = ""
    agreed_on: str = ""  # EDTF

    def checked(self) -> "Said":
        """Return it as it is recorded; raise NoSuchThing, NotADate or what of HoldingWrong it is."""
        said = replace(
            self,
            item=self.item.strip(),
            where=typed(self.where),
            reason=typed(self.reason),
            agreed_by=typed(self.agreed_by),
            agreed_on=self.agreed_on.strip(),
        )
        if said.thing not in load_things():
            raise NoSuchThing
        said._check_state()
        said._check_agreement()
        return said

    def _check_state(self) -> None:
        if self.state not in STATES:
            raise StateUnknown
        if self.reason if self.state == HELD else self.item or self.where:
            raise SaidOfAnotherState
        if self.state == NOT_HELD and self.purposes:
            raise SaidOfAnotherState
        if self.state == HELD and not (self.item or self.where):
            raise HeldNowhere
        if self.state == CANNOT_BE_HAD and not self.reason:
            raise HoldingNeedsReason
        if self.item and origin_of(self.item) is None:
            raise NoSuchItem

    def _check_agreement(self) -> None:
        if self.item and self.purposes:
            raise AgreedTwice
        if not set(self.purposes) <= set(load_codebook().vocabulary("consent_purpose").terms):
            raise PurposeUnknown
        if self.purposes and not (self.agreed_by and self.agreed_on):
            raise NobodyAgreed
        if self.agreed_on:
            parse_edtf(self.agreed_on)


def note_holding(docket: Docket, case: str, said: Said, *, person: str = "", seen: int | None = None) -> str:
    """Record what a member says about a thing, of one person or of the whole case.

    Raises NoSuchCase, NoSuchPersonHere, NoSuchThing, HoldingWrong, NotADate, LetterOnHold or StaleRecord.
    """
    check_about(case, person)
    known = said.checked()
    _check_has_come(known.agreed_on, docket)
    if not person and (known.purposes or known.agreed_by or known.agreed_on):
        raise AgreedForEverybody
    if known.item:
        check_not_held(origin_of(known.item) or "")
    values = {name: getattr(known, name) for name in Said.__slots__}
    entry = HoldingNoted(case=case, holding=new_id(), person=person, **values)
    record(docket, entry, seen=seen)
    return entry.holding


def _check_has_come(agreed_on: str, docket: Docket) -> None:
    first = parse_edtf(agreed_on).earliest if agreed_on else None
    if first is not None and is_to_come(first, docket.clock):
        raise AgreedInTheFuture


def holdings(case: str, person: str = "") -> list[Holding]:
    """Return what was said about the things of a case, the oldest first; of one person and the whole case if named."""
    rows = Holding.objects.filter(case=case).order_by("entry")
    return list(rows.filter(person__in=("", person)) if person else rows)


def newest(rows: Sequence[Holding]) -> dict[str, Holding]:
    """Return the word that counts for each thing: the newest about a person, else the newest about the whole case."""
    return {row.thing: row for row in sorted(rows, key=lambda row: bool(row.person))}


def origin_of(item: str) -> str | None:
    """Return the letter or source in which an exhibit, letter or source lies; None if it is not there."""
    return origins_of([item]).get(item)


def origins_of(items: Collection[str]) -> dict[str, str]:
    """Return in which letter or source each of some exhibits, letters and sources lies; what is not there has none."""
    places = dict(Exhibit.objects.filter(pk__in=items).values_list("id", "origin"))
    for table in (Letter, Source):
        places |= {item: item for item in table.objects.filter(pk__in=items).values_list("id", flat=True)}
    return places
