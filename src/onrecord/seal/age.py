"""Read and write the header of an age file: who may open it, and the seal that no line of it was changed.

Follows age v1 (c2sp.org/age, sections "File key" and "Header"). The header holds one stanza per recipient, each
wrapping the same random file key, and ends with a MAC under that key. The grammar is the specification's, line by line;
whatever differs from it by one byte is refused, so that a file has one form only.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import AGE_HEADER_BYTES, AGE_STANZAS

FILE_KEY_BYTES = 16
NONCE_BYTES = 16
VERSION_LINE = b"age-encryption.org/v1\n"

_BODY_COLUMNS = 64
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)")
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")


class NotAnAgeFile(BadInput):
    """This is not a sealed file, or its first part is damaged."""

    next_step = "Make sure it is the right file and that all of it arrived; otherwise ask for it again."


class HeaderForged(Damaged):
    """The first part of this sealed file was changed after it was sealed."""

    next_step = "Do not trust it. Keep it as it is and ask the sender for it again by another way."


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way into a file: the file key, wrapped for one recipient."""

    arguments: tuple[str, ...]
    body: bytes

    @property
    def kind(self) -> str:
        """Return which kind of recipient this stanza is for, as its first argument says."""
        return self.arguments[0]

    def write(self) -> bytes:
        """Return the stanza's lines."""
        text = encode_base64(self.body)
        # A body always ends with a line shorter than 64 columns, even if that line is empty.
        lines = [text[start : start + _BODY_COLUMNS] for start in range(0, len(text) + 1, _BODY_COLUMNS)]
        return "\n".join([f"-> {' '.join(self.arguments)}", *lines, ""]).encode("ascii")


@dataclass(frozen=True, slots=True)
class Header:
    """A header as read: its grammar is right, nothing in it is authenticated before `check`."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes

    def check(self, file_key: bytes) -> None:
        """Raise HeaderForged unless the header was written by someone who held the file key."""
        mac = _mac(file_key, self.covered)
        try:
            mac.verify(self.mac)
        except InvalidSignature:
            raise HeaderForged from None


def write_header(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """Return a whole header, MAC included."""
    covered = VERSION_LINE + b"".join(stanza.write() for stanza in stanzas) + b"---"
    return covered + f" {encode_base64(_mac(file_key, covered).finalize())}\n".encode("ascii")


def header_end(start: bytes | bytearray) -> int | None:
    """Return where a file's header ends, or None if more bytes are needed; raise NotAnAgeFile if none will help."""
    if not start.startswith(VERSION_LINE) and not VERSION_LINE.startswith(start):
        raise NotAnAgeFile
    mac_line = start.find(b"\n---")
    end = start.find(b"\n", mac_line + 1) + 1 if mac_line >= 0 else 0
    if max(end, len(start) if not end else 0) > AGE_HEADER_BYTES:
        raise NotAnAgeFile
    return end or None


def parse_header(data: bytes) -> Header:
    """Read a whole header strictly; raise NotAnAgeFile."""
    if not data.startswith(VERSION_LINE) or len(data) > AGE_HEADER_BYTES:
        raise NotAnAgeFile
    position = len(VERSION_LINE)
    stanzas = []
    while match := _STANZA.match(data, position):
        stanzas.append(Stanza(tuple(match[1].decode("ascii").split(" ")), decode_base64(match[2].replace(b"\n", b""))))
        position = match.end()
    mac_line = _MAC_LINE.fullmatch(data, position)
    if mac_line is None or not 1 <= len(stanzas) <= AGE_STANZAS:
        raise NotAnAgeFile
    # A passphrase must be the only way in: whoever opens with it relies on nobody else having been able to write.
    if len(stanzas) > 1 and any(stanza.kind == "scrypt" for stanza in stanzas):
        raise NotAnAgeFile
    return Header(tuple(stanzas), data[: position + 3], decode_base64(mac_line[1]))


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """Return the key of a file's payload."""
    return derive_key(file_key, salt=nonce, label=b"payload")


def derive_key(secret: bytes, *, salt: bytes, label: bytes) -> bytes:
    """Derive a 32-byte key from a secret by HKDF-SHA-256."""
    return HKDF(SHA256(), length=32, salt=salt, info=label).derive(secret)


def encode_base64(data: bytes) -> str:
    """Write bytes as base 64 without padding."""
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64(text: bytes) -> bytes:
    """Read base 64 without padding; raise NotAnAgeFile unless this is the one way to write these bytes."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise NotAnAgeFile from None
    if base64.b64encode(data).rstrip(b"=") != text:
        raise NotAnAgeFile
    return data


def _mac(file_key: bytes, covered: bytes) -> HMAC:
    mac = HMAC(derive_key(file_key, salt=b"", label=b"header"), SHA256())
    mac.update(covered)
    return mac
