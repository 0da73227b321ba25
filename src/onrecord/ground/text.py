"""Show a stranger's text so that nothing in it is hidden, and turn a stranger's file name into a harmless one.

What was received never changes: these functions make copies for a screen, a page or a folder. Character classes follow
the Unicode general categories that Python carries.
"""

import re
import unicodedata
from pathlib import PurePosixPath

from onrecord.ground.bounds import FILE_NAME_BYTES

# Controls, format characters (all bidi and zero-width ones are here), lone surrogates, line and paragraph separators.
HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}

# Letters and marks by category, and yet drawn as nothing: combining grapheme joiner, Hangul fillers, Khmer inherent
# vowels, Mongolian variation selectors, empty Braille.
BLANK_LETTERS = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")

# Format characters that are drawn: Arabic, Syriac and Kaithi number and verse signs.
DRAWN_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")

# Line ends and tabs belong to a text. Every other control character is drawn as nothing, and a desk refuses some.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# Separators on some system, wildcards, quotes and pipes of a shell, and what Windows forbids.
UNSAFE_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
RESERVED_ON_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$")
NAME_OF_NOTHING = "unnamed"

# An extension longer than this is no extension but the end of a sentence.
EXTENSION_BYTES = 16


def nfc(text: str) -> str:
    """Return a text in Unicode normal form C, the one form that this program signs and compares."""
    return unicodedata.normalize("NFC", text)


def kept(typed: str) -> str:
    """Return what was typed as a letter keeps it: one kind of line end, one form, control characters written out."""
    return CONTROL.sub(lambda found: visible(found[0]), nfc(typed.replace("\r\n", "\n")))


def visible(text: str) -> str:
    """Return a text with every hidden character written out, as [U+202E]; line ends and tabs stay.

    LIMIT: joiners that Persian, Hindi or Sinhala spelling needs (U+200C, U+200D) and those inside an emoji are written
    out too, since the same characters can make two different names look alike. Show the text as received beside it.
    """
    return "".join(
        f"[U+{ord(character):04X}]" if is_hidden(character) else character for character in text.replace("\r\n", "\n")
    )


def is_hidden(character: str) -> bool:
    """Tell whether a reader would not see that this character is there, or would see others in a false order."""
    if character in "\n\t" or character in DRAWN_FORMATS:
        return False
    return unicodedata.category(character) in HIDDEN_CATEGORIES or character in BLANK_LETTERS


def safe_file_name(name: str) -> str:
    """Return a name that is safe to write in a folder on any system: one part, visible, bounded, its extension kept."""
    name = "".join(character for character in nfc(name) if not is_hidden(character) or character in "\n\t")
    name = UNSAFE_IN_NAMES.sub("_", name)
    # A leading dot hides a file, a leading dash is an option to a command, a trailing dot or space vanishes on Windows.
    name = " ".join(name.split()).lstrip(".-~ ").rstrip(". ")
    if RESERVED_ON_WINDOWS.match(name):
        name = f"_{name}"
    return _shorten(name) or NAME_OF_NOTHING


def _shorten(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    if len(suffix.encode()) > EXTENSION_BYTES:
        suffix = ""
    stem = name.removesuffix(suffix) if suffix else name
    room = FILE_NAME_BYTES - len(suffix.encode())
    cut = stem.encode()[:room].decode("utf-8", errors="ignore")
    return f"{cut.rstrip('. ')}{suffix}" if cut != stem else name
