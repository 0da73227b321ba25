"""Beside a text stands what its newest passage moved, for whom it speaks of."""

import pytest

from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.entries.cases import ActOpened, EventOpened
from onrecord.casework.models import Act, Claim, ClaimValue
from onrecord.casework.opening import add_person, involve
from onrecord.casework.overview import claims_on
from onrecord.casework.record.append import record
from onrecord.desk.shown.law.over_time import moved
from onrecord.ground.ids import CaseId, PersonId, new_id
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from onrecord.law.model import Assessment, Facts, Law
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part


def code_words_alone(law_desk: LawDesk) -> Claim:
    """Code words that state nothing, so that they move nothing; return the claim."""
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    coding = Coding(account.exhibit, 0, 6, "act", Act.objects.get().id, by=("reporter",))
    return Claim.objects.get(pk=code_claim(law_desk.desk.docket, coding).claim)


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
    assert "Knowledge of the status" in step
    assert step.index("unknown") < step.index("<b>supported</b>")
    assert "Rome 8.2.a.v" in part(page, "What stands now", "</ul>")
    assert "37 provisions have no lawyer" in part(page, 'id="moved"', "</section>")
    assert "What withdrawing the newest passage moved" in after
    [back] = part(after, 'class="steps"', "</ul>").split("<li>")[1:]
    assert "Knowledge of the status" in back
    assert back.index("supported") < back.index("<b>unknown</b>")


def test_the_panel_says_which_passage_it_speaks_of_and_what_was_coded_on_it(law_desk: LawDesk) -> None:
    account = Claim.objects.order_by("entry").first()
    assert account is not None

    newest = law_desk.desk.client.get(f"/read/{account.exhibit}").content.decode()
    asked = law_desk.desk.client.get(f"/read/{account.exhibit}?moved={account.id}").content.decode()

    assert "the newest:" in part(newest, 'id="moved"', "</section>")
    told = part(asked, 'id="moved"', "</section>")
    assert "I came from Tarazan" in told and "<bdi>TJ</bdi>" in told and "the newest:" not in told


def test_a_passage_that_moved_nothing_says_so_and_so_does_its_withdrawal(law_desk: LawDesk) -> None:
    coded = code_words_alone(law_desk)

    page = law_desk.desk.client.get(f"/read/{coded.exhibit}").content.decode()
    withdraw_claim(law_desk.desk.docket, coded.id, "misread")
    after = law_desk.desk.client.get(f"/read/{coded.exhibit}").content.decode()

    assert "It moved no element." in page
    assert "Withdrawing it moved no element." in after


def test_the_withdrawal_of_an_older_passage_is_told_where_it_was_asked(law_desk: LawDesk) -> None:
    newest = code_words_alone(law_desk)
    [stage] = [value.claim for value in ClaimValue.objects.filter(field="recruit.stage")]

    answer = law_desk.desk.client.post(f"/claim/{stage}/withdraw", {"from": "text", "reason": "misread"})

    assert answer.headers["Location"] == f"/read/{newest.exhibit}?moved={stage}#moved"
    panel = part(law_desk.desk.client.get(answer.headers["Location"]).content.decode(), 'id="moved"', "</section>")
    assert "What withdrawing this passage moved" in panel
    assert "uniforms and nine days of training" in panel
    entered = part(panel, "Entered service", "</li>")
    assert entered.index("supported") < entered.index("<b>unknown</b>")


def test_what_an_older_passage_moves_is_one_step_from_its_card(law_desk: LawDesk) -> None:
    newest = code_words_alone(law_desk)
    [stage] = [value.claim for value in ClaimValue.objects.filter(field="recruit.stage")]

    page = law_desk.desk.client.get(f"/read/{newest.exhibit}").content.decode()
    older = law_desk.desk.client.get(f"/read/{newest.exhibit}?moved={stage}").content.decode()

    assert f'href="?moved={stage}#moved"' in part(page, f'id="c{stage}"', "</div>\n</div>")
    assert "What this passage moves" in part(older, 'id="moved"', "</section>")
    assert "<b>supported</b>" in part(older, "Entered service", "</li>")


def test_a_passage_is_held_against_the_event_of_its_act_where_a_person_has_several(law_desk: LawDesk) -> None:
    event, act = new_id(), new_id()
    opened = EventOpened(law_desk.case, event, title="The second time")
    record(law_desk.desk.docket, opened, ActOpened(law_desk.case, act, event, law_desk.person))
    account = Claim.objects.order_by("entry")[0].exhibit
    trained = [check_value("recruit.stage", "in_training")]
    code_claim(law_desk.desk.docket, Coding(account, 0, 6, "act", act, values=trained, by=("reporter",)))

    panel = part(law_desk.desk.client.get(f"/read/{account}").content.decode(), 'id="moved"', "</section>")

    assert "event 2 · The second time alone" in panel
    assert f"event={event}" in part(panel, '<a class="small end"', ">")
    entered = part(panel, "Entered service", "</li>")  # in the first event it was supported already
    assert entered.index("unknown") < entered.index("<b>supported</b>")


def test_however_much_a_text_holds_two_assessments_tell_what_a_passage_moved(
    law_desk: LawDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = claims_on(code_words_alone(law_desk).exhibit)
    made: list[Facts] = []

    def counted(facts: Facts, law: Law) -> Assessment:
        made.append(facts)
        return assess(facts, law)

    monkeypatch.setattr(moved, "assess", counted)

    moved.moved_by(claims, load_law())

    assert len(made) == 2


def test_what_a_passage_says_of_who_did_it_moves_nothing(law_desk: LawDesk) -> None:
    docket, account = law_desk.desk.docket, Claim.objects.order_by("entry")[0].exhibit
    accused = add_person(docket, CaseId(law_desk.case), "person", "a uniform")
    involve(docket, Act.objects.get().id, PersonId(accused), "carried_out")
    led_away = [check_value("liberty.deprived", "yes")]

    coded = code_claim(
        docket, Coding(account, 0, 6, "act", law_desk.case, values=led_away, by=("reporter",), victim=accused)
    )

    assert coded.person == accused
    assert 'id="moved"' not in law_desk.desk.client.get(f"/read/{account}").content.decode()


def test_a_text_on_which_nothing_is_coded_has_no_such_panel(law_desk: LawDesk) -> None:
    source = law_desk.desk.article()
    reading = law_desk.desk.client.get(f"/source/{source}").content.decode()

    page = law_desk.desk.client.get("/read/" + part(reading, "/read/", '"').removeprefix("/read/")).content.decode()

    assert 'id="moved"' not in page
