"""How the page looks that seals: axe finds nothing on any of its screens, and each fits its window."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from pages.axe import found_by_axe
from pages.test_return_in_the_page import QUESTION, answer_to, open_box
from pages.test_sealed_in_the_page import CANARY, RECEIPT, WORDS, Visit, take, visiting
from running_door import RunningDoor

pytestmark = pytest.mark.browser

LOOKS = [("en", 360, "light"), ("en", 1440, "dark"), ("ar", 360, "dark")]


@contextmanager
def looking(
    browser: Browser, door: RunningDoor, page: str, look: tuple[str, int, str], *, complaints: int = 0
) -> Iterator[Visit]:
    tag, width, scheme = look
    window = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with visiting(browser, door, f"/{tag}/{page}", complaints=complaints, **window) as visit:
        yield visit


def check(visit: Visit, screen: str, look: tuple[str, int, str]) -> None:
    visit.picture("-".join([screen, *map(str, look)]))
    assert found_by_axe(visit.page) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("screen, held", [("sealing", "**/.well-known/onrecord/work"), ("sending", "**/sealed")])
def test_progress_is_clean(browser: Browser, door: RunningDoor, look: tuple[str, int, str], screen: str, held: str):
    with looking(browser, door, "searched", look) as visit:
        visit.page.fill("#account", CANARY)
        visit.page.route(held, lambda _: None)

        with visit.page.expect_request(held):
            visit.send("no")

        expect(visit.page.locator("main h1")).to_be_visible()
        check(visit, screen, look)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_failure_is_clean(browser: Browser, door: RunningDoor, look: tuple[str, int, str]):
    with looking(browser, door, "searched", look, complaints=1) as visit:
        visit.page.fill("#account", CANARY)
        visit.page.route("**/sealed", lambda route: route.abort())

        visit.send("no")

        expect(visit.page.get_by_role("alert")).to_be_visible()
        check(visit, "not-sent", look)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("button", ["yes", "no"])
def test_what_follows_sending_is_clean(browser: Browser, door: RunningDoor, look: tuple[str, int, str], button: str):
    with looking(browser, door, "searched", look) as visit:
        visit.page.fill("#account", CANARY)

        visit.send(button)

        expect(visit.page.locator("main a.go")).to_be_visible()
        if button == "yes":
            visit.page.locator("details", has=visit.page.locator("#typed")).locator("summary").click()
            visit.page.fill("#typed", "other words")
            visit.page.locator("form button").click()
            expect(visit.page.locator("form [role=status]")).not_to_be_empty()
        check(visit, f"sent-{button}", look)
    take(door)


@pytest.mark.parametrize("look", LOOKS[:2], ids=str)
@pytest.mark.parametrize("words", [" ".join(RECEIPT.words(WORDS)), "some other words"], ids=["answers", "nothing"])
def test_a_box_is_clean(browser: Browser, door: RunningDoor, look: tuple[str, int, str], words: str):
    answer_to(door, QUESTION)
    with looking(browser, door, "return", look) as visit:
        check(visit, "return", look)
        open_box(visit, words)
        check(visit, f"box-{words[:4]}", look)
        visit.page.locator("[name=more]").fill("x" * 100_001)

        visit.page.get_by_role("button", name="Send").click()

        expect(visit.page.get_by_role("alert")).to_contain_text("Nothing is cut")
        check(visit, f"box-{words[:4]}-too-long", look)
