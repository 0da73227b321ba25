"""Open an exhibit, and find out whether it is still the file that was received.

An exhibit lies in the vault as `onrecord-exhibit/v1`, a nonce of 16 bytes, and an age payload (C2SP age, "Payload")
under a key derived from its subject's key and the nonce (HKDF-SHA256). Its name is the SHA-256 of all these bytes, so
a blob that was changed is known by its name alone, without any key. The hash of the file itself is kept by the
ledger's private entries and never in a name: it would tell a stranger who has the same file that we have it too.
"""

import hashlib
from collections.abc import Iterable, Iterator

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onrecord.errors import Damaged
from onrecord.seal.payload import PayloadDamaged, PayloadOpener
from onrecord.store.blobs import BlobMissing, BlobStore

MAGIC = b"onrecord-exhibit/v1\n"
NONCE_BYTES = 16
HEADER_BYTES = len(MAGIC) + NONCE_BYTES


class ExhibitMissing(Damaged):
    """An exhibit is missing from the vault."""

    next_step = "Stop writing and look for it in the newest backup of the vault; the ledger names what is missing."


class ExhibitChanged(Damaged):
    """An exhibit's stored bytes were changed after it was received."""

    next_step = "Keep the changed file apart as evidence and restore the exhibit from a backup of the vault."


class ExhibitKeyWrong(Damaged):
    """An exhibit is whole, but the key given for it does not open it."""

    next_step = "Run `onrecord ledger audit`: the exhibit or its key belongs to another record."


class ExhibitNotAsRecorded(Damaged):
    """An exhibit opens, but it is not the file that the ledger recorded."""

    next_step = "Do not rely on it. Run `onrecord ledger audit` and keep every file as it is."


def open_exhibit(blobs: BlobStore, ct_sha256: str, key: bytes) -> Iterator[bytes]:
    """Yield an exhibit's bytes, every chunk authentic; raise ExhibitMissing at the call.

    Raises ExhibitChanged or ExhibitKeyWrong while reading: what came before is authentic but may not be all, so a
    caller uses nothing until the last chunk has come.
    """
    return _opened(_read(blobs, ct_sha256), ct_sha256, key)


def check_exhibit(blobs: BlobStore, ct_sha256: str, *, sha256: str | None = None, key: bytes | None = None) -> None:
    """Read an exhibit to its end and raise what is wrong with it; without a key, only the stored bytes are checked."""
    if key is None:
        _check_stored(_read(blobs, ct_sha256), ct_sha256)
        return
    digest = hashlib.sha256()
    for chunk in open_exhibit(blobs, ct_sha256, key):
        digest.update(chunk)
    if sha256 is not None and digest.hexdigest() != sha256:
        raise ExhibitNotAsRecorded


def blob_name(ct_sha256: str) -> str:
    """Return where an exhibit lies in the vault: two levels of folders keep every folder small."""
    return f"{ct_sha256[:2]}/{ct_sha256[2:4]}/{ct_sha256}"


def exhibit_key(subject_key: bytes, nonce: bytes) -> bytes:
    """Derive the key of one exhibit, used for this exhibit alone, from its subject's key."""
    return HKDF(SHA256(), length=32, salt=nonce, info=MAGIC.rstrip()).derive(subject_key)


def _read(blobs: BlobStore, ct_sha256: str) -> Iterator[bytes]:
    try:
        return blobs.read(blob_name(ct_sha256))
    except BlobMissing:
        raise ExhibitMissing from None


def _check_stored(chunks: Iterable[bytes], ct_sha256: str) -> None:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    if digest.hexdigest() != ct_sha256:
        raise ExhibitChanged


def _opened(chunks: Iterator[bytes], ct_sha256: str, key: bytes) -> Iterator[bytes]:
    digest = hashlib.sha256()
    hashed = _hashing(chunks, digest)
    key_fits = True
    try:
        yield from _open(hashed, key)
    except PayloadDamaged:
        key_fits = False
        for _ in hashed:
            pass  # hash what is left: it tells whether the bytes or the key are wrong
    if digest.hexdigest() != ct_sha256:
        raise ExhibitChanged
    if not key_fits:
        raise ExhibitKeyWrong


def _hashing(chunks: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def _open(chunks: Iterator[bytes], key: bytes) -> Iterator[bytes]:
    start = bytearray()
    for chunk in chunks:
        start += chunk
        if len(start) >= HEADER_BYTES:
            break
    if len(start) < HEADER_BYTES or not start.startswith(MAGIC):
        raise PayloadDamaged
    opener = PayloadOpener(exhibit_key(key, bytes(start[len(MAGIC) : HEADER_BYTES])))
    yield opener.update(start[HEADER_BYTES:])
    for chunk in chunks:
        yield opener.update(chunk)
    yield opener.finish()
