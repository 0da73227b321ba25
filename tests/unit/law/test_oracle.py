"""Two evaluators, written apart from one text, never disagree."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law_facts import any_facts
from law_oracle import WORDS, Derived, Oracle
from onrecord.law.assess import assess, risks_of
from onrecord.law.load import load_law
from onrecord.law.model import Facts, Status

SLOW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


DRAWN = {"victim.bond", "victim.power_citizenship_on_day", "victim.home_diplomatic_relations"}
OF_CITIZENSHIP = (
    *("victim.nationality", "victim.power_citizenship", "victim.power_citizenship_since", "event.date"),
    *("victim.power_citizenship_on_day", "victim.status", "place.status", "hands.of"),
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
@given(any_facts(OF_CITIZENSHIP))
def test_both_evaluators_read_citizenships_and_their_dates_alike(facts: Facts) -> None:
    assessment, oracle = assess(facts, load_law()), Oracle(facts)

    assert {name: _drawn(oracle, name) for name in DRAWN} == {
        name: one.value for name, one in assessment.derived.items() if name in DRAWN
    } | dict.fromkeys(DRAWN - assessment.derived.keys(), "")
    elements = ["protected_gc4", "national_of_hostile_party", "hostile_power", "lawfully_present"]
    assert {name: (assessment.elements[name].status, set(assessment.elements[name].flags)) for name in elements} == {
        name: (WORDS[oracle.element(name)], oracle.flags(name)) for name in elements
    }


@SLOW
@given(any_facts())
def test_both_evaluators_roll_every_provision_up_alike_and_see_the_same_dangers(facts: Facts) -> None:
    assessment, oracle = assess(facts, load_law()), Oracle(facts)

    assert {name: one.status for name, one in assessment.provisions.items()} == {
        name: WORDS[oracle.provision(name)] for name in assessment.provisions
    }
    assert {risk.id for risk in assessment.risks} == oracle.risks()
    assert risks_of([facts], load_law()) == assessment.risks


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


def _drawn(oracle: Oracle, name: str) -> str:
    """Return what the second evaluator drew: one value, `unknown` where sides differ, nothing where it drew nothing."""
    fact = oracle.facts.get(name)
    if not isinstance(fact, Derived):
        return ""
    return "unknown" if fact.conflict else str(fact.values[0])


def _asks_for_more(check: str) -> bool:
    """Tell whether several elements or facts are checked by the same words, so that their gaps are one."""
    law = load_law()
    checks = [one.check for one in law.elements.values()] + [one.check for one in law.facts.values()]
    return checks.count(check) > 1
