"""Say element by element what differs between two moments: how each was marked before, and how after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.marks import ASKED, UNKNOWN, Mark, mark_of_element
from onrecord.desk.shown.law.matrix import in_groups
from onrecord.law.model import Assessment, Law

Marks = Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class Step:
    """One element that moved; None where the law data of that moment does not have it."""

    name: str
    question: str
    address: str  # empty where today's law data does not have it
    before: Mark | None
    after: Mark | None


def marks_of(assessment: Assessment) -> Marks:
    """Return how each element of an assessment is marked."""
    return {name: mark_of_element(status) for name, status in assessment.elements.items()}


def without_asked(marks: Marks) -> Marks:
    """Return the same marks without what was asked in vain, to hold them beside some that do not tell it."""
    return {name: UNKNOWN if mark == ASKED else mark for name, mark in marks.items()}


def steps(law: Law, before: Marks, after: Marks, addresses: Addresses) -> Iterator[Step]:
    """Yield the elements that are marked otherwise after than before, in the order of the rows."""
    for name in every_element(law, before, after):
        if before.get(name) != after.get(name):
            element = law.elements.get(name)
            question = element.question if element else ""
            address = addresses.with_element(name) if element else ""
            yield Step(element_name(law, name), question, address, before.get(name), after.get(name))


def element_name(law: Law, element: str) -> str:
    """Return the few words for an element; its identifier where the law data does not have it any more."""
    return law.elements[element].short if element in law.elements else element.replace("_", " ")


def every_element(law: Law, *all_marks: Marks) -> tuple[str, ...]:
    """Return every element that is marked somewhere, in the order of the rows; those that are no more come last."""
    marked = dict.fromkeys(name for marks in all_marks for name in marks)
    known = [name for _, elements in in_groups(law) for name in elements if name in marked]
    return tuple(dict.fromkeys([*known, *marked]))
