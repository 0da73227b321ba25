"""A person with several events: all of them together unless one is chosen, and a choice that nothing loses."""

import html

import pytest

from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.entries.cases import ActOpened, EventOpened
from onrecord.casework.models import Assessment, Claim, Event, PlaceOverride
from onrecord.casework.opening import add_person
from onrecord.casework.record.append import newest_entry, record
from onrecord.ground.ids import CaseId, new_id
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_leaving import print_it, sign_all
from unit.desk.views.law.test_matrix import part


@pytest.fixture
def second_event(law_desk: LawDesk) -> str:
    """A second event of the same person, in another place on another day."""
    event, act = new_id(), new_id()
    record(
        law_desk.desk.docket,
        EventOpened(law_desk.case, event, title="The second time"),
        ActOpened(law_desk.case, act, event, law_desk.person),
    )
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    said = {"place.region": "crimea", "place.status": "third_state", "event.date": "2025-06"}
    values = [check_value(field, value) for field, value in said.items()]
    code_claim(law_desk.desk.docket, Coding(account.exhibit, 0, 6, "act", act, values=values, by=("reporter",)))
    return event


def first_event() -> str:
    return str(Event.objects.order_by("entry")[0].id)


def test_a_person_with_one_event_is_offered_no_choice(law_desk: LawDesk) -> None:
    assert 'name="event"' not in law_desk.page(element="compelled")


def test_several_events_are_taken_together_until_one_is_chosen_by_its_number_day_and_place(
    law_desk: LawDesk, second_event: str
) -> None:
    together = law_desk.page()
    alone = law_desk.page(event=second_event)

    choice = part(together, '<select id="event"', "</select>")
    assert choice.count("<option") == 3
    assert "selected>all events together" in choice
    assert "event 1 · 2025-02-12 · " in choice
    assert "event 2 · The second time · 2025-06 · Crimea" in choice
    assert f'value="{second_event}" selected' in alone


def test_what_disagrees_only_because_of_several_events_is_said_to(law_desk: LawDesk, second_event: str) -> None:
    together = html.unescape(law_desk.page(element="in_occupied"))
    alone = html.unescape(law_desk.page(element="in_occupied", event=second_event))

    only = "disagree only because several events are taken together"
    assert "these facts disagree only because of that: event: date, place: region, place: status" in together
    assert only in part(together, 'id="element"', "</section>")
    assert only not in alone
    assert "these facts disagree" not in alone


def test_what_sources_dispute_within_one_event_is_not_put_down_to_several(law_desk: LawDesk, second_event: str) -> None:
    page = law_desk.page(element="not_offered_voluntarily")

    assert "sources disagree" in part(page, 'id="element"', "</section>")
    assert "They disagree only because" not in part(page, 'id="element"', "</section>")


def test_every_link_and_form_of_the_page_keeps_the_event(law_desk: LawDesk, second_event: str) -> None:
    page = html.unescape(law_desk.page(event=second_event, element="in_occupied", show="gc4-51-1a"))

    rows = [row.split(">")[0] for row in part(page, "<tbody>", "</table>").split('href="')[1:]]
    assert len(rows) > 4 and all(f"event={second_event}" in row or row.startswith("#") for row in rows)
    assert f"event={second_event}" in part(page, "/law/print?", ">")
    assert f"/forums?person={law_desk.person}&event={second_event}" in page
    for form in page.split("<form ")[1:]:
        assert second_event in form.split("</form>")[0] or "/law" not in form.split(">")[0]


def test_an_assessment_of_one_event_is_recorded_apart_and_has_a_history_of_its_own(
    law_desk: LawDesk, second_event: str
) -> None:
    answer = law_desk.post("/law/record", event=second_event)

    alone, together = law_desk.page(event=second_event), law_desk.page()
    assert f"event={second_event}" in answer.headers["Location"]
    assert [row.event for row in Assessment.objects.all()] == [second_event]
    assert "not recorded yet" not in alone
    assert "not recorded yet" in together


def test_an_old_assessment_of_one_event_is_opened_with_its_event(law_desk: LawDesk, second_event: str) -> None:
    law_desk.post("/law/record", event=second_event)
    old = Assessment.objects.get()

    then = law_desk.page(recorded=old.id)

    banner = part(then, 'class="past"', "</section>")
    assert "about event 2 · The second time" in banner
    assert f"event={second_event}" in part(banner, 'class="btn"', ">")


def test_a_place_set_by_hand_belongs_to_its_event_and_leads_back_to_the_one_that_was_shown(
    law_desk: LawDesk, second_event: str
) -> None:
    typed = {"status": "third_state", "reason": "A map of that day", "element": "in_occupied"}

    of_one = law_desk.post(f"/law/place?event={second_event}", event=second_event, **typed)
    of_all = law_desk.post("/law/place", event=first_event(), **typed)

    assert f"event={second_event}" in of_one.headers["Location"]
    assert "event=" not in of_all.headers["Location"]
    assert {row.event for row in PlaceOverride.objects.all()} == {first_event(), second_event}


def test_one_event_offers_the_place_of_that_event_alone(law_desk: LawDesk, second_event: str) -> None:
    alone = law_desk.page(event=second_event, element="in_occupied")
    together = law_desk.page(element="in_occupied")

    assert (alone.count('id="reason-'), together.count('id="reason-')) == (1, 2)


def test_an_event_of_another_person_of_the_case_is_left_for_all_together(law_desk: LawDesk, second_event: str) -> None:
    docket, event = law_desk.desk.docket, new_id()
    other = add_person(docket, CaseId(law_desk.case), "person")
    record(
        docket, EventOpened(law_desk.case, event, title="Another's"), ActOpened(law_desk.case, new_id(), event, other)
    )

    page = law_desk.page(event=event)

    assert "selected>all events together" in part(page, '<select id="event"', "</select>")


@pytest.mark.parametrize("path", ["/law", "/forums", "/law/print"])
def test_an_event_of_nobody_here_is_not_there(law_desk: LawDesk, path: str) -> None:
    answer = law_desk.get(path, event="0" * 32)

    assert answer.status_code == 404
    assert "Nothing was done to this person in an event of this identifier" in answer.content.decode()


def test_the_forums_and_the_print_are_about_the_event_that_is_chosen(law_desk: LawDesk, second_event: str) -> None:
    forums = law_desk.page("/forums", event=second_event)

    assert f'value="{second_event}" selected' in forums
    assert "event 2 · The second time" in part(forums, "<h1>", "</section>")
    assert f'name="event" value="{second_event}"' in law_desk.page("/law/print", event=second_event, show="gc4-51-1a")


@pytest.mark.parametrize("path", ["/law", "/forums", "/law/print"])
def test_the_tabs_of_a_case_keep_the_person_and_the_event(law_desk: LawDesk, second_event: str, path: str) -> None:
    tabs = html.unescape(part(law_desk.page(path, event=second_event), '<nav class="tabs"', "</nav>"))

    for tab in ("law", "forums"):
        assert f'"/case/{law_desk.case}/{tab}?person={law_desk.person}&event={second_event}"' in tabs


def test_what_is_noted_on_the_forums_page_leads_back_to_the_event_that_was_shown(
    law_desk: LawDesk, second_event: str
) -> None:
    page = html.unescape(law_desk.page("/forums", event=second_event, note="authority"))
    of_case = f'action="/case/{law_desk.case}/'
    forms = [form.split("</form>")[0] for form in page.split("<form ")[1:] if of_case in form.split(">")[0]]

    typed = {"event": second_event, "thing": "authority", "seen": newest_entry()}
    kept = law_desk.post("/holding", state="cannot_be_had", reason="Nobody can say", **typed)
    refused = law_desk.post("/holding", state="", **typed)

    assert len(forms) > 2 and all(second_event in form for form in forms)
    assert f"&event={second_event}&note=" in page
    assert f"event={second_event}" in kept.headers["Location"]
    assert f'value="{second_event}" selected' in refused.content.decode()


def test_a_sheet_of_several_events_says_so_and_in_what_they_differ(law_desk: LawDesk, second_event: str) -> None:
    sign_all(law_desk)
    said = "What was done in 2 events is taken together."

    together, alone = (print_it(law_desk, event=event).content.decode() for event in ("", second_event))

    assert "event: date" in part(together, said, "</p>")
    assert said not in alone
