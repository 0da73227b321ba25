"""A box is there as a whole or as the older one, under a name that leads nowhere else, and its time says the month."""

from datetime import UTC, datetime

import pytest

from onrecord.ground.clock import StillClock
from onrecord.store.boxes import FolderBoxes, NotAMailbox

MAILBOX = "ab" * 16


@pytest.fixture
def boxes(tmp_path):
    return FolderBoxes(tmp_path / "boxes", clock=StillClock(datetime(2026, 3, 19, 9, 30, tzinfo=UTC)))


def test_a_mailbox_without_a_box_gives_none(boxes):
    assert boxes.read(MAILBOX) is None


def test_a_newer_box_takes_the_place_of_the_older(boxes):
    boxes.put(MAILBOX, b"old")

    boxes.put(MAILBOX, b"new")

    assert boxes.read(MAILBOX) == b"new"


@pytest.mark.parametrize("name", ["", "../keys", "AB" * 16, "ab" * 15, "ab" * 16 + "/x"])
def test_nothing_but_a_mailbox_has_a_box(boxes, name):
    with pytest.raises(NotAMailbox):
        boxes.read(name)
    with pytest.raises(NotAMailbox):
        boxes.put(name, b"box")


def test_times_tell_the_month_and_no_temporary_file_stays(boxes, tmp_path):
    boxes.put(MAILBOX, b"box")

    folder = tmp_path / "boxes"
    first = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
    assert [path.name for path in folder.iterdir()] == [f"{MAILBOX}.age"]
    assert {path.stat().st_mtime for path in (folder, *folder.iterdir())} == {first}
