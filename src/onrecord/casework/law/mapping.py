"""Say which facts a claim states, denies or completes, by the law data's own table (law/claims/mapping.py).

What only follows from a broader word is told apart, so that a fact that somebody stated is never overruled by one that
was inferred; and nothing follows from the name of an act that was not done, or not to its end, whoever says so of it.
Who denies the broader word denies what follows from it only where others state that same word: an act that was no
conscription may still have been something else.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from onrecord.casework.overview import ClaimShown
from onrecord.law.claims.mapping import ClaimMap
from onrecord.law.model import Statement
from onrecord.words.fields import CLOSED

CONTRADICTS = "contradicts"
ACT_STATUS, DONE = "act_status", ("completed", "ongoing")


@dataclass(frozen=True, slots=True)
class Said:
    """What some claims together say of broader words: which are stated, and which acts were not done."""

    words: Collection[tuple[str, str]]
    not_done: Collection[str]

    @classmethod
    def by(cls, claims: Iterable[ClaimShown], table: ClaimMap) -> "Said":
        """Read it from the claims that state."""
        values = [(claim.act, one) for claim in claims if _states(claim, table) for one in claim.values]
        return cls(
            words=frozenset((one.field, one.value) for _, one in values if one.field in table.terms),
            not_done=frozenset(act for act, one in values if act and one.field == ACT_STATUS and one.value not in DONE),
        )


def statements(claim: ClaimShown, table: ClaimMap, said: Said) -> Iterator[Statement]:
    """Yield what a claim says about facts, among others; nothing for a kind of claim that is about none."""
    if claim.kind not in table.states | table.disputes:
        return
    denies = not _states(claim, table)
    may_infer = claim.act not in said.not_done and all(
        one.field != ACT_STATUS or one.value in DONE for one in claim.values
    )
    for value in claim.values:
        if value.field == CLOSED:
            if not denies:
                yield Statement(value.value, "", claim.id, claim.entry, closes=True)
            continue
        inferred = value.field in table.terms
        if inferred and not (may_infer and (not denies or (value.field, value.value) in said.words)):
            continue
        for fact, stated in table.facts(value.field, value.value, value.mode or None):
            yield Statement(fact, stated, claim.id, claim.entry, denies, inferred)


def _states(claim: ClaimShown, table: ClaimMap) -> bool:
    return claim.kind in table.states and claim.stance != CONTRADICTS
