"""Fill what nobody coded from the table of one conflict. What a coder stated always stands, whatever the table says.

Derived are: which citizenship of the power stood on the day, how a person stands to the parties by citizenship, whether
the person's own state has an embassy with the power, and what held at a place on a day. A citizenship of the power that
was taken after the event did not stand; one whose day nobody knows is taken to have stood. One that was imposed makes
no bond: what the person was before is not known. Where the table says "by hand", or a citizenship is not known, nothing
is derived. Where sources disagree on what it would rest on, each side gives its own: what every side gives alike is
derived like anything else, and what only some give is disputed too. Who denies what alone is stated is such a side: it
gives nothing. Who denies what the table gives disputes it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from onrecord.law.claims.combining import hits
from onrecord.law.conditions import AtLeast, ends
from onrecord.law.model import FALSE, OPEN, TRUE, Conflict, Derived, Fact, Range, Seen, Truth, is_unknown
from onrecord.law.reading.conflict import ACQUIRED, BOND, DATE, NATIONALITY, ON_DAY, REGION, RELATIONS, SINCE
from onrecord.words.fields import UNKNOWN

# Facts with one side taken of every dispute; one of which a side says nothing is not there.
Side = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Given:
    """What a table gives for one fact, and why."""

    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the table: which facts it may give, from which known ones, and how."""

    gives: tuple[str, ...]
    rests_on: tuple[str, ...]
    read: Callable[[Side, Conflict], dict[str, Given]]
    disagreement: str


def complete(facts: Mapping[str, Fact], conflict: Conflict) -> tuple[dict[str, Fact], dict[str, Derived]]:
    """Return the facts that are known, the derived ones among them, and why each of those was derived."""
    known = {name: fact for name, fact in facts.items() if not fact.is_missing}
    derived = {name: _as_given(name, fact, conflict) for name, fact in known.items() if fact.table_basis}
    for reading in _readings(known, conflict):
        for name, fact, why in _drawn(reading, known, conflict):
            # Who says by hand that it is not known overrules the table too.
            if name not in known and not (name in facts and facts[name].by_hand):
                known[name], derived[name] = _beside_denials(name, fact, why, facts.get(name, Fact()))
    return known, derived


def _as_given(name: str, fact: Fact, conflict: Conflict) -> Derived:
    """Return why a fact holds that the table gave of each of several events."""
    value = UNKNOWN if fact.conflict else str(fact.values[0])
    return Derived(value, fact.table_basis, conflict.rests_on.get(name, ()), fact.evidence)


def _beside_denials(name: str, given: Fact, why: Derived, coded: Fact) -> tuple[Fact, Derived]:
    """Return what the table gives with whoever denies something of the fact, disputed where that is what they deny."""
    denials = tuple(one for one in coded.said if one.denies)
    fact = replace(given, evidence=tuple(dict.fromkeys((*given.evidence, *coded.denied_by))), said=denials)
    if not any(hits(name, one.value, value) for one in denials for value in given.values):
        return fact, why
    fact = replace(fact, conflict=True, disputed=given.values)
    return fact, replace(why, value=UNKNOWN, basis=f"{why.basis}; a claim denies it")


def _readings(known: Mapping[str, Fact], conflict: Conflict) -> Iterator[Reading]:
    """Return the ways that are open: nothing is read from a fact that nobody knows."""
    by_hand = _of(known, ON_DAY)
    dates = _of(known, SINCE, DATE) if SINCE in known else ()
    disagree = "sources disagree about citizenship"
    acquired = (*_of(known, ACQUIRED), *dates)
    if acquired:
        yield Reading((ON_DAY,), acquired, _of_power, f"{disagree} or a date")
    if NATIONALITY in known:
        sides = (frozenset(side.values) for side in known[NATIONALITY].sides)
        # Beside another citizenship that of the power makes no bond, however and whenever it was acquired.
        is_alone = any(conflict.power in side and side <= {conflict.power, UNKNOWN} for side in sides)
        yield Reading((BOND,), (NATIONALITY, *((by_hand or acquired) if is_alone else ())), _bond, disagree)
        yield Reading((RELATIONS,), (NATIONALITY,), _relations, disagree)
    if REGION in known and DATE in known:
        names = tuple(dict.fromkeys(name for line in conflict.situations for name in line.gives))
        yield Reading(names, (REGION, DATE), _of_place, "sources disagree about place or date")


def _of(known: Mapping[str, Fact], *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name in known)


def _drawn(reading: Reading, known: Side, conflict: Conflict) -> Iterator[tuple[str, Fact, Derived]]:
    bases = [known[name] for name in reading.rests_on]
    evidence = tuple(dict.fromkeys(item for base in bases for item in base.evidence))
    sides = (_side(reading.rests_on, side) for side in product(*map(_sides, bases)))
    several = [reading.read(one, conflict) for side in sides for one in _consistent(side, conflict)]
    for name in reading.gives:
        given = [one[name] for one in several if name in one]
        values = tuple(dict.fromkeys(one.value for one in given))
        if values and (len(values) > 1 or len(given) < len(several)):
            why = Derived(UNKNOWN, reading.disagreement, reading.rests_on, evidence)
            yield name, Fact(values, evidence, conflict=True), why
        elif values:
            yield name, Fact(values, evidence), Derived(given[0].value, given[0].basis, reading.rests_on, evidence)


def _sides(base: Fact) -> tuple[Fact | None, ...]:
    """Return what a base may be; where each value is denied, or a lone one is disputed, perhaps nothing."""
    known = [value for value in base.values if not is_unknown(value)]
    may_be_none = base.conflict and (len(known) < 2 or set(known) <= set(base.disputed))
    return (*base.sides, None) if may_be_none else base.sides


def _side(names: Iterable[str], values: Iterable[Fact | None]) -> Side:
    return {name: fact for name, fact in zip(names, values, strict=True) if fact is not None}


def _consistent(side: Side, conflict: Conflict) -> Iterator[Side]:
    """Return a side; where its word "not held" and its day since when disagree, one side for each of the two."""
    is_not_held = ACQUIRED in side and side[ACQUIRED].values[0] == conflict.before_acquisition
    if is_not_held and SINCE in side and _stood(side) == TRUE:
        for left_out in (SINCE, ACQUIRED):
            yield {name: fact for name, fact in side.items() if name != left_out}
    else:
        yield side


def _of_power(side: Side, conflict: Conflict) -> dict[str, Given]:
    """Return how the citizenship of the power that stood on the day had been acquired."""
    before = conflict.before_acquisition
    stated = str(side[ACQUIRED].values[0]) if ACQUIRED in side else None
    stood = _stood(side)
    if stood == FALSE:
        return {ON_DAY: Given(before, f"taken {_when(side)}, after the event")}
    # One that makes no bond makes none before its day either, so the day need not be known.
    if stated is None or (stood == OPEN and stated not in {before, *conflict.no_bond_if}):
        return {}
    is_dated = SINCE in side and stated != before and stood == TRUE
    return {ON_DAY: Given(stated, f"taken {_when(side)}, not after the event" if is_dated else "as stated")}


def _bond(side: Side, conflict: Conflict) -> dict[str, Given]:
    """Return the bond by citizenship; that of the power makes none unless it stood on the day and was not imposed."""
    held, all_known = _citizenships(side)
    bond = next(_bonds(held, conflict, all_known=all_known), None)
    if bond is None or (bond == conflict.own_national and not _makes_bond(side, conflict)):
        return {}
    return {BOND: Given(bond, "citizenship")}


def _makes_bond(side: Side, conflict: Conflict) -> bool:
    how = [str(side[name].values[0]) for name in (ON_DAY, ACQUIRED) if name in side]
    return conflict.no_bond_if.isdisjoint(how) and _stood(side) == TRUE


def _relations(side: Side, conflict: Conflict) -> dict[str, Given]:
    held, all_known = _citizenships(side)
    has_embassy = {country not in conflict.no_relations for country in held - {conflict.power}}
    if not all_known or len(has_embassy) != 1:
        return {}
    return {RELATIONS: Given("yes" if has_embassy.pop() else "no", "citizenship")}


def _citizenships(side: Side) -> tuple[frozenset[str], bool]:
    """Return the citizenships that are known, and whether they all are."""
    if NATIONALITY not in side:
        return frozenset(), False
    values = side[NATIONALITY].values
    return frozenset(str(value) for value in values if not is_unknown(value)), not any(map(is_unknown, values))


def _stood(side: Side) -> Truth:
    """Return whether a citizenship of the power had been taken by the day, which counts; TRUE where no day is known."""
    if SINCE not in side:
        return TRUE
    earliest, latest = ends(side[SINCE].values[0])
    first, last = ends(side[DATE].values[0]) if DATE in side else (None, None)
    # All are ISO days, whose order is that of their letters.
    if earliest is not None and last is not None and earliest > last:  # type: ignore[operator]
        return FALSE
    return TRUE if latest is not None and first is not None and latest <= first else OPEN  # type: ignore[operator]


def _when(side: Side) -> str:
    since = side[SINCE].values[0]
    if not isinstance(since, Range):
        return f"on {since}"
    if since.low is None or since.high is None:
        return f"on {since.low} or later" if since.high is None else f"on {since.high} or earlier"
    return f"between {since.low} and {since.high}"


def _bonds(held: frozenset[str], conflict: Conflict, *, all_known: bool) -> Iterator[str]:
    """Return each bond that a citizenship makes, in the order of the table: the first one counts."""
    named = frozenset[str]().union(*(countries for _bond, countries in conflict.bonds if countries is not None))
    of_any_other = held - named - conflict.by_hand
    for place, (bond, countries) in enumerate(conflict.bonds):
        makes_it = bool(of_any_other if countries is None else held & countries)
        holds_another_too = countries is not None and not (held <= countries and all_known)
        # A citizenship that is not known might make a bond that comes first, so only the first is sure without it.
        one_before_is_possible = place > 0 and not all_known
        is_ruled_out = bond == conflict.own_national and holds_another_too
        if makes_it and not one_before_is_possible and not is_ruled_out:
            yield bond


def _of_place(side: Side, conflict: Conflict) -> dict[str, Given]:
    """Return what held at a place on a day: of the lines that had begun, the last one that speaks of a fact counts."""
    given: dict[str, Given] = {}
    if REGION not in side or DATE not in side:
        return given
    for line in conflict.situations:
        if side[REGION].values[0] == line.region and _has_begun(line.since, side[DATE]):
            given |= {name: Given(value, line.basis) for name, value in line.gives.items()}
    return given


def _has_begun(since: str, day: Fact) -> bool:
    return AtLeast(DATE, since).value(Seen({DATE: day}, {}, {})) == TRUE
