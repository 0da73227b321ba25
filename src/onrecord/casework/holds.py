"""Stop all use of what a reporter asks to erase, from the moment the request is opened until a member has decided.

A request holds at once, whoever made it: the reporter, or somebody at a door who had their words (tier C). It stops
coding, grading and bundles of every letter of that reporter. A member then erases the letters, or lifts the hold with
a reason that stays on record.
"""

from collections.abc import Collection

from onrecord.casework.consent import first_letters
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import HoldLifted
from onrecord.casework.models import Hold
from onrecord.casework.record.append import record
from onrecord.casework.record.erase import erase
from onrecord.casework.texts import typed
from onrecord.errors import BadInput, NotThere, Refused
from onrecord.ground.ids import SubjectId

ASKED = "asked_by_the_person"


class LetterOnHold(Refused):
    """Its reporter asks to erase this letter, and no member has decided yet: nothing of it is used until then."""

    next_step = "On the letter's page, erase it, or lift the hold and say why."


class NoSuchHold(NotThere):
    """No request to erase is open here."""

    next_step = "Look at the letter's page: it may have been decided, or erased."


class HoldNeedsReason(BadInput):
    """A hold is lifted with a reason, and none was given."""

    next_step = "Say in a sentence why the request to erase does not stand."


def first_letter(letter: str) -> str:
    """Return the letter with which a reporter's letters begin."""
    return first_letters([letter]).get(letter, letter)


def open_holds(letter: str) -> list[Hold]:
    """Return the requests to erase a reporter's letters that no member has decided."""
    return list(Hold.objects.filter(letter=first_letter(letter), lifted_because="").order_by("entry"))


def on_hold(letters: Collection[str]) -> set[str]:
    """Return which of some letters their reporters ask to erase, while no member has decided."""
    firsts = first_letters(letters)
    held = set(Hold.objects.filter(letter__in=firsts.values(), lifted_because="").values_list("letter", flat=True))
    return {letter for letter, first in firsts.items() if first in held}


def check_not_held(letter: str) -> None:
    """Raise LetterOnHold if a letter's reporter asks to erase it. What is no letter is never held."""
    if open_holds(letter):
        raise LetterOnHold


def lift_hold(docket: Docket, said_in: str, reason: str) -> None:
    """Lift a hold and say why; raise NoSuchHold or HoldNeedsReason."""
    hold = _open_hold(said_in)
    if not typed(reason):
        raise HoldNeedsReason
    record(docket, HoldLifted(letter=hold.letter, said_in=said_in, reason=typed(reason)))


def erase_as_asked(docket: Docket, said_in: str) -> None:
    """Erase every letter of the reporter who asks for it: the later ones go with the first; raise NoSuchHold."""
    erase(docket, SubjectId(_open_hold(said_in).letter), ASKED)


def _open_hold(said_in: str) -> Hold:
    hold = Hold.objects.filter(pk=said_in, lifted_because="").first()
    if hold is None:
        raise NoSuchHold
    return hold
