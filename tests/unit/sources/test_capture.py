"""Capturing a local file: bytes, hash, kind and proposals, and what happens when it cannot be opened."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.ground.bounds import CHUNK_BYTES, READING_TEXT_BYTES
from onrecord.sources.capture import Capture, FileEmpty, FileNotReadable, capture
from onrecord.sources.proposal import Reason
from onrecord.vault.derive import Derived
from onrecord.vault.sandbox import FileUnreadable

ARTICLE = "A clock stops in Inventown\nBy Ada Fictitious\n6 April 2031\n\nIt stopped. Nobody saw it.\n"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A clock stops in Inventown</title>
<meta property="og:site_name" content="The Invented Post"><meta name="author" content="Ada Fictitious">
<meta property="article:published_time" content="2021-04-06T10:00:00Z"></head>
<body><article><h1>A clock stops in Inventown</h1><p>It stopped at noon, and nobody in the whole town saw it happen.</p>
<p>The clockmakers were called to the square and told to repair it before the evening.</p></article></body></html>"""


def plain(media_type: str, source: Iterable[bytes], *, parent_sha256: str) -> Derived:
    return Derived(parent_sha256, "a tool", "1", "text/plain", b"".join(source), {})


def unreadable(media_type: str, source: Iterable[bytes], *, parent_sha256: str) -> Derived:
    raise FileUnreadable


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_captured_text_keeps_its_words_its_hash_and_its_proposals(article: Path) -> None:
    captured = capture(article, derive=plain)

    assert captured.reading_text == ARTICLE
    assert captured.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (captured.name, captured.media_type, captured.size_bytes) == ("article.txt", "text/plain", len(ARTICLE))
    assert captured.proposal is not None
    assert captured.proposal.author is not None
    assert captured.proposal.author.value == "Ada Fictitious"
    assert (captured.tool, captured.tool_version) == ("a tool", "1")


def test_a_file_that_cannot_be_opened_is_captured_all_the_same(article: Path) -> None:
    captured = capture(article, derive=unreadable)

    assert (captured.reading_text, captured.proposal) == (None, None)
    assert captured.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()


def test_a_picture_is_captured_and_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(b"\xff\xd8\xff\xe0 invented picture")

    captured = capture(path, derive=unreadable)

    assert isinstance(captured, Capture)
    assert (captured.media_type, captured.reading_text, captured.tool) == ("image/jpeg", None, "onrecord")


def test_a_text_as_long_as_a_library_is_captured_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a clock ticks\n" * (READING_TEXT_BYTES // 14 + 1))

    captured = capture(path, derive=plain)

    assert captured.reading_text is None
    assert captured.size_bytes == path.stat().st_size


def test_what_is_not_there_or_is_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()

    with pytest.raises(FileEmpty):
        capture(tmp_path / "empty.txt", derive=plain)
    for missing in (tmp_path / "missing.txt", tmp_path):
        with pytest.raises(FileNotReadable):
            capture(missing, derive=plain)


def test_a_saved_page_gives_its_metadata_marked_as_such(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")

    captured = capture(path)

    assert captured.proposal is not None
    title, publisher, published = captured.proposal.title, captured.proposal.publisher, captured.proposal.published
    assert title is not None
    assert publisher is not None
    assert (title.value, title.reason, title.start) == ("A clock stops in Inventown", Reason.PAGE_METADATA, None)
    assert publisher.value == "The Invented Post"
    assert published[0].date.text == "2021-04-06"
    assert captured.tool == "trafilatura"
    assert "nobody in the whole town saw it" in (captured.reading_text or "")


def test_an_old_encoding_is_read_and_said_to_be_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Годинник зупинився у Вигадополі\n6 квітня 2031\n".encode("cp1251"))

    captured = capture(path)

    assert captured.encoding_is_guess
    assert (captured.reading_text or "").startswith("Годинник зупинився")


def test_the_article_that_started_it_is_captured_with_its_words_unchanged(shared: Path) -> None:
    path = shared / "seed/article.txt"

    captured = capture(path)

    assert captured.reading_text is not None
    assert captured.reading_text.encode() == path.read_bytes()
    assert captured.proposal is not None
    assert captured.proposal.published[0].date.text == "2025-02-09"
    assert captured.proposal.publisher is None


def test_a_long_reading_says_how_many_bytes_it_has_read(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(3 * CHUNK_BYTES + 1))
    said: list[int] = []

    capture(tmp_path / "film.mp4", derive=plain, progress=said.append)

    assert said == [CHUNK_BYTES, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 1]
