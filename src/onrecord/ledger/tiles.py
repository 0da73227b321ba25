"""Keep the ledger's hash tree in small files that anyone may copy, and read it back.

The layout is C2SP tlog-tiles: `tile/<level>/<index>` holds 256 hashes, `tile/entries/<index>` the 256 leaves below
them, and the last file of a row, not yet full, ends in `.p/<width>`. A full tile never changes. Everything here is
derived: it is written after the ledger's entries are safe, and can be made again from them.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from onrecord.errors import Damaged
from onrecord.ground.bounds import FOLDED_TILES, TILE_WIDTH
from onrecord.ledger.merkle import HASH_BYTES, Frontier, fold, leaf_hashes
from onrecord.store.blobs import BlobExists, BlobMissing, BlobStore

TILE_HEIGHT = 8  # 2 ** 8 == TILE_WIDTH
ENTRIES = "entries"

# Each leaf in an entry bundle is preceded by its length in two bytes; every leaf of ours has 32.
_LENGTH = HASH_BYTES.to_bytes(2, "big")


class TileDamaged(Damaged):
    """A file of the ledger's public tree is missing, damaged, or belongs to another history."""

    next_step = "Run `onrecord ledger audit`: it names the file. Move that file away and the audit can make it again."


class Tile(NamedTuple):
    """A file of the tree: its name and its bytes."""

    name: str
    data: bytes


def tile_name(row: int | str, index: int, width: int = TILE_WIDTH) -> str:
    """Return the name of a tile: `tile_name(0, 1234067)` is `tile/0/x001/x234/067`."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{row}/{path}" + ("" if width == TILE_WIDTH else f".p/{width}")


def pack_leaves(leaves: Sequence[bytes]) -> bytes:
    """Return the bundle of some leaves."""
    return b"".join([_LENGTH + leaf for leaf in leaves])


def unpack_leaves(bundle: bytes) -> list[bytes]:
    """Return the leaves of a bundle; raise TileDamaged if it is not one."""
    step = len(_LENGTH) + HASH_BYTES
    leaves = [bundle[at + len(_LENGTH) : at + step] for at in range(0, len(bundle), step)]
    if pack_leaves(leaves) != bundle or len(bundle) % step:
        raise TileDamaged
    return leaves


def read_bundle(blobs: BlobStore, index: int, width: int = TILE_WIDTH) -> list[bytes]:
    """Return the leaves of a stored bundle; raise TileDamaged."""
    return unpack_leaves(_read(blobs, tile_name(ENTRIES, index, width), width * (HASH_BYTES + len(_LENGTH))))


def stored_leaves(blobs: BlobStore) -> Iterator[bytes]:
    """Yield the leaves that the stored bundles hold, in order; raise TileDamaged."""
    bundles = _full_bundles(blobs)
    for index in range(bundles):
        yield from read_bundle(blobs, index)
    width = max(_partial_widths(blobs, ENTRIES, bundles), default=0)
    if width:
        yield from read_bundle(blobs, bundles, width)


def write_tile(blobs: BlobStore, tile: Tile) -> None:
    """Write a tile once. A tile already there must be the same, or the ledger has two histories: raise TileDamaged."""
    try:
        blobs.create(tile.name, [tile.data])
    except BlobExists:
        if blobs.read_all(tile.name) != tile.data:
            raise TileDamaged from None


def holds_tile(blobs: BlobStore, tile: Tile) -> bool:
    """Tell whether a store holds exactly this tile."""
    try:
        return blobs.read_all(tile.name) == tile.data
    except BlobMissing:
        return False


def is_unexpected(name: str, expected: Collection[str]) -> bool:
    """Tell whether a stored tile belongs to no tree that these tiles could have grown out of."""
    whole, partial, width = name.partition(".p/")
    if name in expected or not partial or not width.isdecimal():
        return name not in expected
    # A narrower tile left behind by an interrupted clean-up is only an older state of a wider one.
    wider = [whole, *(f"{whole}.p/{other}" for other in range(int(width), TILE_WIDTH))]
    return not any(other in expected for other in wider)


def _read(blobs: BlobStore, name: str, size_bytes: int) -> bytes:
    """Return a tile's bytes; raise TileDamaged when it is missing or of another length."""
    try:
        data = blobs.read_all(name)
    except BlobMissing:
        raise TileDamaged from None
    if len(data) != size_bytes:
        raise TileDamaged
    return data


class TileReader:
    """Read complete nodes out of full tiles, and remember the tiles in which a proof was just looked up."""

    def __init__(self, blobs: BlobStore, *, remember: int = FOLDED_TILES) -> None:
        """Read from a store, remembering at most so many tiles."""
        self._blobs = blobs
        self._remember = remember
        self._folded: OrderedDict[tuple[int, int], list[bytes]] = OrderedDict()

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete node that lies in or above a full tile."""
        row, height = divmod(level, TILE_HEIGHT)
        tile, at = divmod(index, TILE_WIDTH >> height)
        return nth_hash(self._tile(row, tile)[height], at)

    def _tile(self, row: int, index: int) -> list[bytes]:
        key = (row, index)
        try:
            self._folded.move_to_end(key)
        except KeyError:
            self._folded[key] = fold_tile(_read(self._blobs, tile_name(row, index), TILE_WIDTH * HASH_BYTES))
            if len(self._folded) > self._remember:
                self._folded.popitem(last=False)
        return self._folded[key]


class RightEdge:
    """What must be remembered of a tree so that it can grow: the unfinished tile of each row, and the frontier."""

    def __init__(self) -> None:
        """Start with an empty tree."""
        self.frontier = Frontier()
        self.leaves: list[bytes] = []
        self._rows: list[list[bytes]] = []
        self._folded: dict[int, list[bytes]] = {}

    @classmethod
    def stored(cls, blobs: BlobStore) -> "RightEdge":
        """Read the edge of the tree whose entry bundles are stored; raise TileDamaged where its tiles disagree."""
        bundles = _full_bundles(blobs)
        width = max(_partial_widths(blobs, ENTRIES, bundles), default=0)
        size = bundles * TILE_WIDTH + width
        edge = cls()
        if width:
            edge.leaves = read_bundle(blobs, bundles, width)
        while size >> len(edge._rows) * TILE_HEIGHT:
            edge._rows.append(_stored_row(blobs, len(edge._rows), size))
        if edge._rows and edge._rows[0] != leaf_hashes(edge.leaves):
            raise TileDamaged
        edge.frontier = Frontier.at(size, edge.node)
        return edge

    def copy(self) -> "RightEdge":
        """Return a copy that can grow while this one stays as it is."""
        return deepcopy(self)

    def has(self, level: int, index: int) -> bool:
        """Tell whether a complete node lies in or above an unfinished tile."""
        row, height = divmod(level, TILE_HEIGHT)
        return index >> (TILE_HEIGHT - height) == self.frontier.size >> (row + 1) * TILE_HEIGHT

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete node that lies in or above an unfinished tile."""
        row, height = divmod(level, TILE_HEIGHT)
        if row not in self._folded:
            self._folded[row] = fold_tile(b"".join(self._rows[row]))
        return nth_hash(self._folded[row][height], index % (TILE_WIDTH >> height))

    def grow(self, leaves: list[bytes]) -> list[Tile]:
        """Grow by some leaves, and return the tiles that became full, in the order in which they must be written."""
        size = self.frontier.size
        self._folded = {}
        full = []
        for row, hashes in enumerate(self.frontier.extend(leaf_hashes(leaves))[::TILE_HEIGHT]):
            if row == len(self._rows):
                self._rows.append([])
            self._rows[row] += hashes
            full += _cut(self._rows[row], row, size >> (row + 1) * TILE_HEIGHT)
        self.leaves += leaves
        # Entry bundles come last: whoever finds one may rely on every full hash tile of the same leaves.
        return full + _cut(self.leaves, ENTRIES, size // TILE_WIDTH)

    def unfinished(self) -> list[Tile]:
        """Return the tiles that are not yet full, in the order in which they must be written."""
        size = self.frontier.size
        tiles = [_tile(row, size >> (row + 1) * TILE_HEIGHT, hashes) for row, hashes in enumerate(self._rows) if hashes]
        return tiles + ([_tile(ENTRIES, size // TILE_WIDTH, self.leaves)] if self.leaves else [])


def _stored_row(blobs: BlobStore, row: int, size: int) -> list[bytes]:
    """Return the hashes of a row's unfinished tile; the last of them must be the top of the full tile below it."""
    index, width = divmod(size >> row * TILE_HEIGHT, TILE_WIDTH)
    if not width:
        return []
    hashes = split_hashes(_read(blobs, tile_name(row, index, width), width * HASH_BYTES))
    if row:
        below = _read(blobs, tile_name(row - 1, index * TILE_WIDTH + width - 1), TILE_WIDTH * HASH_BYTES)
        if fold_tile(below)[TILE_HEIGHT] != hashes[-1]:
            raise TileDamaged
    return hashes


def _cut(items: list[bytes], row: int | str, index: int) -> list[Tile]:
    """Take full tiles off the front of a row."""
    count = len(items) // TILE_WIDTH
    full = [_tile(row, index + at, items[at * TILE_WIDTH : (at + 1) * TILE_WIDTH]) for at in range(count)]
    del items[: count * TILE_WIDTH]
    return full


def _tile(row: int | str, index: int, items: list[bytes]) -> Tile:
    data = pack_leaves(items) if row == ENTRIES else b"".join(items)
    return Tile(tile_name(row, index, len(items)), data)


def nth_hash(hashes: bytes, at: int) -> bytes:
    """Return one of many hashes that lie end to end."""
    return hashes[at * HASH_BYTES : (at + 1) * HASH_BYTES]


def split_hashes(hashes: bytes) -> list[bytes]:
    """Return hashes that lie end to end."""
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def fold_tile(tile: bytes) -> list[bytes]:
    """Return the complete nodes in and above a tile, by height (0 to 8); those of one height lie end to end."""
    rows = [tile]
    nodes = split_hashes(tile)
    for _ in range(TILE_HEIGHT):
        nodes = fold(nodes)
        rows.append(b"".join(nodes))
    return rows


def _full_bundles(blobs: BlobStore) -> int:
    """Return how many full entry bundles lie in a row from the first on."""
    low, high = 0, 1
    while blobs.exists(tile_name(ENTRIES, high - 1)):
        low, high = high, high * 2
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if blobs.exists(tile_name(ENTRIES, middle - 1)) else (low, middle)
    return low


def _partial_widths(blobs: BlobStore, row: int | str, index: int) -> Iterator[int]:
    """Yield the widths in which an unfinished tile is stored."""
    prefix = tile_name(row, index) + ".p/"
    return (int(width) for name in blobs.names(prefix) if (width := name.removeprefix(prefix)).isdecimal())
