"""Prove, with about twenty numbers, that a line stands in the ledger and that no earlier line was ever changed.

The hash tree of RFC 6962 section 2.1 (the same as RFC 9162 section 2.1). A node is named by its level (0 for the
leaves) and its index in that level. A node is *complete* when all the leaves below it exist; its hash then never
changes. Proofs are made from complete nodes, which the caller reads from wherever they are kept.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from onrecord.errors import BadInput, Damaged

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

ReadHash = Callable[[int, int], bytes]


class ProofWrong(Damaged):
    """A proof does not lead to the root it should lead to: an entry or a checkpoint was changed or forged."""

    next_step = "Do not rely on it. Keep the files, and compare with another copy of the ledger."


class LedgerForked(Damaged):
    """Two states of this ledger cannot both be true: history was rewritten or rolled back."""

    next_step = "Stop writing. Keep every file and every checkpoint you can find, and tell your cosigners."


class NotInTheLedger(BadInput):
    """The ledger has no entry of this number."""

    next_step = "Check the number, or take a newer checkpoint."


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + leaf).digest()


def leaf_hashes(leaves: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of many leaves."""
    return [sha256(b"\x00" + leaf).digest() for leaf in leaves]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two nodes."""
    return sha256(b"\x01" + left + right).digest()


def fold(nodes: Sequence[bytes]) -> list[bytes]:
    """Return the nodes one level above; a last node without a partner is left out."""
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(nodes[::2], nodes[1::2], strict=False)]


class Frontier:
    """The right edge of a growing tree: one hash for every bit that is set in its size, and nothing else."""

    def __init__(self) -> None:
        """Start with an empty tree."""
        self.size = 0
        self._edge: dict[int, bytes] = {}

    @classmethod
    def at(cls, size: int, read_hash: ReadHash) -> "Frontier":
        """Return the frontier of a tree whose complete nodes can be read."""
        frontier = cls()
        frontier.size = size
        levels = (level for level in range(size.bit_length()) if size >> level & 1)
        frontier._edge = {level: read_hash(level, (size >> level) - 1) for level in levels}
        return frontier

    def append(self, hash_of_leaf: bytes) -> None:
        """Grow by one leaf."""
        self.extend([hash_of_leaf])

    def extend(self, hashes_of_leaves: list[bytes]) -> list[list[bytes]]:
        """Grow by many leaves, and return for each level, from 0 up, the nodes that became complete."""
        self.size += len(hashes_of_leaves)
        grown = []
        nodes = hashes_of_leaves
        while nodes:
            grown.append(nodes)
            level = len(grown) - 1
            waiting = self._edge.pop(level, None)
            row = nodes if waiting is None else [waiting, *nodes]
            if len(row) % 2:
                self._edge[level] = row[-1]
            nodes = fold(row)
        return grown

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        root = None
        for level in sorted(self._edge):
            root = self._edge[level] if root is None else node_hash(self._edge[level], root)
        return EMPTY_ROOT if root is None else root


class Tree:
    """A tree of one size, read-only: its root and its proofs."""

    def __init__(self, size: int, read_hash: ReadHash) -> None:
        """Look at the first `size` leaves of a tree whose complete nodes can be read."""
        self.size = size
        self._read = read_hash
        self._ragged = self._ragged_edge()

    def root(self) -> bytes:
        """Return the root of these leaves."""
        return self._node(max(self.size - 1, 0).bit_length(), 0) if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """Return the proof that the leaf of this index is in the tree; raise NotInTheLedger if there is none."""
        if not 0 <= index < self.size:
            raise NotInTheLedger
        return self._path(0, index)

    def consistency(self, old_size: int) -> list[bytes]:
        """Return the proof that the first `old_size` leaves are unchanged; raise NotInTheLedger for no such size."""
        if not 0 < old_size <= self.size:
            raise NotInTheLedger
        if old_size == self.size:
            return []
        level, index = _last_complete(old_size)
        # A whole old tree is its own starting point, and the verifier knows its root already.
        start = [] if index == 0 else [self._read(level, index)]
        return start + self._path(level, index)

    def _path(self, level: int, index: int) -> list[bytes]:
        path = []
        last = (self.size - 1) >> level
        while last > 0:
            sibling = index ^ 1
            if sibling < last:
                path.append(self._read(level, sibling))
            elif sibling == last:
                path.append(self._node(level, sibling))
            index >>= 1
            last >>= 1
            level += 1
        return path

    def _node(self, level: int, index: int) -> bytes:
        return self._ragged.get(level) or self._read(level, index)

    def _ragged_edge(self) -> dict[int, bytes]:
        """Return, by level, the last node where it is not complete: what the leaves below it make so far."""
        ragged: dict[int, bytes] = {}
        for level in range(1, max(self.size - 1, 0).bit_length() + 1):
            if self.size % (1 << level) == 0:
                continue
            below = (self.size - 1) >> (level - 1)
            last = ragged.get(level - 1) or self._read(level - 1, below)
            # A last node without a partner is carried up as it is.
            ragged[level] = node_hash(self._read(level - 1, below - 1), last) if below % 2 else last
        return ragged


def inclusion_proof(index: int, size: int, read_hash: ReadHash) -> list[bytes]:
    """Return the proof that leaf `index` is among the first `size` leaves."""
    return Tree(size, read_hash).inclusion(index)


def consistency_proof(old_size: int, new_size: int, read_hash: ReadHash) -> list[bytes]:
    """Return the proof that the first `new_size` leaves begin with the same first `old_size` leaves."""
    return Tree(new_size, read_hash).consistency(old_size)


def verify_inclusion(leaf: bytes, proof: Sequence[bytes], *, index: int, size: int, root: bytes) -> None:
    """Check that a leaf stands at an index under a root (RFC 9162 section 2.1.3.2); raise ProofWrong."""
    _check_hashes([*proof, root])
    if not 0 <= index < size:
        raise ProofWrong
    node, last = leaf_hash(leaf), size - 1
    for sibling in proof:
        if last == 0:
            raise ProofWrong
        if index % 2 or index == last:
            node = node_hash(sibling, node)
            index, last = _climb_to_right_child(index, last)
        else:
            node = node_hash(node, sibling)
        index >>= 1
        last >>= 1
    if last != 0 or node != root:
        raise ProofWrong


def verify_consistency(
    proof: Sequence[bytes], *, old_size: int, old_root: bytes, new_size: int, new_root: bytes
) -> None:
    """Check that one tree grew out of another (RFC 9162 section 2.1.4.2); raise ProofWrong or LedgerForked.

    An empty old tree is refused: every tree begins with it, so it would prove nothing.
    """
    _check_hashes([*proof, old_root, new_root])
    if not 0 < old_size <= new_size:
        raise ProofWrong
    if old_size == new_size:
        if old_root != new_root:
            raise LedgerForked
        if proof:
            raise ProofWrong
        return
    level, index = _last_complete(old_size)
    path = list(proof) if index else [old_root, *proof]
    if not path or _climb(path, index, (new_size - 1) >> level) != (old_root, new_root):
        raise ProofWrong


def _climb(path: Sequence[bytes], index: int, last: int) -> tuple[bytes, bytes]:
    """Return the old and the new root to which a consistency path leads."""
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofWrong
        if index % 2 or index == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            index, last = _climb_to_right_child(index, last)
        else:
            new = node_hash(new, sibling)
        index >>= 1
        last >>= 1
    if last != 0:
        raise ProofWrong
    return old, new


def _climb_to_right_child(index: int, last: int) -> tuple[int, int]:
    # A last node without a partner was carried up unchanged; skip the levels at which it had none.
    while index and index % 2 == 0:
        index >>= 1
        last >>= 1
    return index, last


def _last_complete(size: int) -> tuple[int, int]:
    """Return level and index of the largest complete node that ends a tree of this size."""
    level = (size & -size).bit_length() - 1
    return level, (size >> level) - 1


def _check_hashes(hashes: Iterable[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ProofWrong
