"""Put elements and provisions in an order in which each comes after what it rests on, and say who rests on whom."""

from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from onrecord.law.conditions import join_needs
from onrecord.law.model import Element, Needs, Provision
from onrecord.law.reading.wrong import LawGoesInCircles, wrong
from onrecord.words.strict_yaml import DataFile

Elements = Mapping[str, Element]
Provisions = Mapping[str, Provision]


def in_order(files: Mapping[str, DataFile], elements: Elements, provisions: Provisions) -> tuple[str, ...]:
    """Return every element and provision after those it reads; raise LawGoesInCircles with a line of the circle."""
    sorter = TopologicalSorter(_reads(elements, provisions))
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        # A provision rests on elements alone, so every circle has an element in it.
        name = next(name for name in error.args[1] if name in elements)
        raise wrong(LawGoesInCircles, files["elements.yaml"], ("elements", name), "this rests on itself") from error


def readers_of(elements: Elements, provisions: Provisions, order: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return for each element what rests on it, directly or through others, in order."""
    reads = _reads(elements, provisions)
    behind: dict[str, set[str]] = {}
    for name in order:
        behind[name] = set(reads[name]).union(*(behind[read] for read in reads[name]))
    return {element: tuple(name for name in order if element in behind[name]) for element in elements}


def facts_behind(element: Element, elements: Elements, provisions: Provisions) -> Element:
    """Return the element with every fact that its clauses read, also through other elements and provisions."""
    return replace(element, facts=_facts(element, elements, provisions))


def _reads(elements: Elements, provisions: Provisions) -> dict[str, tuple[str, ...]]:
    needs = {name: _needs(element) for name, element in elements.items()}
    reads = {name: (*need.elements, *need.provisions) for name, need in needs.items()}
    return reads | {name: provision.elements for name, provision in provisions.items()}


def _needs(element: Element) -> Needs:
    # Flags are raised when everything else is known, so they may rest on any element.
    return join_needs(
        clause.needs() for clause in (element.supported_if, element.contradicted_if) if clause is not None
    )


def _facts(element: Element, elements: Elements, provisions: Provisions) -> tuple[str, ...]:
    needs = _needs(element)
    others = [*needs.elements, *(name for provision in needs.provisions for name in provisions[provision].elements)]
    behind = [fact for name in others for fact in _facts(elements[name], elements, provisions)]
    return tuple(dict.fromkeys([*needs.facts, *behind]))
