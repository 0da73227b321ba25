"""What a reporter allows now: the newest word on each purpose, over all the letters of one reporter.

A later letter narrows or withdraws what an earlier one allowed. One that a receipt typed at the door let in (tier
C) may only narrow, because the door could have written it: a new yes in it opens nothing.
"""

from django.db.models import Q

from onrecord.casework.models import Consent, Letter

GIVEN = "given"
SEALED_ON_ARRIVAL = "C"


def consent_of(letter: str) -> dict[str, str]:
    """Return the state of every purpose that a letter's reporter has spoken about, in whichever letter."""
    states: dict[str, str] = {}
    for one in letters_of_reporter(letter):
        may_only_narrow = one.counter > 0 and one.tier == SEALED_ON_ARRIVAL
        for consent in Consent.objects.filter(letter=one.id):
            if not (may_only_narrow and consent.state == GIVEN):
                states[consent.purpose] = consent.state
    return states


def letters_of_reporter(letter: str) -> list[Letter]:
    """Return the opened letters of whoever wrote a letter, the first one first."""
    row = Letter.objects.filter(pk=letter).first()
    if row is None:
        return []
    first = row.continues or row.id
    chain = Letter.objects.filter(Q(pk=first) | Q(continues=first), state=Letter.State.OPENED)
    return list(chain.order_by("counter", "entry"))
