"""The times of boxes in a folder say the month. What folder and bucket share is in tests/contract/test_spools.py."""

from datetime import UTC, datetime

from onrecord.ground.clock import StillClock
from onrecord.store.boxes import FolderBoxes

MAILBOX = "ab" * 16


def test_times_tell_the_month_and_no_temporary_file_stays(tmp_path):
    boxes = FolderBoxes(tmp_path / "boxes", clock=StillClock(datetime(2026, 3, 19, 9, 30, tzinfo=UTC)))

    boxes.put(MAILBOX, b"box")

    folder = tmp_path / "boxes"
    first = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
    assert {path.name for path in folder.iterdir()} == {f"{MAILBOX}.age", "seed"}
    assert {path.stat().st_mtime for path in (folder, *folder.iterdir())} == {first}
