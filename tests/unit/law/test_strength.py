"""Beside each element stands what states it, from how many origins and how graded, and what denies it."""

from dataclasses import replace

import pytest

from onrecord.law.assess import assess
from onrecord.law.claims.combining import combine
from onrecord.law.conditions import HasSome, Not
from onrecord.law.load import load_law
from onrecord.law.model import Evidence, Facts, Means, Range, Statement, Status, UsedFact, Value

LAW = load_law()
EVIDENCE = {
    "weak": Evidence("weak", "a witness", "E5"),
    "strong": Evidence("strong", "a paper", "A1"),
    "third": Evidence("third", "another paper", "C3"),
}
THREAT, JOB = Means("detention", "threatened"), Means("job_loss", "threatened")


def says(claim: str, fact: str, value: Value, *, denies: bool = False) -> Statement:
    return Statement(fact, value, claim, ["weak", "strong", "third"].index(claim), denies)


def complete(claim: str, fact: str) -> Statement:
    return Statement(fact, "", claim, 9, closes=True)


def facts_of(*said: Statement) -> Facts:
    names = dict.fromkeys(one.fact for one in said)
    return Facts({name: combine(name, [one for one in said if one.fact == name]) for name in names}, EVIDENCE)


def used_by(element: str, *said: Statement) -> tuple[Status, list[UsedFact]]:
    status = assess(facts_of(*said), LAW).elements[element]
    return status.status, list(status.facts)


@pytest.mark.parametrize(
    ("fact", "value", "element"),
    [
        ("victim.age", Range(0, 17), "under_18"),
        ("victim.status", "prisoner_of_war", "is_pow"),
        ("coercion.means", THREAT, "compelled"),
    ],
)
def test_a_denial_of_what_nobody_states_decides_nothing_and_is_seen(fact: str, value: Value, element: str) -> None:
    status, used = used_by(element, says("strong", fact, value, denies=True))

    assert status == Status.UNKNOWN
    assert used == [UsedFact(fact, (), 0, None, derived=False, against=("strong",))]


@pytest.mark.parametrize(
    "other", [says("strong", "victim.age", "unknown"), says("strong", "victim.age", 17, denies=True)]
)
def test_who_does_not_know_or_denies_something_else_lends_no_strength(other: Statement) -> None:
    status, [used] = used_by("under_18", says("weak", "victim.age", 16), other)

    assert status == Status.SUPPORTED
    assert (used.evidence, used.origins, used.best_grade) == (("weak",), 1, "E5")


def test_of_a_list_only_the_items_that_decide_lend_strength() -> None:
    said = (says("weak", "coercion.means", THREAT), says("strong", "coercion.means", JOB))

    status, [used] = used_by("compelled", *said, complete("third", "coercion.means"))

    assert status == Status.SUPPORTED
    assert (used.evidence, used.origins, used.best_grade) == (("weak",), 1, "E5")


def test_a_no_rests_on_who_calls_the_list_complete() -> None:
    said = (says("weak", "slavery.indicators", "unpaid"), complete("strong", "slavery.indicators"))
    leaf = HasSome("slavery.indicators", (frozenset({"debt"}),), 1)
    element = replace(LAW.elements["under_18"], facts=("slavery.indicators",), supported_if=Not(leaf))

    law = replace(LAW, elements={**LAW.elements, "under_18": element})
    [used] = assess(facts_of(*said), law).elements["under_18"].facts

    assert (used.evidence, used.best_grade) == (("strong",), "A1")


def test_a_derived_fact_is_as_strong_as_the_weakest_of_what_it_rests_on() -> None:
    said = (says("weak", "place.region", "crimea"), says("strong", "event.date", "2019-05-01"))

    status, [used] = used_by("in_occupied", *said, says("third", "event.date", "2019-05-01"))

    assert status == Status.SUPPORTED and used.derived
    assert (set(used.evidence), used.origins, used.best_grade) == ({"weak", "strong", "third"}, 1, "E5")


def test_where_somebody_does_not_know_a_list_is_not_complete() -> None:
    names = ("coercion.means", "deception.means", "inducement.means")
    unknown = (says("weak", name, Means("unknown", "unknown") if name == names[0] else "unknown") for name in names)
    consent = says("weak", "consent.account", "voluntary_claimed")
    facts = facts_of(*unknown, *(complete("weak", name) for name in names), consent)

    elements = assess(facts, LAW).elements

    for name in ("compelled", "pressure_or_propaganda", "traffic_means"):
        assert (elements[name].status, elements[name].asked) == (Status.UNKNOWN, True)
