"""Every blob store keeps the same promises."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.store.blobs import BlobExists, BlobMissing, BlobNameRefused, BlobStore
from onrecord.store.folder import FolderStore

STORES: dict[str, Callable[[Path], BlobStore]] = {"folder": FolderStore}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    return STORES[request.param](tmp_path / "blobs")


def test_a_blob_is_read_back_bit_for_bit(store):
    chunks = [b"one", b"", b"\x00\xff" * 100_000]

    store.create("ab/cd/abcd", chunks)

    assert store.read_all("ab/cd/abcd") == b"".join(chunks)
    assert b"".join(store.read("ab/cd/abcd")) == b"".join(chunks)
    assert store.size_bytes("ab/cd/abcd") == 200_003


def test_a_name_that_is_taken_is_refused_and_the_first_blob_stays(store):
    store.create("tile/0/000", [b"first"])

    with pytest.raises(BlobExists):
        store.create("tile/0/000", [b"second"])

    assert store.read_all("tile/0/000") == b"first"


def test_a_blob_gets_its_name_after_its_bytes(store):
    writer = store.begin()
    writer.write(b"bytes ")
    writer.write(b"first")

    before = list(store.names())
    writer.publish("name/last")

    assert before == []
    assert store.read_all("name/last") == b"bytes first"


def test_a_discarded_blob_was_never_there(store):
    writer = store.begin()
    writer.write(b"half")

    writer.discard()
    writer.discard()

    assert list(store.names()) == []


def test_discarding_after_publishing_keeps_the_blob(store):
    writer = store.begin()
    writer.write(b"whole")
    writer.publish("kept")

    writer.discard()

    assert store.read_all("kept") == b"whole"


def test_a_source_that_fails_halfway_leaves_no_blob(store):
    def breaks() -> Iterator[bytes]:
        yield b"half"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        store.create("never", breaks())

    assert not store.exists("never")
    assert list(store.names()) == []


def test_replacing_puts_new_bytes_in_place_of_old_ones(store):
    store.replace("checkpoint", b"old")

    store.replace("checkpoint", b"new")

    assert store.read_all("checkpoint") == b"new"
    assert list(store.names()) == ["checkpoint"]


@pytest.mark.parametrize("ask", ["read", "read_all", "size_bytes", "remove"])
def test_a_missing_blob_is_named_as_missing_at_the_call(store, ask):
    with pytest.raises(BlobMissing):
        getattr(store, ask)("not/here")

    assert not store.exists("not/here")


def test_a_folder_is_not_a_blob(store):
    store.create("tile/0/000", [b"leaf"])

    with pytest.raises(BlobMissing):
        store.read("tile/0")

    assert not store.exists("tile/0")


def test_names_are_listed_by_prefix(store):
    for name in ("tile/0/000", "tile/0/x001/234.p/5", "tile/1/000", "checkpoint"):
        store.create(name, [b"."])

    listed = {prefix: set(store.names(prefix)) for prefix in ("", "tile/0/", "tile/0/x", "none/")}

    assert listed == {
        "": {"tile/0/000", "tile/0/x001/234.p/5", "tile/1/000", "checkpoint"},
        "tile/0/": {"tile/0/000", "tile/0/x001/234.p/5"},
        "tile/0/x": {"tile/0/x001/234.p/5"},
        "none/": set(),
    }


def test_a_removed_blob_is_gone_and_its_neighbours_stay(store):
    store.create("a/1", [b"1"])
    store.create("a/2", [b"2"])

    store.remove("a/1")

    assert set(store.names()) == {"a/2"}


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../out", "a/../b", "a//b", "a/", ".partial-1", "a/.hidden", "a b", "a\x00b", "ключ", "a\n"],
)
def test_a_name_that_could_leave_the_store_is_refused(store, name):
    with pytest.raises(BlobNameRefused):
        store.create(name, [b"x"])

    assert list(store.names()) == []


def test_only_old_unfinished_blobs_are_swept(store):
    store.create("whole", [b"kept"])
    unfinished = store.begin()
    unfinished.write(b"half")
    now = datetime.now(UTC)

    swept_young = store.sweep_partials(now - timedelta(hours=1))
    swept_old = store.sweep_partials(now + timedelta(hours=1))

    assert (swept_young, swept_old) == (0, 1)
    assert set(store.names()) == {"whole"}
