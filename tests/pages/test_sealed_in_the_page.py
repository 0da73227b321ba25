"""With scripts on, Chromium seals in the page: no word leaves it in clear, nobody else is asked, nothing is kept."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from invented_pictures import told_photo
from onrecord.door.form import wording_sha256
from onrecord.door.text import TEXT
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.receipt import Receipt, parse
from onrecord.store.folder_spool import FolderSpool
from onrecord.words.catalogue import load_language
from onrecord.words.form import load_form
from onrecord.words.wordlist import load_wordlist
from pages.conftest import new_context
from running_door import RunningDoor

pytestmark = pytest.mark.browser

# What browsers of early 2020 do not have.
OLDER = "delete Element.prototype.replaceChildren; delete SubmitEvent.prototype.submitter; delete self.TransformStream;"
ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "script"
CANARY = "CANARY-7 вигадана розповідь"
WORDS = load_wordlist("en").words
RECEIPT = Receipt(bytes(range(11)))
# Few enough for a slow test machine, enough to be done and checked.
WORK_BITS = 8


@dataclass
class Visit:
    """A page with its script, and everything that it sent."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def sent(self) -> bytes:
        addresses = "\n".join(request.url for request in self.requests).encode()
        return addresses + b"".join(request.post_data_buffer or b"" for request in self.requests)

    def send(self, button: str) -> None:
        self.page.locator(f"button[name=receipt][value={button}]").click()

    def picture(self, name: str) -> None:
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)


@contextmanager
def visiting(
    browser: Browser, door: RunningDoor, path: str, *, complaints: int = 0, before: str = "", **window: object
) -> Iterator[Visit]:
    context = new_context(browser, **{"viewport": {"width": 360, "height": 800}, **window})
    context.add_init_script(before)
    visit = Visit(context.new_page())
    visit.page.on("request", lambda request: visit.requests.append(request))
    visit.page.on("console", lambda message: visit.complaints.append(message.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.goto(f"{door.address}{path}")
    expect(visit.page.locator("main .t b").first).to_have_text("B")
    yield visit
    state = context.storage_state(indexed_db=True)
    assert (state["cookies"], state["origins"]) == ([], [])
    assert [each.url for each in visit.requests if not each.url.startswith(door.address)] == []
    assert len(visit.complaints) == complaints, visit.complaints
    context.close()


def take(door: RunningDoor) -> tuple[LetterReading, dict[str, bytes], bytes]:
    """Take the one letter that has arrived out of the spool."""
    spool = FolderSpool(door.spool)
    (arrival,) = spool.arrivals()
    sealed = b"".join(spool.read(arrival))
    spool.remove(arrival)
    reading = LetterReading([door.keys.open(sealed)])
    return reading, {each.name: b"".join(each.chunks) for each in reading.files()}, sealed


def shown_words(page: Page) -> str:
    expect(page.locator("ol.words li")).to_have_count(9)
    return " ".join(page.locator("ol.words li").all_inner_texts())


def unfold(page: Page) -> None:
    for part in page.locator("main details").all():
        part.evaluate("part => { part.open = true; }")


def fill_in(page: Page) -> None:
    """Answer one question of every kind."""
    unfold(page)
    page.fill("#account", f"{CANARY}\nSecond line.")
    page.locator("[name=left_out]").check()
    page.locator("[name=source_kind][value=relative]").check()
    page.locator("[name=basis][value=saw]").check()
    page.locator("[name=basis][value=told]").check()
    page.locator("[name^='means.']").nth(0).check()
    page.locator("[name^='means.']").nth(1).check()
    page.locator("[name='consent.public_statistics'][value=given]").check()
    page.fill("#name", "Invented Person 7")


@pytest.mark.parametrize("speed", ["browser", "slow_browser"])
def test_a_letter_is_sealed_before_it_leaves_the_page(request: pytest.FixtureRequest, door: RunningDoor, speed: str):
    photo = told_photo()
    with visiting(request.getfixturevalue(speed), door, "/en/safe") as visit:
        fill_in(visit.page)
        visit.page.set_input_files("#files", {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo})
        card = visit.page.locator("[data-looks] fieldset")
        expect(card).to_contain_text("48.5042, -37.2667")
        visit.picture(f"looks-{speed}")
        card.get_by_text("clean copy").click()

        visit.send("yes")

        words = shown_words(visit.page)
        visit.picture(f"sent-{speed}")
        assert not [word for word in ("CANARY", "Invented", "photo") if word.encode() in visit.sent]

    reading, files, _ = take(door)
    assert reading.letter.tier == "B"
    assert list(files) == ["photo.jpg", "photo.clean.jpg"]
    assert files["photo.jpg"] == photo
    # How a file goes is chosen beside the answers, and is none.
    assert set(reading.letter.prompted) == {"left_out", "source_kind", "basis", "means"}
    assert set(reading.letter.answers) == {"account", *reading.letter.prompted}
    assert reading.letter.reporter == parse(words, WORDS).keys().reporter()


def test_a_letter_says_the_same_whether_sealed_in_the_page_or_on_arrival(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe") as visit:
        fill_in(visit.page)
        visit.send("no")
        expect(visit.page.locator("h1")).to_have_text("It has arrived")
    in_page, _, _ = take(door)
    context = new_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{door.address}/en/safe")

    fill_in_without_script(page)
    page.locator("button[name=receipt][value=no]").click()
    expect(page.locator("h1")).to_have_text(TEXT["sent_plain_title"])

    on_arrival, _, _ = take(door)
    assert on_arrival.letter.tier == "C"
    # The page asks in another order than the form's data; an order of ticks says nothing.
    prompted = tuple(sorted(on_arrival.letter.prompted, key=in_page.letter.prompted.index))
    assert replace(in_page.letter, tier="C") == replace(on_arrival.letter, prompted=prompted)
    assert in_page.identity is not None and on_arrival.identity is not None
    context.close()


def fill_in_without_script(page: Page) -> None:
    for part in page.locator("main details > summary").all():
        part.click()
    page.fill("#account", f"{CANARY}\nSecond line.")
    for name in ("[name=left_out]", "[name=source_kind][value=relative]", "[name=basis][value=saw]"):
        page.locator(name).check()
    page.locator("[name=basis][value=told]").check()
    page.locator("[name^='means.']").nth(0).check()
    page.locator("[name^='means.']").nth(1).check()
    page.locator("[name='consent.public_statistics'][value=given]").check()
    page.fill("#name", "Invented Person 7")


def test_a_permission_is_kept_with_the_words_beside_it(browser: Browser, door: RunningDoor):
    consent, language = load_form().questions["consent"], load_language("en")
    rows = {row.code: row for row in consent.options}
    given = next(column for column in consent.columns if column.code == "given")
    with visiting(browser, door, "/en/safe") as visit:
        visit.page.fill("#account", CANARY)
        visit.page.locator("main details", has=visit.page.locator("#consent")).locator("summary").click()
        visit.page.locator("[name='consent.public_statistics'][value=given]").check()
        visit.send("no")
        expect(visit.page.locator("h1")).to_have_text("It has arrived")

    reading, _, _ = take(door)
    (stored,) = reading.letter.consent
    assert (stored.purpose, stored.state) == ("public_statistics", "given")
    assert stored.wording_sha256 == wording_sha256(language, rows["public_statistics"], given)


def test_the_short_page_is_sealed_in_the_page_too(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/uk/searched") as visit:
        visit.page.fill("#account", CANARY)

        visit.send("no")

        expect(visit.page.locator("main a.go")).to_be_visible()
        assert b"CANARY" not in visit.sent
    reading, _, _ = take(door)
    assert (reading.letter.tier, reading.letter.path, reading.letter.language) == ("B", "searched", "uk")


def test_work_that_the_door_asks_for_is_done(browser: Browser, door: RunningDoor):
    hour = {}

    def busy(route: Route) -> None:
        hour.update(route.fetch().json() | {"bits": WORK_BITS})
        route.fulfill(body=json.dumps(hour), content_type="application/json")

    with visiting(browser, door, "/en/searched") as visit:
        visit.page.route("**/.well-known/onrecord/work", busy)
        visit.page.fill("#account", CANARY)
        visit.send("no")
        expect(visit.page.locator("h1")).to_have_text("It has arrived")
        (post,) = posts(visit)
        fields = fields_of(post)

    _, _, sealed = take(door)
    done = f"onrecord-work/v1\n{sha256(sealed).hexdigest()}\n{fields['hour']}\n{fields['work']}".encode()
    assert fields["hour"] == hour["hour"]
    assert int.from_bytes(sha256(done).digest()) >> (256 - WORK_BITS) == 0


def posts(visit: Visit) -> list[Request]:
    return [request for request in visit.requests if request.method == "POST"]


def fields_of(post: Request) -> dict[str, str]:
    parts = (post.post_data_buffer or b"").split(b'Content-Disposition: form-data; name="')[1:3]
    pairs = (part.split(b'"\r\n\r\n') for part in parts)
    return {name.decode(): value.split(b"\r\n")[0].decode() for name, value in pairs}


def letter_in(post: Request) -> bytes:
    body = post.post_data_buffer or b""
    boundary, _ = body.split(b"\r\n", 1)
    return body.split(boundary)[3]


def test_a_letter_that_cannot_be_sent_goes_no_other_way_by_itself(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/searched", complaints=2) as visit:
        visit.page.route("**/sealed", lambda route: route.abort())
        visit.page.fill("#account", CANARY)
        visit.send("no")
        expect(visit.page.get_by_role("alert")).to_contain_text("It may have arrived")
        visit.picture("not-sent")
        assert b"CANARY" not in visit.sent
        visit.page.get_by_role("button", name="Try again").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("No answer came back")

        visit.page.get_by_role("button", name="Back to what I wrote").click()

        assert visit.page.locator("#account").input_value() == CANARY
    assert list(FolderSpool(door.spool).arrivals()) == []


def test_whoever_chooses_it_sends_sealed_on_arrival(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/searched", complaints=1) as visit:
        visit.page.route("**/sealed", lambda route: route.abort())
        visit.page.fill("#account", CANARY)
        visit.send("no")
        expect(visit.page.get_by_role("alert")).to_contain_text("It may have arrived")

        visit.page.get_by_role("button", name="Send it another way: sealed on arrival").click()

        expect(visit.page.locator("h1")).to_have_text("It has arrived")
    reading, _, _ = take(door)
    assert (reading.letter.tier, reading.letter.answers) == ("C", {"account": CANARY})


def test_an_empty_letter_is_not_sent_and_the_box_is_named(browser: Browser, door: RunningDoor):
    with visiting(browser, door, "/en/safe") as visit:
        visit.page.locator("[name=left_out]").check()

        visit.send("no")

        expect(visit.page.get_by_role("alert")).to_have_text(TEXT["account_empty_with_files"])
        assert visit.page.locator("#account").evaluate("box => box === document.activeElement")
        assert posts(visit) == []


def test_without_keys_the_page_stays_what_it_is(browser: Browser, door: RunningDoor):
    with sealed_on_arrival(browser, door) as context:
        context.route("**/.well-known/onrecord/keyset", lambda route: route.fulfill(body="{}"))


@contextmanager
def sealed_on_arrival(browser: Browser, door: RunningDoor) -> Iterator[BrowserContext]:
    """Break something before a page is there, then see that it still sends, and says how."""
    context = new_context(browser)
    yield context
    page = context.new_page()
    page.goto(f"{door.address}/en/searched")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-tier] b").inner_text() == "C"
    page.fill("#account", CANARY)
    page.locator("button[name=receipt][value=no]").click()
    expect(page.locator("h1")).to_have_text("It has arrived")
    reading, _, _ = take(door)
    assert reading.letter.tier == "C"
    context.close()


@pytest.mark.parametrize("way", ["Escape twice", "the link"])
@pytest.mark.parametrize("age", ["", OLDER])
def test_leaving_replaces_the_page(browser: Browser, door: RunningDoor, way: str, age: str):
    context = new_context(browser)
    context.add_init_script(age)
    page = context.new_page()
    page.goto(f"{door.address}/en/")
    page.get_by_role("link", name="Where I may be searched or watched").click()
    expect(page.locator("[data-tier], main .t b").first).to_be_visible()
    page.fill("#account", CANARY)

    if way == "the link":
        page.get_by_role("link", name="Leave this page").click()
    else:
        page.keyboard.press("Escape")
        assert page.url.endswith("/searched")
        page.keyboard.press("Escape")

    page.wait_for_url("about:blank")
    page.go_back()
    assert page.url == f"{door.address}/en/"
    context.close()
