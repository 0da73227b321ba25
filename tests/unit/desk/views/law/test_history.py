"""An assessment on record is opened as it stood: the same table, what is otherwise today, and evidence that is gone."""

from dataclasses import fields, replace

import pytest

from onrecord.casework.coding import withdraw_claim
from onrecord.casework.entries.law import CaseAssessed
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law.assessing import assess_case
from onrecord.casework.models import Assessment, ClaimValue, Letter
from onrecord.casework.record.append import record
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId, new_id
from onrecord.law.load import load_law
from onrecord.law.model import Law
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part


def claim_on(field: str) -> str:
    [claim] = [value.claim for value in ClaimValue.objects.filter(field=field)]
    return claim


def other_law() -> Law:
    """Law data of another version, in which nothing supports entering service."""
    law = load_law()
    entered = replace(law.elements["made_to_serve"], supported_if=None)
    return replace(law, version="0.9.0", sha256="a" * 64, elements={**law.elements, "made_to_serve": entered})


def record_then(law_desk: LawDesk, law: Law | None = None) -> Assessment:
    """Put an assessment on record under some law data, and return it."""
    assess_case(law_desk.desk.docket, law_desk.case, law_desk.person, law or load_law())
    return Assessment.objects.order_by("-entry")[0]


def record_as_another_program(law_desk: LawDesk, **otherwise: object) -> str:
    """Record an assessment such as this program never writes, and return its identifier."""
    row = record_then(law_desk)
    known = {one.name: getattr(row, one.name) for one in fields(CaseAssessed) if one.name != "assessment"}
    entry = CaseAssessed(**{**known, "assessment": new_id(), **otherwise})
    record(law_desk.desk.docket, entry)
    return entry.assessment


def test_a_recorded_status_that_this_program_does_not_know_is_said_to_be_so(law_desk: LawDesk) -> None:
    statuses = dict.fromkeys((*load_law().elements, *load_law().provisions), "perhaps")

    recorded = record_as_another_program(
        law_desk,
        elements={name: statuses[name] for name in load_law().elements},
        provisions={name: statuses[name] for name in load_law().provisions},
    )

    for answer in (law_desk.get(), law_desk.get(element="made_to_serve"), law_desk.get(recorded=recorded)):
        assert answer.status_code == 200
        assert "a status that this program does not know" in answer.content.decode()


def test_an_assessment_recorded_about_somebody_who_is_not_in_the_case_is_refused_in_words(law_desk: LawDesk) -> None:
    recorded = record_as_another_program(law_desk, person="f" * 32)

    answer = law_desk.get(recorded=recorded)

    assert answer.status_code == 404
    assert "There is no person of this identifier in this case" in answer.content.decode()
    assert law_desk.get().status_code == 200


def test_an_old_assessment_is_one_step_from_the_list_and_says_in_words_that_it_is_not_todays(law_desk: LawDesk) -> None:
    old = record_then(law_desk)

    today = law_desk.page()
    then = law_desk.page(recorded=old.id)

    assert f"recorded={old.id}" in part(today, 'id="on-record"', "</section>")
    banner = part(then, 'class="past"', "</section>")
    assert "As it stood on 2026-03-01" in banner
    assert "This is not today" in banner
    assert f"Recorded in entry {old.entry} by" in banner and "Mira Example" in banner
    assert old.law_version in banner and old.law_sha256[:16] in banner


def test_an_old_assessment_draws_the_whole_table_from_the_facts_of_that_day(law_desk: LawDesk) -> None:
    old = record_then(law_desk)
    before = law_desk.page(element="made_to_serve")
    withdraw_claim(law_desk.desk.docket, claim_on("recruit.stage"), "misread")

    then = law_desk.page(recorded=old.id, element="made_to_serve")

    row = part(then, 'id="e-made_to_serve"', "</tr>")
    assert "supported" in row and "unknown" not in row
    assert len(part(then, "<thead>", "</table>")) > 5000
    shapes = [page.count("#g-s") for page in (part(before, "<tbody>", "</table>"), part(then, "<tbody>", "</table>"))]
    assert shapes[0] == shapes[1]


def test_what_moved_since_is_told_element_by_element(law_desk: LawDesk) -> None:
    old = record_then(law_desk)
    withdraw_claim(law_desk.desk.docket, claim_on("recruit.stage"), "misread")

    banner = part(law_desk.page(recorded=old.id), 'class="past"', "</section>")

    [entered] = [step for step in banner.split("<li>")[1:] if "Entered service" in step]
    assert entered.index("supported") < entered.index("<b>unknown</b>")
    assert "elements are marked otherwise today" in " ".join(banner.split())


def test_a_passage_that_was_withdrawn_since_still_stands_beside_what_it_supported_and_says_so(
    law_desk: LawDesk,
) -> None:
    old = record_then(law_desk)
    withdraw_claim(law_desk.desk.docket, claim_on("recruit.stage"), "misread <b>")

    then = law_desk.page(recorded=old.id, element="made_to_serve")

    speaks_for = part(then, 'class="ev2 for"', "</section>")
    [passage] = [one for one in speaks_for.split("<li>") if "uniforms and nine days" in one]
    assert "withdrawn since" in passage
    assert "misread &lt;b&gt;" in passage


def test_words_that_were_erased_since_are_said_to_be(law_desk: LawDesk) -> None:
    old = record_then(law_desk)
    erase(law_desk.desk.docket, SubjectId(Letter.objects.get().id), "asked_by_the_person")

    then = law_desk.page(recorded=old.id, element="made_to_serve")

    speaks_for = part(then, 'class="ev2 for"', "</section>")
    assert "the words it rests on were erased" in speaks_for
    assert "uniforms" not in then


def test_an_old_assessment_is_read_only_and_not_printed(law_desk: LawDesk) -> None:
    old = record_then(law_desk)

    then = law_desk.page(recorded=old.id, element="in_occupied")

    assert '<form method="post" action="/case' not in then
    assert "/law/print" not in then
    assert "what is printed is the table as it stands today" in then


def test_every_link_in_an_old_table_stays_in_it(law_desk: LawDesk) -> None:
    old = record_then(law_desk)

    then = law_desk.page(recorded=old.id)

    rows = part(then, "<tbody>", "</table>").split("href=")[1:]
    assert len(rows) > 20
    assert all(f"recorded={old.id}" in row.split(">")[0] for row in rows if not row.startswith('"#'))


def test_what_was_recorded_under_other_law_data_is_listed_beside_what_the_law_and_the_facts_moved(
    law_desk: LawDesk,
) -> None:
    old = record_then(law_desk, other_law())
    withdraw_claim(law_desk.desk.docket, claim_on("deception.means"), "misread")

    page = law_desk.page(recorded=old.id)

    assert "its rules are not here" in part(page, 'class="past"', "</section>")
    assert "a" * 16 in part(page, 'class="past"', "</section>")
    elements = part(page, 'id="elements"', "</section>").split("<tr")
    [entered] = [row for row in elements if "Entered service" in row]
    cells = entered.split("<td ")[1:]
    assert ["supported" in cell for cell in cells] == [False, True, True]  # the law data moved it
    [service] = [row for row in part(page, 'id="provisions"', "</section>").split("<tr") if "GC IV 51 s.1" in row]
    assert "unknown" in service.split("<td ")[1]


def test_under_other_law_data_the_page_says_why_an_element_was_unknown(law_desk: LawDesk) -> None:
    old = record_then(law_desk, other_law())

    listed = law_desk.page(recorded=old.id)
    today = law_desk.page(element="not_offered_voluntarily")

    [free] = [
        row
        for row in part(listed, 'id="elements"', "</section>").split("<tr")
        if "No free offer to serve or work" in row
    ]
    assert "sources disagree" in free.split("<td ")[1]
    assert load_law().flag_texts["conflicting_evidence"][:20] in free.split("<td ")[1]
    change = part(today, 'class="changes"', "</ol>")
    assert "sources disagree" in change
    assert load_law().flag_texts["conflicting_evidence"][:20] in change


def test_todays_page_says_what_another_version_of_the_law_data_recorded_otherwise(law_desk: LawDesk) -> None:
    record_then(law_desk, other_law())

    page = law_desk.page()

    version = part(page, "Recorded under law data 0.9.0", "</section>")
    [step] = [one for one in version.split("<li>")[1:] if "Entered service" in one]
    assert step.index("unknown") < step.index("<b>supported</b>")
    assert "another version than today" in part(page, 'id="on-record"', "</section>")


def test_the_facts_of_a_listed_assessment_lead_to_their_words(law_desk: LawDesk) -> None:
    old = record_then(law_desk, other_law())
    withdraw_claim(law_desk.desk.docket, claim_on("victim.nationality"), "misread")

    facts = part(law_desk.page(recorded=old.id), 'class="given facts"', "</dl>")

    nationality = part(facts, "victim: nationality", "</dd>")
    assert "I came from Tarazan in the spring" in nationality
    assert "withdrawn since" in nationality
    assert "/read/" in nationality


def test_what_the_table_gives_of_no_event_is_not_listed_among_the_facts(law_desk: LawDesk) -> None:
    nothing = {"values": [], "claims": [], "conflict": False, "disputed": [], "asked": False, "closed": False}
    known = record_then(law_desk).facts

    recorded = record_as_another_program(
        law_desk,
        law_sha256="a" * 64,
        facts={**known, "victim.lawful_presence": nothing | {"by_hand": True, "said": []}},
    )

    facts = part(law_desk.page(recorded=recorded), 'class="given facts"', "</dl>")
    assert "victim: nationality" in facts
    assert "lawful presence" not in facts


@pytest.mark.parametrize("name", ["nothing", "0" * 32])
def test_an_assessment_that_is_not_on_record_is_not_there(law_desk: LawDesk, name: str) -> None:
    answer = law_desk.get(recorded=name)

    assert answer.status_code == 404


def test_the_words_of_a_letter_on_hold_are_marked_as_not_used_today(law_desk: LawDesk) -> None:
    old = record_then(law_desk)
    record(law_desk.desk.docket, ErasureAsked(letter=Letter.objects.get().id, said_in="a" * 32, tier="C"))

    then = law_desk.page(recorded=old.id, element="made_to_serve")

    assert "its reporter asks to erase it: not used today" in part(then, 'class="ev2 for"', "</section>")
