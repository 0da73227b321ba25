"""A danger is silenced by nothing: not by another claim, another person, another event or a wish to be erased."""

import pytest

from onrecord.casework.law.assessing import assess_now
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.publishing import NotToBePublished, check_may_be_published, everybody_told_of
from onrecord.ground.ids import CaseId
from onrecord.law.load import load_law
from onrecord.law.model import Status
from unit.casework.law.conftest import Code

LAW = load_law()


def dangers(case: CaseId, person: str) -> set[str]:
    return {risk.id for risk in assess_now(case, person, LAW).assessment.risks}


@pytest.mark.parametrize("status", ["attempted", "planned", "threatened", "unknown"])
@pytest.mark.parametrize("said_by_another", [False, True])
def test_how_far_an_act_had_gone_says_nothing_against_the_danger_to_a_child(
    code: Code, case: CaseId, status: str, said_by_another: bool
) -> None:
    values, how_far = ("age_band=from_15_to_17", "act_type=child_recruitment"), f"act_status={status}"
    coded = code(*values, *([] if said_by_another else [how_far]))
    if said_by_another:
        code(how_far, on=coded.act)

    assert assess_now(case, coded.person, LAW).assessment.elements["under_18"].status == Status.SUPPORTED
    assert {"minor", "maybe_minor"} <= dangers(case, coded.person)
    with pytest.raises(NotToBePublished):
        check_may_be_published("publish_identity", everybody_told_of(case, [], LAW), LAW)


def test_what_follows_from_the_name_of_an_act_not_done_is_a_danger_all_the_same(code: Code, case: CaseId) -> None:
    person = code("act_type=unlawful_confinement", "act_status=attempted", "victim.age=30").person

    assert "liberty.deprived" not in read_case(case, LAW).of(person).facts
    assert dangers(case, person) == {"in_custody"}


def test_what_is_told_of_one_of_several_is_a_danger_to_each_of_them(code: Code, case: CaseId) -> None:
    first = code("victim.age=30").person
    code("liberty.deprived=yes", on=case)
    alone = dangers(case, first)
    second = code("victim.age=30", on="new:act", victim="new:person", case=case).person

    assert alone == dangers(case, first) == dangers(case, second) == {"in_custody"}
    assert "liberty.deprived" not in read_case(case, LAW).of(first).facts


def test_a_word_that_says_no_more_than_what_was_stated_answers_nothing(code: Code, case: CaseId) -> None:
    person = code("victim.age=15..20").person
    code("age_band=from_18_to_29")

    assert dangers(case, person) == {"maybe_minor"}
