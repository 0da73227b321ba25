"""What the conflict's table gives is no surer than what it is read from."""

from typing import Any

import pytest

from invented_law import facts
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from onrecord.law.model import Evidence, Fact, Facts, Range, Statement, Status

LAW = load_law()
DENIED = "D1"


def denied(name: str, value: str) -> Fact:
    """Return a fact that one item of evidence states and another denies."""
    said = (Statement(name, value, "E1", 1), Statement(name, value, DENIED, 2, denies=True))
    return Fact((value,), ("E1", DENIED), conflict=True, said=said)


@pytest.mark.parametrize(("name", "value"), [("place.region", "crimea"), ("event.date", "2019-05-01")])
def test_a_place_or_day_that_is_denied_makes_what_held_there_disputed(name: str, value: str) -> None:
    stated = facts(place__region="crimea", event__date="2019-05-01").facts
    evidence = {one: Evidence(one, one, None) for one in ("E1", DENIED)}

    assessment = assess(Facts({**stated, name: denied(name, value)}, evidence), LAW)

    occupied = assessment.elements["in_occupied"]
    assert (occupied.status, occupied.flags) == (Status.UNKNOWN, ("conflicting_evidence",))
    assert [used.against for used in occupied.facts] == [(DENIED,)]


@pytest.mark.parametrize("acquired", ["by_choice", "imposed"])
def test_an_acquisition_that_is_denied_leaves_protection_open(acquired: str) -> None:
    stated = facts(
        victim__nationality=("UA",), victim__status="civilian", place__status="occupied", hands__of="power"
    ).facts

    assessment = assess(
        Facts({**stated, "victim.power_citizenship": denied("victim.power_citizenship", acquired)}), LAW
    )

    protected = assessment.elements["protected_gc4"]
    assert (protected.status, protected.flags) == (Status.UNKNOWN, ("conflicting_evidence",))


def test_two_sources_that_name_other_days_lead_to_the_same_where_each_does() -> None:
    days = Fact(("2019-05-01", "2020-05-01"), conflict=True)

    assessment = assess(facts(place__region="crimea", event__date=days), LAW)

    assert assessment.elements["in_occupied"].status == Status.SUPPORTED


def test_days_of_which_each_is_denied_lead_to_nothing_sure() -> None:
    days = ("2019-05-01", "2020-05-01")

    one, both = (
        assess(facts(place__region="crimea", event__date=Fact(days, conflict=True, disputed=denied)), LAW)
        for denied in (days[:1], days)
    )

    assert one.elements["in_occupied"].status == Status.SUPPORTED
    assert both.elements["in_occupied"].status == Status.UNKNOWN
    assert both.elements["in_occupied"].flags == ("conflicting_evidence",)


def test_the_day_of_a_citizenship_that_makes_no_bond_need_not_be_known() -> None:
    without_day: dict[str, Any] = {
        "victim__nationality": ("UA", "RU"),
        "victim__power_citizenship": "imposed",
        "victim__status": "civilian",
        "place__status": "occupied",
        "event__date": Range("2024-05-01", "2024-05-31"),
        "hands__of": "power",
    }

    on_either_side = assess(facts(**without_day, victim__power_citizenship_since="2024-05-10"), LAW)

    assert on_either_side.elements["protected_gc4"] == assess(facts(**without_day), LAW).elements["protected_gc4"]
    assert on_either_side.elements["protected_gc4"].status == Status.SUPPORTED
