"""A file goes as its owner chose, whichever way a letter takes: as it is, with a clean copy, or not at all."""

import pytest
from playwright.sync_api import Browser, Page, expect

from invented_pictures import told_photo
from onrecord.door.text import TEXT
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.read import LetterReading, read_part
from onrecord.store.folder_spool import FolderSpool
from pages.test_sealed_in_the_page import CANARY, Visit, posts, take, unfold, visiting
from running_door import RunningDoor

pytestmark = pytest.mark.browser

PHOTO = told_photo()
NOTE = b"CANARY note, which gives nothing away"
ON_ARRIVAL = "Send it another way: sealed on arrival"


def choose(page: Page, *ways: str) -> None:
    """Write a letter with a photo and a note, and choose how each goes."""
    unfold(page)
    page.fill("#account", CANARY)
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    page.set_input_files("#files", [photo, {"name": "note.txt", "mimeType": "text/plain", "buffer": NOTE}])
    cards = page.locator("[data-looks] fieldset")
    expect(cards).to_have_count(2)
    for place, way in enumerate(ways):
        cards.nth(place).get_by_text(way).click()


def fail_to_send(visit: Visit) -> None:
    visit.page.route("**/sealed", lambda route: route.fulfill(status=503))
    visit.send("no")
    expect(visit.page.get_by_role("alert")).to_contain_text("The door takes nothing at the moment")


def take_apart(door: RunningDoor) -> tuple[Letter, dict[str, bytes]]:
    """Take the one letter out of the spool that was sealed on arrival: its files are parts of their own."""
    spool = FolderSpool(door.spool)
    (arrival,) = spool.arrivals()
    letter = LetterReading([door.keys.open(b"".join(spool.read(arrival)))]).letter
    stored = zip(letter.parts, spool.parts(arrival), strict=True)
    opened = ((part, door.keys.open(b"".join(spool.read(arrival, name)))) for part, name in stored)
    files = {part.name: b"".join(read_part([data], part.size_bytes)) for part, data in opened}
    spool.remove(arrival)
    return letter, files


def test_a_file_that_is_described_stays_here_when_its_letter_is_sealed_on_arrival(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe", complaints=1) as visit:
        choose(visit.page, "Describe it instead", "Describe it instead")
        visit.page.fill("#files_description", "An invented photo of a wall.")
        fail_to_send(visit)
        assert TEXT["script_arrival_files"] not in visit.page.locator("main").inner_text()

        visit.page.get_by_role("button", name=ON_ARRIVAL).click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        body = posts(visit)[-1].post_data_buffer or b""
        assert b"An invented photo of a wall." in body
        assert not [part for part in (NOTE, PHOTO[:200], b"photo.jpg", b"note.txt") if part in body]

    letter, files = take_apart(door)
    assert (letter.tier, files) == ("C", {})
    assert letter.answers == {"account": CANARY, "files_description": "An invented photo of a wall."}


def test_what_goes_sealed_on_arrival_is_named_and_is_what_was_chosen(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe", complaints=1) as visit:
        choose(visit.page, "clean copy", "Describe it instead")
        fail_to_send(visit)
        shown = visit.page.locator("main")
        expect(shown).to_contain_text(TEXT["script_arrival_files"])
        assert shown.locator("li").all_inner_texts() == ["photo.jpg", "photo.clean.jpg"]
        visit.picture("on-arrival")

        visit.page.get_by_role("button", name=ON_ARRIVAL).click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        assert NOTE not in visit.sent

    letter, files = take_apart(door)
    assert (letter.tier, list(files)) == ("C", ["photo.jpg", "photo.clean.jpg"])
    assert files["photo.jpg"] == PHOTO
    assert b"Invented Phone" not in files["photo.clean.jpg"]


def test_where_a_page_cannot_fill_a_box_for_files_none_goes_and_that_is_said(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe", complaints=1, before="delete self.DataTransfer;") as visit:
        choose(visit.page, "clean copy")
        fail_to_send(visit)
        expect(visit.page.locator("main")).to_contain_text(TEXT["script_arrival_none"])

        visit.page.get_by_role("button", name=ON_ARRIVAL).click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        assert NOTE not in visit.sent

    letter, files = take_apart(door)
    assert (letter.tier, letter.answers, files) == ("C", {"account": CANARY}, {})


def test_where_no_file_was_chosen_none_is_spoken_of(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe", complaints=1, before="delete self.DataTransfer;") as visit:
        visit.page.fill("#account", CANARY)
        fail_to_send(visit)
        shown = visit.page.locator("main").inner_text()
        assert not [name for name in ("script_arrival_none", "script_arrival_files") if TEXT[name] in shown]

        visit.page.get_by_role("button", name=ON_ARRIVAL).click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")

    letter, files = take_apart(door)
    assert (letter.tier, letter.answers, files) == ("C", {"account": CANARY}, {})


def test_nothing_is_chosen_for_a_file_that_gives_something_away(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe") as visit:
        choose(visit.page)
        cards = visit.page.locator("[data-looks] fieldset")
        assert cards.nth(0).locator(":checked").count() == 0
        assert cards.nth(1).locator(":checked").count() == 1
        expect(cards.nth(1).locator("legend")).to_have_text("note.txt 0.1 kB")

        visit.send("no")

        expect(visit.page.locator("[data-wrong]")).to_have_text("Choose how to send \u2068photo.jpg\u2069.")
        assert cards.nth(0).locator("input").first.evaluate("box => box === document.activeElement")
        assert posts(visit) == []
        cards.nth(0).get_by_text("Send it as it is").click()
        visit.send("no")
        expect(visit.page.locator("h1")).to_have_text("It has arrived")

    reading, files, _ = take(door)
    assert (reading.letter.answers, reading.letter.prompted) == ({"account": CANARY}, ())
    assert files == {"photo.jpg": PHOTO, "note.txt": NOTE}
