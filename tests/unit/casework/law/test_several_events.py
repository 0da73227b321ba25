"""What was done to one person in several events: nothing of one event is read as if it had been so in another."""

from dataclasses import replace
from typing import Any

import pytest

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.coding import withdraw_claim
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law import assessing
from onrecord.casework.law.assessing import assess_case, assess_now, history, latest, stored_facts
from onrecord.casework.law.facts import facts_of, read_case
from onrecord.casework.law.publishing import NotToBePublished, check_may_be_published, everybody_told_of
from onrecord.casework.models import Letter
from onrecord.casework.opening import add_person, involve
from onrecord.casework.record.append import StaleRecord, record
from onrecord.desk.shown.law.dangers import dangers_of
from onrecord.desk.shown.law.weighing import hold, weigh
from onrecord.ground.ids import CaseId, PersonId
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from onrecord.law.model import Means, Range, Status
from unit.casework.law.conftest import Code

LAW = load_law()
VIOLENCE = Means("violence", "carried_out")


def dangers(case: CaseId, person: str, event: str = "") -> set[str]:
    return {risk.id for risk in assess_now(case, person, LAW, event).assessment.risks}


def test_a_number_or_a_day_lies_between_those_of_all_events(code: Code, case: CaseId) -> None:
    person = code("victim.age=15..20", "event.date=2022").person
    code("victim.age=19..22", "event.date=2022-02-10", on="new:act", victim=person, case=case, event="new:event")

    together = facts_of(case, person, LAW).facts

    assert together["victim.age"].values == (Range(15, 22),)
    assert together["event.date"].values == (Range("2022-01-01", "2022-12-31"),)
    assert read_case(case, LAW).differing_by_event(person) == ("event.date", "victim.age")
    assert assess_now(case, person, LAW).assessment.elements["under_18"].status == Status.UNKNOWN


def test_a_list_is_complete_only_where_it_is_complete_of_each_event(code: Code, case: CaseId) -> None:
    person = code("closed=coercion.means").person
    code("recruit.stage=signed", on="new:act", victim=person, case=case, event="new:event")

    assert not facts_of(case, person, LAW).facts["coercion.means"].closed
    assert facts_of(case, person, LAW, read_case(case, LAW).events_of(person)[0]).facts["coercion.means"].closed


def test_what_is_denied_of_one_event_stands_of_another(code: Code, case: CaseId) -> None:
    person = code("coercion.means=violence:carried_out").person
    second = code("coercion.means=violence:carried_out", on="new:act", victim=person, case=case, event="new:event")
    code("coercion.means=violence:carried_out", on=second.act, kind="denial")

    means = facts_of(case, person, LAW).facts["coercion.means"]
    of_second = facts_of(case, person, LAW, read_case(case, LAW).events_of(person)[1]).facts["coercion.means"]

    assert (means.values, means.disputed) == ((VIOLENCE,), ())
    assert of_second.disputed == (VIOLENCE,)


def test_the_place_of_one_event_and_the_day_of_another_are_no_place_on_a_day(code: Code, case: CaseId) -> None:
    person = code("place.region=crimea").person
    code("event.date=2020-05-01", on="new:act", victim=person, case=case, event="new:event")

    assert assess_now(case, person, LAW).assessment.elements["in_occupied"].status == Status.UNKNOWN


@pytest.mark.parametrize(("fact", "in_the_other"), [("place.status", "territory_of_power"), ("context.iac", "no")])
def test_what_the_table_gives_of_one_event_is_not_lost_beside_what_is_stated_of_another(
    code: Code, case: CaseId, fact: str, in_the_other: str
) -> None:
    person = code("place.region=crimea", "event.date=2020-05-01").person
    code(f"{fact}={in_the_other}", on="new:act", victim=person, case=case, event="new:event")

    together = assess_now(case, person, LAW)
    of_first = assess_now(case, person, LAW, read_case(case, LAW).events_of(person)[0])

    assert together.facts.facts[fact].values == ("occupied" if fact == "place.status" else "yes", in_the_other)
    assert fact in read_case(case, LAW).differing_by_event(person)
    assert together.assessment.elements["in_occupied"].status != Status.CONTRADICTED
    assert of_first.assessment.elements["in_occupied"].status == Status.SUPPORTED


def test_what_the_table_gives_alike_of_each_event_it_gives_of_all_with_its_reason(
    docket: Docket, code: Code, case: CaseId
) -> None:
    person = code("place.region=crimea", "event.date=2020-05-01").person
    code("place.region=crimea", "event.date=2021-05-01", on="new:act", victim=person, case=case, event="new:event")

    now = assess_case(docket, case, person, LAW)
    again = assess(stored_facts(history(case, person)[0]), LAW)

    alone = assess_now(case, person, LAW, read_case(case, LAW).events_of(person)[0]).assessment
    assert now.assessment.derived["place.status"].value == again.derived["place.status"].value == "occupied"
    assert now.assessment.derived["place.status"].basis == alone.derived["place.status"].basis
    assert again.elements == now.assessment.elements
    assert assess_case(docket, case, person, LAW) and len(history(case, person)) == 1


def test_places_of_two_events_that_differ_are_said_to_differ_and_nobody_to_disagree(code: Code, case: CaseId) -> None:
    person = code("place.region=crimea", "event.date=2023-01").person
    code("place.region=russia", "event.date=2023-03", on="new:act", victim=person, case=case, event="new:event")

    derived = assess_now(case, person, LAW).assessment.derived["place.status"]

    assert (derived.value, derived.basis) == ("unknown", "it differs from event to event")
    assert "place.status" in read_case(case, LAW).differing_by_event(person)


def test_the_day_of_one_event_does_not_judge_a_citizenship_told_of_another(code: Code, case: CaseId) -> None:
    person = code(
        "victim.nationality=RU", "victim.nationality=TJ", "victim.power_citizenship=by_choice", "place.status=occupied"
    ).person
    code(
        *("event.date=2020-01-01", "victim.power_citizenship_since=2021-05-05"),
        on="new:act", victim=person, case=case, event="new:event",
    )  # fmt: skip

    now = assess_now(case, person, LAW)

    assert now.facts.facts["victim.power_citizenship_on_day"].is_missing
    assert now.assessment.elements["protected_gc4"].status == Status.UNKNOWN


def test_an_opinion_or_what_was_withdrawn_tells_of_no_event(docket: Docket, code: Code, case: CaseId) -> None:
    person = code("closed=coercion.means", "recruit.stage=refused").person
    of_one = facts_of(case, person, LAW)
    code("recruit.stage=signed", kind="opinion", on="new:act", victim=person, case=case, event="new:event")
    slip = code("recruit.stage=signed", on="new:act", victim=person, case=case, event="new:event")
    withdraw_claim(docket, slip.claim, "a slip")

    assert facts_of(case, person, LAW) == of_one
    assert len(read_case(case, LAW).in_danger(person)) == 1


def test_what_is_not_known_of_one_event_hides_no_danger_of_another(code: Code, case: CaseId) -> None:
    person = code("liberty.deprived=yes").person
    code("liberty.deprived=unknown", on="new:act", victim=person, case=case, event="new:event")

    for event in ("", *read_case(case, LAW).events_of(person)):
        assert "in_custody" in dangers(case, person, event)


def test_a_claim_about_a_person_on_the_act_of_another_tells_of_its_event(code: Code, case: CaseId) -> None:
    first = code("recruit.stage=refused")
    other = code("liberty.deprived=no", on="new:act", victim="new:person", case=case, event="new:event")
    code("victim.age=15", on=first.act, victim=other.person)
    code("victim.age=20", on=other.act)

    read = read_case(case, LAW)

    assert len(read.events_of(other.person)) == 2
    assert read.differing_by_event(other.person) == ("victim.age",)
    for event in ("", *read.events_of(other.person)):
        assert "minor" in dangers(case, other.person, event)


def test_an_accused_to_whom_something_was_done_too_stays_in_danger(docket: Docket, code: Code, case: CaseId) -> None:
    act = code("victim.age=30").act
    led, ordered = (add_person(docket, case, "person") for _ in range(2))
    code("liberty.deprived=yes", on=case, victim=led)
    code("actor.kind=police", on=case, victim=ordered)
    for accused in (led, ordered):
        involve(docket, act, PersonId(accused), "carried_out")

    assert ordered not in read_case(case, LAW).told_of
    assert "in_custody" in {danger.id for danger in dangers_of(case, LAW)}
    with pytest.raises(NotToBePublished):
        check_may_be_published("publish_facts", everybody_told_of(case, [], LAW), LAW)


def test_a_danger_in_one_event_stands_whichever_is_looked_at(code: Code, case: CaseId) -> None:
    person = code("act_type=child_recruitment", "act_status=completed").person
    code("victim.age=20", on="new:act", victim=person, case=case, event="new:event")

    for event in ("", *read_case(case, LAW).events_of(person)):
        assert {"minor", "maybe_minor"} <= dangers(case, person, event)


def test_what_was_stated_of_one_event_answers_a_danger_in_the_others(code: Code, case: CaseId) -> None:
    person = code("victim.age=30").person
    code("recruit.stage=refused", on="new:act", victim=person, case=case, event="new:event")

    for event in ("", *read_case(case, LAW).events_of(person)):
        assert "maybe_minor" not in dangers(case, person, event)


def test_a_danger_from_another_event_is_put_on_record_too(docket: Docket, code: Code, case: CaseId) -> None:
    person = code("victim.age=30").person
    second = code("victim.age=30", on="new:act", victim=person, case=case, event="new:event")
    first_event = read_case(case, LAW).events_of(person)[0]
    assess_case(docket, case, person, LAW, first_event)

    code("liberty.deprived=yes", on=second.act)
    assess_case(docket, case, person, LAW, first_event)

    newest, before = history(case, person, first_event)
    assert "in_custody" in newest.risks and "in_custody" not in before.risks
    assert newest.facts == before.facts


def test_nothing_is_put_on_record_if_a_danger_comes_up_in_another_event_meanwhile(
    docket: Docket, code: Code, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = code("victim.age=30").person
    second = code("victim.age=30", on="new:act", victim=person, case=case, event="new:event")
    told = iter(["liberty.deprived=yes"])

    def coded_meanwhile(*about: str) -> Any:
        for fact in told:
            code(fact, on=second.act)
        return latest(*about)

    monkeypatch.setattr(assessing, "latest", coded_meanwhile)

    with pytest.raises(StaleRecord):
        assess_case(docket, case, person, LAW, read_case(case, LAW).events_of(person)[0])


def test_a_danger_stands_while_the_reporter_of_it_asks_to_erase_and_nobody_decided(
    docket: Docket, code: Code, case: CaseId
) -> None:
    drop(docket, InventedLetter(account="They took us at night.").sealed(docket))
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    letter = Letter.objects.get().id
    person = code("victim.age=30").person
    code("liberty.deprived=yes", text=letter)
    other = add_person(docket, case, "person")
    code("liberty.deprived=yes", text=letter, on=case, victim=other)

    record(docket, ErasureAsked(letter=letter, said_in="a" * 32, tier="C"))

    assert "liberty.deprived" not in facts_of(case, person, LAW).facts
    assert "in_custody" in dangers(case, person) & dangers(case, other)
    with pytest.raises(NotToBePublished):
        check_may_be_published("publish_facts", everybody_told_of(case, [], LAW), LAW)


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        (["victim.bond=neutral_national"], "victim.bond=neutral_national"),
        (["place.status=occupied"], "place.status=occupied"),
        (["place.region=crimea", "event.date=2020-05-01"], "place.status=occupied"),
        (["place.region=crimea", "event.date=2020-05-01"], "place.status=territory_of_power"),
        (["victim.nationality=TJ"], "victim.bond=neutral_national"),
    ],
)
@pytest.mark.parametrize("in_another_event", [False, True])
def test_who_denies_what_the_table_may_give_stands_beside_it(
    code: Code, case: CaseId, stated: list[str], denied: str, in_another_event: bool
) -> None:
    act = code(*stated)
    other = {"on": "new:act", "victim": act.person, "case": case, "event": "new:event"} if in_another_event else {}
    denial = code(denied, kind="denial", **other)
    held = hold(read_case(case, LAW), act.person, LAW)
    fact = denied.partition("=")[0]

    for name, element in LAW.elements.items():
        if fact in element.facts:
            used = {one.name: one for one in held.assessment.elements[name].facts}
            assert denial.claim in used[fact].against
            assert denial.claim in {one.claim.id for one in weigh(held, [name])[name]}


def test_the_evidence_of_a_place_is_that_of_the_event_that_it_was_drawn_of(code: Code, case: CaseId) -> None:
    elsewhere = code("place.region=russia")
    here = code("place.region=crimea", on="new:act", victim=elsewhere.person, case=case, event="new:event")
    day = code("event.date=2020-05-01", on=here.act)

    used = {one.name: one for one in assess_now(case, here.person, LAW).assessment.elements["in_occupied"].facts}

    assert set(used["place.status"].evidence) == {here.claim, day.claim}


def test_facts_on_record_are_read_by_a_table_that_gives_less(docket: Docket, code: Code, case: CaseId) -> None:
    person = code("place.region=crimea", "event.date=2020-05-01").person
    code("place.region=crimea", "event.date=2021-05-01", on="new:act", victim=person, case=case, event="new:event")
    assess_case(docket, case, person, LAW)
    less = replace(LAW, conflict=replace(LAW.conflict, rests_on={}, situations=()))

    again = assess(stored_facts(history(case, person)[0]), less)

    assert again.elements["in_occupied"].status == Status.SUPPORTED
