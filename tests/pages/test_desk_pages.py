"""The desk in a real Chromium: read, coded with and without a script, printed; nothing asked of anybody else."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from django.db import connections
from playwright.sync_api import Browser, Locator, Page, expect

from conftest import MEMBER, PASSPHRASE
from invented_desk import put_article, put_letter
from onrecord.casework.create import NewDocket, create_docket
from onrecord.casework.opening import open_case
from onrecord.ground.clock import SystemClock
from pages.conftest import new_context
from running_desk import RunningDesk, running_desk
from waiting import wait_until

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "desk"
THEMES = ("light", "dark")
WIDTHS = {1440: 900, 360: 780}

SELECT = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0 || !node.parentElement.closest(".said")) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    document.getElementById("main").dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
    return;
  }
  throw new Error("not in the text");
}"""

pytestmark = pytest.mark.browser


@dataclass
class Walk:
    """One member's browser, and everything it asked for or complained about."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self) -> None:
        self.go("/sign-in")
        self.page.get_by_label("Name").fill(MEMBER)
        self.page.get_by_label("Passphrase").fill(PASSPHRASE)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.address + "/")

    def read_account(self) -> str:
        self.go("/")
        sealed = self.page.get_by_role("button", name="Open the sealed letter")
        if sealed.count():
            self.press("Open the sealed letter")
        self.follow(self.page.locator(".it a").first)
        self.follow(self.page.get_by_role("link", name="Read and code").first)
        return self.page.url

    def select(self, words: str) -> None:
        self.page.evaluate(SELECT, words)
        # Waiting for a function evaluates a text in the page from its second try on, which the page forbids.
        expect(self.page.locator("#f-words")).not_to_have_value("")

    def choose(self, *, on: str, means: str, mode: str, event: str = "") -> None:
        form = self.page.locator("form.code")
        form.get_by_label("Kind of statement").select_option("act")
        form.get_by_label("About which act, case or pattern").select_option(label=on)
        if on == "a new act":
            form.get_by_label("Done to, for a new act").select_option("new:person")
            form.get_by_label("In which event, for a new act").select_option(event)
        form.get_by_label("What it says: field").select_option("coercion.means")
        if self.page.get_by_role("button", name="Show what this field takes").is_visible():
            self.press("Show what this field takes")
        form.get_by_label("Value", exact=True).select_option(means)
        form.get_by_label("Threat or deed").select_option(mode)
        form.get_by_label("Said by, nearest to the words").select_option("reporter")
        self.press("Code this passage")

    def press(self, button: str) -> None:
        self.follow(self.page.get_by_role("button", name=button))

    def follow(self, way: Locator) -> None:
        """Click what leads to another page, and be there before anything is looked at."""
        with self.page.expect_navigation():
            way.click()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    folder = tmp_path_factory.mktemp("desk") / "docket"
    docket = create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), SystemClock())
    put_letter(docket)
    put_article(docket)
    open_case(docket, "Lantern")
    connections.close_all()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_desk(folder, port, PASSPHRASE) as running:
        _wait_for_the_letter(folder)
        yield running


@pytest.fixture
def walk(desk: RunningDesk, browser: Browser) -> Iterator[Walk]:
    """A member who is signed in, with scripts."""
    yield from _walk(desk, browser, scripts=True)


@pytest.fixture
def walk_without_script(desk: RunningDesk, browser: Browser) -> Iterator[Walk]:
    """A member who is signed in, and runs no script."""
    yield from _walk(desk, browser, scripts=False)


def test_selected_words_become_a_claim_whose_value_leads_back_to_them(walk: Walk) -> None:
    reading = walk.read_account()

    walk.select("sign, or you will be charged and go to prison")
    walk.choose(on="a new act", means="violence", mode="threatened")

    assert re.fullmatch(re.escape(reading) + "#p[0-9a-f]{32}", walk.page.url)
    assert walk.page.locator("mark.now").inner_text() == "sign, or you will be charged and go to prison"
    walk.follow(walk.page.locator(".card a", has_text="Lantern").first)
    walk.follow(walk.page.locator("table.w td a", has_text="Violence").first)
    assert walk.page.locator("mark.now").inner_text() == "sign, or you will be charged and go to prison"


def test_without_a_script_pasted_words_become_a_claim_and_a_doubt_is_asked_about(walk_without_script: Walk) -> None:
    walk = walk_without_script
    walk.read_account()

    walk.page.get_by_label("Paragraph", exact=True).select_option("2")
    walk.page.get_by_label("The exact words").fill("They kept our passports")
    walk.choose(on="the case as a whole", means="document_retention", mode="carried_out")
    walk.page.locator("input[name=place]").nth(1).check()
    walk.press("Code this passage")

    assert "#p" in walk.page.url
    assert walk.page.locator("#n2 mark").inner_text() == "They kept our passports"


def test_words_behind_other_scripts_and_emoji_are_found_where_they_stand(walk: Walk) -> None:
    walk.read_account()

    walk.select("my passport is still with the firm")
    walk.choose(on="the case as a whole", means="document_retention", mode="carried_out")

    assert walk.page.locator("mark.now").inner_text() == "my passport is still with the firm"


def test_a_second_event_is_opened_in_the_form_and_offered_from_then_on(walk: Walk) -> None:
    walk.read_account()
    event = walk.page.get_by_label("In which event, for a new act")
    assert not event.is_visible()
    walk.select("sign, or you will be charged and go to prison")
    walk.choose(on="a new act", means="violence", mode="threatened")

    walk.select("two years of construction, good pay, no army")
    walk.choose(on="a new act", means="debt", mode="carried_out", event="new:event")

    walk.page.get_by_label("About which act, case or pattern").select_option(label="a new act")
    expect(event).to_be_visible()
    assert event.locator("option", has_text="event 2").count() == 1
    _look(walk.page, "reading-event")


def test_a_refused_form_says_what_is_missing_and_keeps_what_was_typed(walk: Walk) -> None:
    walk.read_account()
    walk.page.get_by_label("The exact words").fill("I was not beaten myself")

    walk.press("Code this passage")

    expect(walk.page.locator("#refused")).to_be_focused()
    assert walk.page.get_by_label("The exact words").input_value() == "I was not beaten myself"
    walk.page.locator("#refused a").first.click()
    expect(walk.page.locator("[id^='f-']:is(:focus, :target)")).to_have_count(1)


def test_a_bundle_is_made_on_consent_and_says_how_to_check_it(walk: Walk) -> None:
    walk.read_account()
    walk.select("two years of construction, good pay, no army")
    walk.choose(on="a new act", means="debt", mode="carried_out")
    assert "#p" in walk.page.url
    walk.go("/")
    walk.follow(walk.page.locator("#cases a").first)
    walk.follow(walk.page.get_by_role("link", name="Build bundle"))
    assert walk.page.get_by_role("button", name="nothing has a basis to leave").is_disabled()

    walk.page.get_by_role("checkbox", name="Consent").check()
    walk.press("Show what would leave")
    _look(walk.page, "bundle")
    walk.press("Make the bundle")

    assert walk.page.get_by_text("every check held").is_visible()
    _look(walk.page, "bundle-made")
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Download").click()
    assert re.fullmatch(r"Lantern-[0-9a-f]{6}\.tar", download.value.suggested_filename)


def test_every_page_fits_from_1440_to_360_pixels_in_light_and_dark(walk: Walk) -> None:
    reading = walk.read_account().removeprefix(walk.address)
    walk.go("/")
    paths = {"inbox": "/", "reading": reading, "ledger": "/ledger"}
    for name, link in (("letter", ".it a"), ("source", "#sources a"), ("case", "#cases a")):
        paths[name] = walk.page.locator(link).first.get_attribute("href") or ""

    for name, path in paths.items():
        walk.go(path)
        _look(walk.page, name)
    walk.go("/letter/" + "0" * 32)
    _look(walk.page, "error")


def test_every_field_has_a_label_and_every_page_one_heading(walk: Walk) -> None:
    reading = walk.read_account().removeprefix(walk.address)
    walk.go("/")
    case = walk.page.locator("#cases a").first.get_attribute("href") or ""

    for path in ("/", reading, case, case + "/bundle", "/ledger"):
        walk.go(path)
        unnamed = walk.page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
            ".filter(field => !field.labels.length).map(field => field.name)"
        )
        assert unnamed == [], path
        assert walk.page.locator("h1").count() == 1, path
        assert walk.page.locator("main").count() == 1, path


def test_mirrored_for_right_to_left_nothing_runs_out_of_the_page(walk: Walk) -> None:
    walk.read_account()

    walk.page.evaluate("document.documentElement.dir = 'rtl'")

    walk.page.screenshot(path=ARTIFACTS / "reading-1440-rtl.png")
    assert walk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_printed_case_says_that_it_is_no_finding_and_leaves_the_buttons_out(walk: Walk) -> None:
    walk.go("/")
    walk.follow(walk.page.locator("#cases a").first)

    walk.page.emulate_media(media="print")

    walk.page.screenshot(path=ARTIFACTS / "case-print.png", full_page=True)
    assert walk.page.get_by_text("Working analysis, not a legal finding").is_visible()
    assert not walk.page.get_by_role("link", name="Build bundle").is_visible()


def test_locking_the_desk_forgets_the_keys_and_going_back_shows_nothing(walk: Walk) -> None:
    walk.read_account()

    walk.press("Lock now")
    walk.page.go_back()

    assert walk.page.get_by_role("heading", name="Unlock this desk").is_visible()
    assert "Tarazan" not in walk.page.content()
    for theme in THEMES:
        walk.page.emulate_media(color_scheme=theme)
        walk.page.screenshot(path=ARTIFACTS / f"sign-in-1440-{theme}.png")


def test_no_passphrase_is_in_the_arguments_or_environment_of_any_process_of_the_desk(desk: RunningDesk) -> None:
    parent = psutil.Process(desk.process.pid)

    family = [parent, *parent.children(recursive=True)]

    assert len(family) == 2
    for process in family:
        assert PASSPHRASE not in " ".join([*process.cmdline(), *process.environ().values()])


def _walk(desk: RunningDesk, browser: Browser, *, scripts: bool) -> Iterator[Walk]:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    context = new_context(browser, viewport={"width": 1440, "height": 900}, java_script_enabled=scripts)
    walk = Walk(context.new_page(), desk.address)
    walk.page.on("request", lambda request: walk.asked.append(request.url))
    walk.page.on("console", lambda message: walk.complaints.append(message.text))
    walk.page.on("pageerror", lambda error: walk.complaints.append(str(error)))
    walk.sign_in()
    yield walk
    context.close()
    assert [url for url in walk.asked if not url.startswith(desk.address + "/")] == []
    assert [said for said in walk.complaints if "status of 4" not in said] == []


def _look(page: Page, name: str) -> None:
    """Take a page's picture at every width in both themes, and hold that nothing runs out of it sideways."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=ARTIFACTS / f"{name}-{width}-{theme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
    page.set_viewport_size({"width": 1440, "height": 900})


def _wait_for_the_letter(folder: Path) -> None:
    assert wait_until(lambda: not any((folder / "spool").iterdir())), "the letter was not collected"
