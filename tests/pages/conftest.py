"""The real Chromium in which pages are tried, as patient as the slowest machine needs."""

import os
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, expect, sync_playwright

from running_door import RunningDoor, running_door
from waiting import PATIENCE_SECONDS

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_PATIENCE_MS = 1000 * PATIENCE_SECONDS
expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launched(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def slow_browser(browser: Browser) -> Iterator[Browser]:
    """Return Chromium without its compiler, which is how careful people run a browser, and how slow phones feel."""
    chromium = launched(browser.browser_type, "--js-flags=--jitless")
    yield chromium
    chromium.close()


def launched(kind: BrowserType, *flags: str) -> Browser:
    """Start Chromium. A container gives it no sandbox of its own and little shared memory."""
    usual = ("--no-sandbox", "--disable-dev-shm-usage")
    return kind.launch(executable_path=CHROMIUM, args=[*usual, *flags], timeout=_PATIENCE_MS)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with running_door(tmp_path_factory.mktemp("door"), port) as running:
        yield running


def new_context(browser: Browser, **options: object) -> BrowserContext:
    """Return a browser's window with nothing in it yet, which waits for what a page does as long as it takes."""
    context = browser.new_context(**options)
    context.set_default_timeout(_PATIENCE_MS)
    return context
