"""What a page says when it cannot know, and what it says at an empty place; all with scripts on."""

import pytest
from playwright.sync_api import Browser, Route, expect

from onrecord.door.text import TEXT
from onrecord.store.folder_spool import FolderSpool
from pages.conftest import new_context
from pages.test_return_in_the_page import open_box
from pages.test_sealed_in_the_page import CANARY, posts, shown_words, visiting
from running_door import RunningDoor

pytestmark = pytest.mark.browser


def lose(route: Route) -> None:
    """Let a letter arrive, and lose the door's answer."""
    route.fetch()
    route.abort()


def test_a_letter_whose_answer_was_lost_goes_again_as_the_same_letter(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/searched", complaints=2) as visit:
        visit.page.route("**/sealed", lose, times=1)
        visit.page.fill("#account", CANARY)
        visit.send("no")
        expect(visit.page.get_by_role("alert")).to_contain_text("nobody can tell whether the letter arrived")
        visit.page.route("**/work", lambda route: route.abort(), times=1)
        visit.page.get_by_role("button", name="Try again").click()
        expect(visit.page.get_by_role("button", name="Try again")).to_be_visible()
        expect(visit.page.get_by_role("alert")).to_contain_text("nobody can tell whether the letter arrived")

        visit.page.get_by_role("button", name="Try again").click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        assert len(posts(visit)) == 2
    # The desk counts the same bytes once (tests/unit/intake/test_collect.py).
    spool = FolderSpool(door.spool)
    sealed = [b"".join(spool.read(arrival)) for arrival in spool.arrivals()]
    for arrival in spool.arrivals():
        spool.remove(arrival)
    assert len(sealed) == 2
    assert sealed[0] == sealed[1]


def test_what_was_never_sent_is_not_said_to_have_arrived(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/searched", complaints=1) as visit:
        visit.page.fill("#account", CANARY)
        visit.page.route("**/work", lambda route: route.abort())

        visit.send("no")

        expect(visit.page.get_by_role("alert")).to_contain_text(TEXT["script_unreachable"])
        assert posts(visit) == []


def test_a_box_is_not_opened_without_words_nor_answered_without_a_word(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/return") as visit:
        visit.page.get_by_role("button", name="Open").click()
        expect(visit.page.locator("[data-wrong]")).to_have_text(TEXT["return_empty"])
        assert visit.page.locator("#words").evaluate("box => box === document.activeElement")
        open_box(visit, "some other words")

        visit.page.get_by_role("button", name="Send").click()

        expect(visit.page.locator("[data-wrong]")).to_have_text(TEXT["box_empty"])
        assert visit.page.locator("[name=more]").evaluate("box => box === document.activeElement")
        assert posts(visit) == []


def test_a_box_leads_to_no_kit_and_keeps_its_upload_folded(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/return") as visit:
        open_box(visit, "some other words")

        assert visit.page.locator("main a").count() == 0
        assert visit.page.locator("details:not([open]) [name=files]").count() == 1


@pytest.mark.parametrize(
    "typed, said",
    [
        ("", TEXT["return_empty"]),
        ("apple", "They do not fit. You typed \u20681\u2069 word. There are nine."),
        ("one two three", "They do not fit. You typed \u20683\u2069 words. There are nine."),
        ("a b c d e f g h i", f"They do not fit. {TEXT['check_order']}"),
        ("12 34", f"They do not fit. {TEXT['check_digits']}"),
    ],
)
def test_words_typed_back_wrong_are_told_what_is_wrong(browser: Browser, door: RunningDoor, typed: str, said: str):
    with visiting(browser, door, "/en/searched") as visit:
        visit.page.fill("#account", CANARY)
        visit.send("yes")
        shown_words(visit.page)
        visit.page.locator("details", has=visit.page.locator("#typed")).locator("summary").click()
        visit.page.fill("#typed", typed)

        visit.page.locator("form button").click()

        expect(visit.page.locator("form [role=status]")).to_have_text(said)
        assert visit.page.locator("#typed").evaluate("box => box === document.activeElement")


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("page_name", ["safe", "return"])
def test_what_escape_does_is_said_where_it_does_it(
    browser: Browser, door: RunningDoor, page_name: str, has_scripts: bool
):
    context = new_context(browser, java_script_enabled=has_scripts)
    page = context.new_page()

    page.goto(f"{door.address}/en/{page_name}")

    link, note = page.locator("a.x"), page.locator("[data-escape]")
    expect(note).to_be_visible(visible=has_scripts)
    assert link.get_attribute("title") == (TEXT["leave_escape"] if has_scripts else None)
    context.close()
