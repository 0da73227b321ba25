"""Draw letters: as they came, as they were opened, and in quarantine."""

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.drawers.exhibits import draw_exhibits
from onrecord.casework.entries.letters import LetterOpened, LetterQuarantined, LetterReceived
from onrecord.casework.models import Consent, Letter


def letter_received(canvas: Canvas, index: int, entry: LetterReceived) -> None:
    """Draw a sealed letter."""
    canvas.add(
        Letter,
        id=entry.letter,
        subject=entry.letter,
        entry=index,
        sealed_sha256=entry.sealed_sha256,
        size_bytes=entry.size_bytes,
        blob=entry.blob,
        parts=list(entry.parts),
        arrived_on=entry.arrived_on,
        state=Letter.State.SEALED,
        reason="",
        form="",
        tier="",
        language="",
        path="",
        answers={},
        prompted=[],
        identity_blob="",
        reporter=None,
        mailbox="",
        continues="",
        counter=0,
        body_sha256="",
    )


def letter_opened(canvas: Canvas, index: int, entry: LetterOpened) -> None:
    """Draw an opened letter, its consent and its exhibits."""
    canvas.change(
        Letter,
        entry.letter,
        state=Letter.State.OPENED,
        reason="",
        form=entry.form,
        tier=entry.tier,
        language=entry.language,
        path=entry.path,
        answers=entry.answers,
        prompted=list(entry.prompted),
        identity_blob=entry.identity_blob,
        reporter=entry.reporter,
        mailbox=entry.reporter["mailbox"] if entry.reporter else "",
        continues=entry.continues,
        counter=entry.counter,
        body_sha256=entry.body_sha256,
    )
    for place, consent in enumerate(entry.consent):
        canvas.add(
            Consent, id=f"{entry.letter}-{place}", subject=entry.letter, entry=index, letter=entry.letter, **consent
        )
    draw_exhibits(canvas, index, entry.letter, "letter", entry.exhibits)


def letter_quarantined(canvas: Canvas, index: int, entry: LetterQuarantined) -> None:  # noqa: ARG001
    """Draw a letter that did not open or verify."""
    canvas.change(Letter, entry.letter, state=Letter.State.QUARANTINED, reason=entry.reason)
