"""Lay out a case as one table: who did what to whom, every value one step from the words it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from onrecord.casework.corroboration.origins import Origins
from onrecord.casework.models import Person
from onrecord.casework.overview import ActShown, CaseShown, ClaimShown
from onrecord.desk.shown.categories import ACT, MEANS, PERSON, PLACE, TIME, letter_of_field
from onrecord.desk.shown.claims import passage_address
from onrecord.desk.shown.wording import field_name, mode_name, term, value_name


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in the table. Without an address its words were erased; `is_against` says that a passage denies it."""

    value: str
    field: str
    mode: str
    address: str
    is_against: bool


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act as a line: done to whom, what, by which means, by whom as alleged, when, where, on how many origins."""

    number: int
    act: ActShown
    done_to: str
    what: tuple[Cell, ...]
    means: tuple[Cell, ...]
    by: tuple[Cell, ...]
    degrees: tuple[str, ...]
    when: tuple[Cell, ...]
    where: tuple[Cell, ...]
    origins: int
    dots: tuple[bool, ...]


def act_rows(shown: CaseShown) -> list[ActRow]:
    """Return a case's acts as lines, in the order in which they were added."""
    names = person_names(shown.people)
    claims = shown.all_claims()
    origins = Origins(claims)
    most = origins.count(claims)
    return [_row(number, act, names, origins.count(act.claims), most) for number, act in enumerate(shown.acts, start=1)]


def person_names(people: Iterable[Person]) -> dict[str, str]:
    """Name people by kind and order, since their true names lie apart under another key: `Person 1`, `Group 2`."""
    counts: dict[str, int] = {}
    names = {}
    for person in people:
        counts[person.counting_unit] = counts.get(person.counting_unit, 0) + 1
        names[person.id] = f"{term('counting_unit', person.counting_unit)} {counts[person.counting_unit]}"
    return names


def _row(number: int, act: ActShown, names: dict[str, str], origins: int, most: int) -> ActRow:
    cells: dict[str, list[Cell]] = {ACT: [], MEANS: [], PERSON: [], PLACE: [], TIME: []}
    for claim in act.claims:
        if claim.withdrawn_because:
            continue
        for value in claim.values:
            column = letter_of_field(value.field)
            if column in cells and not (column == PERSON and value.field.startswith("victim")):
                cells[column].append(_cell(value.field, value.value, value.mode, claim))
    return ActRow(
        number=number,
        act=act,
        done_to=names.get(act.victim.id, "") if act.victim else gettext("erased"),
        what=tuple(cells[ACT]),
        means=tuple(cells[MEANS]),
        by=tuple(cells[PERSON]),
        degrees=tuple(
            f"{names.get(tie.perpetrator, gettext('erased'))}: {term('involvement_degree', tie.degree)}"
            for tie in act.involvements
        ),
        when=tuple(cells[TIME]),
        where=tuple(cells[PLACE]),
        origins=origins,
        dots=tuple(place < origins for place in range(max(most, 1))),
    )


def _cell(field: str, value: str, mode: str, claim: ClaimShown) -> Cell:
    return Cell(
        value=value_name(field, value),
        field=field_name(field),
        mode=mode_name(mode),
        address=passage_address(claim),
        is_against=claim.denies,
    )
