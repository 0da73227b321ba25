"""Put what was said to reporters where doors hand it out: the newest box of each, again wherever it is missing.

Boxes are kept in the ledger as they were sealed. So the collector, which can read no letter, can put them out again
after a door or a bucket was lost, and putting one out twice changes nothing.

LIMIT: a box of somebody erased is blanked once, at the erasure. Where the bucket cannot be reached at that moment, or
the power goes between the two, it stays there, sealed to its reporter alone, until the operator removes it.
"""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.casework.docket import Docket
from onrecord.casework.models import Reply
from onrecord.seal.letter.blank import blank_box
from onrecord.store.boxes import Boxes
from onrecord.store.place import open_place
from onrecord.store.spool import Spool


def place_of(docket: Docket, elsewhere: str = "") -> tuple[Spool, Boxes]:
    """Return the spool and the boxes of a docket: where it is told, where its settings say, or in its own folder."""
    return open_place(elsewhere or docket.settings.spool or docket.folder / "spool", docket.clock)


def boxes_of(docket: Docket) -> Boxes:
    """Return where boxes of a docket's reporters lie."""
    return place_of(docket)[1]


def put_boxes(boxes: Boxes, *, after: int = -1) -> int:
    """Put out the newest box of every reporter who was answered after an entry; return the newest such entry."""
    newest, done = after, set[str]()
    for answer in Reply.objects.filter(entry__gt=after).order_by("-entry").iterator():
        newest = max(newest, answer.entry)
        if answer.mailbox in done:
            continue
        done.add(answer.mailbox)
        sealed = b64decode(answer.box)
        if boxes.read(answer.mailbox) != sealed:
            boxes.put(answer.mailbox, sealed)
    return newest


@contextmanager
def blanking(docket: Docket, letter: str) -> Iterator[None]:
    """Put a blank where the box of a first letter lay, once that letter is erased within this context."""
    mailbox = Reply.objects.filter(letter=letter).values_list("mailbox", flat=True).first()
    yield
    if mailbox:
        boxes = boxes_of(docket)
        boxes.put(mailbox, blank_box(boxes.seed(), mailbox))
