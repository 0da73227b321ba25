"""Fill what nobody coded from the table of one conflict. What a coder stated always stands, whatever the table says.

Derived are: how a person stands to the parties by citizenship, whether the person's own state has an embassy with the
power, and what held at a place on a day. Where the table says "by hand", or a citizenship is not known, nothing is
derived. Where sources disagree on what it would rest on, they disagree on what is derived too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from onrecord.law.conditions import AtLeast
from onrecord.law.model import TRUE, Conflict, Derived, Fact, Seen, is_unknown
from onrecord.law.reading.conflict import BOND, NATIONALITY, REGION
from onrecord.words.fields import UNKNOWN, load_facts

RELATIONS, DATE = "victim.home_diplomatic_relations", "event.date"

# What a derived fact rests on: asked for when both are missing.
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    BOND: (NATIONALITY,),
    RELATIONS: (NATIONALITY,),
    "place.status": (REGION, DATE),
    "context.iac": (REGION, DATE),
}


def complete(facts: Mapping[str, Fact], conflict: Conflict) -> tuple[dict[str, Fact], dict[str, Derived]]:
    """Return the facts that are known, the derived ones among them, and why each of those was derived."""
    known = {name: _of_one_mind(name, fact) for name, fact in facts.items() if not fact.is_missing}
    derived: dict[str, Derived] = {}
    for name, value, basis in (*_of_citizenship(known, conflict), *_of_place(known, conflict)):
        if name in known and name not in derived:
            continue
        evidence = tuple(dict.fromkeys(item for base in RESTS_ON.get(name, ()) for item in _evidence(known, base)))
        derived[name] = Derived(value, basis, evidence)
        known[name] = Fact((value,), evidence, conflict=value == UNKNOWN)
    return known, derived


def _of_one_mind(name: str, fact: Fact) -> Fact:
    """Return the fact, in conflict when it takes one value and different ones are stated."""
    kind = load_facts().get(name)
    is_split = kind is not None and not kind.is_list and len(set(fact.values)) > 1
    return replace(fact, conflict=True) if is_split else fact


def _of_citizenship(known: Mapping[str, Fact], conflict: Conflict) -> Iterator[tuple[str, str, str]]:
    fact = known.get(NATIONALITY)
    if fact is None:
        return
    if fact.conflict:
        yield from ((name, UNKNOWN, "sources disagree about citizenship") for name in (BOND, RELATIONS))
        return
    held = {str(value) for value in fact.values if not is_unknown(value)}
    is_whole = len(held) == len(set(fact.values))
    bond = _bond(held, conflict, is_whole=is_whole)
    if bond:
        yield BOND, bond, "citizenship"
    of_own_states = {country in conflict.no_relations for country in held - {conflict.power}}
    if is_whole and len(of_own_states) == 1:
        yield RELATIONS, "no" if of_own_states.pop() else "yes", "citizenship"


def _bond(held: Iterable[str], conflict: Conflict, *, is_whole: bool) -> str:
    named = {country for _bond, countries in conflict.bonds for country in countries or ()}
    others = {country for country in held if country not in named and country not in conflict.by_hand}
    for index, (bond, countries) in enumerate(conflict.bonds):
        if bond == conflict.own_national and not (set(held) <= (countries or set()) and is_whole):
            continue
        # A citizenship that is not known might be one that comes first, so only the first bond is sure without it.
        if (others if countries is None else set(held) & countries) and (is_whole or index == 0):
            return bond
    return ""


def _of_place(known: Mapping[str, Fact], conflict: Conflict) -> Iterator[tuple[str, str, str]]:
    region, day = known.get(REGION), known.get(DATE)
    if region is None or day is None:
        return
    for line in conflict.situations:
        if region.conflict or day.conflict:
            yield from ((name, UNKNOWN, "sources disagree about place or date") for name in line.gives)
        elif region.values[0] == line.region and _since(line.since, known) == TRUE:
            yield from ((name, value, line.basis) for name, value in line.gives.items())


def _since(bound: str, known: Mapping[str, Fact]) -> int:
    return AtLeast(DATE, bound).value(Seen(known, {}, {}))


def _evidence(known: Mapping[str, Fact], name: str) -> tuple[str, ...]:
    return known[name].evidence if name in known else ()
