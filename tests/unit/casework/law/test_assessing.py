"""An assessment is put on record when facts or law changed; the earlier one stays as it was."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.bundle.make import make_bundle
from onrecord.casework.coding import withdraw_claim
from onrecord.casework.docket import Docket
from onrecord.casework.law.assessing import (
    assess_case,
    assess_everybody,
    assess_now,
    history,
    latest,
    moved,
    stored_facts,
)
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.places import override_place
from onrecord.casework.models import Act, Assessment, Erasure, LedgerRow
from onrecord.casework.record import redraw
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import CaseId, SubjectId
from onrecord.law.assess import assess
from onrecord.law.load import FOLDER, load_law, read_law
from onrecord.law.model import Status
from unit.casework.law.conftest import Code
from whole_story import capture_text

LAW = load_law()


def test_an_assessment_is_recorded_once_and_again_when_a_claim_changed(
    docket: Docket, code: Code, case: CaseId
) -> None:
    person = code("recruit.stage=signed").person
    for _ in range(2):
        assess_case(docket, case, "", LAW)
    claim = code("coercion.means=detention:threatened").claim
    assess_case(docket, case, "", LAW)
    withdraw_claim(docket, claim, "a slip")
    assess_case(docket, case, "", LAW)

    third, second, first = history(case, person)

    assert [row.elements["compelled"] for row in (first, second, third)] == ["unknown", "supported", "unknown"]
    assert (first.earlier, second.earlier, third.earlier) == ("", first.id, second.id)
    assert latest(case, person) == third and second.facts["coercion.means"]["claims"] == [claim]


def test_what_is_only_looked_at_is_not_recorded(code: Code, case: CaseId) -> None:
    code("recruit.stage=signed")
    before = LedgerRow.objects.count()

    assessed = assess_now(case, "", LAW)

    assert assessed.assessment.elements["made_to_serve"].status == Status.SUPPORTED
    assert LedgerRow.objects.count() == before and not Assessment.objects.exists()


def test_another_version_of_the_law_is_another_assessment(docket: Docket, code: Code, case: CaseId) -> None:
    person = code("recruit.stage=signed").person
    assess_case(docket, case, person, LAW)

    assess_case(docket, case, person, replace(LAW, version="1.0.1", sha256="f" * 64))

    assert [row.law_version for row in history(case, person)] == ["1.0.1", LAW.version]


def test_what_is_on_record_gives_the_same_statuses_again(docket: Docket, code: Code, case: CaseId) -> None:
    code("coercion.means=detention:threatened", "closed=coercion.means", "victim.nationality=UA", "victim.age=15..19")
    code("place.region=crimea", "event.date=2019-05", "deception.means=unknown", reliability="B", credibility="3")
    code("victim.nationality=RU", "coercion.means=violence:unknown")
    code("victim.nationality=RU", "coercion.means=violence:both", kind="denial")
    assessed = assess_case(docket, case, "", LAW)

    row = Assessment.objects.get()

    assert stored_facts(row) == assessed.facts
    again = assess(stored_facts(row), LAW)
    assert again == assessed.assessment
    assert row.elements == {name: one.status.value for name, one in again.elements.items()}
    assert row.provisions == {name: one.status.value for name, one in again.provisions.items()}
    assert row.derived == {"victim.bond": "enemy_national", "victim.home_diplomatic_relations": "no"} | {
        "place.status": "occupied",
        "context.iac": "yes",
    }
    assert redraw.check(docket) == []


def test_a_conflict_is_unknown_with_a_flag_and_what_was_asked_stays_unknown_and_says_so(
    docket: Docket, code: Code, case: CaseId
) -> None:
    other = capture_text(docket, "Another page of Fabeltown.")
    code("recruit.stage=signed", "victim.age=unknown")
    code("recruit.stage=signed", kind="denial", text=other)

    elements = assess_now(case, "", LAW).assessment.elements

    assert (elements["made_to_serve"].status, elements["under_18"].status) == (Status.UNKNOWN, Status.UNKNOWN)
    assert "conflicting_evidence" in elements["made_to_serve"].flags
    assert elements["under_18"].asked and not elements["under_15"].flags
    assert not elements["oath_demanded"].asked


def test_each_of_several_people_is_assessed_alone(docket: Docket, code: Code, case: CaseId) -> None:
    first = code("recruit.stage=signed").person
    second = code("recruit.stage=refused", on="new:act", victim="new:person", case=case).person

    everybody = assess_everybody(case, LAW)
    assess_case(docket, case, second, LAW)

    statuses = {one.person: one.assessment.elements["made_to_serve"].status for one in everybody}
    assert statuses == {first: Status.SUPPORTED, second: Status.CONTRADICTED}
    assert latest(case, first) is None and latest(case, second) is not None


def test_each_event_of_a_person_has_a_history_of_its_own(docket: Docket, code: Code, case: CaseId) -> None:
    person = code("recruit.stage=signed").person
    code("recruit.stage=refused", on="new:act", victim=person, case=case, event="new:event")
    first, second = read_case(case, LAW).events_of(person)

    for event in ("", first, second, first):
        assess_case(docket, case, person, LAW, event)

    rows = [latest(case, person, event) for event in ("", first, second)]
    found = [(row.event, row.elements["made_to_serve"], row.earlier) for row in rows if row]
    assert found == [("", "unknown", ""), (first, "supported", ""), (second, "contradicted", "")]
    assert [len(history(case, person, event)) for event in ("", first, second)] == [1, 1, 1]
    assert rows[0] is not None and "conflicting_evidence" in rows[0].open_points["made_to_serve"]
    assert redraw.check(docket) == []


def test_choosing_an_event_silences_no_danger(code: Code, case: CaseId) -> None:
    person = code("victim.nationality=TJ", "victim.age=30", "liberty.deprived=yes").person
    code("recruit.stage=refused", on="new:act", victim=person, case=case, event="new:event")

    for event in read_case(case, LAW).events_of(person):
        found = {risk.id for risk in assess_now(case, person, LAW, event).assessment.risks}

        assert {"in_custody", "home_state_mercenary_law"} <= found
        assert "maybe_minor" not in found


def test_everybody_is_assessed_for_all_events_together_and_for_each_of_several(code: Code, case: CaseId) -> None:
    one = code("recruit.stage=signed").person
    two = code("recruit.stage=signed", on="new:act", victim="new:person", case=case, event="new:event").person
    code("recruit.stage=refused", on="new:act", victim=one, case=case, event="new:event")

    everybody = assess_everybody(case, LAW)

    read = read_case(case, LAW)
    assert [(who.person, who.event) for who in everybody] == [
        (one, ""),
        *((one, e) for e in read.events_of(one)),
        (two, ""),
    ]


def test_a_place_set_by_hand_moves_what_rests_on_it(docket: Docket, code: Code, case: CaseId) -> None:
    coded = code("place.region=crimea", "event.date=2019-05")
    before = assess_now(case, "", LAW).assessment

    override_place(docket, Act.objects.get(pk=coded.act).event, "held_by_territorial_state", "The front was elsewhere.")
    now = assess_now(case, "", LAW).assessment

    assert (before.derived["place.status"].value, before.elements["in_occupied"].status) == ("occupied", "supported")
    assert "place.status" not in now.derived and now.elements["in_occupied"].status == Status.CONTRADICTED


def test_a_change_of_the_law_data_names_the_cases_it_would_move(tmp_path: Path, code: Code, case: CaseId) -> None:
    person = code("recruit.stage=registered_only").person
    folder = copytree(FOLDER, tmp_path / "law")
    elements = folder / "elements.yaml"
    served, registered = "in: [signed, enlisted, ", "in: [registered_only, signed, enlisted, "
    elements.write_text(elements.read_text().replace(served, registered))

    found = list(moved(LAW, read_law(folder)))

    assert [(one.case, one.person) for one in found] == [(case, person)]
    assert found[0].changes["elements"]["made_to_serve"] == ["unknown", "supported"]
    assert list(moved(LAW, LAW)) == []


def test_a_bundle_of_an_assessed_case_leaves_and_opens_no_assessment(
    docket: Docket, code: Code, case: CaseId, tmp_path: Path
) -> None:
    code("recruit.stage=signed")
    assess_case(docket, case, "", LAW)

    made = make_bundle(
        docket, Request(case, (Basis.LAWFUL_ORDER,), "share_international_court", "order 12"), tmp_path / "b"
    )

    assert made.folder.exists()
    assert not any(b"CaseAssessed" in path.read_bytes() for path in made.folder.rglob("*") if path.is_file())


def test_the_assessments_of_an_erased_case_are_gone_and_it_says_so(docket: Docket, code: Code, case: CaseId) -> None:
    code("recruit.stage=signed")
    assess_case(docket, case, "", LAW)

    erase(docket, SubjectId(case), "mistake")

    assert not Assessment.objects.exists() and Erasure.objects.get().id == case
    assert redraw.check(docket) == []


@pytest.mark.parametrize("turned", range(3))
def test_order_of_coding_changes_nothing(code: Code, case: CaseId, turned: int) -> None:
    pairs = ["recruit.stage=signed", "coercion.means=detention:threatened", "victim.age=17"]
    for pair in pairs[turned:] + pairs[:turned]:
        code(pair)

    assessment = assess_now(case, "", LAW).assessment

    statuses = {name: one.status for name, one in assessment.elements.items()}
    assert [statuses[name] for name in ("made_to_serve", "compelled", "under_18")] == [Status.SUPPORTED] * 3
