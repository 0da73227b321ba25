"""The door in a real Chromium with scripts off: read, filled in by keyboard, sent; nothing asked of anybody else."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from onrecord.seal.letter.read import LetterReading
from onrecord.store.spool import Spool
from pages.conftest import new_context
from running_door import RunningDoor, running_door

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "door"
PAGES = {"languages": "/", "where": "/en/", "searched": "/en/searched", "safe": "/en/safe", "sealed": "/en/sealed"}
WIDTHS = (1440, 360, 320)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_door(tmp_path_factory.mktemp("door"), port) as running:
        yield running


def open_page(
    browser: Browser, width: int = 360, scheme: str = "light", *, scale: float = 1
) -> tuple[BrowserContext, Page]:
    context = new_context(
        browser,
        viewport={"width": int(width / scale), "height": 800},
        device_scale_factor=scale,
        color_scheme=scheme,
        java_script_enabled=False,
    )
    return context, context.new_page()


def picture(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)


def overflow(page: Page) -> bool:
    """Tell whether the page is wider than its window, without asking a script of the page."""
    metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
    return metrics["cssContentSize"]["width"] > metrics["cssLayoutViewport"]["clientWidth"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_width_and_asks_nothing_of_anybody_else(browser, door, name, width, scheme):
    context, page = open_page(browser, width, scheme)
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(door.address + PAGES[name])
    picture(page, f"{name}-{width}-{scheme}")

    assert not overflow(page)
    assert asked == [door.address + PAGES[name]]
    assert complaints == []
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("name", ["where", "safe"])
def test_a_page_magnified_twice_still_fits(browser, door, name):
    context, page = open_page(browser, 640, scale=2)

    page.goto(door.address + PAGES[name])
    picture(page, f"{name}-640-at-200-percent")

    assert not overflow(page)
    context.close()


def test_a_letter_is_written_and_sent_with_the_keyboard_alone(browser, door):
    context, page = open_page(browser)
    page.goto(door.address + "/en/")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/searched")

    page.locator("#account").focus()
    page.keyboard.type("An invented account.")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("spring 2025")
    page.keyboard.press("Enter")
    assert page.title() == "Form"
    assert page.locator("h1").inner_text() == "Tell it in a few lines"
    page.get_by_role("button", name="Send, and show me nine words").focus()
    picture(page, "searched-focus-360-light")
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.words")

    picture(page, "sent-360-light")
    assert page.locator("ol.words li").count() == 9
    assert newest_answers(door) == {"account": "An invented account.", "when": "spring 2025"}
    context.close()


def newest_answers(door: RunningDoor) -> dict[str, object]:
    spool = Spool(door.spool)
    (arrival,) = spool.arrivals()
    return dict(LetterReading([door.keys.open(b"".join(spool.read(arrival)))]).letter.answers)


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (360, "dark"), (320, "light")])
def test_an_error_stands_first_and_keeps_what_was_typed(browser, door, width, scheme):
    context, page = open_page(browser, width, scheme)
    page.goto(door.address + "/en/safe")
    page.fill("#when", "after New Year, at night")
    page.set_input_files("#files", {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"photo"})
    page.set_input_files("#files", [])

    page.get_by_role("button", name="Send, and keep nothing").click()
    page.wait_for_selector("[role=alert]")
    picture(page, f"error-{width}-{scheme}")

    assert page.locator("#when").input_value() == "after New Year, at night"
    assert page.get_by_role("alert").locator("a").get_attribute("href") == "#account"
    assert not overflow(page)
    context.close()


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (360, "dark"), (320, "light")])
def test_a_file_and_a_story_arrive_and_nine_words_fit_the_screen(browser, door, width, scheme):
    context, page = open_page(browser, width, scheme)
    page.goto(door.address + "/en/safe")
    page.fill("#account", "An invented account.")
    page.set_input_files("#files", {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": bytes(300_000)})

    page.get_by_role("button", name="Send, and show me nine words").click()
    page.wait_for_selector("ol.words")
    page.locator("summary").first.click()
    picture(page, f"sent-{width}-{scheme}")

    assert re.fullmatch(r"(0\d{3} \d{3} \d{4}\s*){3}", page.locator(".m").inner_text())
    assert not overflow(page)
    context.close()


def test_whoever_keeps_nothing_is_told_so(browser, door):
    context, page = open_page(browser)
    page.goto(door.address + "/en/searched")
    page.fill("#account", "An invented account.")

    page.get_by_role("button", name="Send, and keep nothing").click()
    page.wait_for_selector("text=You keep nothing")
    picture(page, "kept-nothing-360-light")

    assert page.locator("ol.words").count() == 0
    context.close()


def test_leaving_shows_an_empty_page(browser, door):
    context, page = open_page(browser)
    page.goto(door.address + "/en/safe")

    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("about:blank")

    assert page.url == "about:blank"
    context.close()


def test_a_page_prints_nothing(browser, door):
    context, page = open_page(browser)
    page.goto(door.address + "/en/safe")

    page.emulate_media(media="print")

    assert not page.locator("main").is_visible()
    context.close()
