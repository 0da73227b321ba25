"""A print is an act: on a named basis, with only what may leave on it, and an entry before there is a sheet."""

from html import unescape

import pytest

from invented_desk import COURT
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.coding import withdraw_claim
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.signing import sign_provisions
from onrecord.casework.models import Claim, Exhibit, LedgerRow, Letter, MatrixPrint
from onrecord.casework.record import redraw
from onrecord.casework.record.append import newest_entry
from onrecord.intake.collect import collect
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_dangers import NO_CONTACT, code_a_prisoner
from unit.desk.views.law.test_leaving import SIGNATURE, print_it, sign_all
from unit.desk.views.law.test_matrix import part

LAW = load_law()


@pytest.fixture
def signed_desk(law_desk: LawDesk) -> LawDesk:
    sign_all(law_desk)
    return law_desk


def claims_on(letter_or_source: str) -> set[str]:
    exhibits = Exhibit.objects.filter(origin=letter_or_source).values_list("id", flat=True)
    return set(Claim.objects.filter(exhibit__in=exhibits).values_list("id", flat=True))


def test_nothing_is_printed_before_a_basis_is_named_and_nothing_is_recorded(signed_desk: LawDesk) -> None:
    before = newest_entry()

    shown = signed_desk.get("/law/print")
    refused = print_it(signed_desk, basis=[])

    assert shown.status_code == 200
    assert "Print: nothing has a basis to leave" in shown.content.decode()
    assert "no basis is chosen" in shown.content.decode()
    assert refused.status_code == 422
    assert "none was named" in refused.content.decode()
    assert "<table><caption" not in refused.content.decode()
    assert newest_entry() == before


def test_a_print_is_an_entry_that_says_for_whom_on_which_basis_and_what_stood_on_it(signed_desk: LawDesk) -> None:
    page = print_it(signed_desk).content.decode()

    row = MatrixPrint.objects.get()
    entry = LedgerRow.objects.get(pk=row.entry)
    assert (row.case, row.person, row.event, row.purpose) == (signed_desk.case, signed_desk.person, "", COURT)
    assert (row.law_sha256, row.basis, row.allowance) == (LAW.sha256, ["consent", "public_source"], "")
    assert sorted(set(row.claims.values())) == ["consent", "public_source"] and row.left_out == {}
    assert set(row.elements) == {one["id"] for group in row.shown["elements"] for one in group["rows"]}
    assert f"Entry {row.entry} of the ledger" in page and bytes(entry.leaf).hex() in page
    assert "Approved by one person." in page and "International court" in page
    assert redraw.check(signed_desk.desk.docket) == []


def test_a_danger_in_which_nobody_may_be_in_touch_stands_first_on_the_sheet(signed_desk: LawDesk) -> None:
    prisoner = code_a_prisoner(signed_desk)

    print_it(signed_desk, person=prisoner)

    first, *others = MatrixPrint.objects.get().shown["dangers"]
    assert NO_CONTACT in first["effects"]
    assert others and not any(NO_CONTACT in other["effects"] for other in others)


def test_the_statuses_in_a_head_that_repeats_on_paper_are_drawn_where_they_stand(signed_desk: LawDesk) -> None:
    head = part(print_it(signed_desk).content.decode(), "<thead>", "</thead>")

    _, *marks = head.split("</title>")
    assert marks and all("<path" in mark or "<circle" in mark for mark in marks)
    assert "<use" not in head


def test_more_columns_than_fit_upright_paper_are_printed_across_it(signed_desk: LawDesk) -> None:
    eight = print_it(signed_desk).content.decode()
    all_of_them = print_it(signed_desk, show=list(LAW.provisions)).content.decode()

    assert 'class="sheet"' in eight
    assert 'class="sheet broad"' in all_of_them


def test_each_page_of_a_sheet_says_which_entry_it_is_of(signed_desk: LawDesk) -> None:
    page = print_it(signed_desk).content.decode()

    foot = part(page, "data-foot=", ">")
    assert f"Entry {MatrixPrint.objects.get().entry}" in foot and "not a legal finding" in foot


def test_a_status_that_rests_on_a_claim_that_stays_does_not_leave(signed_desk: LawDesk) -> None:
    everything = read_case(signed_desk.case, LAW)
    article = next(claim for claim in everything.claims if claim.values[0].value == "voluntary_claimed")

    page = unescape(print_it(signed_desk, basis=["consent"]).content.decode())

    row = MatrixPrint.objects.get()
    full = assess(everything.of(signed_desk.person), LAW)
    assert article.id not in row.claims
    assert row.left_out == {"public_source_not_named": 1}
    assert full.elements["not_offered_voluntarily"].status == "unknown"
    assert row.elements["not_offered_voluntarily"] == "supported"
    assert "1 because public source is not chosen as a basis" in page
    assert "which may speak for or against, a status may be another one" in page


def test_what_the_reporter_did_not_allow_for_this_recipient_stays(signed_desk: LawDesk) -> None:
    answer = print_it(signed_desk, purpose="share_un")

    row = MatrixPrint.objects.get()
    assert answer.status_code == 200
    assert set(row.claims.values()) == {"public_source"} and len(row.claims) == 1
    assert row.left_out == {"consent_not_asked": 12}
    assert row.elements.get("compelled", "unknown") == "unknown"


def test_where_nothing_may_leave_there_is_no_sheet_and_no_entry(signed_desk: LawDesk) -> None:
    answer = print_it(signed_desk, purpose="publish_facts", basis=["consent"])

    assert answer.status_code == 403
    assert "may leave on the bases that were named" in answer.content.decode()
    assert not MatrixPrint.objects.exists()


def test_an_order_needs_its_reference_which_is_recorded_and_not_printed(signed_desk: LawDesk) -> None:
    without = print_it(signed_desk, basis=["lawful_order"])
    page = print_it(signed_desk, basis=["lawful_order"], reason="Order 12 of Thimbleford").content.decode()

    assert without.status_code == 422 and "needs a reason" in without.content.decode()
    assert MatrixPrint.objects.get().reason == "Order 12 of Thimbleford"
    assert "Thimbleford" not in page


def test_on_consent_nothing_is_printed_while_a_letter_lies_unopened(signed_desk: LawDesk) -> None:
    docket = signed_desk.desk.docket
    drop(docket, InventedLetter(account="I take it back.").sealed(docket))
    list(collect(docket, spool_of(docket)))

    answer = print_it(signed_desk)

    assert answer.status_code == 403 and not MatrixPrint.objects.exists()
    assert Letter.objects.filter(state=Letter.State.SEALED).exists()


def test_a_sheet_is_seen_again_as_it_stood_whatever_changed_since(signed_desk: LawDesk) -> None:
    first = print_it(signed_desk).content.decode()
    for claim in Claim.objects.exclude(kind="denial"):
        withdraw_claim(signed_desk.desk.docket, claim.id, "coded twice")
    sheet = MatrixPrint.objects.get()

    again = signed_desk.desk.client.get(f"/sheet/{sheet.id}").content.decode()

    table = '<table><caption class="vh">'
    assert first[first.index(table) :].partition("</main>")[0] == again[again.index(table) :].partition("</main>")[0]
    assert 'class="paper"' in first and 'class="paper"' not in again
    assert "is not printed from here" in again
    listed = [signed_desk.page("/law/print"), signed_desk.page()]
    assert all(f'href="/sheet/{sheet.id}"' in page for page in listed)


def test_a_sheet_that_nobody_printed_is_not_there(signed_desk: LawDesk) -> None:
    assert signed_desk.desk.client.get(f"/sheet/{'f' * 32}").status_code == 404


def test_of_the_provisions_that_what_may_leave_brings_near_each_must_be_signed(law_desk: LawDesk) -> None:
    sign_provisions(law_desk.desk.docket, LAW, ["c29-2"], **SIGNATURE)

    one, nearest = print_it(law_desk, show=["c29-2"]), print_it(law_desk)

    assert one.status_code == 200
    assert nearest.status_code == 403 and "Printing is refused" in nearest.content.decode()
    assert MatrixPrint.objects.count() == 1
