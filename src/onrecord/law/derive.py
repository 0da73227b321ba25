"""Fill what nobody coded from the table of one conflict. What a coder stated always stands, whatever the table says.

Derived are: how a person stands to the parties by citizenship, whether the person's own state has an embassy with the
power, and what held at a place on a day. Where the table says "by hand", or a citizenship is not known, nothing is
derived. Where sources disagree on what it would rest on, they disagree on what is derived too: each side gives its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.law.conditions import AtLeast
from onrecord.law.model import TRUE, Conflict, Derived, Fact, Seen, is_unknown
from onrecord.law.reading.conflict import BOND, DATE, NATIONALITY, REGION, RELATIONS
from onrecord.words.fields import UNKNOWN


@dataclass(frozen=True, slots=True)
class Given:
    """What a table gives for one fact: one value, or in a dispute what each side would make of it."""

    values: tuple[str, ...]
    basis: str
    conflict: bool = False


def complete(facts: Mapping[str, Fact], conflict: Conflict) -> tuple[dict[str, Fact], dict[str, Derived]]:
    """Return the facts that are known, the derived ones among them, and why each of those was derived."""
    known = {name: fact for name, fact in facts.items() if not fact.is_missing}
    given = {**_of_citizenship(known, conflict), **_of_place(known, conflict)}
    derived: dict[str, Derived] = {}
    for name, one in given.items():
        if name in known:
            continue
        bases = [known[base] for base in conflict.rests_on[name] if base in known]
        evidence = tuple(dict.fromkeys(item for base in bases for item in base.evidence))
        derived[name] = Derived(UNKNOWN if one.conflict else one.values[0], one.basis, evidence)
        known[name] = Fact(one.values, evidence, conflict=one.conflict)
    return known, derived


def _of_citizenship(known: Mapping[str, Fact], conflict: Conflict) -> dict[str, Given]:
    fact = known.get(NATIONALITY)
    if fact is None:
        return {}
    if fact.conflict:
        sides = [_by_citizenship(side, conflict) for side in fact.sides]
        return {name: _disputed(name, sides, "sources disagree about citizenship") for name in (BOND, RELATIONS)}
    return {name: Given((value,), "citizenship") for name, value in _by_citizenship(fact, conflict).items()}


def _by_citizenship(fact: Fact, conflict: Conflict) -> dict[str, str]:
    held = frozenset(str(value) for value in fact.values if not is_unknown(value))
    all_known = not any(map(is_unknown, fact.values))
    given = {}
    bond = next(_bonds(held, conflict, all_known=all_known), None)
    if bond is not None:
        given[BOND] = bond
    has_embassy = {country not in conflict.no_relations for country in held - {conflict.power}}
    if all_known and len(has_embassy) == 1:
        given[RELATIONS] = "yes" if has_embassy.pop() else "no"
    return given


def _bonds(held: frozenset[str], conflict: Conflict, *, all_known: bool) -> Iterator[str]:
    """Return each bond that a citizenship makes, in the order of the table: the first one counts."""
    named = frozenset[str]().union(*(countries for _bond, countries in conflict.bonds if countries is not None))
    of_any_other = held - named - conflict.by_hand.keys()
    for place, (bond, countries) in enumerate(conflict.bonds):
        makes_it = bool(of_any_other if countries is None else held & countries)
        holds_another_too = countries is not None and not (held <= countries and all_known)
        # A citizenship that is not known might make a bond that comes first, so only the first is sure without it.
        one_before_is_possible = place > 0 and not all_known
        is_ruled_out = bond == conflict.own_national and holds_another_too
        if makes_it and not one_before_is_possible and not is_ruled_out:
            yield bond


def _of_place(known: Mapping[str, Fact], conflict: Conflict) -> dict[str, Given]:
    region, day = known.get(REGION), known.get(DATE)
    if region is None or day is None:
        return {}
    if region.conflict or day.conflict:
        where, when = (fact.sides if fact.conflict else (fact,) for fact in (region, day))
        sides = [{name: one.values[0] for name, one in _held(r, d, conflict).items()} for r in where for d in when]
        names = dict.fromkeys(name for line in conflict.situations for name in line.gives)
        return {name: _disputed(name, sides, "sources disagree about place or date") for name in names}
    return _held(region, day, conflict)


def _held(region: Fact, day: Fact, conflict: Conflict) -> dict[str, Given]:
    """Return what held at a place on a day: of the lines that had begun, the last one that speaks of a fact counts."""
    given: dict[str, Given] = {}
    for line in conflict.situations:
        if region.values[0] == line.region and _has_begun(line.since, day):
            given |= {name: Given((value,), line.basis) for name, value in line.gives.items()}
    return given


def _has_begun(since: str, day: Fact) -> bool:
    return AtLeast(DATE, since).value(Seen({DATE: day}, {}, {})) == TRUE


def _disputed(name: str, sides: list[dict[str, str]], basis: str) -> Given:
    return Given(tuple(dict.fromkeys(side[name] for side in sides if name in side)), basis, conflict=True)
