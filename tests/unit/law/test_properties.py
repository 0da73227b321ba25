"""What holds of every assessment, whatever the facts.

Taking a fact away takes knowledge away: it never makes an unknown element supported. Two cases are no exceptions to
that rule but lie outside it, and both are shown below. Where facts point both ways (flag conflicting_indicia), the
element is unknown because too much is known, and taking one side away leaves the other. And where a coder's own entry
stood over the table of the conflict, taking the entry away lets the table speak: a fact is exchanged, not removed.
"""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented_law import facts
from law_facts import any_facts, fact_of
from onrecord.law.assess import assess
from onrecord.law.conditions import Not
from onrecord.law.load import load_law
from onrecord.law.model import FALSE, OPEN, STATUS_OF, TRUE, Fact, Facts, Law, Range, Seen, Status, Value
from onrecord.law.working import judge
from onrecord.words.fields import load_facts

MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def without(stated: Facts, name: str) -> Facts:
    return Facts({one: fact for one, fact in stated.facts.items() if one != name}, stated.evidence)


@MANY
@given(any_facts(), st.sampled_from(sorted(load_facts())), st.data())
def test_a_fact_changes_no_element_that_does_not_rest_on_it(stated: Facts, name: str, data: st.DataObject) -> None:
    bases = {base for some in load_law().conflict.rests_on.values() for base in some}
    changed = Facts({**stated.facts, name: data.draw(fact_of(name))}, stated.evidence)

    before, after = assess(stated, load_law()).elements, assess(changed, load_law()).elements

    unrelated = [one for one, element in load_law().elements.items() if name not in element.facts]
    if name not in bases:
        assert [one for one in unrelated if before[one].status != after[one].status] == []
        assert [one for one in unrelated if before[one].facts != after[one].facts] == []


@MANY
@given(any_facts(), st.data())
def test_taking_a_fact_away_never_makes_an_unknown_element_supported(stated: Facts, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(stated.facts) or ["victim.age"]))
    before, after = assess(stated, load_law()), assess(without(stated, name), load_law())

    pointed_both_ways = "conflicting_indicia" in before.flags
    table_speaks_now = bool(after.derived.keys() - before.derived.keys())
    if not pointed_both_ways and not table_speaks_now:
        now_supported = {one for one, status in after.elements.items() if status.status == Status.SUPPORTED}
        assert {one for one in now_supported if before.elements[one].status != Status.SUPPORTED} == set()


def test_where_facts_point_both_ways_taking_one_side_away_leaves_the_other() -> None:
    both = facts(actor__acting_for_power="yes", hands__of="territorial_state")

    before, after = assess(both, load_law()), assess(without(both, "hands.of"), load_law())

    assert before.elements["in_hands"].status == Status.UNKNOWN
    assert "conflicting_indicia" in before.elements["in_hands"].flags
    assert after.elements["in_hands"].status == Status.SUPPORTED


def test_where_a_coders_entry_stood_over_the_table_taking_it_away_lets_the_table_speak() -> None:
    stated = facts(victim__nationality=("UA",), victim__bond="other")

    before, after = assess(stated, load_law()), assess(without(stated, "victim.bond"), load_law())

    assert before.elements["national_of_hostile_party"].status == Status.UNKNOWN
    assert after.elements["national_of_hostile_party"].status == Status.SUPPORTED
    assert after.derived["victim.bond"].value == "enemy_national"


@MANY
@given(any_facts())
def test_where_no_disagreement_is_shown_a_disputed_item_decides_nothing(stated: Facts) -> None:
    shown = assess(stated, load_law()).elements
    at_their_word = {name: replace(fact, disputed=()) for name, fact in stated.facts.items()}
    left_out = {name: replace(one, values=_without(one, stated.facts[name])) for name, one in at_their_word.items()}

    for otherwise in (at_their_word, left_out):
        elements = assess(Facts(otherwise, stated.evidence), load_law()).elements
        moved = [name for name, one in elements.items() if one.status != shown[name].status]
        assert [name for name in moved if "conflicting_evidence" not in shown[name].flags] == []


@MANY
@given(any_facts(), st.randoms(use_true_random=False))
def test_the_order_of_facts_values_and_evidence_does_not_matter(stated: Facts, dice: Random) -> None:
    names = list(stated.facts)
    dice.shuffle(names)
    turned = {
        name: replace(fact, values=fact.values[::-1], evidence=fact.evidence[::-1])
        for name, fact in ((name, stated.facts[name]) for name in names)
    }

    one, other = assess(stated, load_law()), assess(Facts(turned, stated.evidence), load_law())

    assert {name: status.status for name, status in one.elements.items()} == {
        name: status.status for name, status in other.elements.items()
    }
    assert (one.provisions, one.flags, one.risks, one.gaps) == (other.provisions, other.flags, other.risks, other.gaps)


@MANY
@given(any_facts())
def test_the_same_facts_give_the_same_assessment(stated: Facts) -> None:
    assert assess(stated, load_law()) == assess(stated, load_law())


@MANY
@given(any_facts())
def test_negation_is_symmetric(stated: Facts) -> None:
    law, mirrored = load_law(), _mirrored(load_law())
    known = {name: fact for name, fact in stated.facts.items() if not fact.is_missing}
    known = {name: fact for name, fact in known.items() if fact.values or load_facts()[name].is_list or fact.conflict}
    straight, turned = Seen(known, {}, {}), Seen(known, {}, {})

    judge(law, straight, [name for name in law.order if name in law.elements and not _rests_on_others(law, name)])
    judge(mirrored, turned, straight.elements)

    assert {name: TRUE - truth for name, truth in straight.elements.items()} == turned.elements
    for element in law.elements.values():
        for clause in (element.supported_if, element.contradicted_if):
            if clause is not None and not _rests_on_others(law, element.id):
                assert Not(Not(clause)).value(straight) == clause.value(straight) == TRUE - Not(clause).value(straight)


def test_the_three_values_are_three_statuses() -> None:
    assert [STATUS_OF[truth] for truth in (FALSE, OPEN, TRUE)] == ["contradicted", "unknown", "supported"]


def test_an_age_from_papers_that_disagree_by_a_year_is_not_known_to_be_either() -> None:
    straddling = assess(facts(victim__age=Range(14, 15)), load_law())

    assert straddling.elements["under_15"].status == Status.UNKNOWN
    assert straddling.elements["under_18"].status == Status.SUPPORTED


def _without(fact: Fact, disputes: Fact) -> tuple[Value, ...]:
    return tuple(item for item in fact.values if item not in disputes.disputed)


def _mirrored(law: Law) -> Law:
    """Return the law with what supports and what contradicts each element exchanged."""
    return replace(
        law,
        elements={
            name: replace(one, supported_if=one.contradicted_if, contradicted_if=one.supported_if)
            for name, one in law.elements.items()
        },
    )


def _rests_on_others(law: Law, name: str) -> bool:
    needs = [one.needs() for one in (law.elements[name].supported_if, law.elements[name].contradicted_if) if one]
    return any(one.elements or one.provisions for one in needs)
