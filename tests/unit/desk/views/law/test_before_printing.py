"""Before a sheet leaves: what it rests on is recorded, what was not asked for is refused, and its words were shown."""

import re
from typing import Any

import pytest

from invented_desk import COURT
from onrecord.bundle.analysis.printing import print_sheet, what_may_leave
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.casework.coding import Coded, Coding, code_claim
from onrecord.casework.consent import consent_of
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import ConsentConfirmed
from onrecord.casework.law.places import override_place
from onrecord.casework.law.signing import sign_provisions
from onrecord.casework.models import Claim, Event, Letter, MatrixPrint, Source
from onrecord.casework.opening import open_case
from onrecord.casework.record.append import StaleRecord, record
from onrecord.casework.record.erase import erase
from onrecord.desk.shown.law.sheet import draw_sheet
from onrecord.ground.ids import SubjectId
from onrecord.law.load import load_law
from onrecord.words.fields import check_value
from unit.casework.test_holds_and_consent import first, later
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_leaving import SIGNATURE, print_it, sign_all

LAW = load_law()


@pytest.fixture
def signed_desk(law_desk: LawDesk) -> LawDesk:
    sign_all(law_desk)
    return law_desk


def code(docket: Docket, text: str, on: str, *values: str, **more: Any) -> Coded:
    by = ("reporter",) if Letter.objects.filter(pk=text).exists() else (text,)
    coded = [check_value(*value.split("=")) for value in values]
    return code_claim(docket, Coding(text, 0, 6, "act", on, coded, by=by, **more))


def the_act() -> str:
    return str(Claim.objects.order_by("entry")[0].act)


def ask_each_time(docket: Docket) -> str:
    """Open a letter whose reporter wants to be asked each time, and record one yes."""
    letter = first(docket, [(COURT, "ask_first")]).id
    record(docket, ConsentConfirmed(letter=letter, purpose=COURT, said_in=letter))
    return str(letter)


def case_on(docket: Docket, letter: str, name: str) -> tuple[str, str]:
    case = open_case(docket, name)
    coded = code(docket, letter, "new:act", "victim.nationality=TJ", case=case, victim="new:person")
    return case, coded.person


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("act_type=coerced_contract", "recruit.mode=service_contract"),  # drawn from an act, until it is stated
        ("closed=deception.means", "deception.means=false_pay"),  # a list that a later value opens again
    ],
)
def test_a_claim_that_counts_only_while_another_stays_is_recorded_and_its_yes_is_used(
    signed_desk: LawDesk, told: str, published: str
) -> None:
    docket = signed_desk.desk.docket
    letter, source = ask_each_time(docket), Source.objects.get().id
    counts = code(docket, letter, the_act(), told).claim
    code(docket, source, the_act(), published)

    answer = print_it(signed_desk, basis=["consent"])

    row = MatrixPrint.objects.get()
    assert answer.status_code == 200
    assert counts in row.claims and letter in row.texts
    assert consent_of(letter) == {COURT: "ask_first"}


def test_what_a_request_to_erase_holds_back_is_counted_with_its_reason(signed_desk: LawDesk) -> None:
    docket = signed_desk.desk.docket
    letter = first(docket, [(COURT, "given")])
    code(docket, letter.id, the_act(), "victim.status=civilian")
    later(docket, letter, erase=True)

    page = print_it(signed_desk).content.decode()

    assert MatrixPrint.objects.get().left_out == {"on_hold": 1}
    assert "1 because its reporter asks to erase it" in page


@pytest.mark.parametrize("asked", [{"event": "f" * 32}, {"show": ["nonsense"]}, {"show": ["c29-2", "nonsense"]}])
def test_what_is_not_there_is_refused_and_nothing_else_is_printed(
    signed_desk: LawDesk, asked: dict[str, object]
) -> None:
    answer = print_it(signed_desk, **asked)

    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()
    assert not MatrixPrint.objects.exists()


def test_the_first_letters_of_an_event_name_none(signed_desk: LawDesk) -> None:
    answer = print_it(signed_desk, event=Event.objects.get().id[:6])

    assert answer.status_code == 404 and not MatrixPrint.objects.exists()


def test_a_safeguard_alone_is_refused_and_not_replaced_by_others(signed_desk: LawDesk) -> None:
    assert print_it(signed_desk, show=["merc-guard"]).status_code == 404
    assert not MatrixPrint.objects.exists()


def test_what_was_typed_or_coded_after_the_form_was_read_does_not_leave(signed_desk: LawDesk) -> None:
    docket = signed_desk.desk.docket
    form = signed_desk.post("/law/print", step="show", basis=["consent"]).content.decode()
    seen = re.findall('name="seen" value="([0-9]+)"', form)[0]
    override_place(docket, Event.objects.get().id, "occupied", "Typed meanwhile")

    old, none = print_it(signed_desk, seen=seen), print_it(signed_desk, seen="")

    assert (old.status_code, none.status_code) == (409, 422)
    assert not MatrixPrint.objects.exists()
    again = re.findall('name="seen" value="([0-9]+)"', old.content.decode())[0]
    assert "Typed meanwhile" in old.content.decode()
    assert print_it(signed_desk, seen=again).status_code == 200


def test_remarks_of_a_lawyer_are_read_before_they_leave(law_desk: LawDesk) -> None:
    docket, seen = law_desk.desk.docket, 0
    sign_provisions(docket, LAW, ["c29-2"], **SIGNATURE)
    form = law_desk.page("/law/print", show="c29-2", basis="consent")
    seen = re.findall('name="seen" value="([0-9]+)"', form)[0]
    sign_provisions(docket, LAW, ["c29-2"], **SIGNATURE | {"on": "2026-03-02"}, remarks="Read with one reservation")

    answer = print_it(law_desk, show=["c29-2"], seen=seen)

    assert answer.status_code == 409
    assert "Read with one reservation" not in form
    assert "Read with one reservation" in answer.content.decode()
    assert print_it(law_desk, show=["c29-2"]).status_code == 200


def test_one_yes_is_good_for_one_of_two_sheets_that_were_drawn_at_once(signed_desk: LawDesk) -> None:
    docket = signed_desk.desk.docket
    letter = ask_each_time(docket)
    cases = [case_on(docket, letter, name) for name in ("Lamp", "Candle")]
    asked = [Request(case, (Basis.CONSENT,), COURT) for case, _ in cases]
    sheets = [what_may_leave(docket, one, LAW, person) for one, (_, person) in zip(asked, cases, strict=True)]
    drawn = [draw_sheet(LAW, one, [], {}) for one in sheets]

    print_sheet(docket, asked[0], LAW, sheets[0], drawn[0])
    with pytest.raises(StaleRecord):
        print_sheet(docket, asked[1], LAW, sheets[1], drawn[1])

    assert MatrixPrint.objects.count() == 1


def test_a_yes_stays_used_when_the_case_that_used_it_is_erased(signed_desk: LawDesk) -> None:
    docket = signed_desk.desk.docket
    letter = ask_each_time(docket)
    case, person = case_on(docket, letter, "Lamp")
    path, asked = f"/case/{case}/law/print", {"step": "print", "purpose": COURT, "basis": ["consent"]}
    answer = signed_desk.send(path, person=person, **asked)

    erase(docket, SubjectId(case), "mistake")

    assert answer.status_code == 200 and not MatrixPrint.objects.exists()
    assert consent_of(letter) == {COURT: "ask_first"}


def test_an_erased_case_uses_up_no_yes_that_came_after_all_of_it(signed_desk: LawDesk) -> None:
    docket = signed_desk.desk.docket
    earlier = open_case(docket, "Lamp")
    letter = ask_each_time(docket)

    erase(docket, SubjectId(earlier), "mistake")

    assert consent_of(letter) == {COURT: "given"}


def test_the_form_says_the_dangers_and_nothing_is_published_where_one_forbids_it(signed_desk: LawDesk) -> None:
    asked = {"purpose": "publish_facts", "basis": ["public_source"]}

    form = signed_desk.post("/law/print", step="show", **asked).content.decode()
    answer = print_it(signed_desk, **asked)

    assert "May be serving: exposure can lead to reprisal" in form
    assert answer.status_code == 403
    assert "nothing about them is published" in answer.content.decode()
    assert not MatrixPrint.objects.exists()
    assert print_it(signed_desk, **asked | {"purpose": COURT}).status_code == 200
