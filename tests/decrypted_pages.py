"""Read every page of a SQLCipher 4 file as whoever stole the file and its key could: free pages and journal included.

Page format (SQLCipher 4 defaults, raw key): 4,096 bytes, of which the last 80 are a 16-byte IV and a 64-byte
HMAC-SHA512; AES-256-CBC over the rest. The first page starts with a 16-byte salt in clear. The write-ahead log (SQLite
file format, section 4) has a 32-byte header, then frames of a 24-byte header and one page encrypted in the same way.

The HMAC key is PBKDF2-HMAC-SHA512(key, salt xor 0x3a, 2 rounds); it is checked, so that a wrong reading of the format
cannot pass for an empty page.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
RESERVE = 80
WAL_HEADER = 32
FRAME_HEADER = 24


def decrypted_pages(path: Path, key: bytes) -> bytes:
    """Return all pages of a database file and of its write-ahead log, decrypted and joined."""
    data = path.read_bytes()
    salt = data[:16] if data else _journal(path)[WAL_HEADER + FRAME_HEADER :][:16]
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    pages = [(offset // PAGE + 1, data[offset : offset + PAGE]) for offset in range(0, len(data), PAGE)]
    return b"".join(_decrypt(number, page, key, mac_key) for number, page in [*pages, *_frames(_journal(path))])


def _journal(path: Path) -> bytes:
    journal = path.with_name(path.name + "-wal")
    return journal.read_bytes() if journal.exists() else b""


def _frames(journal: bytes) -> Iterator[tuple[int, bytes]]:
    for offset in range(WAL_HEADER, len(journal), FRAME_HEADER + PAGE):
        number = int.from_bytes(journal[offset : offset + 4], "big")
        yield number, journal[offset + FRAME_HEADER : offset + FRAME_HEADER + PAGE]


def _decrypt(number: int, page: bytes, key: bytes, mac_key: bytes) -> bytes:
    if not any(page):
        return page  # a page that was allocated and never written
    start = 16 if number == 1 else 0
    sealed, iv, mac = page[start:-RESERVE], page[-RESERVE:-64], page[-64:]
    expected = hmac.digest(mac_key, sealed + iv + number.to_bytes(4, "little"), "sha512")
    assert hmac.compare_digest(mac, expected), f"page {number} is not what SQLCipher wrote"
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()
