"""Another conflict is another data file: the same law and the same code, read with another table."""

import re

import pytest

from invented_law import facts
from law_core import VECTORS
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from onrecord.law.model import Assessment, Fact, Law, Status

MADE_TO_SERVE = {
    "victim__power_citizenship": "none",
    "victim__status": "civilian",
    "hands__of": "power",
    "actor__kind": "armed_forces",
    "recruit__force": "armed_forces",
    "recruit__stage": "signed",
    "service__prevented_from_leaving": "yes",
    "deception__means": ("false_pay",),
}


@pytest.fixture(scope="module")
def invented() -> Law:
    return load_law(VECTORS / "invented" / "conflict.yaml")


def assessed(law: Law, citizenship: str, day: str) -> Assessment:
    return assess(
        facts(victim__nationality=(citizenship,), place__region="other", event__date=day, **MADE_TO_SERVE), law
    )


def test_the_invented_conflict_reaches_its_own_people_and_the_other_table_does_not(invented: Law) -> None:
    in_its_own = assessed(invented, "XB", "2000-01-01")
    in_the_other = assessed(load_law(), "XB", "2000-01-01")

    assert in_its_own.provisions["gc4-51-1a"].status == Status.SUPPORTED
    assert in_its_own.derived["victim.bond"].value == "enemy_national"
    assert in_the_other.provisions["gc4-51-1a"].status == Status.UNKNOWN


def test_a_later_line_of_a_table_stands_for_later_days(invented: Law) -> None:
    before, after = (assessed(invented, "XB", day).derived for day in ("2002-12-31", "2003-01-01"))

    assert (before["place.status"].value, after["place.status"].value) == ("occupied", "held_by_territorial_state")
    assert after["place.status"].basis == "an invented withdrawal"


@pytest.mark.parametrize(
    ("citizenship", "bond"),
    [("XA", "own_national"), ("XC", "cobelligerent_national"), ("XE", "neutral_national"), ("XD", None)],
)
def test_a_citizenship_is_read_as_the_table_says(invented: Law, citizenship: str, bond: str | None) -> None:
    derived = assess(facts(victim__nationality=(citizenship,)), invented).derived

    assert (derived["victim.bond"].value if bond else derived.get("victim.bond")) == bond


def test_what_a_coder_stated_stands_whatever_the_table_says(invented: Law) -> None:
    stated = facts(victim__nationality=("XB",), victim__bond=Fact(("stateless",), ("E1",)))

    assessment = assess(stated, invented)

    assert "victim.bond" not in assessment.derived
    assert assessment.elements["national_of_hostile_party"].status == Status.CONTRADICTED


def test_no_question_names_a_state_but_in_what_a_states_own_law_needs(invented: Law) -> None:
    own = {"Criminal Code of Ukraine, 2001"}
    titles = invented.files["instruments.yaml"].values["instruments"]
    by_law: dict[bool, set[str]] = {True: set(), False: set()}
    for provision in invented.provisions.values():
        by_law[titles[provision.text["instrument"]]["title"] in own].update(provision.elements)
    asked = [one for name, one in invented.elements.items() if name not in by_law[True] - by_law[False]]

    words = [" ".join((one.short, one.question, one.check, one.notes)) for one in asked]

    assert len(asked) > 60
    assert [one for one in words if re.search("Ukrain|Russia|Crimea|Donbas|Donetsk|Luhansk", one)] == []


def test_two_conflicts_have_two_hashes(invented: Law) -> None:
    assert invented.sha256 != load_law().sha256
    assert invented.version == load_law().version
