"""What a file is, told from its bytes and not from what it is called."""

import pytest

from onrecord.ground.media import HEAD_BYTES, media_type_of


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7\n", "photo.jpg", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "a", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.txt", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "a", "image/webp"),
        (b"\x00\x00\x00\x20ftypisom", "a", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A ", "a", "audio/mp4"),
        (b"OggS\x00", "voice", "audio/ogg"),
        (b"<!DOCTYPE html><html>", "page.txt", "text/html"),
        (b"\n  <html lang='uk'>", "page", "text/html"),
        (b"<div>saved</div>", "page.htm", "text/html"),
        (b"<div>saved</div>", "page.txt", "text/plain"),
        (b"<svg onload='x()'/>", "picture.svg", "text/plain"),
        ("вигадана стаття".encode(), "article", "text/plain"),
        (("вигадана стаття" * 50).encode()[: HEAD_BYTES - 1], "article", "text/plain"),
        ("вигадана стаття".encode("cp1251"), "article.txt", "text/plain"),
        ("вигадана стаття".encode("cp1251"), "article.bin", "application/octet-stream"),
        ("вигадана стаття".encode("utf-16"), "article", "text/plain"),
        (b"\x7fELF\x02\x01\x01\x00", "article.txt", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(head: bytes, name: str, kind: str) -> None:
    assert media_type_of(name, head) == kind
