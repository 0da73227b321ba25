"""Read what is in the vault: an exhibit's bytes, and the text in which passages are marked.

A passage is counted in characters (Unicode code points) of a text exhibit: the pasted article itself, the account of a
letter, or the text that a reader drew from a page. Its words are kept with it, so that anyone can compare.
"""

import hashlib
from collections.abc import Iterator

from onrecord.casework.docket import Docket
from onrecord.casework.models import Exhibit
from onrecord.errors import BadInput, NotThere
from onrecord.ground.ids import SubjectId
from onrecord.ground.text import is_hidden, nfc
from onrecord.vault.exhibit import ExhibitNotAsRecorded, open_exhibit


class NoSuchExhibit(NotThere):
    """There is no exhibit of this identifier."""

    next_step = "List what a letter or source holds with `onrecord letter read ID` or `onrecord source read ID`."


class NoTextToRead(BadInput):
    """This has no text in which a passage could be marked."""

    next_step = "Code another exhibit, or take down what it shows as an account."


def recordable(text: str) -> str:
    """Return a text as it may stand in an entry: in normal form C, and a NUL, which no table holds, by its number."""
    return nfc(text).replace("\x00", "[U+0000]")


def typed(text: str) -> str:
    """Return what a member typed as it may stand in an entry; empty if all of it is blank or hidden from a reader."""
    is_blank = all(character.isspace() or is_hidden(character) for character in text)
    return "" if is_blank else recordable(text.strip())


def exhibit_bytes(docket: Docket, exhibit: Exhibit) -> Iterator[bytes]:
    """Yield an exhibit's bytes exactly as they were received."""
    key = docket.subjects.open(SubjectId(exhibit.subject), docket.keyring)
    return open_exhibit(docket.vault.blobs, exhibit.blob, key)


def reading_exhibit(item: str) -> Exhibit:
    """Return the text exhibit to be read for an exhibit, letter or source; raise NoSuchExhibit or NoTextToRead."""
    exhibit = Exhibit.objects.filter(pk=item).first()
    if exhibit is None:
        candidates = Exhibit.objects.filter(origin=item)
        if not candidates.exists():
            raise NoSuchExhibit
    elif exhibit.is_reading_text:
        return exhibit
    else:
        candidates = Exhibit.objects.filter(made_from=exhibit.id)
    text = candidates.filter(is_reading_text=True).order_by("place").first()
    if text is None:
        raise NoTextToRead
    return text


def reading_text(docket: Docket, exhibit: Exhibit) -> str:
    """Return the text of a text exhibit, compared with the hash that was recorded when it was received."""
    content = b"".join(exhibit_bytes(docket, exhibit))
    if hashlib.sha256(content).hexdigest() != exhibit.sha256:
        raise ExhibitNotAsRecorded
    return content.decode("utf-8")


def first_words(docket: Docket, exhibit: Exhibit) -> str:
    """Return how a text exhibit begins, for a list: all of a text is compared with its hash only where it is read."""
    pieces = exhibit_bytes(docket, exhibit)
    return next(filter(None, pieces), b"").decode("utf-8", errors="ignore")
