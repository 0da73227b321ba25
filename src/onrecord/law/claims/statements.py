"""Say which facts a claim states, denies or completes, by the law data's own table (claims/mapping.py).

What only follows from a broader word names that word: a fact that somebody stated is never overruled by one that was
inferred, and who denies the word denies only what was drawn from it. What follows from the name of an act that was not
done, or not to its end, is told apart, whoever says so of the act; what a word says of the person holds all the same.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from onrecord.law.claims.mapping import ClaimMap
from onrecord.law.model import Statement
from onrecord.words.fields import CLOSED, UNKNOWN

CONTRADICTS = "contradicts"
ACT_STATUS, DONE = "act_status", ("completed", "ongoing")


class ValueOfClaim(Protocol):
    """One coded value: a field of the codebook or a fact, its value, and for a means whether it was only threatened."""

    @property
    def field(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def mode(self) -> str | None: ...  # noqa: D102


class Claim(Protocol):
    """What is read of a claim; the entry that coded it says which came later."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def entry(self) -> int: ...  # noqa: D102
    @property
    def act(self) -> str: ...  # noqa: D102
    @property
    def person(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def stance(self) -> str: ...  # noqa: D102
    @property
    def values(self) -> Sequence[ValueOfClaim]: ...  # noqa: D102


def acts_not_done(claims: Iterable[Claim], table: ClaimMap) -> frozenset[tuple[str, str]]:
    """Return acts, each with a person, of whom a claim states that the act was not done to them, or not to its end."""
    said = ((claim.act, claim.person, _how_far(claim)) for claim in claims if claim.act and _states(claim, table))
    return frozenset((act, person) for act, person, status in said if not status <= {*DONE, UNKNOWN})


def statements(claim: Claim, table: ClaimMap, not_done: Collection[tuple[str, str]]) -> Iterator[Statement]:
    """Yield what a claim says about facts; nothing for a kind of claim that is about none."""
    if claim.kind not in table.states | table.disputes:
        return
    denies = not _states(claim, table)
    # Who denies that it was done says no less by saying how far it went.
    is_done = denies or ((claim.act, claim.person) not in not_done and _how_far(claim) <= {*DONE})
    for value in claim.values:
        if value.field == CLOSED:
            if not denies:
                yield Statement(value.value, "", claim.id, claim.entry, closes=True)
            continue
        word = f"{value.field}={value.value}" if value.field in table.terms else ""
        for fact, stated in table.facts(value.field, value.value, value.mode or None):
            undone = bool(word) and not is_done and fact not in table.of_persons
            yield Statement(fact, stated, claim.id, claim.entry, denies, bool(word), word=word, undone=undone)


def _how_far(claim: Claim) -> set[str]:
    return {one.value for one in claim.values if one.field == ACT_STATUS}


def _states(claim: Claim, table: ClaimMap) -> bool:
    return claim.kind in table.states and claim.stance != CONTRADICTS
