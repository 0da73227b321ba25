"""Say what kind of file some bytes are, from their first bytes and, where these say nothing, from the name.

The answer is shown and never trusted: nothing is opened because of it outside the sandbox. Types are IANA media types.
"""

import codecs
from pathlib import PurePath

UNKNOWN = "application/octet-stream"
HEAD_BYTES = 512

# First bytes, offset: what file formats themselves promise.
_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypheic", 4, "image/heic"),
    (b"%PDF-", 0, "application/pdf"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"ftyp3g", 4, "video/3gpp"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"PK\x03\x04", 0, "application/zip"),
    (b"\x1f\x8b", 0, "application/gzip"),
    (b"Rar!", 0, "application/vnd.rar"),
)
_TEXT_NAMES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xml": "application/xml",
}
_OLD_TEXT_NAMES = (".txt", ".htm", ".html")
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head")


def media_type_of(name: str, head: bytes) -> str:
    """Return the media type of a file by its first bytes (512 are enough) and its name."""
    for signature, offset, media_type in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return media_type
    suffix = PurePath(name).suffix.lower()
    if not _is_text(head, suffix):
        return UNKNOWN
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS):
        return "text/html"
    return _TEXT_NAMES.get(suffix, "text/plain")


def _is_text(head: bytes, suffix: str) -> bool:
    if head.startswith(_UTF_16_MARKS):
        return True
    if b"\x00" in head:
        return False
    if suffix in _OLD_TEXT_NAMES:
        return True  # perhaps in an old encoding, which vault.derive guesses and says so
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character that the cut at 512 bytes split is no sign of anything.
        return error.start >= len(head) - 3 and len(head) >= HEAD_BYTES - 3
    return True
