"""The public files of the tree: their names, their bytes, and what a damaged one is called."""

from hashlib import sha256

import pytest

from onrecord.ledger.log import Log
from onrecord.ledger.tiles import (
    ENTRIES,
    Tile,
    TileDamaged,
    TileReader,
    pack_leaves,
    tile_name,
    unpack_leaves,
    write_tile,
)
from unit.ledger.plain import MemoryStore, plain_reader, sample_leaves, vectors

TILES = vectors("tiles")


@pytest.mark.parametrize("case", TILES["names"], ids=lambda case: case["name"])
def test_a_tile_is_named_after_the_standard(case: dict) -> None:
    assert tile_name(case["row"], case["index"], case["width"]) == case["name"]


@pytest.mark.parametrize("case", TILES["trees"], ids=lambda case: str(case["size"]))
def test_the_files_of_a_tree_are_those_of_the_vectors(case: dict, store: MemoryStore) -> None:
    Log(store, "docket.example/log").extend(sample_leaves(case["size"]))

    assert len(store.blobs) == case["files"]
    for name, digest in case["sha256"].items():
        assert sha256(store.blobs[name]).hexdigest() == digest, name


def test_bundled_leaves_come_back() -> None:
    leaves = sample_leaves(7)

    assert unpack_leaves(pack_leaves(leaves)) == leaves


@pytest.mark.parametrize(
    "spoil", [b"", b"\x00", b"\x00\x20", b"\x00\x1f" + bytes(32), b"\x00\x20" + bytes(31)], ids=repr
)
def test_a_bundle_of_anything_but_whole_leaves_is_refused(spoil: bytes) -> None:
    bundle = pack_leaves(sample_leaves(2)) + (spoil or b"\x00\x20")

    with pytest.raises(TileDamaged):
        unpack_leaves(bundle)


def test_writing_the_same_tile_twice_does_no_harm(store: MemoryStore) -> None:
    tile = Tile(tile_name(ENTRIES, 0, 1), b"one")

    write_tile(store, tile)
    write_tile(store, tile)

    assert store.blobs == {"tile/entries/000.p/1": b"one"}


def test_a_tile_of_another_history_is_refused_and_kept(store: MemoryStore) -> None:
    write_tile(store, Tile(tile_name(0, 0), b"one"))

    with pytest.raises(TileDamaged):
        write_tile(store, Tile(tile_name(0, 0), b"two"))

    assert store.blobs["tile/0/000"] == b"one"


def test_a_reader_that_remembers_one_tile_reads_the_same_as_one_that_remembers_all(store: MemoryStore) -> None:
    leaves = sample_leaves(1024)
    Log(store, "docket.example/log").extend(leaves)
    read = plain_reader(leaves)

    for reader in (TileReader(store, remember=1), TileReader(store)):
        nodes = [(level, index) for index in (0, 3, 2, 1) for level in range(8)]
        assert [reader.node(*node) for node in nodes] == [read(*node) for node in nodes]
