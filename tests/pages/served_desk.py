"""A desk with an invented docket, served to a real Chromium: where its pages are, and how a member looks at them."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from playwright.sync_api import Browser, Page

from conftest import MEMBER, PASSPHRASE
from onrecord.casework.create import NewDocket, create_docket
from onrecord.casework.docket import Docket
from onrecord.ground.clock import SystemClock
from onrecord.seal.keyring import unlock
from pages.conftest import new_context
from running_desk import running_desk

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "desk"
VIEWS = [(1440, 900, "light"), (1440, 900, "dark"), (1024, 768, "light"), (360, 780, "light"), (360, 780, "dark")]


@dataclass(frozen=True)
class Addresses:
    """Where the pages of an invented docket are."""

    desk: str
    paths: Mapping[str, str]

    def __getitem__(self, page: str) -> str:
        return self.desk + self.paths[page]


@contextmanager
def served_desk(folder: Path, fill: Callable[[Docket], Mapping[str, str]]) -> Iterator[Addresses]:
    """Serve a new docket; `fill` puts cases into it and returns the paths of its pages by name."""
    create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), SystemClock())
    paths = fill(Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), SystemClock()))
    connections.close_all()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_desk(folder, port, PASSPHRASE) as desk:
        yield Addresses(desk.address, paths)


def signed_in(addresses: Addresses, browser: Browser, **options: object) -> Iterator[Page]:
    """Yield the page of a member who is signed in; unlocking takes a second."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page = new_context(browser, **options).new_page()
    page.goto(addresses.desk + "/sign-in")
    page.get_by_label("Name").fill(MEMBER)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    yield page
    page.context.close()


def look(page: Page, address: str, width: int, height: int, scheme: str) -> None:
    page.emulate_media(media="screen", color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
