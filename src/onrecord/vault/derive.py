"""Make what a person can look at from what a stranger sent: text from pages, bare pixels from pictures.

What is derived names the exhibit it comes from, the tool and its version; it never replaces the exhibit. The tools
run in vault.sandbox, and what they answer is treated as a stranger's words too: wrong answers are refused, not
repaired.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from onrecord.errors import BadInput
from onrecord.ground.bounds import IMAGE_PIXELS, SANDBOX_FACTS_BYTES
from onrecord.vault import sandbox
from onrecord.vault.sandbox import FileUnreadable


class NoDeriver(BadInput):
    """Onrecord cannot open files of this kind yet; the exhibit itself is kept as it is."""

    next_step = "Look at it on a machine kept for this, or ask for the file in another format."


@dataclass(frozen=True, slots=True)
class Derived:
    """Something made from an exhibit: its bytes, and everything needed to make it again."""

    parent_sha256: str
    tool: str
    version: str
    media_type: str
    content: bytes
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Deriver:
    task: str
    tool: str
    media_types: tuple[str, ...]
    arguments: tuple[str, ...] = ()


_HTML = _Deriver("read_html", "trafilatura", ("text/plain",))
_TEXT = _Deriver("read_text", "onrecord", ("text/plain",))
_IMAGE = _Deriver("clean_image", "pillow", ("image/jpeg", "image/png"), (str(IMAGE_PIXELS),))

_DERIVERS = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "text/plain": _TEXT,
    "image/jpeg": _IMAGE,
    "image/png": _IMAGE,
    "image/gif": _IMAGE,
    "image/webp": _IMAGE,
    "image/tiff": _IMAGE,
    "image/bmp": _IMAGE,
}


def derive(media_type: str, source: Iterable[bytes], *, parent_sha256: str) -> Derived:
    """Open a file in the sandbox by its media type; raise NoDeriver, SandboxMissing or a FileNotOpened.

    Text comes as UTF-8, with `encoding` and perhaps `is_guess` among its facts; a page's facts are what it says about
    itself (`title`, `author`, `sitename`, `date`, `language`, `description`, `url`), each only if it says so.
    """
    deriver = _DERIVERS.get(media_type)
    if deriver is None:
        raise NoDeriver
    answer = sandbox.run(deriver.task, source, *deriver.arguments)
    facts, content = _parse(answer)
    made = facts.pop("media_type", "text/plain")
    if made not in deriver.media_types:
        raise FileUnreadable
    if made == "text/plain":
        _check_text(content)
    return Derived(parent_sha256, deriver.tool, version(deriver.tool), made, content, facts)


def _parse(answer: bytes) -> tuple[dict[str, str], bytes]:
    head, newline, content = answer.partition(b"\n")
    if not newline or len(head) > SANDBOX_FACTS_BYTES:
        raise FileUnreadable
    try:
        facts: Any = json.loads(head)
        if not isinstance(facts, dict):
            raise FileUnreadable
        for value in facts.values():
            value.encode("utf-8")  # a lone surrogate has no bytes
    except (ValueError, AttributeError, RecursionError):
        raise FileUnreadable from None
    return facts, content


def _check_text(content: bytes) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise FileUnreadable from None
