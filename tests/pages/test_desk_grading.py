"""Grading in a real Chromium: by keyboard and without a script, on every width, in light and dark, clean to axe."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from conftest import MEMBER, PASSPHRASE
from invented_desk import put_article, put_letter
from onrecord.casework.corroboration.grades import grade_origin
from onrecord.casework.create import NewDocket, create_docket
from onrecord.casework.models import Letter
from onrecord.ground.clock import SystemClock
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.store.folder_spool import FolderSpool
from pages.axe import found_by_axe
from pages.conftest import new_context
from running_desk import running_desk

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "desk"
LETTER, SOURCE = "letter", "source"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of an opened letter and of a source that was graded twice."""
    folder = tmp_path_factory.mktemp("desk") / "docket"
    docket = create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), SystemClock())
    put_letter(docket)
    list(collect(docket, FolderSpool(folder / "spool", clock=docket.clock)))
    list(unseal_all(docket))
    source, letter = put_article(docket), Letter.objects.get().id
    grade_origin(docket, source, "An invented paper of long standing.", reliability="B", credibility="3")
    grade_origin(docket, source, "It has printed two invented corrections since then.", reliability="C")
    connections.close_all()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_desk(folder, port, PASSPHRASE) as desk:
        yield {LETTER: f"{desk.address}/letter/{letter}", SOURCE: f"{desk.address}/source/{source}"}


def page_at(browser: Browser, address: str, **options: object) -> Page:
    page = new_context(browser, **options).new_page()
    page.goto(address)
    page.get_by_label("Name").fill(MEMBER)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(address)
    return page


@pytest.mark.parametrize("what", [LETTER, SOURCE])
def test_a_grade_is_given_by_keyboard_alone_and_without_a_script(
    addresses: dict[str, str], browser: Browser, what: str
) -> None:
    page = page_at(browser, addresses[what], java_script_enabled=False)
    form = page.get_by_role("form", name="Grade")

    form.get_by_label("Reliability of who says it").focus()
    for key in ("D", "Tab", "5", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("It was wrong about the invented month.")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    panel = page.locator("#grade")
    expect(panel.locator("dd").nth(0)).to_have_text("D, Not usually reliable")
    expect(panel.locator("dd").nth(1)).to_have_text("5, Improbable")
    expect(panel.locator("dd").nth(2)).to_have_text("It was wrong about the invented month.")
    page.context.close()


@pytest.mark.parametrize("what", [LETTER, SOURCE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width, height", [(1440, 900), (360, 780)])
def test_the_grades_are_clean_to_axe_and_nothing_runs_out_of_the_page(
    addresses: dict[str, str], browser: Browser, what: str, width: int, height: int, scheme: str
) -> None:
    page = page_at(browser, addresses[what], viewport={"width": width, "height": height}, color_scheme=scheme)

    found = found_by_axe(page)
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"grade-{what}-{width}-{scheme}.png", full_page=True)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
