"""A passage becomes a claim in a case, one click from its words; nothing that was typed is ever lost."""

from invented_desk import ACCOUNT
from onrecord.casework.corroboration.grades import grade_origin
from onrecord.casework.models import Act, Claim, Event, Passage, Person
from onrecord.casework.record.append import newest_entry
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId
from unit.desk.conftest import Desk


def typed(desk: Desk, case: str, **more: str) -> dict[str, str]:
    return {
        "step": "code",
        "seen": str(newest_entry()),
        "words": "sign, or you will be charged and go to prison",
        "kind": "act",
        "on": f"new:{case}",
        "victim": "new:person",
        "field-0": "coercion.means",
        "value-0": "violence",
        "mode-0": "threatened",
        "by-0": "reporter",
        "stance": "supports",
        **more,
    }


def test_a_coded_passage_stands_in_the_text_and_in_the_case(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()

    answer = desk.client.post(f"/read/{exhibit.id}", typed(desk, case))

    passage = Passage.objects.get()
    address = f"/read/{exhibit.id}#p{passage.id}"
    assert answer["Location"] == address
    assert f'id="p{passage.id}"' in desk.client.get(f"/read/{exhibit.id}").content.decode()
    assert f'href="{address}"' in desk.client.get(f"/case/{case}").content.decode()


def test_what_is_wrong_is_named_and_what_was_typed_is_kept(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()

    answer = desk.client.post(f"/read/{exhibit.id}", typed(desk, case, kind="", manner="<b>at night</b>"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-kind"' in page
    assert "sign, or you will be charged" in page
    assert "&lt;b&gt;at night&lt;/b&gt;" in page
    assert not Claim.objects.exists()


def test_without_a_script_a_field_shows_its_terms_after_asking(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()

    page = desk.client.post(f"/read/{exhibit.id}", typed(desk, case, step="terms")).content.decode()

    assert '<option value="violence" selected>' in page
    assert '<option value="threatened" selected>' in page


def test_a_text_that_changed_meanwhile_is_not_coded_blindly(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    seen = str(newest_entry())
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case))

    answer = desk.client.post(f"/read/{exhibit.id}", typed(desk, case, seen=seen, words="I was not beaten myself"))

    assert answer.status_code == 422
    assert "Somebody else changed this" in answer.content.decode()
    assert Claim.objects.count() == 1


def test_a_hidden_character_is_shown_and_the_page_still_holds_the_text_as_received(desk: Desk) -> None:
    exhibit = desk.account()

    page = desk.client.get(f"/read/{exhibit.id}").content.decode()

    assert 'data-shown="[U+202E]"' in page
    assert "abc" in ACCOUNT


def test_a_claim_is_withdrawn_with_a_reason_and_stays_on_record(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case))
    claim = Claim.objects.get()

    refused = desk.client.post(f"/claim/{claim.id}/withdraw", {"reason": " "})
    desk.client.post(f"/claim/{claim.id}/withdraw", {"reason": "coded on the wrong act"})

    assert refused.status_code == 400
    assert "coded on the wrong act" in desk.client.get(f"/case/{case}").content.decode()


def test_after_erasing_the_letter_the_case_says_that_the_words_are_gone(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case))

    erase(desk.docket, SubjectId(exhibit.subject), "asked_by_the_person")

    page = desk.client.get(f"/case/{case}").content.decode()
    assert "erased" in page
    assert "go to prison" not in page


def test_a_second_event_of_a_person_is_opened_and_then_chosen_by_its_date(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    dated = {"field-0": "event.date", "value-0": "2025-02-09", "mode-0": ""}
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case, **dated))
    again = {"victim": Person.objects.get().id, "event": "new:event", **dated, "value-0": "2025-03"}
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case, **again))
    first, second = Event.objects.order_by("entry")

    page = desk.client.get(f"/read/{exhibit.id}").content.decode()
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case, **{**again, "event": second.id}))

    assert f'<option value="{first.id}">event 1 · 2025-02-09</option>' in page
    assert f'<option value="{second.id}">event 2 · 2025-03</option>' in page
    assert list(Act.objects.order_by("entry").values_list("event", flat=True)) == [first.id, second.id, second.id]


def test_an_event_that_does_not_fit_is_refused_beside_its_field(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()

    no_act = desk.client.post(f"/read/{exhibit.id}", typed(desk, case, on=f"case:{case}", victim="", event="new:event"))
    elsewhere = desk.client.post(f"/read/{exhibit.id}", typed(desk, case, event="1" * 32))

    for answer in (no_act, elsewhere):
        assert answer.status_code == 422
        assert 'href="#f-event"' in answer.content.decode() and 'id="e-event"' in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_grade_that_a_claim_has_from_its_letter_is_said_to_be_inherited(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case, credibility="3"))
    addresses = [f"/read/{exhibit.id}", f"/case/{case}"]
    alone = [desk.client.get(address).content.decode() for address in addresses]

    grade_origin(desk.docket, exhibit.origin, "She was there.", reliability="B", credibility="2")

    assert all('<span class="ltr">–3</span>' in page and "inherited" not in page for page in alone)
    for address in addresses:
        page = desk.client.get(address).content.decode()
        assert '<span class="ltr">B3</span>, <span class="ltr">B</span> inherited' in page
