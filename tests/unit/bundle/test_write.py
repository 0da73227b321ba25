"""A bundle is written wholly or not at all, and only if it would pass its receiver's check."""

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.bundle.content import BundleProof
from onrecord.bundle.redact import LeavesWithoutBasis, keep_what_may_leave
from onrecord.bundle.write import BundleNotWhole, ExhibitChanged, prepare_bundle
from onrecord.ground.clock import StillClock
from onrecord.ground.files import FileAlreadyThere
from unit.bundle.invented_docket import (
    FILES,
    MADE_FROM,
    NOON,
    PHOTO,
    WORDS,
    InventedDocket,
    bundle_up,
    decisions,
    fill,
)  # fmt: skip


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def content(docket: InventedDocket):
    everything = fill(docket)
    return keep_what_may_leave(everything, decisions(everything))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "bundles").mkdir()
    return tmp_path / "bundles"


def test_exhibits_leave_byte_for_byte_under_harmless_names(bundle: Path):
    for id, data in FILES.items():
        (path,) = (bundle / "data/exhibits" / id / ("derived" if id in MADE_FROM else "original")).iterdir()
        assert path.read_bytes() == data
    assert (bundle / "data/exhibits" / PHOTO / "original/exhibit.jpg").exists()


def test_an_exhibit_that_changed_in_the_vault_makes_no_bundle(docket: InventedDocket, content, place: Path):
    with pytest.raises(ExhibitChanged):
        bundle_up(docket, content, place / "b", read=lambda id: iter([FILES[id][:-1], b"\x00"]))

    assert left_in(place) == []


def test_a_vault_that_fails_half_way_leaves_nothing(docket: InventedDocket, content, place: Path):
    def fail(id):
        yield FILES[id][:10]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        bundle_up(docket, content, place / "b", read=fail)

    assert left_in(place) == []


def test_a_bundle_that_is_never_finished_leaves_nothing(content, place: Path):
    with prepare_bundle(content, lambda id: iter([FILES[id]]), place / "b", StillClock(NOON)) as prepared:
        assert re.fullmatch("[0-9a-f]{64}", prepared.manifest_sha256)
        assert not (place / "b").exists()

    assert left_in(place) == []


def test_a_bundle_whose_seal_says_something_else_is_thrown_away(docket: InventedDocket, content, place: Path):
    with (
        pytest.raises(BundleNotWhole),
        prepare_bundle(content, lambda id: iter([FILES[id]]), place / "b", StillClock(NOON)) as prepared,
    ):
        seal = docket.record("BundleMade", content.subject, manifest_sha256="0" * 64, counts=dict(content.counts))
        note = docket.log.checkpoint(docket.log_key)
        indexes = [seal, *(leaf.index for leaf in content.keysets), *(entry.index for entry in content.opened)]
        paths = {index: tuple(docket.log.inclusion(index)) for index in indexes}
        root = docket.root_key.public_key().public_bytes_raw()
        prepared.finish(BundleProof(root_key=root, seal=docket.opened(seal), checkpoint=note, paths=paths))

    assert left_in(place) == []


def test_a_count_that_hides_an_entry_is_thrown_away(docket: InventedDocket, content, place: Path):
    hidden = tuple(entry for entry in content.opened if entry.index != 9)

    with pytest.raises(BundleNotWhole):
        bundle_up(docket, replace(content, opened=hidden), place / "b")

    assert left_in(place) == []


def test_each_byte_of_an_exhibit_is_told_when_it_is_written_and_when_it_is_checked(docket, content, place: Path):
    told: list[tuple[int, int]] = []

    bundle_up(docket, content, place / "b", progress=lambda done, total: told.append((done, total)))

    size_bytes = sum(len(data) for data in FILES.values())
    assert {total for _, total in told} == {2 * size_bytes}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert (50, 2 * size_bytes) in told
    assert told[-1] == (2 * size_bytes, 2 * size_bytes)


@pytest.mark.parametrize("steps", [0, 3, 7, 8, 9, 30, 60])  # eight pieces are written, and all files are then checked
def test_whoever_stops_it_at_any_step_leaves_no_half_bundle(steps: int, docket, content, place: Path):
    told: list[int] = []

    def stop(done: int, _total: int) -> None:
        told.append(done)
        if len(told) > steps:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundle_up(docket, content, place / "b", progress=stop)

    assert left_in(place) == []


def test_a_folder_that_is_there_is_not_touched(docket: InventedDocket, content, place: Path):
    (place / "b").mkdir()

    with pytest.raises(FileAlreadyThere):
        bundle_up(docket, content, place / "b")

    assert left_in(place) == ["b"]


def test_content_without_a_basis_is_not_even_begun(docket: InventedDocket, place: Path):
    with pytest.raises(LeavesWithoutBasis):
        bundle_up(docket, fill(InventedDocket(place.parent / "other")), place / "b")

    assert left_in(place) == []


def test_nobody_else_on_this_machine_can_read_a_bundle(bundle: Path):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in bundle.rglob("*")}

    assert modes == {0o600, 0o700}


def test_withheld_entries_are_counted_and_the_bundle_is_whole(docket: InventedDocket, place: Path):
    everything = fill(docket)
    kept = keep_what_may_leave(everything, decisions(everything, letter="withdrawn"))

    folder = bundle_up(docket, kept, place / "b")

    assert (folder / "data/manifest/entries.csv").read_text().count(",withheld\n") == 4
    assert not (folder / "proof/openings/7.envelope").exists()
    words = FILES[WORDS].strip()
    assert not [path for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]
