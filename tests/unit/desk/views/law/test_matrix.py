"""One person beside the law: every status with what stands for and against it, and why a rule does not reach."""

from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.law.facts import read_case
from onrecord.casework.models import Assessment, Claim, Event, PlaceOverride
from onrecord.casework.opening import open_case
from onrecord.law.load import load_law
from onrecord.words.fields import check_value
from unit.desk.conftest import Desk
from unit.desk.views.law.conftest import LawDesk


def part(page: str, begin: str, end: str) -> str:
    return page[page.index(begin) :].split(end, 1)[0]


def open_second_person(law_desk: LawDesk) -> str:
    text = Claim.objects.order_by("entry").first()
    assert text is not None
    coding = Coding(text.exhibit, 0, 6, "act", "new:act", by=("reporter",), case=law_desk.case, victim="new:person")
    return code_claim(law_desk.desk.docket, coding).person


def test_an_element_shows_what_speaks_for_it_and_against_it_with_words_origin_and_grade(law_desk: LawDesk) -> None:
    page = law_desk.page(element="not_offered_voluntarily")

    speaks_for = part(page, 'class="ev2 for"', "</section>")
    against = part(page, 'class="ev2 ag"', "</section>")
    assert "“I did not want it”" in speaks_for
    assert "#p" in speaks_for
    assert "C2" in speaks_for
    assert "“Every man signed of his own will”" in against
    assert "Granit-Example" in against
    assert "1 passage, from 1 independent origin<" in against
    assert "sources disagree" in part(page, 'id="element"', "</section>")


def test_deceit_beside_force_is_only_one_part_of_what_compulsion_asks(law_desk: LawDesk) -> None:
    page = law_desk.page(element="compelled")

    speaks_for = part(page, 'class="ev2 for"', "</section>").split("<li>")
    [deceit] = [passage for passage in speaks_for if "no army" in passage]
    [threat] = [passage for passage in speaks_for if "go to prison" in passage]
    assert "one part of what the rule asks" in deceit
    assert "one part of what the rule asks" not in threat


def test_every_status_has_a_shape_and_a_word(law_desk: LawDesk) -> None:
    page = law_desk.page()

    cells = [cell.split("</td>")[0] for cell in part(page, "<tbody>", "</table>").split("<td")[1:]]
    drawn = [cell for cell in cells if "<svg" in cell]
    assert len(drawn) > 20
    assert all("<title>" in cell and "#g-" in cell for cell in drawn)


def test_a_provision_that_does_not_reach_the_facts_says_why_and_is_one_step_away(law_desk: LawDesk) -> None:
    page = law_desk.page()

    beyond = part(page, 'id="beyond"', "</section>")
    assert "Rome 8.2.b.xv" in beyond
    assert "Was the person a national of the other party to the conflict?" in beyond
    assert "8.2.b.xv" not in part(page, "<thead>", "</thead>")
    assert "8.2.b.xv" in part(law_desk.page(show="rome-8-2-b-xv"), "<thead>", "</thead>")


def test_what_was_asked_in_vain_is_told_apart_from_what_nobody_asked(law_desk: LawDesk) -> None:
    page = law_desk.page(element="moved")

    assert "asked, and not known" in part(page, 'id="element"', "</section>")
    assert "movement: occurred" in part(page, "Asked, and not known</h3>", "</section>")


def test_a_fact_that_nobody_coded_shows_the_table_it_comes_from(law_desk: LawDesk) -> None:
    page = law_desk.page(element="hostile_power")

    assert "victim: bond" in part(page, "Nobody coded this", "</section>")
    assert "untested" in part(page, "Open points", "</section>").lower()


def test_dangers_stand_above_everything_and_speak_of_the_time_of_the_event(law_desk: LawDesk) -> None:
    page = law_desk.page()

    dangers = part(page, 'class="dangers"', "</section>")
    assert page.index('class="dangers"') < page.index("Working analysis") < page.index("<table>")
    assert "At the time of the event: nothing about this person is published" in dangers
    assert "Warn before asking" in dangers
    assert "depends on how things stand now" in dangers


def test_a_check_is_never_offered_as_a_question_to_the_person(law_desk: LawDesk) -> None:
    page = law_desk.page(element="aware_status")

    missing = part(page, "Missing: find out", "</section>")
    assert "How did they speak to the person?" in missing
    assert "It is not a question to put to the person." in missing
    assert "Reviewed question" not in missing


def test_recorded_assessments_stay_and_tell_what_changed(law_desk: LawDesk) -> None:
    law_desk.post("/law/record")
    [stage] = [
        claim
        for claim in read_case(law_desk.case, load_law()).claims
        if any(value.field == "recruit.stage" for value in claim.values)
    ]

    withdraw_claim(law_desk.desk.docket, stage.id, "misread")
    before = law_desk.page(element="made_to_serve")
    law_desk.post("/law/record")

    after = law_desk.page(element="made_to_serve")
    assert "differs from what is recorded" in before
    assert "differs from what is recorded" not in after
    assert f"recorded in entry {Assessment.objects.order_by('-entry')[0].entry}" in after
    assert Assessment.objects.count() == 2
    changes = part(after, 'class="changes"', "</ol>")
    assert changes.index("supported") < changes.index("unknown")


def test_facts_that_move_no_status_are_not_recorded_either(law_desk: LawDesk) -> None:
    law_desk.post("/law/record")
    [age] = [claim for claim in read_case(law_desk.case, load_law()).claims if claim.values[0].field == "victim.age"]
    same = [check_value("victim.age", "31")]
    code_claim(law_desk.desk.docket, Coding(age.exhibit, 0, 6, "act", age.act, values=same, by=("reporter",)))

    before = law_desk.page()
    law_desk.post("/law/record")

    assert "differs from what is recorded" in before
    assert "Record this assessment" in before
    assert "differs from what is recorded" not in law_desk.page()
    assert Assessment.objects.count() == 2


def test_history_says_as_the_page_does_that_sources_disagree(law_desk: LawDesk) -> None:
    law_desk.post("/law/record")

    page = law_desk.page(element="not_offered_voluntarily")

    assert "sources disagree" in part(page, 'id="element"', "</section>")
    changes = part(page, 'class="changes"', "</ol>")
    assert "sources disagree" in changes
    assert "unknown" not in changes


def test_who_held_a_place_is_set_by_hand_with_a_reason_that_is_shown(law_desk: LawDesk) -> None:
    event = Event.objects.get().id

    refused = law_desk.post("/law/place", event=event, status="third_state", reason=" ", element="in_occupied")
    done = law_desk.post(
        "/law/place", event=event, status="third_state", reason="A map of that day", element="in_occupied"
    )

    page = law_desk.page(element="in_occupied")
    assert (refused.status_code, done.status_code) == (422, 302)
    assert f'<a href="#reason-{event}">' in refused.content.decode()
    assert "contradicted" in part(page, 'id="element"', "</section>")
    by_hand = part(page, "Set by hand", "</section>")
    assert "A map of that day" in by_hand
    assert "<b>supported</b>" in by_hand  # what the claims alone say stays beside it
    assert "Port Sampel was held by them then" in part(page, "Set aside by that", "</section>")


def test_a_place_of_which_a_member_says_that_nobody_knows_was_not_asked_in_vain(law_desk: LawDesk) -> None:
    said = law_desk.post("/law/place", event=Event.objects.get().id, status="unknown", reason="No map of that day")

    page = law_desk.page(element="in_occupied")

    assert said.status_code == 302
    assert "No map of that day" in page
    assert "Asked, and not known" not in part(page, 'id="element"', "</section>")


def test_a_place_set_by_hand_is_marked_in_the_row_and_in_the_why_of_each_provision(law_desk: LawDesk) -> None:
    before = law_desk.page()
    law_desk.post("/law/place", event=Event.objects.get().id, status="third_state", reason="A map of that day")

    page = law_desk.page(show=["gc4-51-1a"])

    assert "set by hand" not in before
    assert "set by hand" in part(page, 'id="e-protected_gc4"', "</tr>")
    assert "set by hand" not in part(page, 'id="e-compelled"', "</tr>")
    oath = part(part(page, 'id="beyond"', "</section>"), "Hague 45", "</li>")
    assert "set by hand" in oath
    assert "A map of that day" in oath


def test_of_two_tabs_on_a_place_the_second_is_refused_and_keeps_what_was_typed(law_desk: LawDesk) -> None:
    event, shown = Event.objects.get().id, law_desk.page(element="in_occupied")
    seen = part(shown, 'name="seen" value="', '">').removeprefix('name="seen" value="')
    typed = {"event": event, "element": "in_occupied", "seen": seen}
    law_desk.post("/law/place", **typed, status="third_state", reason="A map of that day")

    second = law_desk.post("/law/place", **typed, status="contested_front", reason="Another map")

    page = second.content.decode()
    assert second.status_code == 409
    assert "Somebody else changed this after you opened it" in page
    assert 'value="Another map"' in page
    assert '<option value="contested_front" selected>' in page
    assert PlaceOverride.objects.count() == 1


def test_whoever_is_not_named_is_the_first_and_another_is_chosen_from_a_list(law_desk: LawDesk) -> None:
    other = open_second_person(law_desk)

    page = law_desk.desk.client.get(f"/case/{law_desk.case}/law").content.decode()
    theirs = law_desk.page(person=other)

    assert part(page, 'id="person"', "</select>").count("<option") == 2
    assert "Person 1" in part(page, "<h1>", "</section>")
    assert "Person 2" in part(theirs, "<h1>", "</section>")


def test_a_case_in_which_nothing_was_done_to_anybody_says_so(desk: Desk) -> None:
    page = desk.client.get(f"/case/{open_case(desk.docket, 'Empty')}/law").content.decode()

    assert "Nothing in this case was done to anybody yet" in page
    assert "not a legal finding" in page
