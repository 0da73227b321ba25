"""What may go wrong before a page seals: an older browser, a box that holds too much, a nervous finger, a long name."""

import pytest
from playwright.sync_api import Browser, expect

from pages.conftest import new_context
from pages.test_sealed_in_the_page import CANARY, OLDER, shown_words, take, unfold, visiting
from running_door import RunningDoor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("button", ["yes", "no"])
def test_an_older_browser_seals_too(browser: Browser, door: RunningDoor, button: str):
    with visiting(browser, door, "/en/searched", before=OLDER) as visit:
        assert visit.page.evaluate("document.body.replaceChildren") is None
        visit.page.fill("#account", CANARY)

        visit.send(button)

        expect(visit.page.locator("h1")).to_contain_text("It has arrived")
        assert visit.page.locator("ol.words li").count() == (9 if button == "yes" else 0)
        assert b"CANARY" not in visit.sent
    reading, _, _ = take(door)
    assert reading.letter.tier == "B"


def test_a_browser_that_cannot_seal_sends_sealed_on_arrival(browser: Browser, door: RunningDoor):
    context = new_context(browser)
    context.add_init_script("delete self.TransformStream")
    page = context.new_page()
    page.goto(f"{door.address}/en/searched")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-tier] b").inner_text() == "C"
    page.fill("#account", CANARY)

    page.locator("button[name=receipt][value=no]").click()

    expect(page.locator("h1")).to_have_text("It has arrived")
    reading, _, _ = take(door)
    assert reading.letter.tier == "C"
    context.close()


def test_what_fails_before_sealing_is_said_and_leads_back(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/searched") as visit:
        visit.page.fill("#account", CANARY)
        visit.page.evaluate("delete String.prototype.normalize")

        visit.send("no")

        expect(visit.page.get_by_role("alert")).to_contain_text("This browser could not seal the letter.")
        visit.page.get_by_role("button", name="Back to what I wrote").click()
        assert visit.page.locator("#account").input_value() == CANARY


@pytest.mark.parametrize("box, characters, most", [("account", 100_001, 100_000), ("name", 302, 300)])
def test_a_box_that_holds_too_much_is_named(browser: Browser, door: RunningDoor, box: str, characters: int, most: int):
    with visiting(browser, door, "/en/safe") as visit:
        visit.page.fill("#account", CANARY)
        unfold(visit.page)
        visit.page.fill(f"#{box}", "x" * characters)
        visit.page.locator("main details").evaluate_all("parts => parts.forEach((part) => { part.open = false; })")

        visit.send("no")

        alert = visit.page.get_by_role("alert")
        expect(alert).to_contain_text("Nothing is cut")
        assert ("letters" in alert.inner_text()) == (characters - most > 1)
        assert (
            visit.page.locator(f"#{box}").evaluate("box => box === document.activeElement && box.value.length")
            == characters
        )
        assert [request.url for request in visit.requests if request.method == "POST"] == []
        visit.page.fill(f"#{box}", "\N{PILE OF POO}" * most)
        visit.send("no")
        expect(visit.page.locator("h1")).to_have_text("It has arrived")
    take(door)


def test_a_button_pressed_twice_sends_one_letter(browser: Browser, door: RunningDoor):
    # The one complaint is Chromium's own, that the second press goes nowhere.
    with visiting(browser, door, "/en/searched", complaints=1) as visit:
        visit.page.fill("#account", CANARY)

        # Before the page does anything else, as a nervous finger does.
        visit.page.locator("button[name=receipt][value=yes]").evaluate("button => { button.click(); button.click(); }")

        shown_words(visit.page)
        assert len([request for request in visit.requests if request.method == "POST"]) == 1
    take(door)


def test_a_long_name_of_a_file_fits_a_narrow_screen(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe") as visit:
        unfold(visit.page)

        visit.page.set_input_files("#files", {"name": f"{'x' * 120}.txt", "mimeType": "text/plain", "buffer": b"x"})

        expect(visit.page.locator("[data-looks] fieldset")).to_have_count(1)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
