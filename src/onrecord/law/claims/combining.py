"""Make one fact of all that claims say about it. Nobody's word is dropped: what cannot all be true is a conflict.

What can all be true is taken together: a narrower term with its broader one, a later stage with an earlier one, two
ranges as what both allow, the items of a list. A denial makes a conflict with what it denies; alone it states only what
it must (not yes is no). Of a list it disputes the items that it denies, and no other. What nobody states is not known,
and who denies it stands beside it. A list of which somebody does not know a value is not complete, whoever calls it so.

A danger is silenced by nothing. Beside what a status rests on it is judged on all that anybody says: what only follows
from a broader word, or from the name of an act that was not done, counts there beside what is stated.

What was so in several events is another matter: each may be right of its own event. Of all of them together a number or
a day lies between the least and the greatest, a list holds what was done in any of them and is complete where each is,
and what nobody denies of the event of which it is stated stands.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from onrecord.law.model import Fact, Means, Range, Statement, Value, is_unknown
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_facts

DONE_OR_NOT = {"both": {"threatened", "carried_out"}, "unknown": {"threatened", "carried_out"}}
OPPOSITE: dict[Value, Value] = {"yes": "no", "no": "yes"}
ONE_MODE = ("threatened", "carried_out")
IN_ORDER = ("number_or_range", "date_or_range")


class Hearing(Enum):
    """How claims are heard: weighed, as a status needs it, or all of them, so that no danger is lost."""

    WEIGHED = "weighed"
    ALL = "all"


def combine(
    name: str, statements: Sequence[Statement], stages: Sequence[Value] = (), hearing: Hearing = Hearing.WEIGHED
) -> Fact:
    """Return the fact of this name; weighed, an inferred value counts only where nothing was stated.

    `stages` are values that follow each other, the furthest first: who reached one went through others.
    """
    said = [one for one in _heard(statements, hearing) if not one.closes]
    asked = any(is_unknown(one.value) for one in said)
    known = [_plainly(one) for one in said if not is_unknown(one.value)]
    stated = [one for one in known if not one.denies]
    denied = [one.value for one in known if one.denies and not one.inferred]
    words = {one.word for one in known if one.denies and one.inferred}
    kind, closing = load_facts()[name], _closing(statements)

    def joined(some: Iterable[Statement]) -> tuple[Value, ...]:
        several = tuple(dict.fromkeys(one.value for one in some))
        return _in_modes(name, several, denied) if kind.is_list else _narrowed(name, several, stages)

    values = joined(stated)
    # Who denies a broader word denies what was drawn from it; the same may follow from another, or be stated.
    without = joined(one for one in stated if one.word not in words) if words else values
    hit = tuple(yes for yes in values if yes not in without or any(hits(name, no, yes) for no in denied))
    return Fact(
        values=values,
        evidence=tuple(dict.fromkeys(one.claim for one in (*said, *closing))),
        conflict=not kind.is_list and (bool(hit) or len(values) > 1),
        disputed=hit,
        asked=asked and not values,
        closed=kind.is_list and bool(closing) and not asked,
        said=(*known, *closing),
    )


def _heard(statements: Sequence[Statement], hearing: Hearing) -> list[Statement]:
    """Return what counts: weighed, nothing that follows from an act not done, or from a word where others state more.

    A denial of a word counts where others say that same word.
    """
    said = list(statements)
    if hearing == Hearing.WEIGHED:
        said = [one for one in said if not one.undone]
        if any(not (one.inferred or one.denies or one.closes or is_unknown(one.value)) for one in said):
            said = [one for one in said if not one.inferred]
    words = {one.word for one in said if not one.denies}
    return [one for one in said if not (one.denies and one.inferred) or one.word in words]


def over_events(name: str, of_each: Sequence[Fact], stages: Sequence[Value] = ()) -> Fact:
    """Return what was so in several events together, from the fact of this name in each of them."""
    kind = load_facts()[name]
    several = [one for one in of_each if kind.is_list or not one.is_missing] or of_each
    values = tuple(dict.fromkeys(value for one in several for value in one.values))
    disputed = tuple(dict.fromkeys(value for one in of_each for value in one.disputed))
    stands = {value for one in of_each for value in one.values if value not in one.disputed}
    is_disputed = any(one.conflict for one in of_each)
    if not kind.is_list and not is_disputed:
        values = _spanned(values) if kind.form in IN_ORDER else _narrowed(name, values, stages)
    return Fact(
        values=values,
        evidence=tuple(dict.fromkeys(item for one in of_each for item in one.evidence)),
        conflict=is_disputed or (not kind.is_list and len(values) > 1),
        disputed=tuple(value for value in disputed if value not in stands),
        asked=not values and any(one.asked for one in of_each),
        closed=all(one.closed for one in of_each),
        by_hand=not any(one.evidence for one in of_each) and any(one.by_hand for one in of_each),
        said=tuple(dict.fromkeys(said for one in of_each for said in one.said)),
    )


def hits(name: str, denied: Value, stated: Value) -> bool:
    """Tell whether a denial denies what is stated: it must be as broad, since the rest of it may still be so."""
    if load_facts()[name].form in IN_ORDER:
        return _overlap((denied, stated)) == stated
    if isinstance(denied, Means) and isinstance(stated, Means):
        modes = [DONE_OR_NOT.get(one.mode or "unknown", {one.mode}) for one in (denied, stated)]
        return modes[1] <= modes[0] and _covers(name, denied.term, stated.term)
    return denied == stated or _covers(name, denied, stated)


def _spanned(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return the range in which all of these lie; one with an open end leaves that end open."""
    known = [_ends(value) for value in values if not is_unknown(value)]
    if len(known) < 2:
        return tuple(values)
    lows, highs = zip(*known, strict=True)
    return (Range(None if None in lows else min(lows), None if None in highs else max(highs)),)


def _closing(statements: Sequence[Statement]) -> list[Statement]:
    """Return who says that the list is complete; a value that is coded later opens it again."""
    last = max((one.entry for one in statements if not one.closes and not one.denies), default=-1)
    return [one for one in statements if one.closes and one.entry >= last]


def _plainly(one: Statement) -> Statement:
    """Return who denies a yes as one who states a no, and the other way around."""
    # Who denies a broader word does not state the contrary of what follows from it.
    if not one.denies or one.inferred or load_facts()[one.fact].form != "yesno" or is_unknown(one.value):
        return one
    return replace(one, value=OPPOSITE[one.value], denies=False)


def _in_modes(name: str, stated: Sequence[Value], denied: Collection[Value]) -> tuple[Value, ...]:
    """Return the items of a list; a means that was threatened and done is two where somebody denies of one which."""
    several = (
        [Means(one.term, mode) for mode in ONE_MODE]
        if isinstance(one, Means) and one.mode == "both" and any(_is_half_denied(name, no, one) for no in denied)
        else [one]
        for one in stated
    )
    return tuple(dict.fromkeys(item for items in several for item in items))


def _is_half_denied(name: str, denied: Value, stated: Means) -> bool:
    return isinstance(denied, Means) and denied.mode in ONE_MODE and _covers(name, denied.term, stated.term)


def _narrowed(name: str, values: tuple[Value, ...], stages: Sequence[Value]) -> tuple[Value, ...]:
    """Return the one value that all of these allow, or all of them where there is none."""
    kind = load_facts()[name]
    furthest = next((stage for stage in stages if stage in values), None)
    values = tuple(value for value in values if value == furthest or value not in stages)
    if len(values) < 2:
        return values
    if kind.form in IN_ORDER:
        both = _overlap(values)
        return values if both is None else (both,)
    if kind.vocabulary is None:
        return values
    return tuple(one for one in values if not any(one != other and _covers(name, one, other) for other in values))


def _overlap(values: Iterable[Value]) -> Value | None:
    ends = [_ends(value) for value in values]
    # All of one fact are numbers, or all are days written so that their order is that of their letters.
    low: Any = max((low for low, _ in ends if low is not None), default=None)
    high: Any = min((high for _, high in ends if high is not None), default=None)
    if low is not None and high is not None and low > high:
        return None
    return low if low is not None and low == high else Range(low, high)


def _ends(value: Value) -> tuple[Any, Any]:
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def _covers(name: str, broader: Value, narrower: Value) -> bool:
    vocabulary = load_facts()[name].vocabulary
    return vocabulary is not None and load_codebook().covers(vocabulary, str(broader), str(narrower))
