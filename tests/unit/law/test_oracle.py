"""Two evaluators, written apart from one text, never disagree."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law_facts import any_facts
from law_oracle import WORDS, Oracle
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from onrecord.law.model import Facts, Status

SLOW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(any_facts())
def test_both_evaluators_give_every_element_the_same_status_and_flags(facts: Facts) -> None:
    assessment, oracle = assess(facts, load_law()), Oracle(facts)

    assert {name: one.status for name, one in assessment.elements.items()} == {
        name: WORDS[oracle.element(name)] for name in assessment.elements
    }
    assert {name: set(one.flags) for name, one in assessment.elements.items()} == {
        name: oracle.flags(name) for name in assessment.elements
    }


@SLOW
@given(any_facts())
def test_both_evaluators_roll_every_provision_up_alike_and_see_the_same_dangers(facts: Facts) -> None:
    assessment, oracle = assess(facts, load_law()), Oracle(facts)

    assert {name: one.status for name, one in assessment.provisions.items()} == {
        name: WORDS[oracle.provision(name)] for name in assessment.provisions
    }
    assert {risk.id for risk in assessment.risks} == oracle.risks()


@SLOW
@given(any_facts(), st.data())
def test_a_gap_names_the_provisions_that_an_answer_would_move(facts: Facts, data: st.DataObject) -> None:
    assessment, law = assess(facts, load_law()), load_law()
    unknown = sorted(name for name, one in assessment.elements.items() if one.status == Status.UNKNOWN)
    element = data.draw(st.sampled_from(unknown))

    answers = [Oracle(facts, {element: truth}) for truth in "TF"]
    moved = {
        name
        for name, one in assessment.provisions.items()
        if any(WORDS[answer.provision(name)] != one.status for answer in answers)
    }

    (gap,) = [gap for gap in assessment.gaps if gap.check == law.elements[element].check]
    assert moved <= set(gap.provisions)
    assert set(gap.provisions) == moved or _asks_for_more(gap.check)


def _asks_for_more(check: str) -> bool:
    """Tell whether several elements or facts are checked by the same words, so that their gaps are one."""
    law = load_law()
    checks = [one.check for one in law.elements.values()] + [one.check for one in law.facts.values()]
    return checks.count(check) > 1
