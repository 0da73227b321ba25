"""A passage becomes a claim in a case, one click from its words; nothing that was typed is ever lost."""

from invented_desk import ACCOUNT
from onrecord.casework.models import Claim, Passage
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
