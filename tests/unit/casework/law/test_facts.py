"""Facts are drawn from claims: one victim, one set, every word of it named by the claim that says it."""

import pytest

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.coding import withdraw_claim
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law.facts import (
    NobodyInCase,
    NoSuchEventHere,
    NoSuchPersonHere,
    NothingDoneToPerson,
    PersonNotNamed,
    facts_of,
    read_case,
    the_event,
    the_person,
)
from onrecord.casework.models import Letter
from onrecord.casework.opening import add_person, involve
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record.append import record
from onrecord.casework.record.erase import erase
from onrecord.casework.sourcing import relate_sources
from onrecord.ground.ids import CaseId, PersonId, SourceId, SubjectId
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.law.load import load_law
from onrecord.law.model import Evidence, Fact, Means, Range
from onrecord.words.fields import ValueWrong, check_value
from onrecord.words.vocabulary import NotInCodebook
from unit.casework.law.conftest import Code
from whole_story import capture_text

LAW = load_law()


def the_facts(case: str) -> dict[str, Fact]:
    read = read_case(case, LAW)
    return dict(read.of(the_person(read)).facts)


def test_a_fact_names_the_claim_that_says_it_its_origin_and_its_grade(code: Code, case: CaseId, source: str) -> None:
    coded = code("recruit.stage=signed", "coercion.means=detention:threatened", reliability="B", credibility="2")

    facts = facts_of(case, coded.person, LAW)

    assert facts.facts == {
        "coercion.means": Fact((Means("detention", "threatened"),), (coded.claim,)),
        "recruit.stage": Fact(("signed",), (coded.claim,)),
    }
    assert facts.evidence == {coded.claim: Evidence(coded.claim, source, "B2")}


def test_what_nobody_coded_is_missing(code: Code, case: CaseId) -> None:
    code("recruit.stage=signed")

    assert set(the_facts(case)) == {"recruit.stage"}


def test_what_was_asked_and_is_not_known_says_so_until_somebody_knows(code: Code, case: CaseId) -> None:
    asked = code("victim.age=unknown", "coercion.means=unknown")

    before = the_facts(case)
    known = code("victim.age=19")

    assert before["victim.age"] == Fact((), (asked.claim,), asked=True) == before["coercion.means"]
    assert the_facts(case)["victim.age"] == Fact((19,), (asked.claim, known.claim))


def test_two_sources_that_disagree_are_a_conflict_that_holds_both(docket: Docket, code: Code, case: CaseId) -> None:
    other = capture_text(docket, "Another page of Fabeltown.")
    one = code("recruit.stage=signed")
    two = code("recruit.stage=refused", text=other)

    assert the_facts(case)["recruit.stage"] == Fact(("signed", "refused"), (one.claim, two.claim), conflict=True)


@pytest.mark.parametrize(
    ("kind", "stance"), [("denial", "supports"), ("act", "contradicts"), ("denial", "contradicts")]
)
def test_a_denial_of_what_is_stated_is_a_conflict(code: Code, case: CaseId, kind: str, stance: str) -> None:
    stated = code("recruit.stage=signed")
    denied = code("recruit.stage=signed", kind=kind, stance=stance)

    fact = the_facts(case)["recruit.stage"]

    assert fact == Fact(("signed",), (stated.claim, denied.claim), conflict=True, disputed=("signed",))


@pytest.mark.parametrize(
    ("denied", "disputed"),
    [
        ("coercion.means=detention:both", Means("detention", "threatened")),
        ("coercion.means=violence:carried_out", Means("beating", "carried_out")),
    ],
)
def test_a_denial_disputes_the_items_of_a_list_that_it_denies_and_the_others_count(
    code: Code, case: CaseId, denied: str, disputed: Means
) -> None:
    code("coercion.means=detention:threatened", "coercion.means=beating:carried_out", "closed=coercion.means")
    denial = code(denied, kind="denial")

    fact = the_facts(case)["coercion.means"]

    assert fact.disputed == (disputed,) and len(fact.values) == 2 and fact.closed and not fact.conflict
    assert denial.claim in fact.evidence


@pytest.mark.parametrize(
    ("stated", "denied"),
    [
        ("coercion.means=detention:threatened", "coercion.means=detention:carried_out"),
        ("coercion.means=detention:threatened", "coercion.means=violence:threatened"),
        ("actor.kind=police_or_security", "actor.kind=prison_authority"),
        ("victim.age=16..40", "victim.age=16"),
        ("victim.nationality=UA", "victim.nationality=TJ"),
    ],
)
def test_a_denial_of_something_else_disputes_nothing(code: Code, case: CaseId, stated: str, denied: str) -> None:
    code(stated)
    code(denied, kind="denial")

    fact = the_facts(case)[stated.partition("=")[0]]

    assert fact.values and not fact.conflict and not fact.disputed


def test_who_denies_a_yes_says_no_and_who_denies_another_word_says_nothing_else(code: Code, case: CaseId) -> None:
    code("oath.demanded=yes", "recruit.stage=signed", kind="denial")

    facts = the_facts(case)

    assert facts["oath.demanded"].values == ("no",)
    assert facts["recruit.stage"].is_missing and facts["recruit.stage"].evidence


def test_a_narrower_word_and_its_broader_one_do_not_disagree(code: Code, case: CaseId) -> None:
    code("actor.kind=police_or_security")
    code("actor.kind=police")

    assert the_facts(case)["actor.kind"].values == ("police",)


def test_ranges_that_meet_are_what_both_allow_and_others_are_a_conflict(code: Code, case: CaseId) -> None:
    for value in ("victim.age=15..17", "victim.age=16..20", "event.date=2025-02", "event.date=2025-02-09"):
        code(value)
    together = the_facts(case)

    code("victim.age=30")

    assert together["victim.age"].values == (Range(16, 17),)
    assert together["event.date"].values == ("2025-02-09",)
    assert the_facts(case)["victim.age"].conflict


def test_who_signed_and_was_sent_somewhere_was_sent_and_nobody_disagrees(code: Code, case: CaseId) -> None:
    code("recruit.stage=signed")
    code("recruit.stage=deployed")

    stage = the_facts(case)["recruit.stage"]
    code("recruit.stage=refused")

    assert stage.values == ("deployed",) and not stage.conflict
    assert the_facts(case)["recruit.stage"].conflict


def test_who_denies_that_a_threat_was_carried_out_leaves_the_threat(code: Code, case: CaseId) -> None:
    code("coercion.means=detention:both")
    code("coercion.means=detention:carried_out", kind="denial")

    means = the_facts(case)["coercion.means"]

    assert means.values == (Means("detention", "threatened"), Means("detention", "carried_out"))
    assert means.disputed == (Means("detention", "carried_out"),)


def test_a_list_is_open_until_a_coder_closes_it_and_a_later_value_opens_it_again(code: Code, case: CaseId) -> None:
    code("coercion.means=job_loss:threatened")
    before = the_facts(case)["coercion.means"].closed
    closing = code("closed=coercion.means", "closed=deception.means")
    closed = the_facts(case)
    code("coercion.means=violence:carried_out")

    assert not before and closed["coercion.means"].closed and closing.claim in closed["coercion.means"].evidence
    assert closed["deception.means"] == Fact((), (closing.claim,), closed=True)
    assert not the_facts(case)["coercion.means"].closed


def test_only_a_list_can_be_closed() -> None:
    assert check_value("closed", "victim.nationality").value == "victim.nationality"
    for field in ("victim.age", "nothing"):
        with pytest.raises(ValueWrong):
            check_value("closed", field)
    with pytest.raises(NotInCodebook):
        check_value("close", "coercion.means")


@pytest.mark.parametrize("kind", ["legal_view", "opinion", "call", "motive", "context", "caption"])
def test_what_states_no_act_becomes_no_fact(code: Code, case: CaseId, kind: str) -> None:
    code("recruit.stage=signed", kind=kind)

    assert the_facts(case) == {}


def test_who_denies_a_broad_word_denies_what_follows_from_it_where_others_state_that_word(
    code: Code, case: CaseId
) -> None:
    code("victim_group=prisoner_of_war", "act_type=military_labour", "act_status=completed")
    code("act_type=military_labour", "act_type=conscription", kind="denial")

    found = the_facts(case)

    assert found["work.exacted"].conflict and len(found["work.exacted"].denied_by) == 1
    assert not found["victim.status"].conflict
    assert "recruit.mode" not in found


def test_what_is_said_of_one_person_changes_nothing_for_another(code: Code, case: CaseId) -> None:
    first = code("act_type=child_recruitment")
    second = code("victim_group=child", on="new:act", victim="new:person", case=case)
    code("act_type=child_recruitment", on=second.act, kind="denial")

    age = read_case(case, LAW).of(second.person).facts["victim.age"]

    assert (age.values, age.conflict, age.denied_by) == ((Range(0, 17),), False, ())
    assert not read_case(case, LAW).of(first.person).facts["victim.age"].conflict


def test_nothing_follows_from_the_name_of_an_act_that_any_claim_says_was_not_done(code: Code, case: CaseId) -> None:
    act = code("act_type=transfer_for_service").act
    before = the_facts(case)

    code("act_status=threatened", on=act)

    assert set(before) == {"movement.occurred"} and the_facts(case) == {}


def test_a_vocabulary_is_read_as_its_fact_and_a_broad_word_only_where_nothing_was_stated(
    code: Code, case: CaseId
) -> None:
    code("coercion_means=detention:threatened", "act_type=coerced_contract", "age_band=from_15_to_17")
    inferred = the_facts(case)
    code("victim.age=16", "recruit.mode=mobilisation")

    assert inferred["coercion.means"].values == (Means("detention", "threatened"),)
    assert (inferred["recruit.mode"].values, inferred["victim.age"].values) == (("service_contract",), (Range(15, 17),))
    stated = the_facts(case)
    assert (stated["recruit.mode"], stated["victim.age"].values) == (
        Fact(("mobilisation",), stated["recruit.mode"].evidence),
        (16,),
    )


def test_a_claim_that_was_withdrawn_or_whose_words_were_erased_says_nothing(
    docket: Docket, code: Code, case: CaseId
) -> None:
    gone = capture_text(docket, "Another page of Fabeltown.")
    kept = code("victim.age=19")
    withdrawn = code("victim.age=40")
    code("oath.demanded=yes", text=gone)
    withdraw_claim(docket, withdrawn.claim, "a slip")
    erase(docket, SubjectId(gone), "mistake")

    assert the_facts(case) == {"victim.age": Fact((19,), (kept.claim,))}


def test_nothing_of_a_letter_is_used_while_its_reporter_asks_to_erase_it(
    docket: Docket, code: Code, case: CaseId
) -> None:
    drop(docket, InventedLetter(account="They took us at night.").sealed(docket))
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    letter = Letter.objects.get().id
    kept = code("victim.age=19")
    code("oath.demanded=yes", text=letter)

    record(docket, ErasureAsked(letter=letter, said_in="a" * 32, tier="C"))

    assert the_facts(case) == {"victim.age": Fact((19,), (kept.claim,))}


def test_of_several_people_each_has_their_own_facts_and_all_have_the_place(code: Code, case: CaseId) -> None:
    one = code("victim.age=19")
    two = code("victim.age=40", on="new:act", victim="new:person", case=case)
    code("place.region=crimea", "oath.demanded=yes", on=case)

    read = read_case(case, LAW)

    assert read.people == (one.person, two.person)
    ages = [read.of(person).facts["victim.age"].values for person in read.people]
    assert ages == [(19,), (40,)]
    for person in read.people:
        assert read.of(person).facts["place.region"].values == ("crimea",)
        assert "oath.demanded" not in read.of(person).facts


def test_of_one_person_all_that_is_said_of_the_case_is_said(code: Code, case: CaseId) -> None:
    code("victim.age=19")
    code("oath.demanded=yes", on=case)

    assert the_facts(case)["oath.demanded"].values == ("yes",)


def test_who_is_assessed_must_be_clear(docket: Docket, code: Code, case: CaseId) -> None:
    with pytest.raises(NobodyInCase):
        the_person(read_case(case, LAW))
    first = code("victim.age=19")
    accused = add_person(docket, case, "person", "a uniform")
    involve(docket, first.act, PersonId(accused), "carried_out")
    code("actor.kind=police", on=case, victim=accused)
    alone = the_person(read_case(case, LAW))
    second = code("victim.age=40", on="new:act", victim="new:person", case=case)

    with pytest.raises(PersonNotNamed) as asked:
        the_person(read_case(case, LAW))
    with pytest.raises(NoSuchPersonHere):
        the_person(read_case(case, LAW), "f" * 32)
    with pytest.raises(NothingDoneToPerson) as did_it:
        the_person(read_case(case, LAW), accused)
    with pytest.raises(NoSuchCase):
        read_case("f" * 32, LAW)

    assert alone == first.person
    assert asked.value.hint == did_it.value.hint == f"{first.person}, {second.person}"


def test_of_several_events_each_has_its_own_facts_and_shares_what_is_said_of_the_person_or_the_case(
    docket: Docket, code: Code, case: CaseId
) -> None:
    first = code("place.region=crimea", "coercion.means=detention:threatened")
    code("place.region=other_ua", on="new:act", victim=first.person, case=case, event="new:event")
    code("victim.age=19", on=case, victim=first.person)
    code("oath.demanded=yes", on=case)

    read = read_case(case, LAW)
    events = read.events_of(first.person)
    one, two = (read.of(first.person, event).facts for event in events)

    assert len(events) == 2 and set(one) == {"place.region", "coercion.means", "victim.age", "oath.demanded"}
    assert set(two) == {"place.region", "victim.age", "oath.demanded"}
    assert (one["place.region"].values, two["place.region"].values) == (("crimea",), ("other_ua",))


def test_what_disagrees_only_because_events_differ_is_told_from_what_sources_dispute(
    docket: Docket, code: Code, case: CaseId
) -> None:
    first = code("place.region=crimea", "victim.age=19")
    code("victim.age=30")
    alone = read_case(case, LAW).differing_by_event(first.person)
    code("place.region=other_ua", on="new:act", victim=first.person, case=case, event="new:event")

    read = read_case(case, LAW)

    assert alone == () and read.differing_by_event(first.person) == ("place.region",)
    together = read.of(first.person).facts
    assert together["place.region"].conflict and together["victim.age"].conflict


def test_an_event_must_be_one_of_the_persons_own(docket: Docket, code: Code, case: CaseId) -> None:
    first = code("victim.age=19")
    second = code("victim.age=40", on="new:act", victim="new:person", case=case, event="new:event")
    read = read_case(case, LAW)

    with pytest.raises(NoSuchEventHere) as asked:
        the_event(read, first.person, *read.events_of(second.person))

    assert asked.value.hint == read.events_of(first.person)[0]
    assert the_event(read, first.person, "") == ""


def test_outlets_that_copy_or_quote_one_office_have_one_origin(docket: Docket, code: Code, case: CaseId) -> None:
    pages = [capture_text(docket, f"Page {number} of Fabeltown.") for number in range(5)]
    relate_sources(docket, SourceId(pages[1]), "derived_from", SourceId(pages[0]))
    for page, by in zip(pages, ((), (), ("Press Office",), (pages[3], "press  office"), ()), strict=True):
        code("oath.demanded=yes", text=page, by=by)

    read = read_case(case, LAW)
    named = [read.evidence[claim.id].origin for claim in read.claims]

    assert named[0] == named[1] and named[2] == named[3] and len(set(named)) == 3


def test_letters_whose_writers_nobody_knows_are_one_origin(docket: Docket, code: Code, case: CaseId) -> None:
    for account in ("They took us at night.", "They took them at night."):
        drop(docket, InventedLetter(account=account).sealed(docket))
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    for letter in Letter.objects.values_list("id", flat=True):
        code("oath.demanded=yes", text=letter)

    origins = {item.origin for item in read_case(case, LAW).evidence.values()}

    assert len(origins) == 1
