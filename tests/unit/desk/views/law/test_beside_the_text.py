"""Beside a text stands what its newest passage moved, for whom it speaks of."""

from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.models import Act, Claim
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part


def test_a_new_passage_shows_what_it_moved_and_what_stands_now(law_desk: LawDesk) -> None:
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    act = Act.objects.get().id
    knew = [check_value("perp.aware_of_status", "yes")]
    coded = code_claim(law_desk.desk.docket, Coding(account.exhibit, 0, 6, "act", act, values=knew, by=("reporter",)))

    page = law_desk.desk.client.get(f"/read/{account.exhibit}").content.decode()
    withdraw_claim(law_desk.desk.docket, coded.claim, "misread")
    after = law_desk.desk.client.get(f"/read/{account.exhibit}").content.decode()

    [step] = part(page, 'class="steps"', "</ul>").split("<li>")[1:]
    assert "Actor knew the status" in step
    assert step.index("unknown") < step.index("<b>supported</b>")
    assert "Rome 8.2.a.v" in part(page, "What stands now", "</ul>")
    assert "37 provisions have no lawyer" in part(page, 'id="moved"', "</section>")
    assert "First, do no harm" in part(page, 'id="moved"', 'class="steps"')
    assert "What withdrawing the newest passage moved" in after
    [back] = part(after, 'class="steps"', "</ul>").split("<li>")[1:]
    assert "Actor knew the status" in back
    assert back.index("supported") < back.index("<b>unknown</b>")


def test_after_the_withdrawal_of_a_passage_that_moved_nothing_nothing_is_said_of_elements(law_desk: LawDesk) -> None:
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    coding = Coding(account.exhibit, 0, 6, "act", Act.objects.get().id, by=("reporter",))
    coded = code_claim(law_desk.desk.docket, coding)

    page = law_desk.desk.client.get(f"/read/{account.exhibit}").content.decode()
    withdraw_claim(law_desk.desk.docket, coded.claim, "misread")
    after = law_desk.desk.client.get(f"/read/{account.exhibit}").content.decode()

    assert "It moved no element." in page
    assert "It moved no element." not in after


def test_a_text_on_which_nothing_is_coded_has_no_such_panel(law_desk: LawDesk) -> None:
    source = law_desk.desk.article()
    reading = law_desk.desk.client.get(f"/source/{source}").content.decode()

    page = law_desk.desk.client.get("/read/" + part(reading, "/read/", '"').removeprefix("/read/")).content.decode()

    assert 'id="moved"' not in page
