"""Who held a place on a day may be said by hand, with a reason: for its event, before what was coded."""

import pytest

from onrecord.casework.docket import Docket
from onrecord.casework.law.assessing import assess_now
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.places import NoSuchEvent, OverrideNeedsReason, override_place
from onrecord.casework.models import Act
from onrecord.ground.ids import CaseId
from onrecord.law.load import load_law
from onrecord.law.model import Fact, Status
from onrecord.words.vocabulary import NotInCodebook
from unit.casework.law.conftest import Code

LAW = load_law()


def test_the_status_of_a_place_set_by_hand_stands_before_what_was_coded(
    docket: Docket, code: Code, case: CaseId
) -> None:
    coded = code("place.status=contested_front")
    event = Act.objects.get(pk=coded.act).event
    for status in ("occupied", "territory_of_power"):
        override_place(docket, event, status, "The curfew order of that week.")

    read = read_case(case, LAW)

    assert read.of(coded.person).facts["place.status"] == Fact(("territory_of_power",), by_hand=True)
    assert read.without_overrides().of(coded.person).facts["place.status"].values == ("contested_front",)


def test_a_place_is_set_by_hand_with_a_known_word_and_a_reason(docket: Docket, code: Code) -> None:
    event = Act.objects.get(pk=code("victim.age=19").act).event

    with pytest.raises(NotInCodebook):
        override_place(docket, event, "ours", "because")
    with pytest.raises(OverrideNeedsReason):
        override_place(docket, event, "occupied", " ")
    with pytest.raises(NoSuchEvent):
        override_place(docket, "f" * 32, "occupied", "because")


def test_a_place_set_by_hand_for_one_event_leaves_what_is_coded_or_derived_of_another(
    docket: Docket, code: Code, case: CaseId
) -> None:
    person = code("place.region=crimea", "event.date=2019-05-01").person
    second = code("place.status=occupied", on="new:act", victim=person, case=case, event="new:event")
    event = Act.objects.get(pk=second.act).event

    def occupied() -> tuple[Status, tuple[str, ...]]:
        found = assess_now(case, person, LAW).assessment.elements["in_occupied"]
        return found.status, found.flags

    override_place(docket, event, "third_state", "A map of that day.")
    disputed = occupied()
    override_place(docket, event, "unknown", "No map of that day.")

    assert disputed == (Status.UNKNOWN, ("conflicting_evidence",))
    assert occupied() == (Status.SUPPORTED, ())


def test_a_place_set_by_hand_counts_for_its_event_alone(docket: Docket, code: Code, case: CaseId) -> None:
    first = code("place.region=crimea")
    code("place.region=crimea", on="new:act", victim=first.person, case=case, event="new:event")
    events = read_case(case, LAW).events_of(first.person)
    override_place(docket, events[1], "occupied", "The curfew order of that week.")
    one_set = read_case(case, LAW)
    override_place(docket, events[0], "contested_front", "The map of that day.")

    both_set = read_case(case, LAW)

    assert "place.status" not in one_set.of(first.person, events[0]).facts
    assert one_set.of(first.person, events[1]).facts["place.status"] == Fact(("occupied",), by_hand=True)
    assert both_set.of(first.person, events[0]).facts["place.status"].values == ("contested_front",)
    assert both_set.of(first.person).facts["place.status"].conflict
    assert set(both_set.differing_by_event(first.person)) == {"place.status"}
