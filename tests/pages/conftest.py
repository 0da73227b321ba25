"""The real Chromium in which pages are tried, as patient as the slowest machine needs."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from waiting import PATIENCE_SECONDS

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_PATIENCE_MS = 1000 * PATIENCE_SECONDS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container gives Chromium no sandbox of its own and little shared memory.
        flags = ["--no-sandbox", "--disable-dev-shm-usage"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags, timeout=_PATIENCE_MS)
        yield chromium
        chromium.close()


def new_context(browser: Browser, **options: object) -> BrowserContext:
    """Return a browser's window with nothing in it yet, which waits for what a page does as long as it takes."""
    context = browser.new_context(**options)
    context.set_default_timeout(_PATIENCE_MS)
    return context
