"""Whether one value speaks for an element or against it is read from the conditions of the law data."""

import pytest

from onrecord.desk.shown.law.directions import Direction, Way, direction
from onrecord.law.load import load_law
from onrecord.law.model import Fact, Means, Seen, Value

LAW = load_law()
UNKNOWN_SO_FAR = dict.fromkeys(LAW.elements, 1), dict.fromkeys(LAW.provisions, 1)


def way(element: str, name: str, value: Value, *, closed: bool = False, **others: Value) -> Way:
    fact = Fact((value,), closed=closed)
    known = {key.replace("__", "."): Fact((one,)) for key, one in others.items()} | {name: fact}
    return direction(LAW, LAW.elements[element], name, fact, Seen(known, *map(dict, UNKNOWN_SO_FAR)))


@pytest.mark.parametrize(
    "element, name, value, expected",
    [
        ("in_occupied", "place.status", "occupied", Direction.FOR),
        ("in_occupied", "place.status", "third_state", Direction.AGAINST),
        ("in_occupied", "place.status", "contested_front", Direction.BEARS),
        ("compelled", "coercion.means", Means("violence", "carried_out"), Direction.FOR),
        ("compelled", "consent.account", "voluntary_claimed", Direction.AGAINST),
        ("under_18", "victim.age", 17, Direction.FOR),
        ("under_18", "victim.age", 31, Direction.AGAINST),
        ("protected_gc4", "victim.status", "civilian", Direction.FOR),
        ("protected_gc4", "victim.status", "prisoner_of_war", Direction.AGAINST),
        ("ownership_powers", "slavery.indicators", "unpaid", Direction.FOR),
        ("treaty_violation_ua", "recruit.stage", "signed", Direction.FOR),
    ],
)
def test_a_value_speaks_for_what_its_condition_supports(
    element: str, name: str, value: Value, expected: Direction
) -> None:
    assert way(element, name, value).direction == expected


def test_a_branch_that_other_facts_have_closed_does_not_decide() -> None:
    in_occupied = way("protected_gc4", "victim.bond", "neutral_national", place__status="occupied")
    at_home = way(
        "protected_gc4",
        "victim.bond",
        "neutral_national",
        place__status="territory_of_power",
        victim__power_citizenship="none",
        victim__home_diplomatic_relations="yes",
    )

    assert (in_occupied.direction, at_home.direction) == (Direction.FOR, Direction.AGAINST)


def test_a_value_that_a_rule_asks_for_together_with_others_is_told_apart_while_these_are_missing() -> None:
    deceived = way("compelled", "deception.means", "false_pay")
    and_kept = way("compelled", "deception.means", "false_pay", service__prevented_from_leaving="yes")

    assert deceived == Way(Direction.FOR, is_part=True)
    assert and_kept == Way(Direction.FOR, is_part=False)


def test_a_complete_list_without_any_pressure_speaks_against_coercion() -> None:
    intoxication = Means("intoxication", "carried_out")

    in_open_list = way("moral_or_physical_coercion", "coercion.means", intoxication)
    in_complete_list = way("moral_or_physical_coercion", "coercion.means", intoxication, closed=True)

    assert (in_open_list.direction, in_complete_list.direction) == (Direction.BEARS, Direction.AGAINST)
