"""Replies in the kit, in a real Chromium without the net: opened from a file, answered, and nothing else shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from invented_keys import InventedKeys
from invented_pictures import told_photo
from onrecord.door.text import TEXT
from onrecord.seal.letter.signed import LaterLetter, check_body
from onrecord.words.wordlist import load_wordlist
from pages.opened_kit import RECEIPT, Kit, boxed, open_reply, opened, write_kit
from running_door import lasting_keys

pytestmark = pytest.mark.browser

WORDS = load_wordlist("en").words


@pytest.fixture(scope="module")
def keys() -> InventedKeys:
    return lasting_keys()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, keys: InventedKeys) -> Path:
    return write_kit(tmp_path_factory.mktemp("kit"), keys)


@pytest.mark.parametrize("speed", ["browser", "slow_browser"])
def test_a_reply_is_opened_from_a_file_and_answered(
    request: pytest.FixtureRequest, file: Path, keys: InventedKeys, speed: str
):
    kit = Kit(request.getfixturevalue(speed), file).ready()
    open_reply(kit, boxed(keys), " ".join(RECEIPT.words(WORDS)))
    reply = kit.page.locator("#kit-reply")
    expect(reply).to_contain_text("Which month was it?")
    expect(reply).to_contain_text("September 2026")
    expect(reply).to_contain_text("Message \u20682\u2069")
    expect(reply).to_contain_text("If a newer one that you remember is missing")
    kit.picture(f"reply-{speed}")
    reply.locator("[name='answer.2']").fill("In spring.")
    kit.page.get_by_role("button", name="Answer in a new sealed letter").click()

    reading, _ = opened(keys, kit.seal())

    letter, key = reading.letter, RECEIPT.keys().signing_key.public_key()
    assert letter.answers == {"answer.2": "In spring."}
    assert (letter.form, letter.counter, letter.first_letter_sha256) == ("mailbox.1", 3, "1" * 64)
    check_body(LaterLetter("1" * 64, 3, reading.body_sha256), reading.signature or b"", key)
    kit.close()


def test_files_that_are_chosen_in_an_answer_are_looked_at_and_sealed(browser: Browser, file: Path, keys: InventedKeys):
    kit, photo = Kit(browser, file).ready(), told_photo()
    open_reply(kit, boxed(keys), " ".join(RECEIPT.words(WORDS)))
    reply = kit.page.locator("#kit-reply")
    reply.locator("summary", has_text="Photos, papers").click()

    reply.locator("[name=files]").set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo})
    card = reply.locator("[data-looks] fieldset")
    expect(card).to_contain_text("48.5042, -37.2667")
    card.get_by_text("Send it as it is").click()
    kit.page.get_by_role("button", name="Answer in a new sealed letter").click()
    sealed = kit.seal()

    reading, files = opened(keys, sealed)
    assert (reading.letter.form, files) == ("mailbox.1", {"photo.jpg": photo})
    kit.close()


def test_a_box_without_a_message_speaks_of_none(browser: Browser, file: Path, keys: InventedKeys):
    kit = Kit(browser, file).ready()

    open_reply(kit, boxed(keys, messages=()), " ".join(RECEIPT.words(WORDS)))

    reply = kit.page.locator("#kit-reply")
    expect(reply).to_contain_text("opened it in \u2068September 2026\u2069.")
    expect(reply).not_to_contain_text("newest message")
    kit.close()


@pytest.mark.parametrize("box", ["answer.2", "more"])
def test_an_answer_that_is_too_long_is_named_and_kept(browser: Browser, file: Path, keys: InventedKeys, box: str):
    kit = Kit(browser, file).ready()
    open_reply(kit, boxed(keys), " ".join(RECEIPT.words(WORDS)))
    typed = kit.page.locator(f"[name='{box}']")
    typed.fill("x" * 100_002)
    kit.page.get_by_role("button", name="Answer in a new sealed letter").click()

    kit.page.locator("#kit-seal").click()

    expect(kit.page.locator("[data-step=reply] [data-wrong]")).to_contain_text("Too long by \u20682\u2069 letters.")
    assert typed.evaluate("box => box === document.activeElement && box.value.length") == 100_002
    typed.fill("x" * 100_000)
    reading, _ = opened(keys, kit.seal())
    assert reading.letter.answers == {box: "x" * 100_000}
    kit.close()


def test_the_address_of_a_reply_is_shown_and_nothing_goes_there(browser: Browser, file: Path):
    kit = Kit(browser, file).ready()
    kit.step("reply")
    kit.page.fill("#kit-typed-words", " ".join(RECEIPT.words(WORDS)))

    kit.page.locator("#kit-where").click()

    expect(kit.page.locator("#kit-address")).to_have_text(f"http://localhost:8470/box/{RECEIPT.keys().mailbox_id}")
    kit.close()


def test_what_the_team_did_not_sign_is_never_shown(browser: Browser, file: Path, keys: InventedKeys):
    kit, words = Kit(browser, file).ready(), " ".join(RECEIPT.words(WORDS))
    stranger = replace(keys, member=keys.log)

    for box, typed in (
        (boxed(stranger), words),
        (boxed(keys), "other words"),
        (b"age-encryption.org/v1\nno box", words),
    ):
        open_reply(kit, box, typed)

        expect(kit.page.locator("#kit-reply")).to_have_text("Nothing to show.")
        kit.page.locator("#kit-reply").evaluate("reply => reply.replaceChildren()")

    kit.close()


NOT_REPLIES = {
    "a picture": told_photo(),
    "a page": b"<!doctype html><title>Invented</title>",
    "a letter": b"age-encryption.org/v1\n" + bytes(65_536),
    "nothing": b"",
}


@pytest.mark.parametrize("case", NOT_REPLIES)
def test_a_file_that_is_no_reply_is_named_as_such(browser: Browser, file: Path, case: str):
    kit = Kit(browser, file).ready()

    open_reply(kit, NOT_REPLIES[case], " ".join(RECEIPT.words(WORDS)))

    expect(kit.page.locator("[data-step=reply] [data-wrong]")).to_contain_text("This file is not a reply.")
    assert kit.page.locator("#kit-box").evaluate("box => box === document.activeElement")
    assert kit.page.locator("#kit-reply").inner_text() == ""
    kit.close()


def test_what_is_missing_before_a_reply_is_said_at_its_place(browser: Browser, file: Path):
    kit = Kit(browser, file).ready()
    wrong = kit.page.locator("[data-step=reply] [data-wrong]")
    kit.step("reply")

    kit.page.locator("#kit-where").click()

    expect(wrong).to_have_text("This box is empty. Type your words or numbers.")
    assert kit.page.locator("#kit-typed-words").evaluate("box => box === document.activeElement")
    assert kit.page.locator("#kit-address").inner_text() == ""
    kit.page.locator("#kit-open").click()
    expect(wrong).to_have_text(["This box is empty. Type your words or numbers.", TEXT["kit_no_file"]])
    kit.page.fill("#kit-typed-words", "any words")
    kit.page.locator("#kit-open").click()
    expect(wrong).to_have_text(TEXT["kit_no_file"])
    kit.close()


def test_an_answer_without_a_word_is_not_sealed(browser: Browser, file: Path, keys: InventedKeys):
    kit = Kit(browser, file).ready()
    open_reply(kit, boxed(keys), " ".join(RECEIPT.words(WORDS)))
    kit.page.get_by_role("button", name="Answer in a new sealed letter").click()

    kit.page.locator("#kit-seal").click()

    expect(kit.page.locator("[data-step=reply] [data-wrong]")).to_have_text(TEXT["box_empty"])
    assert kit.page.locator("[name=more]").evaluate("box => box === document.activeElement")
    kit.close()
