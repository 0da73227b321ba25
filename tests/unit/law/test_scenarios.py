"""Every worked scenario and every probe comes out as its author says: statuses, flags, risks, origins, questions."""

from pathlib import Path

import pytest

from invented_law import SCENARIOS, scenarios
from law_core import PROBES, Evaluator, differences


@pytest.mark.parametrize("scenario", sorted(scenarios()))
def test_a_scenario_comes_out_as_its_author_says(scenario: str, by: Evaluator) -> None:
    assert differences(by, path=SCENARIOS, only=scenario) == []


@pytest.mark.parametrize("probe", list(scenarios(PROBES)))
def test_a_rule_of_the_logic_holds(probe: str, by: Evaluator) -> None:
    assert differences(by, path=PROBES, only=probe) == []


def test_the_scenarios_as_they_were_handed_over_come_out_too_and_say_the_same(shared: Path, by: Evaluator) -> None:
    handed_over = shared / "law" / "scenarios.yaml"

    assert scenarios(handed_over).items() <= scenarios().items()
    assert differences(by, path=handed_over) == []


def test_the_law_has_the_elements_and_provisions_that_were_handed_over(by: Evaluator) -> None:
    assert (len(by.law.elements), len(by.law.provisions)) == (72, 37)
