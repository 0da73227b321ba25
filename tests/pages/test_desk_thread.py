"""The thread with a reporter in a real Chromium: read at every width, answered without a script, clean to axe."""

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from conftest import MEMBER, PASSPHRASE
from invented_desk import ACCOUNT
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.create import NewDocket, create_docket
from onrecord.casework.docket import Docket
from onrecord.casework.models import Letter
from onrecord.ground.clock import SystemClock
from onrecord.intake.collect import collect
from onrecord.intake.replying import Draft, reply
from onrecord.intake.unseal import unseal_all
from onrecord.seal.keyring import unlock
from onrecord.seal.receipt import Receipt
from pages.conftest import new_context
from running_desk import running_desk

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "test-artifacts" / "desk"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RECEIPT = Receipt.new().keys()
SAID = [("share_international_court", "given"), ("share_un", "ask_first"), ("contact_again", "given")]
TICKED = {"source_kind": "victim", "left_out": True}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a letter with everything that can happen to one: replies, answers, a doubtful request to erase."""
    folder = tmp_path_factory.mktemp("desk") / "docket"
    create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), SystemClock())
    docket = Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), SystemClock())
    first = opened(docket, InventedLetter(ACCOUNT, receipt=RECEIPT, tier="B", consent=SAID, answers=TICKED))
    reply(docket, first.id, Draft("Which month was it?", "A court asks when it happened.", is_question=True))
    back = {"account": "", "form": "mailbox.1", "first_sha256": first.sealed_sha256, "signed_by": RECEIPT, "counter": 2}
    opened(docket, InventedLetter(tier="B", language="uk", answers={"answer.1": "Був березень."}, **back))
    opened(docket, InventedLetter(tier="C", answers={"erase": True, "more": "Take it all away."}, **back))
    connections.close_all()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_desk(folder, port, PASSPHRASE) as desk:
        yield f"{desk.address}/letter/{first.id}"


def opened(docket: Docket, letter: InventedLetter) -> Letter:
    sealed = letter.sealed(docket)
    drop(docket, sealed)
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    return Letter.objects.get(sealed_sha256=hashlib.sha256(sealed).hexdigest())


def page_at(browser: Browser, address: str, **options: object) -> Page:
    page = new_context(browser, **options).new_page()
    page.goto(address)
    page.get_by_label("Name").fill(MEMBER)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width, height", [(1440, 900), (360, 780), (320, 640)])
def test_a_thread_is_clean_to_axe_and_nothing_runs_out_of_it(
    address: str, browser: Browser, width: int, height: int, scheme: str
) -> None:
    # axe is put into the page from outside, which the page's own rules forbid.
    page = page_at(browser, address, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)

    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run().then(found => found.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"thread-{width}-{scheme}.png", full_page=True)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_reply_is_seen_as_it_will_be_read_and_then_sealed_without_a_script(address: str, browser: Browser) -> None:
    page = page_at(browser, address, java_script_enabled=False)

    page.get_by_label("What they will read").fill("Thank you. The month helps.")
    page.get_by_role("button", name="Show what they will read").click()
    expect(page.locator("#shown")).to_contain_text("Thank you. The month helps.")
    page.get_by_role("button", name="Seal and put it out").click()

    expect(page.locator("#thread .ours").last).to_contain_text("Thank you. The month helps.")
    expect(page.locator("#shown")).to_have_count(0)
    page.context.close()


def test_what_is_asked_for_stands_first_and_says_that_the_door_could_have_written_it(
    address: str, browser: Browser
) -> None:
    page = page_at(browser, address)

    first = page.locator("main > section").first

    expect(first).to_contain_text("On hold: the reporter asks to erase everything")
    expect(first).to_contain_text("C: the door could have written this.")
    page.context.close()
