"""Open what was sealed, and let nothing out that was not sealed by somebody who knew the key.

Reads age v1 (c2sp.org/age), binary or as text. What comes out of `update` is authentic piece by piece; that it is all
there is known only when `finish` returns. A file is written under a temporary name until then, so nothing that is not
authentic stays on disk.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.errors import OnrecordError, Refused
from onrecord.ground.bounds import READ_BYTES
from onrecord.ground.files import create_file
from onrecord.seal.age import NONCE_BYTES, Header, NotAnAgeFile, header_end, parse_header, payload_key
from onrecord.seal.armor import ArmorReader, looks_armored
from onrecord.seal.payload import Bytes, PayloadOpener
from onrecord.seal.recipients import Identity


class NoKeyFits(Refused):
    """This file was sealed for somebody else: none of the given keys opens it."""

    next_step = "Use the key or passphrase it was sealed for."


class Opener:
    """Open bytes as they come: `update` as often as needed, then `finish` once. Binary or text form is found out."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self._identities = tuple(identities)
        self._start = bytearray()
        self._armor: ArmorReader | None = None
        self._armor_known = False
        self._payload: PayloadOpener | None = None
        self._refusal: OnrecordError | None = None

    def update(self, data: Bytes) -> bytes:
        """Take some sealed bytes and return what could be opened; raise once something is wrong, and ever after."""
        try:
            return self._open(self._without_armor(data))
        except OnrecordError as refusal:
            self._refusal = refusal
            raise

    def finish(self) -> bytes:
        """Return the last bytes; raise unless the file is whole."""
        if self._refusal:
            raise self._refusal
        if self._armor:
            self._armor.finish()
        if self._payload is None:
            raise NotAnAgeFile
        return self._payload.finish()

    def _without_armor(self, data: Bytes) -> Bytes:
        if self._refusal:
            raise self._refusal
        if not self._armor_known and data:
            self._armor_known = True
            self._armor = ArmorReader() if looks_armored(data[0]) else None
        return self._armor.update(data) if self._armor else data

    def _open(self, data: Bytes) -> bytes:
        if self._payload is None:
            self._start += data
            data = self._read_start()
        return self._payload.update(data) if self._payload else b""

    def _read_start(self) -> bytes:
        """Read header and nonce once both are there; return what follows them."""
        end = header_end(self._start)
        if end is None or len(self._start) < end + NONCE_BYTES:
            return b""
        header, nonce = bytes(self._start[:end]), bytes(self._start[end : end + NONCE_BYTES])
        self._payload = PayloadOpener(payload_key(_file_key(parse_header(header), self._identities), nonce))
        rest = bytes(self._start[end + NONCE_BYTES :])
        self._start.clear()
        return rest


def open_sealed(data: Bytes, identities: Sequence[Identity]) -> bytes:
    """Open bytes that are all there."""
    return b"".join(open_chunks([data], identities))


def open_chunks(chunks: Iterable[Bytes], identities: Sequence[Identity]) -> Iterator[bytes]:
    """Open bytes that come in chunks of any size; what came out counts only if the iteration ends without a refusal."""
    opener = Opener(identities)
    for chunk in chunks:
        yield opener.update(chunk)
    yield opener.finish()


def open_file(source: Path, target: Path, identities: Sequence[Identity]) -> None:
    """Open a file into a new file; unless all of it is authentic the new file does not exist."""
    with source.open("rb") as file:
        create_file(target, open_chunks(iter(lambda: file.read(READ_BYTES), b""), identities))


def _file_key(header: Header, identities: Sequence[Identity]) -> bytes:
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                header.check(file_key)
                return file_key
    raise NoKeyFits
