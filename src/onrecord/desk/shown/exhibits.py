"""Show exhibits: what each is, whether the desk can show it, and what was made from it."""

from dataclasses import dataclass

from onrecord.casework.models import Exhibit
from onrecord.ground.bounds import SANDBOX_INPUT_BYTES

PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp"}


@dataclass(frozen=True, slots=True)
class Item:
    """An exhibit as one line. A picture is shown as bare pixels made in the sandbox; other files only by download."""

    row: Exhibit
    is_picture: bool


def items_of(origin: str) -> list[Item]:
    """Return the exhibits of a letter or source, in their order."""
    rows = Exhibit.objects.filter(origin=origin).order_by("place")
    return [Item(row, is_picture=row.media_type in PICTURES and row.size_bytes <= SANDBOX_INPUT_BYTES) for row in rows]


def reading_item(items: list[Item]) -> Exhibit | None:
    """Return the text in which passages are marked, if there is one."""
    return next((item.row for item in items if item.row.is_reading_text), None)
