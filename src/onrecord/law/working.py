"""Work out elements and provisions in an order in which each comes after what it rests on."""

from collections.abc import Iterable

from onrecord.law.model import FALSE, OPEN, TRUE, Element, Law, Seen, Truth


def judge(law: Law, seen: Seen, names: Iterable[str]) -> frozenset[str]:
    """Work out these elements and provisions into `seen`; return the elements whose facts point both ways."""
    both_ways = set()
    for name in names:
        element = law.elements.get(name)
        if element is None:
            seen.provisions[name] = roll_up(law.provisions[name].groups, seen)
            continue
        supports, contradicts = _clauses(element, seen)
        seen.elements[name] = _status(supports, contradicts)
        if supports == TRUE and contradicts == TRUE:
            both_ways.add(name)
    return frozenset(both_ways)


def worst_case(law: Law, seen: Seen) -> Seen:
    """Work out all as dangers need it: a disputed fact counts as the side that says yes most, in `turned` least."""
    if not any(fact.is_disputed for fact in seen.facts.values()):
        return seen
    most, least = Seen(seen.facts, {}, {}, disputed_as=TRUE), Seen(seen.facts, {}, {}, disputed_as=FALSE)
    most.turned, least.turned = least, most
    for name in law.order:
        for side in (most, least):
            judge(law, side, (name,))
    return most


def roll_up(groups: Iterable[tuple[str, ...]], seen: Seen) -> Truth:
    """Return the least value of the groups; of each group its greatest member counts."""
    least = TRUE
    # Written out: this runs some thousand times for one assessment, since gaps try out what each answer would move.
    elements = seen.elements
    for group in groups:
        greatest = elements[group[0]] if len(group) == 1 else max([elements[element] for element in group])
        if greatest == FALSE:
            return FALSE
        if greatest < least:
            least = greatest
    return least


def _clauses(element: Element, seen: Seen) -> tuple[Truth, Truth]:
    """Return what supports and what contradicts an element; a clause that is not there is not known."""
    supports = element.supported_if.value(seen) if element.supported_if is not None else OPEN
    contradicts = element.contradicted_if.value(seen.turned) if element.contradicted_if is not None else OPEN
    return supports, contradicts


def _status(supports: Truth, contradicts: Truth) -> Truth:
    if supports == TRUE:
        return OPEN if contradicts == TRUE else TRUE
    return FALSE if contradicts == TRUE else OPEN
