"""Read a text file's words, and say in which encoding they were written and whether that is a guess.

A byte order mark or valid UTF-8 is certain enough. Anything else is a guess between the two old encodings that people
most often send, Cyrillic and Western; a human being must look at it.
"""

import codecs
from itertools import pairwise

MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def work(data: bytes) -> tuple[bytes, dict[str, str | None]]:
    """Return the text as UTF-8 and how it was written; raise ValueError if it is no text."""
    text, encoding, is_guess = decode(data)
    return text.encode("utf-8"), {"encoding": encoding, "is_guess": "yes" if is_guess else None}


def decode(data: bytes) -> tuple[str, str, bool]:
    """Return the text, its encoding, and whether the encoding was guessed; raise ValueError if it is no text."""
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding), encoding, False
    if b"\x00" in data:
        raise ValueError("not a text")
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        encoding = guess(data)
        return data.decode(encoding), encoding, True


def guess(data: bytes) -> str:
    """Return windows-1251 if most bytes beyond ASCII would be Cyrillic letters there, else a Western encoding."""
    beyond = [byte for byte in data if byte >= 0x80]
    try:
        letters = bytes(beyond).decode("windows-1251")
    except UnicodeDecodeError:
        return western(data)
    # Western text has single accented letters between ASCII ones; Cyrillic text has runs of them.
    runs = sum(1 for first, second in pairwise(data) if first >= 0xC0 and second >= 0xC0)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    return "windows-1251" if cyrillic > 0.8 * len(beyond) and runs > 0.4 * len(beyond) else western(data)


def western(data: bytes) -> str:
    """Return windows-1252, or latin-1 where a byte has no meaning in it."""
    try:
        data.decode("windows-1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "windows-1252"
