"""A bundle is written wholly or not at all, and only if it would pass its receiver's check."""

import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.bundle.content import BundleProof, DerivedCopy, Origin
from onrecord.bundle.redact import LeavesWithoutBasis, keep_what_may_leave
from onrecord.bundle.write import BundleNotWhole, ExhibitChanged, prepare_bundle
from onrecord.ground.clock import StillClock
from onrecord.ground.files import FileAlreadyThere
from unit.bundle.invented_docket import (
    FILES,
    NOON,
    PHOTO,
    WORDS,
    InventedDocket,
    bundle_up,
    decisions,
    exhibit,
    fill,
    make_id,
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
        (path,) = (bundle / "data/exhibits" / id / "original").iterdir()
        assert path.read_bytes() == data
    assert (bundle / "data/exhibits" / PHOTO / "original/exhibit.jpg").exists()


def test_the_name_as_received_stands_beside_the_exhibit(bundle: Path):
    about = json.loads((bundle / "data/exhibits" / PHOTO / "exhibit.json").read_text())

    assert about["file_name"] == "Фото с автобусом.JPG"
    assert about["ct_sha256"] == make_id(f"ciphertext {PHOTO}") * 2


def test_a_derived_copy_names_its_parent_and_its_tool(docket: InventedDocket, content, place: Path):
    copy_id = make_id("clean copy")
    original = exhibit(WORDS, make_id("letter"), Origin.LETTER)
    copy = DerivedCopy(
        id=copy_id, file_name="translation.txt", media_type="text/plain", size_bytes=5,
        sha256="2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        parent_sha256=original.sha256, tool="a person", tool_version="-",
    )  # fmt: skip
    content = replace(content, exhibits=(replace(original, derived=(copy,)), *content.exhibits[1:]))

    folder = bundle_up(docket, content, place / "b", read=lambda id: iter([b"hello" if id == copy_id else FILES[id]]))

    about = json.loads((folder / "data/exhibits" / WORDS / "exhibit.json").read_text())
    assert about["derived"][0]["parent_sha256"] == about["sha256"]
    assert (folder / f"data/exhibits/{WORDS}/derived/{copy_id}-translation.txt").read_bytes() == b"hello"


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
        indexes = [0, seal, *(entry.index for entry in content.opened)]
        paths = {index: tuple(docket.log.inclusion(index)) for index in indexes}
        root = docket.root_key.public_key().public_bytes_raw()
        prepared.finish(BundleProof(root_key=root, seal=docket.opened(seal), checkpoint=note, paths=paths))

    assert left_in(place) == []


def test_a_count_that_hides_an_entry_is_thrown_away(docket: InventedDocket, content, place: Path):
    hidden = tuple(entry for entry in content.opened if entry.index != 9)

    with pytest.raises(BundleNotWhole):
        bundle_up(docket, replace(content, opened=hidden), place / "b")

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

    assert (folder / "data/manifest/entries.csv").read_text().count(",withheld\n") == 2
    assert not (folder / "proof/openings/7.envelope").exists()
    words = FILES[WORDS].strip()
    assert not [path for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]
