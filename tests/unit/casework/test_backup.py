"""A backup is of one moment, opens nothing by itself, and a restored ledger is held against what the outside knows."""

import hashlib
import subprocess
import tarfile
from itertools import count
from pathlib import Path

import pytest
from django.db import connections

from conftest import PASSPHRASE
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework import backup
from onrecord.casework.backup import (
    DOCKET_TAR,
    SUBJECTS_TAR,
    BackupDamaged,
    OlderThanOutside,
    back_up,
    bring_back,
)
from onrecord.casework.create import FolderNotEmpty
from onrecord.casework.docket import Docket
from onrecord.casework.models import Case, Letter
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.audit import audit
from onrecord.casework.record.publish import publish
from onrecord.casework.tars import Progress, sum_of
from onrecord.ground.clock import StillClock
from onrecord.intake.collect import collect
from onrecord.ledger.log import CHECKPOINT_NAME
from onrecord.ledger.note import NotSignedByThisLedger
from onrecord.seal.keyring import unlock
from whole_story import CANARIES, receive_letters


def reopen(folder: Path, clock: StillClock) -> Docket:
    connections.close_all()
    return Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), clock)


def checkpoint_of(docket: Docket, path: Path) -> Path:
    path.write_bytes(publish(docket))
    return path


def stop_at(step: int) -> Progress:
    """Press Ctrl-C when progress is shown for this time."""
    steps = count(1)

    def stop(done: int, total: int) -> None:
        if next(steps) == step:
            raise KeyboardInterrupt

    return stop


def test_a_restored_docket_is_the_docket_as_it_was(docket: Docket, clock: StillClock, tmp_path: Path) -> None:
    receive_letters(docket)
    open_case(docket, "Lantern")
    outside = checkpoint_of(docket, tmp_path / "outside")
    back_up(docket, tmp_path / "backup")

    report = bring_back(tmp_path / "backup", tmp_path / "restored", outside)

    restored = reopen(tmp_path / "restored", clock)
    assert "agrees" in report.advice
    assert audit(restored).findings == []
    assert redraw.check(restored) == []
    assert (Letter.objects.count(), Case.objects.get().name) == (4, "Lantern")
    open_case(restored, "Anchor")


def test_a_letter_that_waits_in_the_spool_is_in_the_backup(docket: Docket, clock: StillClock, tmp_path: Path) -> None:
    drop(docket, InventedLetter().sealed(docket))
    back_up(docket, tmp_path / "backup")

    bring_back(tmp_path / "backup", tmp_path / "restored", None)

    restored = reopen(tmp_path / "restored", clock)
    assert len(list(collect(restored, spool_of(restored)))) == 1


def test_a_backup_that_is_older_than_the_outside_is_refused_and_leaves_nothing(docket: Docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")
    open_case(docket, "Lantern")
    newer = checkpoint_of(docket, tmp_path / "outside")

    with pytest.raises(OlderThanOutside):
        bring_back(tmp_path / "backup", tmp_path / "restored", newer)

    assert not (tmp_path / "restored").exists()


def test_without_a_checkpoint_from_outside_the_report_says_what_nobody_can_know(docket: Docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")

    report = bring_back(tmp_path / "backup", tmp_path / "restored", None)

    assert "entries are missing here" in report.advice
    assert report.checkpoint.encode() == docket.tiles.read_all(CHECKPOINT_NAME)


def test_a_checkpoint_of_another_docket_proves_nothing(docket: Docket, make_docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")
    other = checkpoint_of(make_docket("other"), tmp_path / "outside")

    with pytest.raises(NotSignedByThisLedger):
        bring_back(tmp_path / "backup", tmp_path / "restored", other)


@pytest.mark.parametrize("name", [DOCKET_TAR, SUBJECTS_TAR])
@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"x" * 5000])
def test_a_backup_that_is_not_whole_restores_nothing(docket: Docket, tmp_path: Path, name: str, spoil) -> None:
    back_up(docket, tmp_path / "backup")
    path = tmp_path / "backup" / name
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(BackupDamaged):
        bring_back(tmp_path / "backup", tmp_path / "restored", None)

    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("name", [DOCKET_TAR, SUBJECTS_TAR])
@pytest.mark.parametrize("place", ["database or key", "last byte"])
def test_a_backup_of_which_one_bit_has_changed_restores_nothing(
    docket: Docket, tmp_path: Path, name: str, place: str
) -> None:
    back_up(docket, tmp_path / "backup")
    path = tmp_path / "backup" / name
    data = bytearray(path.read_bytes())
    with tarfile.open(path) as tar:
        largest = max(tar, key=lambda member: member.size)
    data[largest.offset_data + largest.size // 2 if place != "last byte" else -1] ^= 1
    path.write_bytes(data)

    with pytest.raises(BackupDamaged):
        bring_back(tmp_path / "backup", tmp_path / "restored", None)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "docket"]


def test_a_backup_without_its_hashes_is_not_whole(docket: Docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")
    sum_of(tmp_path / "backup" / DOCKET_TAR).unlink()

    with pytest.raises(BackupDamaged):
        bring_back(tmp_path / "backup", tmp_path / "restored", None)


def test_the_hashes_of_a_backup_are_those_that_sha256sum_checks(docket: Docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")

    sums = [f"{tar}.sha256" for tar in (DOCKET_TAR, SUBJECTS_TAR)]
    checked = subprocess.run(["sha256sum", "-c", *sums], cwd=tmp_path / "backup", capture_output=True, text=True)

    assert (checked.returncode, checked.stdout) == (0, f"{DOCKET_TAR}: OK\n{SUBJECTS_TAR}: OK\n")


@pytest.mark.parametrize("member", ["../outside", "/etc/outside"])
def test_a_backup_that_reaches_outside_its_folder_is_refused(docket: Docket, tmp_path: Path, member: str) -> None:
    back_up(docket, tmp_path / "backup")
    path = tmp_path / "backup" / SUBJECTS_TAR
    with tarfile.open(path, "a") as tar:
        tar.addfile(tarfile.TarInfo(member))
    sum_of(path).write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {SUBJECTS_TAR}\n")

    with pytest.raises(BackupDamaged):
        bring_back(tmp_path / "backup", tmp_path / "restored", None)

    assert not (tmp_path / "outside").exists()


def test_a_folder_that_holds_something_is_not_written_to(docket: Docket, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/something").write_text("kept")
    back_up(docket, tmp_path / "backup")

    with pytest.raises(FolderNotEmpty):
        back_up(docket, tmp_path / "full")
    with pytest.raises(FolderNotEmpty):
        bring_back(tmp_path / "backup", tmp_path / "full", None)

    assert [path.name for path in (tmp_path / "full").iterdir()] == ["something"]


def test_no_word_of_a_letter_is_in_a_backup_and_no_key_store_in_the_long_lived_part(
    docket: Docket, tmp_path: Path
) -> None:
    receive_letters(docket)

    back_up(docket, tmp_path / "backup")

    data = b"".join(path.read_bytes() for path in (tmp_path / "backup").iterdir())
    assert [word for word in CANARIES if word.encode() in data] == []
    with tarfile.open(tmp_path / "backup" / DOCKET_TAR) as tar:
        names = tar.getnames()
    assert "db/onrecord.db" in names and "db/subjects.db" not in names
    assert all((path.stat().st_mode & 0o077) == 0 for path in (tmp_path / "backup").iterdir())


def test_both_directions_say_how_much_of_how_much_is_done(docket: Docket, tmp_path: Path) -> None:
    receive_letters(docket)
    there: list[tuple[int, int]] = []
    back: list[tuple[int, int]] = []

    back_up(docket, tmp_path / "backup", lambda done, total: there.append((done, total)))
    bring_back(tmp_path / "backup", tmp_path / "restored", None, lambda done, total: back.append((done, total)))

    for steps in (there, back):
        assert steps == sorted(steps) and len(steps) > 2
        assert all(done <= total for done, total in steps)
    assert back[-1][0] == back[-1][1] == 2 * sum(path.stat().st_size for path in (tmp_path / "backup").glob("*.tar"))


@pytest.mark.parametrize("step", range(1, 5))
def test_a_backup_that_is_stopped_leaves_the_docket_as_it_was_and_no_tar(
    docket: Docket, tmp_path: Path, step: int
) -> None:
    receive_letters(docket)
    before = sorted(path.name for path in docket.folder.rglob("*"))

    with pytest.raises(KeyboardInterrupt):
        back_up(docket, tmp_path / "backup", stop_at(step))

    assert list((tmp_path / "backup").iterdir()) == []
    assert sorted(path.name for path in docket.folder.rglob("*")) == before
    open_case(docket, "Lantern")


def test_a_backup_is_stopped_in_the_middle_of_copying_a_database(
    docket: Docket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive_letters(docket)
    monkeypatch.setattr(backup, "STEPS_BETWEEN_LOOKS", 10)

    with pytest.raises(KeyboardInterrupt):
        back_up(docket, tmp_path / "backup", stop_at(3))

    assert not list(docket.folder.rglob(".partial-*")) and not list((tmp_path / "backup").iterdir())
    open_case(docket, "Lantern")


def test_a_restoring_that_is_stopped_leaves_nothing(docket: Docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")

    with pytest.raises(KeyboardInterrupt):
        bring_back(tmp_path / "backup", tmp_path / "restored", None, stop_at(2))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "docket"]


def test_a_docket_that_is_being_restored_has_its_name_when_it_is_whole(docket: Docket, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")
    named, seen = tmp_path / "new/restored", list[bool]()

    bring_back(tmp_path / "backup", named, None, lambda *_: seen.append(named.exists()))

    assert not any(seen)
    assert (named / "docket.toml").is_file()
    assert [path.name for path in named.parent.iterdir()] == ["restored"]
