"""Draw exhibits and the passages marked in them."""

from collections.abc import Iterable
from typing import Any

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.exhibits import PassageMarked
from onrecord.casework.models import Exhibit, Passage


def draw_exhibits(canvas: Canvas, index: int, origin: str, kind: str, exhibits: Iterable[dict[str, Any]]) -> None:
    """Draw the exhibits that an entry received, in their order."""
    for place, exhibit in enumerate(exhibits):
        canvas.add(Exhibit, subject=origin, entry=index, origin=origin, origin_kind=kind, place=place, **exhibit)


def passage_marked(canvas: Canvas, index: int, entry: PassageMarked) -> None:
    """Draw a passage."""
    canvas.add(
        Passage,
        id=entry.passage,
        subject=entry.owner,
        entry=index,
        exhibit=entry.exhibit,
        start=entry.start,
        end=entry.end,
        quote=entry.quote,
        quote_sha256=entry.quote_sha256,
    )
