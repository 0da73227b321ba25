"""Say whether something may be published at all: not while a danger in the law data forbids it.

One rule for whatever leaves, a printed sheet or a bundle, and for every basis: whoever agreed to publish need not have
known of the danger. It is judged on all that is on file about the people told of, not only on what would leave.

LIMIT: who is told of is known from claims alone. On whom nothing is coded yet, nobody sees a danger.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from onrecord.casework.law.facts import read_case
from onrecord.casework.models import Case, Claim
from onrecord.errors import Refused
from onrecord.law.assess import risks_of
from onrecord.law.model import NO_PUBLICATION, Facts, Law

# Consents whose recipient is everybody: what tells of single people is no mere figure.
PUBLISHES = frozenset({"public_statistics", "publish_facts", "publish_identity"})


class NotToBePublished(Refused):
    """Somebody told of may be in danger where it is known who they are or where, so nothing about them is published."""

    next_step = (
        "Choose a recipient who publishes nothing. "
        "The danger that forbids it stands at the head of the case's page and of `onrecord law assess CASE`."
    )


def check_may_be_published(purpose: str, about: Iterable[Facts], law: Law) -> None:
    """Raise NotToBePublished if a purpose publishes and a danger to somebody, by the facts about each, forbids it."""
    if purpose in PUBLISHES and any(NO_PUBLICATION in risk.effect for risk in risks_of(about, law)):
        raise NotToBePublished


def everybody_told_of(holder: str, exhibits: Collection[str], law: Law) -> Iterator[Facts]:
    """Yield all that is on file about each person of a case, and of every other case of which these exhibits speak."""
    spoken_of = Claim.objects.filter(exhibit__in=exhibits, withdrawn_because="").values_list("holder", flat=True)
    for case in Case.objects.filter(pk__in={holder, *spoken_of}).order_by("entry"):
        read = read_case(case.id, law)
        yield from chain.from_iterable(read.in_danger(person) for person in read.told_of)
