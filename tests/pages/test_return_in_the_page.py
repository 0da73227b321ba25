"""With scripts on, a box is opened in the page: its words never leave it; what the team did not sign is not shown."""

from itertools import repeat

import pytest
from playwright.sync_api import Browser, expect

from onrecord.door.form import wording_sha256
from onrecord.door.mailbox import box_sheet
from onrecord.seal.letter.box import Box, Message, seal_box
from onrecord.seal.letter.signed import LaterLetter, check_body
from onrecord.store.boxes import FolderBoxes
from onrecord.words.catalogue import load_language
from pages.test_sealed_in_the_page import RECEIPT, WORDS, Visit, letter_in, posts, take, unfold, visiting
from pages.test_sealing_in_trouble import be_busy
from running_door import RunningDoor

pytestmark = pytest.mark.browser


QUESTION = Message(2, "question", "Which month was it?", "A court asks when.")


def answer_to(door: RunningDoor, *messages: Message, signed_by: str = "member") -> None:
    reporter = RECEIPT.keys().reporter()
    box = Box("1" * 64, 4, "2026-10", "2026-09", messages, "a" * 32)
    key = getattr(door.keys, signed_by)
    FolderBoxes(door.spool / "boxes").put(reporter.mailbox, seal_box(box, key, reporter.recipient))


def open_box(visit: Visit, words: str) -> None:
    visit.page.fill("#words", words)
    visit.page.get_by_role("button", name="Open").click()
    expect(visit.page.locator("h1")).to_have_text("This is your box")
    expect(visit.page.get_by_role("button", name="Send")).to_be_visible()


def test_a_box_is_opened_in_the_page_and_answered(browser: Browser, door: RunningDoor):
    answer_to(door, QUESTION)
    with visiting(browser, door, "/en/return") as visit:
        open_box(visit, " ".join(RECEIPT.words(WORDS)))
        shown = visit.page.locator("main").inner_text()
        assert "September 2026" in shown
        assert "The newest message here is from \u2068October 2026\u2069." in shown
        assert "Message \u20682\u2069" in shown
        assert "If a newer one that you remember is missing" in shown
        visit.picture("box")
        visit.page.locator("[name='answer.2']").fill("CANARY in spring")
        unfold(visit.page)
        visit.page.locator("[name='consent.public_statistics']").check()

        visit.page.get_by_role("button", name="Send").click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        unsaid = ["CANARY", *RECEIPT.words(WORDS)]
        assert not [word for word in unsaid if f" {word} ".encode() in visit.sent or word.encode() == b"CANARY in"]

    reading, _, _ = take(door)
    letter = reading.letter
    assert (letter.tier, letter.form, letter.counter) == ("B", "mailbox.1", 4)
    assert letter.first_letter_sha256 == "1" * 64
    assert letter.answers == {"answer.2": "CANARY in spring"}
    assert [(one.purpose, one.state) for one in letter.consent] == [("public_statistics", "withdrawn")]
    signed = LaterLetter("1" * 64, 4, reading.body_sha256)
    check_body(signed, reading.signature or b"", RECEIPT.keys().signing_key.public_key())


def test_a_box_without_a_message_speaks_of_none(browser: Browser, door: RunningDoor):
    answer_to(door)
    with visiting(browser, door, "/en/return") as visit:
        open_box(visit, " ".join(RECEIPT.words(WORDS)))

        text = visit.page.locator("main").inner_text()

    assert "opened it in \u2068September 2026\u2069." in text
    assert "newest message" not in text


@pytest.mark.parametrize("case", ["other words", "not signed by the team"])
def test_what_is_not_ours_looks_like_an_empty_box(browser: Browser, door: RunningDoor, case: str):
    answer_to(door, QUESTION, signed_by="log")
    with visiting(browser, door, "/en/return") as visit:
        open_box(visit, "some other words" if case == "other words" else " ".join(RECEIPT.words(WORDS)))

        text = visit.page.locator("main").inner_text()

    assert "No message is here yet, or none is here any more." in text
    assert "Which month" not in text


def test_taking_everything_back_is_taking_back_each_permission(browser: Browser, door: RunningDoor):
    (question,) = (question for question in box_sheet().questions if question.kind == "consent")
    every, *rows = question.options
    (withdrawn,) = (column for column in question.columns if column.code == "withdrawn")
    answer_to(door, QUESTION)
    with visiting(browser, door, "/en/return") as visit:
        open_box(visit, " ".join(RECEIPT.words(WORDS)))
        unfold(visit.page)
        # A single row beside it says no more than all of them do.
        visit.page.locator(f"[name='consent.{rows[2].code}']").check()
        visit.page.locator("[name='consent.all']").check()

        visit.page.get_by_role("button", name="Send").click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
    reading, _, _ = take(door)
    sha256 = wording_sha256(load_language("en"), every, withdrawn)
    assert [(one.purpose, one.state, one.wording_sha256) for one in reading.letter.consent] == [
        (row.code, "withdrawn", sha256) for row in rows
    ]


@pytest.mark.parametrize("box", ["answer.2", "more"])
def test_an_answer_that_is_too_long_is_named_and_kept(browser: Browser, door: RunningDoor, box: str):
    answer_to(door, QUESTION)
    with visiting(browser, door, "/en/return") as visit:
        open_box(visit, " ".join(RECEIPT.words(WORDS)))
        typed = visit.page.locator(f"[name='{box}']")
        typed.fill("x" * 100_002)

        visit.page.get_by_role("button", name="Send").click()

        expect(visit.page.get_by_role("alert")).to_contain_text("Too long by \u20682\u2069 letters.")
        assert typed.evaluate("box => box === document.activeElement && box.value.length") == 100_002
        assert posts(visit) == []
        typed.fill("x" * 100_000)
        visit.page.get_by_role("button", name="Send").click()
        expect(visit.page.locator("h1")).to_have_text("It has arrived")
    reading, _, _ = take(door)
    assert reading.letter.answers == {box: "x" * 100_000}


def test_an_answer_that_could_not_be_sent_goes_again_as_the_same_letter(browser: Browser, door: RunningDoor):
    answer_to(door, QUESTION)
    with visiting(browser, door, "/en/return", complaints=1) as visit:
        be_busy(visit.page, repeat(0), iter([True, False]))
        open_box(visit, " ".join(RECEIPT.words(WORDS)))
        visit.page.locator("[name='answer.2']").fill("In spring.")
        visit.page.get_by_role("button", name="Send").click()

        visit.page.get_by_role("button", name="Try again").click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        assert len({letter_in(post) for post in posts(visit)}) == 1
    reading, _, _ = take(door)
    assert reading.letter.answers == {"answer.2": "In spring."}
