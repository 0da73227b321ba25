"""Forums in a real Chromium: what is missing is noted where it is missing, by keyboard, with long words, mirrored."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from invented_legal_case import open_legal_case
from onrecord.casework.docket import Docket
from onrecord.casework.law.holdings import Said, note_holding
from onrecord.casework.law.submissions import News, note_submission, open_submission
from onrecord.casework.models import Letter
from pages.axe import found_by_axe
from pages.served_desk import ARTIFACTS, VIEWS, Addresses, look, served_desk, signed_in

# A word of a thousand letters without a place to break, and a sentence of as many in another script.
LONG, ARABIC = "Lampwick" * 125, "جاؤوا ليلا إلى مدينة خيالستان " * 34

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with served_desk(tmp_path_factory.mktemp("desk") / "docket", _fill) as addresses:
        yield addresses


def _fill(docket: Docket) -> dict[str, str]:
    case, person = open_legal_case(docket)
    tell(docket, case, person)
    page = f"/case/{case}/forums?person={person}"
    return {
        "forums": page,
        "form": f"{page}&note=place_of_stay#thing-place_of_stay",
        "dates": "/submissions",
        "inbox": "/",
    }


def tell(docket: Docket, case: str, person: str) -> None:
    """Say something of every kind about things and submissions, some of it very long."""
    agreed = {"purposes": ("share_un",), "agreed_by": "her mother, by telephone", "agreed_on": "2026-02"}
    words = [
        Said("authority", "not_held", reason="Asked for in January; no answer yet."),
        Said("authority", "held", where="In the safe, on paper.", **agreed),  # type: ignore[arg-type]
        Said("remedies", "cannot_be_had", reason=ARABIC, **agreed),  # type: ignore[arg-type]
        Said("elsewhere", "held", where=LONG),
        Said("papers", "held", item=Letter.objects.get().id),
    ]
    for said in words:
        note_holding(docket, case, said, person=person)
    sent = open_submission(docket, case, "wgeid", person=person, language="en", deadline="2020-05")
    note_submission(docket, sent, News(reference=LONG, reply=ARABIC, sent_on="2020-04-02", next_date="2020-09"))
    open_submission(docket, case, "treaty_body", person=person, language="fr", deadline="2090-05-31")
    open_submission(docket, case, "icc_otp", person=person, deadline="none")


@pytest.fixture(scope="module")
def page(addresses: Addresses, browser: Browser) -> Iterator[Page]:
    # axe is put into the page from outside, which the page's own rules forbid.
    yield from signed_in(addresses, browser, bypass_csp=True)


@pytest.fixture
def page_without_script(addresses: Addresses, browser: Browser) -> Iterator[Page]:
    yield from signed_in(addresses, browser, java_script_enabled=False)


@pytest.mark.parametrize("name", ["forums", "form", "dates", "inbox"])
@pytest.mark.parametrize("width, height, scheme", VIEWS)
def test_very_long_words_run_out_of_no_page_and_axe_finds_nothing(
    addresses: Addresses, page: Page, name: str, width: int, height: int, scheme: str
) -> None:
    look(page, addresses[name], width, height, scheme)

    page.screenshot(path=ARTIFACTS / f"forums-{name}-{width}-{scheme}.png", full_page=True)

    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["forums", "form", "dates"])
@pytest.mark.parametrize("width", [1440, 360])
def test_mirrored_for_right_to_left_nothing_runs_out(addresses: Addresses, page: Page, name: str, width: int) -> None:
    look(page, addresses[name], width, 900, "light")

    page.evaluate("document.documentElement.dir = 'rtl'")

    page.screenshot(path=ARTIFACTS / f"forums-{name}-{width}-rtl.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_missing_is_noted_by_keyboard_without_a_script(addresses: Addresses, page_without_script: Page) -> None:
    page = page_without_script
    page.goto(addresses["forums"])

    page.locator("#civil_claim").get_by_role("link", name=re.compile("What was lost")).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#thing-losses form")).to_be_in_viewport()
    page.get_by_role("radio", name="there, or known").check()
    page.get_by_label("or, where it is").fill("A list in her own hand")
    page.get_by_role("checkbox", name="Lawyer").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Put it on record").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("This was not recorded")
    expect(page.locator("#agreed_by-wrong")).to_contain_text("one of these is missing")
    page.screenshot(path=ARTIFACTS / "forums-refused.png", full_page=True)
    page.get_by_label("Who said that they agree").fill("She herself, at the office")
    page.get_by_label("When").fill("2026-03")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#thing-losses")).to_contain_text("A list in her own hand")
    expect(page.locator("#thing-losses")).to_contain_text("May go to: Lawyer.")


def test_a_submission_is_followed_without_a_script_until_nothing_is_due(
    addresses: Addresses, page_without_script: Page
) -> None:
    page = page_without_script
    page.goto(addresses["dates"])
    expect(page.locator("tbody tr").first).to_contain_text("has passed")

    with page.expect_navigation():
        page.locator("tbody tr a").first.press("Enter")
    sent = page.locator("#wgeid .sent").first
    sent.get_by_text("Note what became known").press("Enter")
    sent.get_by_label("Reply").fill("Registered")
    sent.get_by_label("Next date").fill("none")
    with page.expect_navigation():
        sent.get_by_role("button", name="Note it").press("Enter")

    expect(page.locator("#wgeid .sent").first).to_contain_text("2 notes")
    page.goto(addresses["dates"])
    expect(page.locator("tbody tr").first).to_contain_text("2090-05-31")
