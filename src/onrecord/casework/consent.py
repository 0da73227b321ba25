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

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from django.db.models import Q

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
    letters = letters_of_reporter(letter)
    may_give = {one.id for one in letters if not one.continues} | {one.id for one in may_widen(letters)}
    states: dict[str, str] = {}
    for _, answers in groupby(letters, key=_place):
        states |= _narrowest(_said(list(answers), states, may_give))
    for purpose in states:
        if states[purpose] == ASK_FIRST and _said_yes(letters, purpose):
            states[purpose] = GIVEN
    return states


def confirm_consent(docket: Docket, letter: str, purpose: str, *, said_in: str) -> None:
    """Record that a reporter who wants to be asked said yes in a later letter; raise NobodySaidYes."""
    letters = letters_of_reporter(letter)
    if said_in not in [one.id for one in may_widen(letters)] or consent_of(letter).get(purpose) != ASK_FIRST:
        raise NobodySaidYes
    record(docket, ConsentConfirmed(letter=letters[0].id, purpose=purpose, said_in=said_in))


def letters_of_reporter(letter: str) -> list[Letter]:
    """Return the opened letters of whoever wrote a letter, the first one first."""
    row = Letter.objects.filter(pk=letter).first()
    if row is None:
        return []
    first = row.continues or row.id
    chain = Letter.objects.filter(Q(pk=first) | Q(continues=first), state=Letter.State.OPENED)
    return sorted(chain, key=lambda one: (_place(one), one.entry))


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


def _said(letters: list[Letter], before: dict[str, str], may_give: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what letters of one place say, without what would widen where that is not theirs to do."""
    for letter in letters:
        for consent in Consent.objects.filter(letter=letter.id).order_by("id"):
            if letter.id in may_give or is_narrower(consent.state, before.get(consent.purpose, NOT_ASKED)):
                yield consent.purpose, consent.state


def _narrowest(said: Iterator[tuple[str, str]]) -> dict[str, str]:
    states: dict[str, str] = {}
    for purpose, state in said:
        if purpose not in states or is_narrower(state, states[purpose]):
            states[purpose] = state
    return states


def _width(state: str) -> int:
    return _WIDTH.index(state) if state in _WIDTH else len(_WIDTH)


def _said_yes(letters: list[Letter], purpose: str) -> bool:
    """Tell whether a yes to a purpose was recorded, and nothing has left for it with these letters since."""
    ids = {letter.id for letter in letters}
    yes = Confirmation.objects.filter(letter__in=ids, purpose=purpose).order_by("-entry").first()
    if yes is None:
        return False
    if _may_be_used_by_an_erased_case(yes.entry):
        return False
    bundles = BundleRecord.objects.filter(purpose=purpose, entry__gt=yes.entry)
    sheets = MatrixPrint.objects.filter(purpose=purpose, entry__gt=yes.entry)
    left_with = (*(bundle.counts for bundle in bundles), *(sheet.texts for sheet in sheets))
    return not any(ids.intersection(subjects) for subjects in left_with)


def _may_be_used_by_an_erased_case(yes: int) -> bool:
    """Tell whether something that was erased had an entry after a yes: that may have been a bundle or a print."""
    erased = Erasure.objects.filter(erased_kind__in=("case", "pattern")).values_list("id", flat=True)
    return LedgerRow.objects.filter(index__gt=yes, subject__in=list(erased)).exists()
