"""Dangers to a person stand above everything else on every page of a case, by name, and beside a text too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.models import Claim
from onrecord.casework.opening import open_case
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part

NO_CONTACT = "there could be no contact that a holder would see"
AGE_FIRST = "Find out the age before anything else"


def exhibit() -> str:
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    return account.exhibit


def code_a_prisoner(law_desk: LawDesk) -> str:
    """Code a second person of whom it is only known that they were a prisoner of war."""
    values = [check_value("victim.status", "prisoner_of_war")]
    coding = Coding(exhibit(), 0, 6, "act", "new:act", values, ("reporter",), case=law_desk.case, victim="new:person")
    return code_claim(law_desk.desk.docket, coding).person


def test_every_danger_stands_above_the_text_and_its_form_and_no_contact_stands_first(law_desk: LawDesk) -> None:
    code_a_prisoner(law_desk)

    page = law_desk.desk.client.get(f"/read/{exhibit()}").content.decode()

    dangers = part(page, 'class="dangers"', "</section>")
    assert dangers.index(NO_CONTACT) < dangers.index(AGE_FIRST)
    assert page.index('class="dangers"') < page.index('class="read"') < page.index('id="code"')


def test_a_claim_about_nobody_alone_hides_no_danger(law_desk: LawDesk) -> None:
    code_a_prisoner(law_desk)
    whole = Coding(exhibit(), 0, 6, "act", law_desk.case, by=("reporter",))
    code_claim(law_desk.desk.docket, whole)

    page = law_desk.desk.client.get(f"/read/{exhibit()}").content.decode()

    assert 'id="moved"' not in page
    assert NO_CONTACT in part(page, 'class="dangers"', "</section>")


@pytest.mark.parametrize("address", ["/case/{case}", "/case/{case}/forums", "/case/{case}/bundle"])
def test_every_page_of_a_case_names_those_in_danger_above_everything(law_desk: LawDesk, address: str) -> None:
    code_a_prisoner(law_desk)

    page = law_desk.desk.client.get(address.format(case=law_desk.case)).content.decode()

    assert page.index('class="dangers"') < page.index('id="main"')
    first, *others = part(page, 'class="dangers"', "</section>").split("<li>")[1:]
    assert "Person 2" in first and "Person 1" not in first
    assert NO_CONTACT in first
    assert any("Person 1" in other for other in others)
    assert "depends on how things stand now" in page


def test_more_people_in_a_case_ask_nothing_more_of_the_tables(law_desk: LawDesk) -> None:
    code_a_prisoner(law_desk)
    page = f"/case/{law_desk.case}/forums"
    law_desk.desk.client.get(page)
    with CaptureQueriesContext(connection) as of_two:
        law_desk.desk.client.get(page)

    for _ in range(3):
        code_a_prisoner(law_desk)

    with CaptureQueriesContext(connection) as of_five:
        law_desk.desk.client.get(page)
    assert len(of_five) == len(of_two)


def test_where_a_text_speaks_of_two_cases_each_danger_names_its_case(law_desk: LawDesk) -> None:
    code_a_prisoner(law_desk)
    case = open_case(law_desk.desk.docket, "Harbour")
    values = [check_value("victim.status", "prisoner_of_war")]
    coding = Coding(exhibit(), 0, 6, "act", "new:act", values, ("reporter",), case=case, victim="new:person")
    code_claim(law_desk.desk.docket, coding)

    page = law_desk.desk.client.get(f"/read/{exhibit()}").content.decode()

    first, second, *_ = part(page, 'class="dangers"', "</section>").split("<li>")[1:]
    assert "Lantern / " in first and "Harbour / " in second
    assert NO_CONTACT in first and NO_CONTACT in second
