"""Fakes that behave: a store in memory, leaves, and the hash tree computed the slow, plain way."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.store.blobs import BlobExists, BlobMissing

VECTORS = Path(__file__).parents[2] / "vectors" / "ledger"


class MemoryStore:
    """Blobs in a dictionary; can be told to fail after so many writes, as a machine does when the power goes."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.writes_left: int | None = None

    def create(self, name: str, chunks: Iterable[bytes]) -> None:
        if name in self.blobs:
            raise BlobExists
        self._spend_write()
        self.blobs[name] = b"".join(chunks)

    def replace(self, name: str, data: bytes) -> None:
        self._spend_write()
        self.blobs[name] = data

    def read_all(self, name: str) -> bytes:
        if name not in self.blobs:
            raise BlobMissing
        return self.blobs[name]

    def exists(self, name: str) -> bool:
        return name in self.blobs

    def names(self, prefix: str = "") -> Iterator[str]:
        return (name for name in list(self.blobs) if name.startswith(prefix))

    def remove(self, name: str) -> None:
        self._spend_write()
        del self.blobs[name]

    def _spend_write(self) -> None:
        if self.writes_left == 0:
            raise PowerLost
        if self.writes_left is not None:
            self.writes_left -= 1


class PowerLost(Exception):
    """The machine stopped."""


@cache
def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


@cache
def sample_leaves(count: int) -> list[bytes]:
    return [sha256(b"%d" % number).digest() for number in range(count)]


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + plain_root(leaves[:half]) + plain_root(leaves[half:])).digest()


def plain_reader(leaves: list[bytes]) -> Callable[[int, int], bytes]:
    """Read complete nodes of a tree by computing each from its leaves, and refuse any that is not complete."""

    def read(level: int, index: int) -> bytes:
        below = leaves[index << level : (index + 1) << level]
        assert len(below) == 1 << level
        return plain_root(below)

    return read


def unhex(texts: list[str]) -> list[bytes]:
    return [bytes.fromhex(text) for text in texts]
