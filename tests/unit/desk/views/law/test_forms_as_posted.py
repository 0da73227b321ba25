"""A form that was changed on its way, or that belongs to another page, records nothing and says why."""

import pytest

from invented_desk import COURT
from onrecord.casework.law.signing import sign_provisions
from onrecord.casework.models import (
    Act,
    Assessment,
    Event,
    Holding,
    LedgerRow,
    MatrixPrint,
    PlaceOverride,
    ProvisionSignature,
    Submission,
    UnsignedAllowance,
)
from onrecord.casework.opening import add_person, involve, open_case
from onrecord.casework.record.append import newest_entry
from onrecord.ground.ids import CaseId, PersonId
from onrecord.law.load import load_law
from unit.desk.views.law.conftest import LawDesk

SIGNATURE = {"lawyer": "Ada Placeholder", "qualification": "advocate, invented bar", "on": "2026-03-01"}
TEXT = load_law().provisions["c29-2"].sha256


@pytest.mark.parametrize("seen", ["", "²", "-1", "1e3", "9" * 12, "9" * 30, "9" * 5_000])
def test_a_form_that_does_not_say_what_its_page_showed_is_refused(law_desk: LawDesk, seen: str) -> None:
    sign_provisions(law_desk.desk.docket, load_law(), ["c29-2"], **SIGNATURE)
    event, before = Event.objects.get().id, LedgerRow.objects.count()

    answers = [
        law_desk.post("/law/place", event=event, status="third_state", reason="A map", seen=seen),
        law_desk.post("/law/allow", reason="A hearing tomorrow", seen=seen),
        law_desk.post("/forums", forum="wgeid", language="en", seen=seen),
        law_desk.post("/holding", thing="authority", state="held", where="In the safe", seen=seen),
        law_desk.send("/law/c29-2", **SIGNATURE, read=TEXT, seen=seen),
        law_desk.post("/law/print", step="print", basis="consent", purpose=COURT, show="c29-2", seen=seen),
    ]

    assert [answer.status_code for answer in answers] == [422] * 6
    assert all("This form does not say on which page it was filled in" in answer.content.decode() for answer in answers)
    assert LedgerRow.objects.count() == before
    for table in (PlaceOverride, UnsignedAllowance, Submission, Holding, MatrixPrint):
        assert not table.objects.exists()


def test_the_same_form_posted_twice_is_recorded_once(law_desk: LawDesk) -> None:
    seen = newest_entry()

    forums = [law_desk.post("/forums", forum="wgeid", language="en", seen=seen).status_code for _ in range(2)]
    seen = newest_entry()
    signed = [law_desk.send("/law/c29-2", **SIGNATURE, read=TEXT, seen=seen).status_code for _ in range(2)]
    again = law_desk.send("/law/c29-2", **SIGNATURE, read=TEXT)

    assert (forums, signed, again.status_code) == ([302, 409], [302, 409], 422)
    assert "on this day already" in again.content.decode()
    assert (Submission.objects.count(), ProvisionSignature.objects.count()) == (1, 1)


def test_the_place_of_an_event_is_set_on_its_own_case_alone(law_desk: LawDesk) -> None:
    other = open_case(law_desk.desk.docket, "Anchor")
    event = Event.objects.get().id

    answer = law_desk.send(f"/case/{other}/law/place", event=event, status="third_state", reason="A map of that day")

    assert answer.status_code == 404 and not PlaceOverride.objects.exists()


def test_a_status_that_no_place_has_is_refused_on_the_page_like_every_form(law_desk: LawDesk) -> None:
    event = Event.objects.get().id
    typed = {"event": event, "status": "ours", "reason": "A map", "element": "in_occupied"}

    answer = law_desk.post("/law/place", **typed)

    page = answer.content.decode()
    assert answer.status_code == 422 and not PlaceOverride.objects.exists()
    assert f'href="#status-{event}"' in page and 'value="A map"' in page
    assert f'<select id="status-{event}" name="status" aria-invalid="true">' in page


def test_what_is_no_language_or_lies_ahead_is_refused_beside_its_field(law_desk: LawDesk) -> None:
    law_desk.post("/forums", forum="wgeid", language="en")
    row = Submission.objects.get()
    agreed = {"purposes": ["share_un"], "agreed_by": "the person", "agreed_on": "2099-02"}

    begun = law_desk.post("/forums", forum="icc_otp", language="zz zz")
    noted = law_desk.send(f"/submission/{row.id}/note", submission=row.id, language="zz zz")
    to_come = law_desk.post("/holding", thing="authority", state="held", where="A safe", **agreed)

    fields = ("language-icc_otp", f"language-{row.id}", "agreed_on")
    for answer, field in zip((begun, noted, to_come), fields, strict=True):
        assert answer.status_code == 422
        assert f'aria-describedby="{field}-wrong"' in answer.content.decode(), field
    assert Submission.objects.get().language == "en" and not Holding.objects.exists()


def test_nothing_unknown_is_carried_into_an_address(law_desk: LawDesk) -> None:
    event = Event.objects.get().id
    typed = {"status": "third_state", "reason": "A map of that day", "show": "gc4-51-1a", "element": "in_occupied"}

    known = law_desk.post("/law/place", event=event, **typed)
    made_up = law_desk.post("/law/record", event="", show="Muster", element="Muster")
    stranger = law_desk.post("/forums", person="", forum="wgeid")

    assert known["Location"].endswith(f"?person={law_desk.person}&show=gc4-51-1a&element=in_occupied")
    assert made_up["Location"].endswith(f"?person={law_desk.person}")
    assert stranger["Location"].endswith("/forums#wgeid")
    assert "Muster" not in made_up["Location"]


def test_who_did_it_has_no_table_of_what_was_done_to_them(law_desk: LawDesk) -> None:
    docket = law_desk.desk.docket
    accused = add_person(docket, CaseId(law_desk.case), "person", "a uniform")
    involve(docket, Act.objects.get().id, PersonId(accused), "carried_out")

    looked, posted = law_desk.get(person=accused), law_desk.post("/law/record", person=accused)

    assert (looked.status_code, posted.status_code) == (404, 404)
    assert "Nothing in this case was done to this person" in looked.content.decode()
    assert not Assessment.objects.exists()
