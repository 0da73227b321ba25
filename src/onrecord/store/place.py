"""Find the spool and the boxes at a place: a folder, or a bucket written as s3://BUCKET/FOLDER?endpoint=URL&region=NAME.

What speaks to a bucket is loaded only where one is named: a door on a folder runs without it.
"""

from importlib import import_module
from pathlib import Path

from onrecord.errors import BadInput
from onrecord.ground.bounds import SPOOL_BYTES
from onrecord.ground.clock import Clock
from onrecord.store.boxes import Boxes, FolderBoxes
from onrecord.store.folder_spool import FolderSpool
from onrecord.store.spool import Spool


class BucketsNotInstalled(BadInput):
    """What speaks to buckets is not installed here."""

    next_step = "Install Onrecord with its extra `s3`, or name a folder."


def is_bucket(place: str | Path) -> bool:
    """Tell whether a place is a bucket."""
    return str(place).startswith("s3:")


def open_place(place: str | Path, clock: Clock, *, most_bytes: int = SPOOL_BYTES) -> tuple[Spool, Boxes]:
    """Return the spool and the boxes at a place; raise NotABucket or BucketsNotInstalled."""
    if not is_bucket(place):
        folder = Path(place)
        return FolderSpool(folder, clock=clock, most_bytes=most_bytes), FolderBoxes(folder / "boxes", clock=clock)
    try:
        s3 = import_module("onrecord.store.s3_spool")
    except ModuleNotFoundError:
        raise BucketsNotInstalled from None
    bucket = s3.open_bucket(str(place))
    return s3.S3Spool(bucket, clock=clock, most_bytes=most_bytes), s3.S3Boxes(bucket)
