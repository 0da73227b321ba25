"""The kit in a real Chromium, opened as a file, without the net: it seals, it opens replies, it asks nobody."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from invented_keys import InventedKeys
from invented_pictures import told_photo
from onrecord.seal.fingerprint import root_digits, root_words
from onrecord.seal.keyset import raw_key, read_keyset
from onrecord.seal.receipt import parse
from onrecord.words.wordlist import load_wordlist
from pages.conftest import new_context
from pages.opened_kit import RECEIPT, Kit, boxed, open_reply, opened, shown_words, write_kit
from running_door import lasting_keys

pytestmark = pytest.mark.browser

CANARY = "CANARY-7 invented account"
WORDS = load_wordlist("en").words
MOST_BYTES = 150_000
STEPS = {b"#write", b"#files", b"#seal", b"#reply"}


@pytest.fixture(scope="module")
def keys() -> InventedKeys:
    return lasting_keys()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, keys: InventedKeys) -> Path:
    return write_kit(tmp_path_factory.mktemp("kit"), keys)


@pytest.mark.parametrize("tag", ["en", "uk", "ar", "hi", "uz-Cyrl"])
def test_a_kit_is_one_small_file_and_the_same_every_time(tmp_path: Path, keys: InventedKeys, tag: str):
    first = write_kit(tmp_path, keys, tag).read_bytes()

    assert write_kit(tmp_path, keys, tag).read_bytes() == first
    assert len(first) <= MOST_BYTES
    assert b"http://localhost:8470" in first
    assert set(re.findall(rb' (?:src|href|action)="([^"]*)"', first)) == {b"#", b"data:,"} | STEPS


def test_a_kit_names_its_keys(browser: Browser, file: Path, keys: InventedKeys):
    kit = Kit(browser, file).ready()
    root_key = raw_key(keys.keyset.root_key)

    kit.page.locator("summary").first.click()

    assert kit.page.locator("#kit-words").inner_text() == " · ".join(root_words(root_key, WORDS))
    assert kit.page.locator("#kit-digits").inner_text() == root_digits(root_key)
    kit.close()


@pytest.mark.parametrize("speed", ["browser", "slow_browser"])
def test_words_and_files_are_sealed_without_the_net(
    request: pytest.FixtureRequest, file: Path, keys: InventedKeys, speed: str
):
    kit, photo, film = Kit(request.getfixturevalue(speed), file).ready(), told_photo(), bytes(range(256)) * 4200
    kit.page.fill("#account", CANARY)
    kit.page.locator("summary", has_text="A name").click()
    kit.page.fill("#name", "Invented Person 7")
    kit.step("files")
    kit.page.set_input_files(
        "#kit-files",
        [
            {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo},
            {"name": "film.mp4", "mimeType": "video/mp4", "buffer": film},
        ],
    )
    cards = kit.page.locator("#kit-looks fieldset")
    expect(cards).to_have_count(2)
    kit.picture(f"looks-{speed}")
    assert "48.5042, -37.2667" in cards.first.inner_text()
    cards.first.get_by_text("clean copy").click()
    kit.step("seal")
    kit.page.locator("[name=receipt][value=yes]").check()
    expect(kit.page.locator("ol.words li")).to_have_count(9)

    sealed = kit.seal()

    kit.picture(f"sealed-{speed}")
    reading, files = opened(keys, sealed)
    letter = reading.letter
    assert (letter.tier, letter.path, letter.language) == ("A", "safe", "en")
    assert letter.answers == {"account": CANARY}
    assert list(files) == ["photo.jpg", "photo.clean.jpg", "film.mp4"]
    assert (files["photo.jpg"], files["film.mp4"]) == (photo, film)
    assert b"Invented Phone" not in files["photo.clean.jpg"]
    assert reading.identity is not None
    assert letter.reporter == parse(shown_words(kit.page), WORDS).keys().reporter()
    assert CANARY.encode() not in sealed
    kit.close()


def test_nothing_is_chosen_for_the_writer_and_none_is_a_whole_answer(browser: Browser, file: Path, keys: InventedKeys):
    kit = Kit(browser, file).ready()
    kit.step("seal")
    kit.page.locator("#kit-seal").click()
    expect(kit.page.locator("[data-step=write] [data-wrong]")).to_contain_text("This box is empty.")
    assert kit.page.locator("#account").evaluate("box => box === document.activeElement")
    kit.page.fill("#account", CANARY)
    kit.step("seal")
    kit.page.locator("#kit-seal").click()
    expect(kit.page.locator("#kit-choice [data-wrong]")).to_have_text("Choose one of the two.")
    kit.page.locator("[name=receipt][value=no]").check()

    reading, _ = opened(keys, kit.seal())

    assert reading.letter.reporter is None
    kit.close()


def test_control_characters_are_written_out_before_sealing(browser: Browser, file: Path, keys: InventedKeys):
    kit = Kit(browser, file).ready()
    kit.page.locator("#account").evaluate("box => { box.value = 'They\\0 came.'; }")
    kit.page.locator("[name=files_description]").evaluate("box => { box.value = 'A\\x7f photo.'; }")
    kit.step("seal")
    kit.page.locator("[name=receipt][value=no]").check()

    reading, _ = opened(keys, kit.seal())

    assert reading.letter.answers == {"account": "They[U+0000] came.", "files_description": "A[U+007F] photo."}
    kit.close()


def test_words_typed_back_are_checked_in_the_page(browser: Browser, file: Path):
    kit = Kit(browser, file).ready()
    kit.step("seal")
    kit.page.locator("[name=receipt][value=yes]").check()
    expect(kit.page.locator("ol.words li")).to_have_count(9)
    kit.page.locator("summary", has_text="Check that you have them").click()

    kit.page.fill("#typed", shown_words(kit.page).upper())
    kit.page.get_by_role("button", name="Check").click()
    expect(kit.page.locator("#kit-receipt [role=status]")).to_contain_text("They fit")
    kit.page.fill("#typed", "some other words")
    kit.page.get_by_role("button", name="Check").click()

    expect(kit.page.locator("#kit-receipt [role=status]")).to_contain_text("They do not fit")
    kit.close()


def test_a_box_of_the_kit_that_holds_too_much_is_named(browser: Browser, file: Path):
    kit = Kit(browser, file).ready()
    kit.page.fill("#account", "x" * 100_002)
    kit.step("seal")

    kit.page.locator("#kit-seal").click()

    expect(kit.page.locator("[data-step=write] [data-wrong]")).to_contain_text("Too long by \u20682\u2069 letters.")
    assert kit.page.locator("#account").evaluate("box => box === document.activeElement")
    kit.close()


def test_a_kit_whose_keys_have_ended_seals_nothing_and_still_opens_replies(browser: Browser, tmp_path: Path):
    keys = InventedKeys(issued="2026-01-01T00:00:00Z", expires="2026-02-01T00:00:00Z")
    kit = Kit(browser, write_kit(tmp_path, keys)).ready()

    kit.step("seal")
    kit.picture("old-360")

    expect(kit.page.locator("#kit-old")).to_contain_text("http://localhost:8470")
    assert kit.page.locator("#kit-seal").is_disabled()
    open_reply(kit, boxed(keys), " ".join(RECEIPT.words(WORDS)))
    expect(kit.page.locator("#kit-reply")).to_contain_text("Which month was it?")
    kit.close()


def test_a_kit_with_other_keys_than_its_root_signed_shows_only_that(browser: Browser, tmp_path: Path):
    keys, other = lasting_keys(), lasting_keys()
    path = write_kit(tmp_path, keys)
    recipient = keys.keyset.letter_recipients[0].encode()
    path.write_bytes(path.read_bytes().replace(recipient, other.keyset.letter_recipients[0].encode()))
    kit = Kit(browser, path)

    expect(kit.page.locator("#kit-forged")).to_be_visible()

    kit.picture("forged-360")
    assert not kit.page.locator("#kit").is_visible()
    kit.close()


def test_clearing_leaves_nothing_on_the_page(browser: Browser, file: Path):
    kit = Kit(browser, file).ready()
    kit.page.fill("#account", CANARY)
    kit.step("files")
    kit.page.set_input_files("#kit-files", {"name": "secret.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(kit.page.locator("#kit-looks fieldset")).to_have_count(1)
    kit.step("seal")
    kit.page.locator("[name=receipt][value=yes]").check()
    expect(kit.page.locator("ol.words li")).to_have_count(9)
    kit.step("reply")
    kit.page.locator("#kit-open").click()
    expect(kit.page.locator("[data-wrong]")).to_have_count(2)

    kit.page.locator("header [data-clear]").click()

    assert kit.page.locator("#account").input_value() == ""
    assert kit.page.locator("#kit-looks fieldset, ol.words, [data-wrong]").count() == 0
    kit.close()


def test_without_scripts_the_kit_says_that_it_seals_nothing(browser: Browser, file: Path):
    context = new_context(browser, java_script_enabled=False)
    page = context.new_page()

    page.goto(file.as_uri())

    assert page.get_by_text("This page needs scripts.").is_visible()
    assert not page.locator("#kit").is_visible()
    context.close()


def test_a_browser_in_which_the_thread_does_not_start_says_what_is_needed(browser: Browser, file: Path):
    context = new_context(browser)
    context.add_init_script(
        "self.Worker = class { postMessage() { setTimeout(() => { self.asked = this.onerror() ?? true; }); } }"
    )
    page = context.new_page()

    page.goto(file.as_uri())

    page.wait_for_function("self.asked")
    assert page.get_by_text("This page needs scripts.").is_visible()
    assert not page.locator("#kit, #kit-forged").first.is_visible()
    context.close()


def test_the_keyset_inside_is_the_dockets_own(file: Path, keys: InventedKeys):
    carried = re.search(rb'"keyset": "((?:[^"\\]|\\.)*)"', file.read_bytes())

    assert carried is not None
    data = carried[1].replace(b'\\"', b'"')
    assert read_keyset(data, root_key=raw_key(keys.keyset.root_key), now=None) == keys.keyset
