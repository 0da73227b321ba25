"""Receive a file into the vault.

The bytes are hashed and sealed as they arrive and never change afterwards; nothing of them reaches the disk in clear.
If anything fails, there is no exhibit: there is no half-received one. Nothing here opens or interprets the file; that
is vault.derive, in a sandbox.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from onrecord.ground.clock import Clock, SystemClock
from onrecord.ground.ids import RandomBytes
from onrecord.seal.payload import PayloadSealer
from onrecord.store.blobs import BlobStore
from onrecord.vault.exhibit import MAGIC, NONCE_BYTES, blob_name, exhibit_key

# The longest upload we allow takes less than this; what is older was left behind by a program that died.
PARTIAL_LIFE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Received:
    """What is known about an exhibit once it is safe: the hash of its sealed form, its length and its own hash."""

    ct_sha256: str
    size_bytes: int
    sha256: str


class Vault:
    """The exhibits of one docket."""

    def __init__(
        self, blobs: BlobStore, *, clock: Clock | None = None, random: RandomBytes = secrets.token_bytes
    ) -> None:
        self.blobs = blobs
        self._clock = clock or SystemClock()
        self._random = random

    def receive(self, chunks: Iterable[bytes], key: bytes) -> Received:
        """Keep a file under its subject's key; when this returns it is whole and safe on disk."""
        nonce = self._random(NONCE_BYTES)
        sealer, plain, sealed, size_bytes = (
            PayloadSealer(exhibit_key(key, nonce)),
            hashlib.sha256(),
            hashlib.sha256(),
            0,
        )
        writer = self.blobs.begin()

        def put(data: bytes) -> None:
            sealed.update(data)
            writer.write(data)

        try:
            put(MAGIC + nonce)
            for chunk in chunks:
                plain.update(chunk)
                size_bytes += len(chunk)
                put(sealer.update(chunk))
            put(sealer.finish())
            writer.publish(blob_name(sealed.hexdigest()))
        finally:
            writer.discard()
        return Received(sealed.hexdigest(), size_bytes, plain.hexdigest())

    def stored(self) -> Iterator[str]:
        """Yield the hash (of the sealed form) of every exhibit in the vault, in no promised order."""
        return (name.rpartition("/")[2] for name in self.blobs.names())

    def remove(self, ct_sha256: str) -> None:
        """Remove an exhibit that no entry names: one received before its entry could be recorded. Raise BlobMissing."""
        self.blobs.remove(blob_name(ct_sha256))

    def sweep_partials(self) -> int:
        """Remove what programs that died left unfinished more than an hour ago; return how many there were."""
        return self.blobs.sweep_partials(self._clock.now() - PARTIAL_LIFE)
