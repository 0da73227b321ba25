"""Say which facts a claim states, denies or completes, by the law data's own table (law/claims/mapping.py).

What only follows from a broader word is told apart, so that a fact that somebody stated is never overruled by one that
was inferred; and nothing follows from the name of an act that was not done, or not to its end.
"""

from collections.abc import Iterator

from onrecord.casework.overview import ClaimShown
from onrecord.law.claims.mapping import ClaimMap
from onrecord.law.model import Statement
from onrecord.words.fields import CLOSED

CONTRADICTS = "contradicts"
ACT_STATUS, DONE = "act_status", ("completed", "ongoing")


def statements(claim: ClaimShown, by: ClaimMap) -> Iterator[Statement]:
    """Yield what a claim says about facts; nothing for a kind of claim that is about none."""
    if claim.kind not in by.states | by.disputes:
        return
    denies = claim.kind in by.disputes or claim.stance == CONTRADICTS
    may_infer = not denies and all(one.field != ACT_STATUS or one.value in DONE for one in claim.values)
    for value in claim.values:
        if value.field == CLOSED:
            if not denies:
                yield Statement(value.value, "", claim.id, claim.entry, closes=True)
            continue
        inferred = value.field in by.terms
        for fact, said in by.facts(value.field, value.value, value.mode or None):
            if may_infer or not inferred:
                yield Statement(fact, said, claim.id, claim.entry, denies, inferred)
