"""Take in a publication or document from a local file: what it is, and what it says about itself.

The file is read once and hashed as it is read; whoever stores it compares this hash with that of the vault, so that a
file that changed in between is noticed. Nothing is recorded here. Nothing here opens a stranger's file: that is
vault.derive, in a sandbox.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from onrecord.errors import BadInput
from onrecord.ground.bounds import CHUNK_BYTES, READING_TEXT_BYTES
from onrecord.ground.date_words import Order
from onrecord.ground.media import HEAD_BYTES, media_type_of
from onrecord.ground.text import nfc
from onrecord.sources.html import read_saved_page
from onrecord.sources.page import read_pasted_article
from onrecord.sources.proposal import Proposal
from onrecord.vault import derive as derivers
from onrecord.vault.derive import Derived
from onrecord.vault.sandbox import FileNotOpened

TOOL = "onrecord"
TEXT = "text/plain"
HTML = "text/html"

Derive = Callable[..., Derived]
Progress = Callable[[int], None]


class FileNotReadable(BadInput):
    """This file is not there or cannot be read."""

    next_step = "Check the path, and that you may read the file; a folder cannot be captured."


class FileEmpty(BadInput):
    """This file is empty; there is nothing to capture."""

    next_step = "Look at the original again: it may still be downloading."


@dataclass(frozen=True, slots=True)
class Capture:
    """A local file as it was read, and what is proposed about it; text and proposal only where it could be opened.

    `encoding_is_guess` says that the words may be wrong, because the file does not say in which encoding it is written.
    """

    name: str
    media_type: str
    size_bytes: int
    sha256: str
    reading_text: str | None
    proposal: Proposal | None
    tool: str
    tool_version: str
    encoding_is_guess: bool = False


def capture(
    path: Path,
    *,
    locale: str = "",
    order: Order | None = None,
    derive: Derive = derivers.derive,
    progress: Progress = lambda _bytes_read: None,
) -> Capture:
    """Read a local file; raise FileNotReadable, FileEmpty or vault.sandbox.SandboxMissing."""
    head, data, size_bytes, sha256 = _read(path, progress)
    name = nfc(os.fsencode(path.name).decode("utf-8", errors="replace"))
    kind = media_type_of(name, head)
    derived = _derive(kind, data, sha256, derive)
    if derived is None:
        return Capture(name, kind, size_bytes, sha256, None, None, TOOL, version(TOOL))
    text = derived.content.decode("utf-8")
    if kind == HTML:
        proposal = read_saved_page(derived.facts, text, locale=locale, order=order)
    else:
        proposal = read_pasted_article(text, locale=locale, order=order)
    is_guess = "is_guess" in derived.facts
    return Capture(name, kind, size_bytes, sha256, text, proposal, derived.tool, derived.version, is_guess)


def _read(path: Path, progress: Progress) -> tuple[bytes, bytes | None, int, str]:
    """Return the first bytes, all bytes if they are few enough to be opened, the size and the hash, in one pass."""
    hasher, size_bytes = hashlib.sha256(), 0
    kept = bytearray()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                hasher.update(chunk)
                size_bytes += len(chunk)
                progress(size_bytes)
                if len(kept) <= READING_TEXT_BYTES:
                    kept += chunk
    except OSError:
        raise FileNotReadable from None
    if size_bytes == 0:
        raise FileEmpty
    whole = bytes(kept) if size_bytes <= READING_TEXT_BYTES else None
    return bytes(kept[:HEAD_BYTES]), whole, size_bytes, hasher.hexdigest()


def _derive(kind: str, data: bytes | None, sha256: str, derive: Derive) -> Derived | None:
    if data is None or kind not in (TEXT, HTML):
        return None
    try:
        return derive(kind, [data], parent_sha256=sha256)
    except FileNotOpened:
        return None  # the file is captured all the same: a page that cannot be opened here may be the evidence
