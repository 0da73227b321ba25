"""A kit that is open in Chromium as a file, without the net, and what it asked for."""

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from invented_keys import InventedKeys
from onrecord.cli.kit.page import SEALED_NAME, kit_page
from onrecord.seal.letter.box import Box, Message, seal_box
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.receipt import Receipt
from onrecord.settings import DocketSettings
from onrecord.words.catalogue import load_language
from pages.conftest import new_context

ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts" / "kit"
SETTINGS = DocketSettings("Invented", "practice.example", example=True)
RECEIPT = Receipt(bytes(range(11)))
QUESTION = Message(2, "question", "Which month was it?", "A court asks when.")


class Kit:
    """A kit that is open in a browser without the net, and what it asked for."""

    def __init__(self, browser: Browser, file: Path, width: int = 360, scheme: str = "light") -> None:
        window = {"width": width, "height": 800}
        self.context = new_context(browser, viewport=window, color_scheme=scheme, accept_downloads=True)
        self.context.set_offline(True)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file.as_uri())

    def ready(self) -> "Kit":
        expect(self.page.locator("#kit-words")).not_to_be_empty()
        return self

    def step(self, name: str) -> None:
        self.page.locator(f".tabs [data-to={name}]").click()

    def picture(self, name: str) -> None:
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)

    def seal(self) -> bytes:
        self.step("seal")
        with self.page.expect_download() as download:
            self.page.locator("#kit-seal").click()
        assert download.value.suggested_filename == SEALED_NAME
        return Path(download.value.path()).read_bytes()

    def close(self) -> None:
        state = self.context.storage_state(indexed_db=True)
        assert (state["cookies"], state["origins"]) == ([], [])
        assert self.complaints == []
        # The page itself, and its own thread.
        assert [url for url in self.asked if not url.startswith(("file:", "blob:null/"))] == []
        assert len([url for url in self.asked if url.startswith("file:")]) == 1
        self.context.close()


def write_kit(folder: Path, keys: InventedKeys, tag: str = "en") -> Path:
    path = folder / f"{tag}.html"
    path.write_bytes(kit_page(keys.file, keys.keyset, load_language(tag), SETTINGS))
    return path


def opened(keys: InventedKeys, sealed: bytes) -> tuple[LetterReading, dict[str, bytes]]:
    reading = LetterReading([keys.open(sealed)])
    return reading, {each.name: b"".join(each.chunks) for each in reading.files()}


def shown_words(page: Page) -> str:
    return " ".join(page.locator("ol.words li").all_inner_texts())


def boxed(keys: InventedKeys, **changes: object) -> bytes:
    box = Box("1" * 64, 3, "2026-10", "2026-09", (Message(1, "note", "Thank you."), QUESTION), "a" * 32)
    return seal_box(replace(box, **changes), keys.member, str(RECEIPT.keys().identity.recipient))


def open_reply(kit: Kit, box: bytes, words: str) -> None:
    kit.step("reply")
    kit.page.fill("#kit-typed-words", words)
    kit.page.set_input_files("#kit-box", {"name": "x", "mimeType": "application/octet-stream", "buffer": box})
    kit.page.locator("#kit-open").click()
