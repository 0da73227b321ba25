"""Keep the public side of the ledger: leaves in, checkpoints and proofs out.

The database holds the entries and is the truth. This log is fed after the database has committed, and writes only
what can be made again from the leaves: a crash between the two loses nothing, since feeding the same leaves again does
no harm. It never signs a checkpoint that contradicts the last one it signed.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.errors import BadInput
from onrecord.ground.bounds import FOLDED_TILES, TILE_WIDTH
from onrecord.ledger.merkle import HASH_BYTES, LedgerForked, NotInTheLedger, Tree
from onrecord.ledger.note import Checkpoint, read_checkpoint_without_checking, sign_checkpoint
from onrecord.ledger.tiles import RightEdge, Tile, TileReader, holds_tile, is_unexpected, read_bundle, write_tile
from onrecord.store.blobs import BlobMissing, BlobStore

CHECKPOINT_NAME = "checkpoint"

# Leaves are hashed and written in batches of this many: a batch of tiles takes about 4 MiB.
_BATCH = 256 * TILE_WIDTH


class NotALeaf(BadInput):
    """Only leaves of 32 bytes go into the ledger."""

    next_step = "Commit the entry first, and add its leaf."


@dataclass(frozen=True, slots=True)
class TileAudit:
    """What the leaves say the ledger is, and which of its public files say otherwise."""

    size: int
    root: bytes
    wrong: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether every file is there and right."""
        return not self.wrong


class Log:
    """The hash tree over the ledger's leaves, kept in tiles."""

    def __init__(self, blobs: BlobStore, origin: str, *, remember: int = FOLDED_TILES) -> None:
        """Begin an empty log in a store. Tiles already there are not trusted: they must agree with what is fed."""
        self.origin = origin
        self._blobs = blobs
        self._edge = RightEdge()
        self._reader = TileReader(blobs, remember=remember)
        self._tree = Tree(0, self._node)

    @classmethod
    def load(cls, blobs: BlobStore, origin: str, *, remember: int = FOLDED_TILES) -> "Log":
        """Take up the log where its tiles end; raise TileDamaged where they contradict each other or a crash cut them.

        After TileDamaged, `rebuild` from the leaves makes whole what a crash cut, and stops at what is truly wrong.
        `follow` then brings the log up to the entries.
        """
        log = cls(blobs, origin, remember=remember)
        log._edge = RightEdge.stored(blobs)
        return log

    @classmethod
    def rebuild(cls, blobs: BlobStore, origin: str, leaves: Iterable[bytes]) -> "Log":
        """Make every tile again from the leaves; a tile that is there and differs raises TileDamaged and is kept."""
        log = cls(blobs, origin)
        log.extend(leaves)
        return log

    @property
    def size(self) -> int:
        """Return how many leaves the log holds."""
        return self._edge.frontier.size

    @property
    def root(self) -> bytes:
        """Return the root over all leaves."""
        return self._edge.frontier.root()

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves. If anything fails the log stays as it was, and the same leaves may be fed again."""
        edge = self._edge.copy()
        for batch in _batches(leaves):
            for tile in edge.grow(batch):
                write_tile(self._blobs, tile)
        unfinished = edge.unfinished()
        for tile in unfinished:
            write_tile(self._blobs, tile)
        outdated = {tile.name for tile in self._edge.unfinished()} - {tile.name for tile in unfinished}
        self._edge = edge
        for name in outdated:
            _remove_if_there(self._blobs, name)

    def follow(self, leaves_from: Callable[[int], Iterable[bytes]]) -> None:
        """Bring the log up to the entries, whose leaves from an index on are given; raise LedgerForked.

        The last tile's leaves are compared first: entries that were lost or replaced after the tiles were written
        mean that the database was rolled back.
        """
        last = max(self.size - 1, 0) // TILE_WIDTH
        known = self._edge.leaves or (read_bundle(self._blobs, last) if self.size else [])
        leaves = iter(leaves_from(last * TILE_WIDTH))
        if list(islice(leaves, len(known))) != known:
            raise LedgerForked
        self.extend(leaves)

    def root_at(self, size: int) -> bytes:
        """Return the root over the first `size` leaves; raise NotInTheLedger if there are fewer."""
        return self._tree_of(size).root()

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf `index` is among the first `size` leaves (all of them by default)."""
        return self._tree_of(self.size if size is None else size).inclusion(index)

    def consistency(self, old_size: int, size: int | None = None) -> list[bytes]:
        """Return the proof that the ledger of `size` leaves grew out of the one of `old_size`."""
        return self._tree_of(self.size if size is None else size).consistency(old_size)

    def check_continues(self, checkpoint: Checkpoint) -> None:
        """Raise LedgerForked unless this log is the checkpoint's ledger, at its size or grown."""
        if checkpoint.origin != self.origin or checkpoint.size > self.size:
            raise LedgerForked
        if checkpoint.root != self.root_at(checkpoint.size):
            raise LedgerForked

    def checkpoint(self, log_key: Ed25519PrivateKey) -> bytes:
        """Sign the present root, keep it beside the tiles and return it; raise LedgerForked if the last disagrees."""
        with suppress(BlobMissing):  # there is none before the first
            self.check_continues(read_checkpoint_without_checking(self._blobs.read_all(CHECKPOINT_NAME)))
        note = sign_checkpoint(Checkpoint(self.origin, self.size, self.root), log_key)
        self._blobs.replace(CHECKPOINT_NAME, note)
        return note

    def _tree_of(self, size: int) -> Tree:
        if not 0 <= size <= self.size:
            raise NotInTheLedger
        if self._tree.size != size:
            self._tree = Tree(size, self._node)
        return self._tree

    def _node(self, level: int, index: int) -> bytes:
        keeper = self._edge if self._edge.has(level, index) else self._reader
        return keeper.node(level, index)


def audit_tiles(blobs: BlobStore, leaves: Iterable[bytes]) -> TileAudit:
    """Compute every tile again from the leaves and name each stored one that is missing, different or unexpected."""
    edge = RightEdge()
    wrong, expected = [], set()
    for tile in _all_tiles(edge, leaves):
        expected.add(tile.name)
        if not holds_tile(blobs, tile):
            wrong.append(tile.name)
    wrong += sorted(name for name in blobs.names("tile/") if is_unexpected(name, expected))
    return TileAudit(edge.frontier.size, edge.frontier.root(), tuple(wrong))


def _all_tiles(edge: RightEdge, leaves: Iterable[bytes]) -> Iterator[Tile]:
    for batch in _batches(leaves):
        yield from edge.grow(batch)
    yield from edge.unfinished()


def _batches(leaves: Iterable[bytes]) -> Iterator[list[bytes]]:
    stream = iter(leaves)
    while batch := list(islice(stream, _BATCH)):
        if any(len(leaf) != HASH_BYTES for leaf in batch):
            raise NotALeaf
        yield batch


def _remove_if_there(blobs: BlobStore, name: str) -> None:
    with suppress(BlobMissing):
        blobs.remove(name)
