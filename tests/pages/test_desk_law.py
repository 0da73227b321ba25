"""The law beside a case in a real Chromium: clean to axe at every width, by keyboard, mirrored, on paper."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from invented_legal_case import open_legal_case
from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.docket import Docket
from onrecord.casework.entries.cases import ActOpened, EventOpened
from onrecord.casework.law.assessing import assess_case
from onrecord.casework.law.signing import allow_unsigned, sign_provisions, withdraw_signature
from onrecord.casework.models import Act, Assessment, Claim, ClaimValue
from onrecord.casework.record.append import record
from onrecord.ground.ids import new_id
from onrecord.law.load import load_law
from onrecord.words.fields import check_value
from pages.axe import found_by_axe
from pages.served_desk import ARTIFACTS, VIEWS, Addresses, look, served_desk, signed_in

LONG = "Lampwick" * 40  # a word without a place to break

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with served_desk(tmp_path_factory.mktemp("desk") / "docket", _fill) as addresses:
        yield addresses


def _fill(docket: Docket) -> dict[str, str]:
    case, person = open_legal_case(docket)
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    every_provision = "".join(f"&show={name}" for name in load_law().provisions)
    return {
        "matrix": f"/case/{case}/law?element=not_offered_voluntarily",
        "wide": f"/case/{case}/law?element=not_offered_voluntarily{every_provision}",
        "forums": f"/case/{case}/forums",
        "refused": f"/case/{case}/law/print?person={person}",
        "provisions": "/law",
        "provision": "/law/gc4-51-1a",
        "reading": f"/read/{account.exhibit}",
        "signatures": "/law/gc4-31",
        **_with_a_history(docket),
        **_that_may_leave(docket),
    }


def _with_a_history(docket: Docket) -> dict[str, str]:
    """Return the pages of a case with several events, assessed under two versions of the law data and changed since."""
    case, person = open_legal_case(docket, "Harbour")
    law = load_law()
    entered = replace(law.elements["made_to_serve"], supported_if=None)
    older = replace(law, version="0.9.0", sha256="a" * 64, elements={**law.elements, "made_to_serve": entered})
    for version in (older, law):
        assess_case(docket, case, person, version)
    listed, drawn = Assessment.objects.filter(case=case).order_by("entry").values_list("id", flat=True)
    stage = ClaimValue.objects.filter(subject=case, field="recruit.stage").get().claim
    withdraw_claim(docket, stage, "They were sent home on the second day")
    _second_event(docket, case, person)
    _denied(docket, Act.objects.filter(case=case).order_by("entry").values_list("id", flat=True)[0])
    return {
        "events": f"/case/{case}/law?element=compelled",
        "past": f"/case/{case}/law?recorded={drawn}&element=made_to_serve",
        "listed": f"/case/{case}/law?recorded={listed}",
    }


def _that_may_leave(docket: Docket) -> dict[str, str]:
    """Return the print page of a case that a lead let leave unsigned; of two signatures one is taken back."""
    law, lawyer = load_law(), {"qualification": "advocate, invented bar", "on": "2026-03-01"}
    slip = sign_provisions(docket, law, ["gc4-31"], lawyer="Ada Placeholder", remarks=LONG, **lawyer)["gc4-31"]
    withdraw_signature(docket, slip, f"Recorded under the wrong provision: {LONG}")
    sign_provisions(docket, law, ["gc4-31"], lawyer="Vera Sample", **lawyer)
    case, person = open_legal_case(docket, "Beacon")
    allow_unsigned(docket, case, law, "A hearing tomorrow.")
    return {"leaving": f"/case/{case}/law/print?person={person}"}


def _second_event(docket: Docket, case: str, person: str) -> None:
    event, act = new_id(), new_id()
    record(docket, EventOpened(case, event, title="The second time"), ActOpened(case, act, event, person))
    said = {"place.region": "crimea", "place.status": "third_state", "event.date": "2025-06"}
    _code(docket, act, "supports", said)


def _denied(docket: Docket, act: str) -> None:
    _code(docket, act, "contradicts", {"coercion.means": "document_retention:carried_out"})


def _code(docket: Docket, act: str, stance: str, said: dict[str, str]) -> None:
    text = Claim.objects.filter(act=Act.objects.order_by("entry")[0].id).order_by("entry")[0].exhibit
    values = [check_value(field, value) for field, value in said.items()]
    code_claim(docket, Coding(text, 0, 6, "act", act, values=values, by=("reporter",), stance=stance))


@pytest.fixture(scope="module")
def page(addresses: Addresses, browser: Browser) -> Iterator[Page]:
    """A member who is signed in, once: unlocking takes a second."""
    # axe is put into the page from outside, which the page's own rules forbid.
    yield from signed_in(addresses, browser, bypass_csp=True)


@pytest.fixture
def page_without_script(addresses: Addresses, browser: Browser) -> Iterator[Page]:
    yield from signed_in(addresses, browser, java_script_enabled=False)


@pytest.mark.parametrize(
    "name",
    [
        "matrix",
        "wide",
        "events",
        "past",
        "listed",
        "forums",
        "refused",
        "provisions",
        "provision",
        "reading",
        "signatures",
        "leaving",
    ],
)
@pytest.mark.parametrize("width, height, scheme", VIEWS)
def test_a_page_of_the_law_is_clean_to_axe_and_nothing_runs_out_of_it(
    addresses: Addresses, page: Page, name: str, width: int, height: int, scheme: str
) -> None:
    look(page, addresses[name], width, height, scheme)
    folded = page.locator("details:has([name=reason])")
    folded.evaluate_all("all => all.forEach(one => { one.open = true })")

    page.screenshot(path=ARTIFACTS / f"law-{name}-{width}-{scheme}.png", full_page=True)

    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_element_is_chosen_by_keyboard_without_a_script_and_its_row_stays_in_view(
    addresses: Addresses, page_without_script: Page
) -> None:
    page = page_without_script
    page.goto(addresses["matrix"])

    page.get_by_role("link", name="Entered service: signed, trained, sent").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("#element")).to_contain_text("Did the person actually enter service")
    expect(page.locator("tr.on")).to_be_in_viewport()
    assert page.locator("tr.on a[aria-current]").count() == 1


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_each_element_has_its_status_and_its_counts_by_its_name(
    addresses: Addresses, page: Page, width: int
) -> None:
    look(page, addresses["matrix"], width, 780, "light")

    told = page.locator(".matrix tbody .own")

    assert told.count() == page.locator(".matrix tbody tr:not(.grp)").count() > 20
    assert told.evaluate_all(f"all => all.every(one => one.getBoundingClientRect().right < {width} / 1.5)")
    child = page.locator("#e-under_18 .own")
    expect(child).to_be_visible()
    assert "contradicted 0 : 1" in " ".join(child.inner_text().split())


def test_more_columns_than_fit_scroll_by_keyboard_in_a_region_of_their_own_beside_their_names(
    addresses: Addresses, page: Page
) -> None:
    look(page, addresses["wide"], 1440, 900, "light")
    region = page.get_by_role("group", name="Elements and provisions")
    name = region.get_by_role("link", name="In occupied territory")
    before = name.bounding_box()

    region.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")

    expect(page.get_by_text("The table scrolls sideways.")).to_be_visible()
    page.wait_for_function("document.querySelector('.matrix').scrollLeft > 0")
    region.evaluate("region => region.scrollTo(region.scrollWidth, 0)")
    page.screenshot(path=ARTIFACTS / "law-wide-scrolled.png")
    after = name.bounding_box()
    assert before is not None and after is not None and after["x"] == before["x"]


def test_the_arrow_keys_go_from_element_to_element(addresses: Addresses, page: Page) -> None:
    look(page, addresses["matrix"], 1440, 900, "light")

    page.get_by_role("link", name="In occupied territory").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")

    expect(page.get_by_role("link", name="Protected by Convention IV")).to_be_focused()


def test_evidence_leads_to_its_words_in_the_text(addresses: Addresses, page: Page) -> None:
    look(page, addresses["matrix"], 1440, 900, "light")

    with page.expect_navigation():
        page.get_by_role("link", name="I did not want it").click()

    assert page.locator("mark.now").inner_text() == "I did not want it"


def test_mirrored_for_right_to_left_nothing_runs_out_of_the_table(addresses: Addresses, page: Page) -> None:
    look(page, addresses["matrix"], 1440, 900, "light")

    page.evaluate("document.documentElement.dir = 'rtl'")

    page.screenshot(path=ARTIFACTS / "law-matrix-1440-rtl.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    row = page.locator("tr.on")
    assert row.locator("th").bounding_box()["x"] > row.locator("td").last.bounding_box()["x"]  # type: ignore[index]


def test_the_screen_is_not_printed_but_says_why(addresses: Addresses, page: Page) -> None:
    look(page, addresses["matrix"], 1440, 900, "light")

    page.emulate_media(media="print")

    page.screenshot(path=ARTIFACTS / "law-matrix-print.png", full_page=True)
    expect(page.get_by_text("Printing is refused.")).to_be_visible()
    expect(page.locator("table").first).to_be_hidden()


@pytest.mark.parametrize("name", ["past", "listed"])
def test_an_assessment_on_record_is_not_printed_but_says_why(addresses: Addresses, page: Page, name: str) -> None:
    look(page, addresses[name], 1440, 900, "light")

    page.emulate_media(media="print")

    expect(page.get_by_text("An assessment on record is read at the desk")).to_be_visible()
    expect(page.locator("table").first).to_be_hidden()


def test_from_an_old_table_one_comes_back_to_todays_by_keyboard(addresses: Addresses, page: Page) -> None:
    look(page, addresses["past"], 1440, 900, "light")
    expect(page.get_by_role("heading", name="This is not today")).to_be_visible()

    page.get_by_role("link", name="To today's table").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="This is not today")).to_have_count(0)
    expect(page.get_by_role("heading", name="Did the person actually enter service")).to_be_visible()


def test_one_event_of_several_is_chosen_and_stays_chosen(addresses: Addresses, page: Page) -> None:
    look(page, addresses["events"], 1440, 900, "light")
    first = page.locator("#event option").nth(1).inner_text()
    page.get_by_label("Event").select_option(label=first)
    with page.expect_navigation():
        page.get_by_role("button", name="Show", exact=True).click()

    with page.expect_navigation():
        page.locator(".matrix tbody .what a").first.click()

    assert first.startswith("event 1 · 2025-02-12")
    expect(page.locator("#event option:checked")).to_have_text(first)


def test_what_a_lead_lets_leave_is_printed_whole_with_its_limits(addresses: Addresses, page: Page) -> None:
    look(page, addresses["refused"], 1440, 900, "light")
    page.get_by_text("Let this case leave unsigned").click()
    page.get_by_label("Why it cannot wait for a lawyer").fill("A hearing tomorrow")
    with page.expect_navigation():
        page.get_by_role("button", name="Let it leave with this reason").click()
    for width, height, scheme in VIEWS:
        _look_again(page, "law-to-print", width, height, scheme)
    page.get_by_role("checkbox", name="Consent").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show what would count").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _look_again(page, "law-to-print-chosen", 1440, 900, "light")
    with page.expect_navigation():
        page.get_by_role("button", name="Record and show the sheet").click()
    for width, height, scheme in VIEWS:
        _look_again(page, "law-sheet", width, height, scheme)

    page.emulate_media(media="print", color_scheme="light")

    page.set_viewport_size({"width": 700, "height": 1000})  # what A4 leaves between its margins
    page.screenshot(path=ARTIFACTS / "law-print.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    table = page.locator(".matrix table").bounding_box()
    assert table is not None and table["x"] + table["width"] <= 700
    page.pdf(path=ARTIFACTS / "law-print.pdf", format="A4", prefer_css_page_size=True)
    expect(page.get_by_text("A hearing tomorrow")).to_be_visible()
    expect(page.get_by_text("Only a competent court decides").first).to_be_visible()
    expect(page.get_by_text("Approved by one person")).to_be_visible()
    expect(page.get_by_text("1 claim about this person stays behind")).to_be_visible()
    expect(page.locator("table").first).to_be_visible()
    expect(page.get_by_role("link", name="Back to the table")).to_be_hidden()


def test_a_sheet_that_is_seen_again_is_not_printed(addresses: Addresses, page: Page) -> None:
    look(page, addresses["matrix"], 1440, 900, "light")
    for width, height, scheme in VIEWS:
        _look_again(page, "law-matrix-with-prints", width, height, scheme)
    with page.expect_navigation():
        page.get_by_role("group", name="Printed before").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="The elements in full")).to_be_visible()
    _look_again(page, "law-sheet-again", 360, 780, "light")

    page.emulate_media(media="print")

    expect(page.get_by_text("This was printed before")).to_be_visible()
    expect(page.locator("table").first).to_be_hidden()


def _look_again(page: Page, name: str, width: int, height: int, scheme: str) -> None:
    """Look at the page that is open, at another size."""
    page.emulate_media(media="screen", color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=ARTIFACTS / f"{name}-{width}-{scheme}.png", full_page=True)
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_signature_is_taken_back_with_a_reason_and_without_a_script(
    addresses: Addresses, page_without_script: Page
) -> None:
    page = page_without_script
    page.goto(addresses["signatures"])
    expect(page.get_by_text("signed as it stands")).to_be_visible()

    page.get_by_text("Take it back", exact=True).click()
    page.get_by_label("Why it does not stand").fill("She never read it.")
    with page.expect_navigation():
        page.get_by_role("button", name="Take this signature back").click()

    expect(page.get_by_text("nobody has signed this text")).to_be_visible()
    expect(page.locator("#signatures")).to_contain_text("She never read it.")
    expect(page.get_by_text("Take it back", exact=True)).to_have_count(0)
