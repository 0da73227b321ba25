"""List what to find out: for each unknown element, its check and those of the facts that could decide it.

First stands what would move most provisions. That is worked out, not guessed: the element is taken as supported and
then as contradicted, all that rests on it is worked out again, and what changed is counted.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from onrecord.law.model import FALSE, OPEN, TRUE, Gap, Law, Seen
from onrecord.law.working import judge


def find_gaps(
    law: Law, seen: Seen, still_open: Mapping[str, frozenset[str]], asked: frozenset[str], *, may_ask: bool
) -> tuple[Gap, ...]:
    """Return what to find out, each thing once, first what would move most provisions, then by id."""
    gaps: dict[str, Gap] = {}
    for name, element in law.elements.items():
        if seen.elements[name] != OPEN:
            continue
        moved = would_move(law, seen, name)
        was_asked = bool(still_open[name] & asked)
        _add(law, gaps, Gap(name, element.check, element.ask if may_ask and not was_asked else None, moved))
        for fact in sorted(still_open[name]):
            rule = law.facts[fact]
            _add(law, gaps, Gap(name, rule.check, rule.ask if may_ask and fact not in asked else None, moved, fact))
    return tuple(sorted(gaps.values(), key=lambda gap: (-len(gap.provisions), gap.element, gap.fact or "")))


def would_move(law: Law, seen: Seen, element: str) -> tuple[str, ...]:
    """Return the provisions whose status would be another one if this element were known."""
    readers = law.readers[element]
    if not any(name in law.elements for name in readers):
        # Nothing but provisions rests on it, and what other elements contradict stays so whatever this one is.
        readers = tuple(name for name in readers if seen.provisions[name] == OPEN)
    moved = set()
    for truth in (TRUE, FALSE):
        trial = Seen(seen.facts, {**seen.elements, element: truth}, dict(seen.provisions))
        judge(law, trial, readers)
        moved |= {name for name in readers if trial.provisions.get(name) != seen.provisions.get(name)}
    return _in_order(law, moved)


def _in_order(law: Law, names: Collection[str]) -> tuple[str, ...]:
    return tuple([name for name in law.provisions if name in names]) if names else ()


def _add(law: Law, gaps: dict[str, Gap], gap: Gap) -> None:
    """Add a gap, or join it with another that asks for the same thing in the same words."""
    other = gaps.setdefault(gap.check, gap)
    if other is not gap:
        gaps[gap.check] = replace(
            other,
            ask=other.ask or gap.ask,
            provisions=_in_order(law, {*other.provisions, *gap.provisions}),
            fact=other.fact or gap.fact,
        )
