"""What leaves is decided with open eyes: on a named basis, beside everything that stays."""

from onrecord.casework.models import BundleRecord
from unit.desk.conftest import Desk
from unit.desk.views.test_reading import typed


def coded_case(desk: Desk) -> str:
    exhibit, case = desk.account(), desk.case()
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case))
    return case


def test_without_a_basis_everything_stays_and_nothing_can_be_made(desk: Desk) -> None:
    case = coded_case(desk)

    page = desk.client.get(f"/case/{case}/bundle").content.decode()

    assert "no basis is chosen" in page
    assert "nothing has a basis to leave" in page


def test_consent_for_this_recipient_lets_the_letter_go_and_no_other_basis_is_assumed(desk: Desk) -> None:
    case = coded_case(desk)

    court = desk.client.post(f"/case/{case}/bundle", {"basis": "consent", "purpose": "share_international_court"})
    state = desk.client.post(f"/case/{case}/bundle", {"basis": "consent", "purpose": "share_home_state"})

    assert "Make the bundle<" in court.content.decode()
    assert "the reporter did not allow it for this recipient" in state.content.decode()


def test_a_bundle_is_made_recorded_and_checked(desk: Desk) -> None:
    case = coded_case(desk)
    asked = {"step": "make", "basis": "consent", "purpose": "share_international_court"}

    answer = desk.client.post(f"/case/{case}/bundle", asked)

    page = desk.client.get(answer["Location"]).content.decode()
    assert "every check held" in page
    assert "sh verify.sh" in page
    assert BundleRecord.objects.get().basis == ["consent"]


def test_an_order_without_its_reference_is_refused_and_nothing_leaves(desk: Desk) -> None:
    case = coded_case(desk)

    answer = desk.client.post(f"/case/{case}/bundle", {"step": "make", "basis": "lawful_order"})

    assert answer.status_code == 400
    assert not BundleRecord.objects.exists()
    assert not list((desk.docket.folder / "bundles").iterdir())
