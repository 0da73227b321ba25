"""Every worked scenario comes out as its author says: statuses, flags and risks."""

from pathlib import Path

import pytest

from invented_law import SCENARIOS, facts_of, scenarios
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from onrecord.law.model import Assessment

EVERY = sorted(scenarios())


def differences(scenario: str, path: Path) -> list[tuple[str, ...]]:
    assessment = assess(facts_of(scenario, path), load_law())
    told = scenarios(path)[scenario]
    risks = {risk.id for risk in assessment.risks}
    found = [("risk missing", name) for name in told.get("expect_risks", []) if name not in risks]
    found += [("risk too many", name) for name in told.get("expect_no_risks", []) if name in risks]
    for provision, expected in told["expect"].items():
        found += _differences(assessment, provision, expected)
    return found


def _differences(assessment: Assessment, provision: str, expected: dict[str, dict[str, str]]) -> list[tuple[str, ...]]:
    status = assessment.provisions[provision]
    found: list[tuple[str, ...]] = []
    if status.status != expected["rollup"]:
        found.append((provision, status.status, expected["rollup"]))
    for element, wanted in expected.get("elements", {}).items():
        if assessment.elements[element].status != wanted:
            found.append((provision, element, assessment.elements[element].status, wanted))
    found += [(provision, "flag missing", flag) for flag in expected.get("flags", []) if flag not in status.flags]
    found += [(provision, "flag too many", flag) for flag in expected.get("no_flags", []) if flag in status.flags]
    return found


@pytest.mark.parametrize("scenario", EVERY)
def test_a_scenario_comes_out_as_its_author_says(scenario: str) -> None:
    assert differences(scenario, SCENARIOS) == []


def test_the_scenarios_as_they_were_handed_over_come_out_too_and_say_the_same(shared: Path) -> None:
    handed_over = shared / "law" / "scenarios.yaml"

    assert scenarios(handed_over) == scenarios()
    assert {name: found for name in EVERY if (found := differences(name, handed_over))} == {}


def test_the_law_has_the_elements_and_provisions_that_were_handed_over() -> None:
    law = load_law()

    assert (len(law.elements), len(law.provisions)) == (72, 37)
