"""Draw what passes between desk and reporter."""

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.replies import (
    ConsentConfirmed,
    ErasureAsked,
    HoldLifted,
    LetterAcknowledged,
    ReplyWritten,
)
from onrecord.casework.models import Confirmation, Hold, Reply


def letter_acknowledged(canvas: Canvas, index: int, entry: LetterAcknowledged) -> None:
    """Draw a box without a message."""
    _box(canvas, index, entry, number=0, kind="", text="", why="")


def reply_written(canvas: Canvas, index: int, entry: ReplyWritten) -> None:
    """Draw a box and the message that is new in it."""
    _box(canvas, index, entry, number=entry.number, kind=entry.kind, text=entry.text, why=entry.why)


def erasure_asked(canvas: Canvas, index: int, entry: ErasureAsked) -> None:
    """Draw a hold."""
    hold = {"letter": entry.letter, "tier": entry.tier, "lifted_because": ""}
    canvas.add(Hold, id=entry.said_in, subject=entry.letter, entry=index, **hold)


def hold_lifted(canvas: Canvas, index: int, entry: HoldLifted) -> None:  # noqa: ARG001
    """Draw over a hold that a member lifted; it stays with the reason."""
    canvas.change(Hold, entry.said_in, lifted_because=entry.reason)


def consent_confirmed(canvas: Canvas, index: int, entry: ConsentConfirmed) -> None:
    """Draw a yes."""
    yes = {"letter": entry.letter, "purpose": entry.purpose, "said_in": entry.said_in}
    canvas.add(Confirmation, id=f"{entry.said_in}-{index:x}", subject=entry.letter, entry=index, **yes)


def _box(
    canvas: Canvas, index: int, entry: LetterAcknowledged | ReplyWritten, *, number: int, kind: str, text: str, why: str
) -> None:
    canvas.add(
        Reply,
        id=f"{entry.letter}-{entry.counter}",
        subject=entry.letter,
        entry=index,
        letter=entry.letter,
        counter=entry.counter,
        mailbox=entry.mailbox,
        month=entry.month,
        opened=entry.opened,
        box=entry.box,
        number=number,
        kind=kind,
        text=text,
        why=why,
    )
