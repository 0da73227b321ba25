"""The log: it grows, survives being cut short at any write, and never signs two histories."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.log import Log, NotALeaf, audit_tiles
from onrecord.ledger.merkle import LedgerForked, NotInTheLedger, verify_consistency, verify_inclusion
from onrecord.ledger.note import Checkpoint, NoteMalformed, open_checkpoint
from onrecord.ledger.tiles import TileDamaged
from onrecord.store.folder import FolderStore
from unit.ledger.plain import MemoryStore, PowerLost, plain_root, sample_leaves

ORIGIN = "docket.example/log"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)

# Around the borders of one tile, of two, and of the second row of tiles.
SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 513, 700]


def _flip(store: MemoryStore, name: str) -> None:
    store.blobs[name] = store.blobs[name][:-1] + bytes([store.blobs[name][-1] ^ 1])


def _cut(store: MemoryStore, name: str) -> None:
    store.blobs[name] = store.blobs[name][:-1]


@pytest.mark.parametrize("size", SIZES)
def test_a_log_has_the_root_of_its_leaves_and_of_every_earlier_size(size: int, store: MemoryStore) -> None:
    leaves = sample_leaves(size)

    log = Log.rebuild(store, ORIGIN, leaves)

    assert (log.size, log.root) == (size, plain_root(leaves))
    for earlier in {at for at in SIZES if at <= size}:
        assert log.root_at(earlier) == plain_root(leaves[:earlier])


@given(portions=st.lists(st.integers(0, 300), max_size=6))
def test_a_log_fed_in_any_portions_and_taken_up_between_them_ends_the_same(portions: list[int]) -> None:
    store, leaves = MemoryStore(), sample_leaves(sum(portions))

    for portion in portions:
        log = Log.load(store, ORIGIN)
        log.extend(leaves[log.size : log.size + portion])

    assert Log.load(store, ORIGIN).root == plain_root(leaves)
    assert audit_tiles(store, leaves).is_whole
    assert set(store.blobs) == set(_files_of(leaves))


@given(size=st.integers(1, 700), data=st.data())
def test_every_proof_of_a_log_verifies(size: int, data: st.DataObject) -> None:
    leaves = sample_leaves(700)
    log = Log.rebuild(MemoryStore(), ORIGIN, leaves)
    index = data.draw(st.integers(0, size - 1))
    new = {"new_size": size, "new_root": log.root_at(size)}

    verify_inclusion(leaves[index], log.inclusion(index, size), index=index, size=size, root=log.root_at(size))
    verify_consistency(log.consistency(index + 1, size), old_size=index + 1, old_root=log.root_at(index + 1), **new)


def test_a_log_grown_past_a_million_hashes_of_one_row_still_proves(store: MemoryStore) -> None:
    leaves = sample_leaves(65_537 + 300)

    log = Log.rebuild(store, ORIGIN, leaves)

    assert Log.load(store, ORIGIN).root == log.root
    for index in (0, 65_535, 65_536, len(leaves) - 1):
        verify_inclusion(leaves[index], log.inclusion(index), index=index, size=log.size, root=log.root)


@pytest.mark.parametrize("before", [0, 200, 255, 256])
@pytest.mark.parametrize("added", [1, 60, 600])
def test_power_lost_at_any_write_loses_nothing(before: int, added: int) -> None:
    leaves = sample_leaves(before + added)
    survived = False

    for writes in range(20):
        store = MemoryStore()
        Log.rebuild(store, ORIGIN, leaves[:before])
        store.writes_left = writes
        survived = _outlives(lambda store=store: Log.load(store, ORIGIN).extend(leaves[before:]))
        store.writes_left = None

        log = _take_up(store, leaves)

        assert (log.size, log.root) == (len(leaves), plain_root(leaves))
        assert audit_tiles(store, leaves).is_whole
    assert survived


def test_a_failed_extension_leaves_the_log_in_memory_as_it_was(store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    log = Log.rebuild(store, ORIGIN, leaves[:300])
    store.writes_left = 2
    assert not _outlives(lambda: log.extend(leaves[300:]))
    store.writes_left = None

    assert (log.size, log.root) == (300, plain_root(leaves[:300]))
    log.extend(leaves[300:])

    assert log.root == plain_root(leaves)


@pytest.mark.parametrize("known", [0, 1, 255, 256, 257, 512, 600])
def test_a_log_follows_the_entries(known: int, store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    log = Log.rebuild(store, ORIGIN, leaves[:known])

    log.follow(lambda start: leaves[start:])

    assert (log.size, log.root) == (600, plain_root(leaves))


@pytest.mark.parametrize("known", [1, 256, 300])
def test_a_log_does_not_follow_entries_that_were_rolled_back(known: int, store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    log = Log.rebuild(store, ORIGIN, leaves[:known])
    fewer, replaced = leaves[: known - 1], [*leaves[: known - 1], *leaves[known:]]

    for entries in (fewer, replaced):
        with pytest.raises(LedgerForked):
            log.follow(lambda start, entries=entries: entries[start:])

    assert log.size == known


def test_a_log_in_a_folder_is_the_same_as_one_in_memory(store: MemoryStore, tmp_path: Path) -> None:
    leaves, folder = sample_leaves(600), FolderStore(tmp_path)
    Log.rebuild(store, ORIGIN, leaves)

    for portion in (10, 246, 300):
        log = Log.load(folder, ORIGIN)
        log.follow(lambda start, end=log.size + portion: leaves[start:end])
    Log.load(folder, ORIGIN).follow(lambda start: leaves[start:])

    assert {name: folder.read_all(name) for name in folder.names()} == store.blobs
    assert audit_tiles(folder, leaves).is_whole


def test_only_leaves_go_into_a_log(store: MemoryStore) -> None:
    log = Log(store, ORIGIN)

    with pytest.raises(NotALeaf):
        log.extend([*sample_leaves(3), b"an envelope, not its leaf"])

    assert (log.size, store.blobs) == (0, {})


@pytest.mark.parametrize("name", ["tile/entries/002.p/88", "tile/0/002.p/88", "tile/1/000.p/2", "tile/0/001"])
def test_a_log_is_not_taken_up_from_tiles_that_disagree(name: str, store: MemoryStore) -> None:
    Log.rebuild(store, ORIGIN, sample_leaves(600))
    _flip(store, name)

    with pytest.raises(TileDamaged):
        Log.load(store, ORIGIN)


@pytest.mark.parametrize("name", ["tile/0/002.p/88", "tile/1/000.p/2", "tile/0/001"])
def test_a_log_is_not_taken_up_from_missing_tiles_but_rebuilt_from_its_leaves(name: str, store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    Log.rebuild(store, ORIGIN, leaves)
    store.remove(name)

    with pytest.raises(TileDamaged):
        Log.load(store, ORIGIN)

    assert Log.rebuild(store, ORIGIN, leaves).root == plain_root(leaves)
    assert Log.load(store, ORIGIN).size == 600


def test_a_rebuild_never_paints_over_a_changed_tile(store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    Log.rebuild(store, ORIGIN, leaves)
    _flip(store, "tile/0/000")
    changed = dict(store.blobs)

    with pytest.raises(TileDamaged):
        Log.rebuild(store, ORIGIN, leaves)

    assert store.blobs == changed


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001"])
@pytest.mark.parametrize("spoil", [_flip, _cut, MemoryStore.remove])
def test_an_audit_names_the_tile_that_is_wrong(
    name: str, spoil: Callable[[MemoryStore, str], None], store: MemoryStore
) -> None:
    leaves = sample_leaves(600)
    Log.rebuild(store, ORIGIN, leaves)
    spoil(store, name)

    audit = audit_tiles(store, leaves)

    assert audit.wrong == (name,)
    assert (audit.size, audit.root) == (600, plain_root(leaves))


def test_an_audit_names_tiles_of_a_longer_history(store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    Log.rebuild(store, ORIGIN, leaves)

    audit = audit_tiles(store, leaves[:300])

    assert {"tile/entries/001", "tile/entries/002.p/88", "tile/0/002.p/88"} <= set(audit.wrong)


def test_an_audit_names_a_stranger_among_the_tiles(store: MemoryStore) -> None:
    leaves = sample_leaves(3)
    Log.rebuild(store, ORIGIN, leaves)
    store.create("tile/0/000.p/words", [b"?"])

    assert audit_tiles(store, leaves).wrong == ("tile/0/000.p/words",)


def test_an_audit_forgives_the_older_state_of_a_tile_that_has_grown(store: MemoryStore) -> None:
    leaves = sample_leaves(300)
    older = _files_of(leaves[:200])
    Log.rebuild(store, ORIGIN, leaves)

    store.blobs.update(older)

    assert audit_tiles(store, leaves).is_whole


def test_a_changed_leaf_makes_its_tiles_wrong(store: MemoryStore) -> None:
    leaves = sample_leaves(600)
    Log.rebuild(store, ORIGIN, leaves)

    audit = audit_tiles(store, [*leaves[:5], leaves[6], leaves[5], *leaves[7:]])

    assert audit.wrong == ("tile/0/000", "tile/entries/000", "tile/1/000.p/2")


def test_a_checkpoint_says_what_the_log_is(store: MemoryStore) -> None:
    log = Log.rebuild(store, ORIGIN, sample_leaves(300))

    note = log.checkpoint(KEY)

    assert open_checkpoint(note, origin=ORIGIN, log_key=KEY.public_key()) == Checkpoint(ORIGIN, 300, log.root)
    assert store.blobs["checkpoint"] == note


def test_checkpoints_follow_each_other_as_the_log_grows(store: MemoryStore) -> None:
    leaves = sample_leaves(300)
    log = Log(store, ORIGIN)

    for start in range(0, 300, 100):
        log.extend(leaves[start : start + 100])
        log.checkpoint(KEY)

    assert b"\n300\n" in store.blobs["checkpoint"]


def _rewritten(leaves: list[bytes]) -> list[bytes]:
    return [leaves[1], leaves[0], *leaves[2:]]


def _rolled_back(leaves: list[bytes]) -> list[bytes]:
    return leaves[:-1]


@pytest.mark.parametrize("history", [_rewritten, _rolled_back])
def test_a_log_never_signs_against_its_last_checkpoint(history: Callable[[list[bytes]], list[bytes]]) -> None:
    leaves, store, other = sample_leaves(300), MemoryStore(), MemoryStore()
    signed = Log.rebuild(store, ORIGIN, leaves).checkpoint(KEY)
    other.replace("checkpoint", signed)

    with pytest.raises(LedgerForked):
        Log.rebuild(other, ORIGIN, history(leaves)).checkpoint(KEY)

    assert other.blobs["checkpoint"] == signed


def test_a_log_never_signs_over_the_checkpoint_of_another_ledger(store: MemoryStore) -> None:
    Log(store, "other.example/log").checkpoint(KEY)

    with pytest.raises(LedgerForked):
        Log(store, ORIGIN).checkpoint(KEY)


def test_a_log_never_signs_over_a_checkpoint_it_cannot_read(store: MemoryStore) -> None:
    store.replace("checkpoint", b"scratched\n")

    with pytest.raises(NoteMalformed):
        Log(store, ORIGIN).checkpoint(KEY)


def test_a_restored_log_is_held_against_an_outside_checkpoint(store: MemoryStore) -> None:
    leaves = sample_leaves(300)
    outside = Checkpoint(ORIGIN, 300, plain_root(leaves))

    Log.rebuild(store, ORIGIN, leaves).check_continues(outside)

    with pytest.raises(LedgerForked):
        Log.rebuild(MemoryStore(), ORIGIN, leaves[:299]).check_continues(outside)


def test_there_is_no_proof_beyond_the_log(store: MemoryStore) -> None:
    log = Log.rebuild(store, ORIGIN, sample_leaves(10))

    with pytest.raises(NotInTheLedger):
        log.inclusion(10)
    with pytest.raises(NotInTheLedger):
        log.inclusion(0, 11)
    with pytest.raises(NotInTheLedger):
        log.consistency(5, 11)


def _files_of(leaves: list[bytes]) -> dict[str, bytes]:
    store = MemoryStore()
    Log(store, ORIGIN).extend(leaves)
    return store.blobs


def _take_up(store: MemoryStore, leaves: list[bytes]) -> Log:
    """What the desk does when it starts: load and feed what is missing, or rebuild."""
    try:
        log = Log.load(store, ORIGIN)
        log.extend(leaves[log.size :])
    except TileDamaged:
        log = Log.rebuild(store, ORIGIN, leaves)
    return log


def _outlives(action: Callable[[], None]) -> bool:
    try:
        action()
    except PowerLost:
        return False
    return True
