"""The door in a real Chromium with scripts off: read, filled in by keyboard, sent; nothing asked of anybody else.

Every screen leaves a picture in test-artifacts/door: in English at three widths, light and dark, and in every other
language at the narrowest, folded and open.
"""

import hashlib
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from onrecord.seal.letter.box import Box, Message, seal_box
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.receipt import parse
from onrecord.store.boxes import FolderBoxes
from onrecord.store.folder_spool import FolderSpool
from onrecord.words.catalogue import declared_languages
from onrecord.words.wordlist import load_wordlist
from pages.conftest import new_context
from running_door import RunningDoor, running_door

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "test-artifacts" / "door"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("", "searched", "safe", "return", "rights", "how", "sealed")
PAGES = {"languages": "/", **{name or "where": f"/en/{name}" for name in NAMES}}
WIDTHS = (1440, 360, 320)
SCREENS = [(1440, "light"), (360, "dark"), (320, "light")]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_door(tmp_path_factory.mktemp("door"), port, rota="weekdays") as running:
        yield running


@pytest.fixture(autouse=True)
def _empty_spool(door: RunningDoor) -> None:
    spool = FolderSpool(door.spool)
    for arrival in spool.arrivals():
        spool.remove(arrival)


@contextmanager
def visitor(
    browser: Browser, door: RunningDoor, width: int = 360, scheme: str = "light", *, scale: float = 1
) -> Iterator[Page]:
    """Open a page without scripts; at the end nothing was asked of anybody else, kept, or complained of."""
    context = new_context(
        browser,
        viewport={"width": int(width / scale), "height": 800},
        device_scale_factor=scale,
        color_scheme=scheme,
        java_script_enabled=False,
    )
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    # A browser notes on its console that a page came with a status such as 422.
    assert [text for text in complaints if "responded with a status of 4" not in text] == []
    assert [address for address in asked if not address.startswith(f"{door.address}/")] == []
    assert context.cookies() == []
    context.close()


@contextmanager
def examined(browser: Browser, scheme: str = "light") -> Iterator[Page]:
    """Open a page in which axe can run, though no script of the page itself does."""
    context = new_context(browser, viewport={"width": 360, "height": 800}, color_scheme=scheme)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    yield page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "rules => axe.run({runOnly: rules}).then(found => found.violations.map(v => v.id + ' ' + v.nodes[0].html))"
    folded = page.evaluate(run, RULES)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert folded + page.evaluate(run, RULES) == []
    context.close()


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
def test_a_page_is_one_request_and_fits_every_width(browser, door, name, width, scheme):
    with visitor(browser, door, width, scheme) as page:
        asked = []
        page.on("request", lambda request: asked.append(request.url))

        page.goto(door.address + PAGES[name])
        picture(page, f"{name}-{width}-{scheme}")

        assert asked == [door.address + PAGES[name]]
        assert not overflow(page)


@pytest.mark.parametrize("language", [tag for tag in declared_languages() if tag != "en"])
def test_every_language_fits_the_narrowest_screen_folded_and_open(browser, door, language):
    with visitor(browser, door, 320) as page:
        for name in NAMES:
            page.goto(f"{door.address}/{language}/{name}")
            picture(page, f"{name or 'where'}-{language}-320-light")
            assert not overflow(page)

            for summary in page.locator("summary").all():
                summary.click()
            picture(page, f"{name or 'where'}-{language}-320-light-open")
            assert not overflow(page)


def test_arabic_reads_from_right_to_left(browser, door):
    with visitor(browser, door, 360, "dark") as page:
        page.goto(door.address + "/ar/safe")
        picture(page, "safe-ar-360-dark")

        leave, tick = page.locator("a.x").bounding_box(), page.locator("input[name=left_out]").bounding_box()

        assert page.locator("html").get_attribute("dir") == "rtl"
        assert leave["x"] < 180 < tick["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page(browser, door, name, scheme):
    with examined(browser, scheme) as page:
        page.goto(door.address + PAGES[name])


def test_axe_finds_nothing_on_an_error(browser, door):
    with examined(browser) as page:
        page.goto(door.address + "/en/safe")
        page.get_by_role("button", name="Send, and keep nothing").click()
        page.wait_for_selector("[role=alert]")


def test_axe_finds_nothing_beside_nine_words(browser, door):
    with examined(browser) as page:
        nine_words(page, door)


def test_axe_finds_nothing_where_words_do_not_fit(browser, door):
    with examined(browser) as page:
        nine_words(page, door)
        page.fill("#words", "not these")
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector("[role=alert]")


def test_axe_finds_nothing_in_a_box(browser, door):
    with examined(browser) as page:
        words = nine_words(page, door)
        put_box(door, words, "0" * 64)
        open_box(page, door, " ".join(words))


@pytest.mark.parametrize("name", ["where", "safe", "return"])
def test_a_page_magnified_twice_still_fits(browser, door, name):
    with visitor(browser, door, 640, scale=2) as page:
        page.goto(door.address + PAGES[name])
        picture(page, f"{name}-640-at-200-percent")

        assert not overflow(page)


@pytest.mark.parametrize("address", ["/", "/en/", "/ru/", "/en/safe", "/en/return"])
def test_letters_of_twice_the_size_fit_the_narrowest_screen(browser, door, address):
    with visitor(browser, door, 320) as page:
        devtools = page.context.new_cdp_session(page)
        page.goto(door.address + address)
        for domain in ("DOM", "CSS"):
            devtools.send(f"{domain}.enable")
        frame = devtools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        sheet = devtools.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
        devtools.send("CSS.setStyleSheetText", {"styleSheetId": sheet, "text": "html { font-size: 200% }"})
        picture(page, f"{address.strip('/').replace('/', '-') or 'languages'}-320-letters-at-200-percent")

        assert not overflow(page)


def test_a_letter_is_written_and_sent_with_the_keyboard_alone(browser, door):
    with visitor(browser, door) as page:
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
        assert page.locator("h1").inner_text() == "Tell it in a few lines"
        page.get_by_role("button", name="Send, and show me nine words").focus()
        picture(page, "searched-focus-360-light")
        page.keyboard.press("Enter")
        page.wait_for_selector("ol.words")

        assert page.locator("ol.words li").count() == 9
        assert answers(door) == {"account": "An invented account.", "when": "spring 2025"}


@pytest.mark.parametrize("width, scheme", SCREENS)
def test_an_error_stands_first_opens_what_was_folded_and_keeps_what_was_typed(browser, door, width, scheme):
    with visitor(browser, door, width, scheme) as page:
        page.goto(door.address + "/en/safe")
        page.get_by_text("When, where, and how far it went").click()
        page.fill("#when", "after New Year, at night")

        page.get_by_role("button", name="Send, and keep nothing").click()
        page.wait_for_selector("[role=alert]")
        picture(page, f"error-{width}-{scheme}")

        assert page.locator("#when").input_value() == "after New Year, at night"
        assert page.locator("#when").is_visible()
        assert not page.locator("#source_kind").is_visible()
        assert page.get_by_role("alert").locator("a").get_attribute("href") == "#account"
        assert not overflow(page)


@pytest.mark.parametrize("width, scheme", SCREENS)
def test_a_file_and_a_story_arrive_and_nine_words_fit_the_screen(browser, door, width, scheme):
    with visitor(browser, door, width, scheme) as page:
        page.goto(door.address + "/en/safe")
        page.fill("#account", "An invented account.")
        page.get_by_text("Photos, papers, a voice note").click()
        page.set_input_files("#files", {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": bytes(300_000)})

        page.get_by_role("button", name="Send, and show me nine words").click()
        page.wait_for_selector("ol.words")
        page.locator("summary").first.click()
        picture(page, f"sent-{width}-{scheme}")

        assert re.fullmatch(r"(0\d{3} \d{3} \d{4}\s*){3}", page.locator(".m").inner_text())
        assert not overflow(page)


def test_whoever_keeps_nothing_is_told_so(browser, door):
    with visitor(browser, door) as page:
        page.goto(door.address + "/en/searched")
        page.fill("#account", "An invented account.")

        page.get_by_role("button", name="Send, and keep nothing").click()
        page.wait_for_selector("text=There are no words to keep")
        picture(page, "kept-nothing-360-light")

        assert page.locator("ol.words").count() == 0


@pytest.mark.parametrize("width, scheme", SCREENS)
def test_words_typed_back_are_checked_before_the_page_is_left(browser, door, width, scheme):
    with visitor(browser, door, width, scheme) as page:
        words = nine_words(page, door)
        page.fill("#words", " ".join(words[:8]))
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector("[role=alert]")
        picture(page, f"check-wrong-{width}-{scheme}")
        assert "You typed 8 words" in page.get_by_role("alert").inner_text()

        page.fill("#words", " ".join(words).upper())
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector("text=They fit")
        picture(page, f"check-right-{width}-{scheme}")

        assert not overflow(page)


@pytest.mark.parametrize("width, scheme", SCREENS)
def test_a_question_is_read_and_answered(browser, door, width, scheme):
    with visitor(browser, door, width, scheme) as page:
        words = nine_words(page, door)
        put_box(door, words, take_letter(door))

        open_box(page, door, " ".join(words))
        picture(page, f"box-{width}-{scheme}")
        page.get_by_label("Which office was it?").fill("An invented office.")
        page.locator("summary", has_text="Take back what you allowed").click()
        page.get_by_label("Give it to the United Nations").check()
        picture(page, f"box-filled-{width}-{scheme}")
        assert not overflow(page)
        page.get_by_role("button", name="Send").click()
        page.wait_for_selector("text=Your nine words stay the same")

        assert answers(door) == {"answer.1": "An invented office."}


def test_leaving_shows_an_empty_page(browser, door):
    with visitor(browser, door) as page:
        page.goto(door.address + "/en/safe")

        page.get_by_role("link", name="Leave this page").click()
        page.wait_for_url("about:blank")

        assert page.url == "about:blank"


def test_a_page_prints_nothing(browser, door):
    with visitor(browser, door) as page:
        page.goto(door.address + "/en/safe")

        page.emulate_media(media="print")

        assert not page.locator("body > *:visible").all()


def nine_words(page: Page, door: RunningDoor) -> list[str]:
    """Write a letter and return the words that the page shows."""
    page.goto(door.address + "/en/searched")
    page.fill("#account", "An invented account.")
    page.get_by_role("button", name="Send, and show me nine words").click()
    page.wait_for_selector("ol.words")
    return page.locator("ol.words li").all_inner_texts()


def open_box(page: Page, door: RunningDoor, words: str) -> None:
    page.goto(door.address + "/en/return")
    page.fill("#words", words)
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("input[name=box]", state="attached")


def put_box(door: RunningDoor, words: list[str], first: str) -> None:
    """Put what the desk would put: a note and a question, signed by a member."""
    reporter = parse(" ".join(words), load_wordlist("en").words).keys().reporter()
    question = Message(1, "question", "Which office was it?", "It tells us who was in charge.")
    note = Message(2, "note", "Your letter has been read.")
    box = Box(first, 1, "2026-03", "2026-03", (question, note), door.keys.keyset.signers[0].id)
    FolderBoxes(door.spool / "boxes").put(reporter.mailbox, seal_box(box, door.keys.member, reporter.recipient))


def take_letter(door: RunningDoor) -> str:
    """Take the one letter out of the spool and return its hash."""
    spool = FolderSpool(door.spool)
    (arrival,) = spool.arrivals()
    digest = hashlib.sha256(b"".join(spool.read(arrival))).hexdigest()
    spool.remove(arrival)
    return digest


def answers(door: RunningDoor) -> dict[str, object]:
    """Return what the one letter in the spool says."""
    spool = FolderSpool(door.spool)
    (arrival,) = spool.arrivals()
    return dict(LetterReading([door.keys.open(b"".join(spool.read(arrival)))]).letter.answers)
