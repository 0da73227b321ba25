"""What a reporter allows now: the newest word on each purpose, over all the letters of one reporter.

A later letter gives, narrows or withdraws what an earlier one said. Once a receipt was typed at the door (any letter of
tier C, the first one too), later letters may only narrow, because the door could have written them, whatever tier they
name: a new yes opens nothing. So it is too where the first letter is gone. Where two later letters answer the same box,
nobody knows which came last, and the narrower word counts.

Whoever wants to be asked each time has given nothing yet. A yes to one purpose, said in a later letter and recorded by
a member, holds until a bundle or a print for that purpose was made, and then has to be asked for again.

What was made of a case that is erased cannot be read any more. So a yes counts as used, too, where a case or pattern
that had an entry after it was erased.

LIMIT: a yes counts as used once any bundle or print for its purpose rests on an entry of that reporter; which rows of
those tables were removed by somebody who holds the database key is found by the audit, not here.
LIMIT: a tier is what the letter says of itself. A door that took a receipt, let no letter of tier C through and writes
"A" in one of its own is believed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.db.models import Max, Q

from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import ConsentConfirmed
from onrecord.casework.models import BundleRecord, Confirmation, Consent, Erasure, LedgerRow, Letter, MatrixPrint
from onrecord.casework.record.append import record
from onrecord.errors import Refused

GIVEN, ASK_FIRST, NOT_ASKED = "given", "ask_first", "not_asked"
SEALED_ON_ARRIVAL = "C"
# From wide to narrow; a word not known here is narrower than all of them.
_WIDTH: Final = (GIVEN, ASK_FIRST, NOT_ASKED)


class NobodySaidYes(Refused):
    """No later letter of this reporter could have said yes to this, so there is nothing to record."""

    next_step = (
        "Ask the reporter. Once one of their letters came through the door's form (tier C), later ones only narrow."
    )


def consent_of(letter: str) -> dict[str, str]:
    """Return the state of every purpose that a letter's reporter has spoken about, in whichever letter."""
    return consents_of([letter])[letter]


def consents_of(letters: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the same for each of some letters; the tables are asked as often as for one."""
    of_reporter = letters_of_reporters(letters)
    ids = {one.id for chain in of_reporter.values() for one in chain}
    said = defaultdict[str, list[Consent]](list)
    for consent in Consent.objects.filter(letter__in=ids).order_by("id"):
        said[consent.letter].append(consent)
    confirmed = _Confirmed.read(ids)
    return {letter: _states(chain, said, confirmed) for letter, chain in of_reporter.items()}


def confirm_consent(docket: Docket, letter: str, purpose: str, *, said_in: str) -> None:
    """Record that a reporter who wants to be asked said yes in a later letter; raise NobodySaidYes."""
    letters = letters_of_reporter(letter)
    if said_in not in [one.id for one in may_widen(letters)] or consent_of(letter).get(purpose) != ASK_FIRST:
        raise NobodySaidYes
    record(docket, ConsentConfirmed(letter=letters[0].id, purpose=purpose, said_in=said_in))


def letters_of_reporter(letter: str) -> list[Letter]:
    """Return the opened letters of whoever wrote a letter, the first one first."""
    return letters_of_reporters([letter])[letter]


def letters_of_reporters(letters: Collection[str]) -> dict[str, list[Letter]]:
    """Return the same for each of some letters; the tables are asked as often as for one."""
    firsts = first_letters(letters)
    of_these = Q(pk__in=firsts.values()) | Q(continues__in=firsts.values())
    opened = Letter.objects.filter(of_these, state=Letter.State.OPENED).order_by("entry")
    chains = defaultdict[str, list[Letter]](list)
    for one in sorted(opened, key=_place):
        chains[one.continues or one.id].append(one)
    return {letter: chains[firsts[letter]] if letter in firsts else [] for letter in letters}


def first_letters(letters: Collection[str]) -> dict[str, str]:
    """Return of each of some letters, if it is there, the one with which its reporter's letters begin."""
    rows = Letter.objects.filter(pk__in=letters).values_list("id", "continues")
    return {letter: continues or letter for letter, continues in rows}


def may_widen(letters: list[Letter]) -> list[Letter]:
    """Return which of a reporter's letters may allow more than earlier ones: none that a door could have written."""
    if not letters or letters[0].continues or any(one.tier == SEALED_ON_ARRIVAL for one in letters):
        return []
    return letters[1:]


def is_narrower(state: str, than: str) -> bool:
    """Tell whether an answer allows less than another; a word not known here allows least."""
    return _width(state) > _width(than)


def _place(letter: Letter) -> tuple[bool, int]:
    return bool(letter.continues), letter.counter


def _states(letters: list[Letter], said: Mapping[str, list[Consent]], confirmed: "_Confirmed") -> dict[str, str]:
    may_give = {one.id for one in letters if not one.continues} | {one.id for one in may_widen(letters)}
    states: dict[str, str] = {}
    for _, answers in groupby(letters, key=_place):
        of_one_place = (consent for letter in answers for consent in said.get(letter.id, ()))
        states |= _narrowest(_counting(of_one_place, states, may_give))
    for purpose, state in states.items():
        if state == ASK_FIRST and confirmed.holds({letter.id for letter in letters}, purpose):
            states[purpose] = GIVEN
    return states


def _counting(said: Iterable[Consent], before: Mapping[str, str], may_give: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what letters of one place say, without what would widen where that is not theirs to do."""
    for one in said:
        if one.letter in may_give or is_narrower(one.state, before.get(one.purpose, NOT_ASKED)):
            yield one.purpose, one.state


def _narrowest(said: Iterator[tuple[str, str]]) -> dict[str, str]:
    states: dict[str, str] = {}
    for purpose, state in said:
        if purpose not in states or is_narrower(state, states[purpose]):
            states[purpose] = state
    return states


def _width(state: str) -> int:
    return _WIDTH.index(state) if state in _WIDTH else len(_WIDTH)


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """The yeses that members recorded, what has left since, and the last entry of a case or pattern that was erased."""

    yeses: Sequence[Confirmation]  # the oldest first
    left: Sequence[tuple[str, int, frozenset[str]]]  # for which purpose, with which entry, what was among it
    erased_until: int

    @classmethod
    def read(cls, letters: set[str]) -> "_Confirmed":
        yeses = list(Confirmation.objects.filter(letter__in=letters).order_by("entry"))
        if not yeses:
            return cls((), (), -1)
        since = {"purpose__in": {yes.purpose for yes in yeses}, "entry__gt": yeses[0].entry}
        bundles = BundleRecord.objects.filter(**since).values_list("purpose", "entry", "counts")
        sheets = MatrixPrint.objects.filter(**since).values_list("purpose", "entry", "texts")
        left = [(purpose, entry, frozenset(things)) for purpose, entry, things in (*bundles, *sheets)]
        erased = Erasure.objects.filter(erased_kind__in=("case", "pattern")).values_list("id", flat=True)
        last = LedgerRow.objects.filter(subject__in=list(erased)).aggregate(last=Max("index"))["last"]
        return cls(yeses, left, -1 if last is None else last)

    def holds(self, letters: set[str], purpose: str) -> bool:
        """Tell whether a yes to a purpose was recorded, and nothing has left for it with these letters since.

        What was erased and had an entry after the yes may have been a bundle or a print.
        """
        recorded = [yes.entry for yes in self.yeses if yes.letter in letters and yes.purpose == purpose]
        if not recorded or self.erased_until > recorded[-1]:
            return False
        return not any(
            for_ == purpose and entry > recorded[-1] and letters & things for for_, entry, things in self.left
        )
