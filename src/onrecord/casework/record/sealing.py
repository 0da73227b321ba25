"""Seal an entry's salt and envelope under its subject's key, and open them again.

The sealed form is a 12-byte nonce and ChaCha20-Poly1305 over salt and envelope, with the leaf as associated data: a
sealed entry moved to another leaf does not open. The key is HKDF-SHA256 of the subject's key.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onrecord.errors import Damaged
from onrecord.ledger.entry import SALT_BYTES

INFO = b"onrecord-entry-seal/v1"
NONCE_BYTES = 12


class EntryDoesNotOpen(Damaged):
    """An entry of the ledger does not open with its subject's key: it was changed or moved."""

    next_step = "Stop writing, keep every file as it is, and run `onrecord ledger audit`."


def entry_cipher(subject_key: bytes) -> ChaCha20Poly1305:
    """Return the cipher of all entries of one subject."""
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, INFO).derive(subject_key))


def seal_entry(cipher: ChaCha20Poly1305, *, salt: bytes, envelope: bytes, leaf: bytes) -> bytes:
    """Return the sealed form of an entry."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, salt + envelope, leaf)


def open_entry(cipher: ChaCha20Poly1305, sealed: bytes, leaf: bytes) -> tuple[bytes, bytes]:
    """Return salt and envelope; raise EntryDoesNotOpen."""
    try:
        opened = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], leaf)
    except (InvalidTag, ValueError):
        raise EntryDoesNotOpen from None
    return opened[:SALT_BYTES], opened[SALT_BYTES:]
