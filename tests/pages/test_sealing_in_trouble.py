"""What may go wrong before a page seals: an older browser, a box that holds too much, a nervous finger, a long name."""

import json
from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from onrecord.seal.open import open_sealed
from pages.test_sealed_in_the_page import (
    CANARY,
    OLDER,
    fields_of,
    letter_in,
    posts,
    sealed_on_arrival,
    shown_words,
    take,
    unfold,
    visiting,
)
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
    with sealed_on_arrival(browser, door) as context:
        context.add_init_script("delete Blob.prototype.arrayBuffer")


def test_a_control_character_is_written_out_and_what_was_typed_stays_on_the_page(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe", complaints=1) as visit:
        visit.page.route("**/sealed", lambda route: route.abort(), times=1)
        unfold(visit.page)
        for box in ("account", "name"):
            visit.page.locator(f"#{box}").evaluate("box => { box.value = 'They\\0 came\\x07\\tback.\\n'; }")
        typed = visit.page.locator("#account").input_value()
        visit.send("no")

        visit.page.get_by_role("button", name="Back to what I wrote").click()

        assert visit.page.locator("#account").input_value() == typed
        visit.send("no")
        expect(visit.page.locator("h1")).to_have_text("It has arrived")
    reading, _, _ = take(door)
    assert reading.letter.answers == {"account": "They[U+0000] came[U+0007]\tback.\n"}
    identity = open_sealed(reading.identity or b"", [door.keys.names])
    assert b'"name":"They[U+0000] came[U+0007]\\tback."' in identity


def be_busy(page: Page, bits: Iterator[int], refusals: Iterator[bool]) -> None:
    """Let the door ask for this much work, time after time, and refuse or take what is handed in."""

    def work(route: Route) -> None:
        asked = route.fetch().json() | {"bits": next(bits)}
        route.fulfill(body=json.dumps(asked), content_type="application/json")

    page.route("**/.well-known/onrecord/work", work)
    page.route("**/sealed", lambda route: route.fulfill(status=503) if next(refusals) else route.continue_())


def test_a_letter_goes_again_with_the_work_that_the_door_asks_for_by_then(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/searched", complaints=2) as visit:
        # Asked before sealing, before the first time, before the second and before the third.
        be_busy(visit.page, iter([0, 0, 2, 4]), iter([True, True, False]))
        visit.page.fill("#account", CANARY)

        visit.send("no")

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        assert [bool(fields_of(post)["work"]) for post in posts(visit)] == [False, True, True]
        assert len({letter_in(post) for post in posts(visit)}) == 1
    reading, _, _ = take(door)
    assert reading.letter.answers == {"account": CANARY}


@pytest.mark.parametrize("bits, times", [(chain([0, 0], range(2, 9)), 3), (repeat(0), 1), (repeat(2), 1)])
def test_a_door_that_stays_busy_is_not_asked_for_ever(
    browser: Browser, door: RunningDoor, bits: Iterator[int], times: int
):
    with visiting(browser, door, "/en/searched", complaints=times) as visit:
        be_busy(visit.page, bits, repeat(True))
        visit.page.fill("#account", CANARY)

        visit.send("no")

        expect(visit.page.get_by_role("alert")).to_contain_text("The door takes nothing at the moment")
        assert len(posts(visit)) == times
        visit.page.get_by_role("button", name="Back to what I wrote").click()
        assert visit.page.locator("#account").input_value() == CANARY


def test_where_there_is_room_for_words_alone_it_says_so_and_leads_back(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe", complaints=1) as visit:
        visit.page.route("**/sealed", lambda route: route.fulfill(status=507))
        visit.page.fill("#account", CANARY)

        visit.send("no")

        expect(visit.page.get_by_role("alert")).to_contain_text("Your words can be sent without them.")
        expect(visit.page.get_by_role("alert")).to_contain_text("Leave the files out, or send them tomorrow.")
        assert visit.page.locator("main button").all_inner_texts() == ["Back to what I wrote", "Try again"]
        visit.page.get_by_role("button", name="Back to what I wrote").click()
        assert visit.page.locator("#account").input_value() == CANARY


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
        assert posts(visit) == []
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
        assert len(posts(visit)) == 1
    take(door)


def test_a_long_name_of_a_file_fits_a_narrow_screen(browser: Browser, door: RunningDoor):
    name = f"{'x' * 1000}.txt"
    with visiting(browser, door, "/en/safe") as visit:
        unfold(visit.page)

        visit.page.set_input_files("#files", {"name": name, "mimeType": "text/plain", "buffer": b"x"})

        expect(visit.page.locator("[data-looks] fieldset")).to_have_count(1)
        shown = visit.page.locator("[data-looks] legend bdi")
        assert shown.text_content() == name
        assert shown.evaluate("it => it.clientHeight * 4 < it.scrollHeight")
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
