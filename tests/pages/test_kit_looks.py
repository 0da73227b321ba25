"""How the kit looks and is used: every step at every width, clean to axe, from right to left, without a mouse."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from invented_keys import InventedKeys
from invented_pictures import told_photo
from onrecord.words.wordlist import load_wordlist
from pages.axe import found_by_axe
from pages.opened_kit import RECEIPT, Kit, boxed, open_reply, opened, write_kit
from running_door import lasting_keys

pytestmark = pytest.mark.browser

WORDS = " ".join(RECEIPT.words(load_wordlist("en").words))
MOST_STOPS = 80


@pytest.fixture(scope="module")
def keys() -> InventedKeys:
    return lasting_keys()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kit")


@pytest.mark.parametrize(
    "tag, width, scheme",
    [
        *[("en", width, scheme) for width in (1440, 360, 320) for scheme in ("light", "dark")],
        ("ar", 360, "light"),
        ("ar", 1440, "dark"),
    ],
)
def test_every_screen_fits_its_width_and_axe_finds_nothing(
    browser: Browser, folder: Path, keys: InventedKeys, tag: str, width: int, scheme: str
):
    kit = Kit(browser, write_kit(folder, keys, tag), width, scheme).ready()
    found: list[str] = []

    def look(screen: str) -> None:
        kit.picture(f"{screen}-{tag}-{width}-{scheme}")
        if kit.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{screen}: wider than the window")
        found.extend(f"{screen}: {violation}" for violation in found_by_axe(kit.page))

    look("write")
    show_files(kit)
    look("files")
    kit.step("seal")
    kit.page.locator("#kit-seal").click()
    expect(kit.page.locator("#kit-looks [data-wrong]")).to_be_visible()
    look("trouble")
    kit.page.locator("#kit-looks [data-wrong] + label").click()
    kit.step("seal")
    show_sealed(kit)
    look("sealed")
    open_reply(kit, boxed(keys), WORDS)
    expect(kit.page.locator("#kit-reply form")).to_be_visible()
    look("reply")

    assert found == []
    kit.close()


def show_files(kit: Kit) -> None:
    kit.step("files")
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": told_photo()}
    kit.page.set_input_files("#kit-files", [photo, {"name": f"{'x' * 120}.txt", "mimeType": "", "buffer": b"x"}])
    expect(kit.page.locator("#kit-looks fieldset")).to_have_count(2)


def show_sealed(kit: Kit) -> None:
    kit.page.locator("[name=receipt][value=yes]").check()
    expect(kit.page.locator("ol.words li")).to_have_count(9)
    kit.seal()
    expect(kit.page.locator("#kit-sealed")).not_to_be_empty()


def test_a_kit_reads_from_right_to_left(browser: Browser, folder: Path, keys: InventedKeys):
    kit = Kit(browser, write_kit(folder, keys, "ar")).ready()

    assert kit.page.locator("html").get_attribute("dir") == "rtl"
    assert kit.page.locator("#kit-words").get_attribute("dir") == "ltr"
    kit.close()


def test_a_kit_prints_nothing(browser: Browser, folder: Path, keys: InventedKeys):
    kit = Kit(browser, write_kit(folder, keys)).ready()

    kit.page.emulate_media(media="print")

    assert not kit.page.locator("body > *:visible").all()
    kit.close()


def test_a_letter_is_written_and_sealed_without_a_mouse(browser: Browser, folder: Path, keys: InventedKeys):
    kit = Kit(browser, write_kit(folder, keys)).ready()
    press = kit.page.keyboard.press
    go_to(kit.page, "#account")
    kit.page.keyboard.type("An invented account.")
    go_to(kit.page, "[data-step=write] [data-to]")
    press("Enter")
    assert kit.page.evaluate("document.activeElement.dataset.to") == "files"
    go_to(kit.page, "[data-step=files] [data-to]")
    press("Enter")
    assert kit.page.evaluate("document.activeElement.dataset.to") == "seal"
    go_to(kit.page, "[name=receipt]")
    press("ArrowDown")
    go_to(kit.page, "#kit-seal")

    with kit.page.expect_download() as download:
        press("Enter")

    reading, _ = opened(keys, Path(download.value.path()).read_bytes())
    assert (reading.letter.answers, reading.letter.reporter) == ({"account": "An invented account."}, None)
    kit.close()


def go_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus, as one does who has no mouse."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)
