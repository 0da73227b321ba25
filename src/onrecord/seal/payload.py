"""Seal and open a stream of bytes of any length under one key, a little at a time.

This is the payload of age v1 (c2sp.org/age, section "Payload"; the STREAM construction): chunks of 64 KiB, each sealed
by ChaCha20-Poly1305 under its running number, the last one marked, so that no chunk can be changed, moved, dropped or
added. A key must be used for one payload only: age and the vault both derive a new one for every file.
"""

from io import BytesIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from onrecord.errors import Damaged, OnrecordError
from onrecord.ground.bounds import CHUNK_BYTES

TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES

Bytes = bytes | bytearray | memoryview


class PayloadDamaged(Damaged):
    """The content of this sealed file was changed after it was sealed."""

    next_step = "Do not use what came out of it. Keep the file as it is and ask for it again."


class PayloadTruncated(PayloadDamaged):
    """The end of this sealed file is missing or was changed."""

    next_step = "Do not use what came out of it. Fetch or send the file again, whole."


class PayloadContinues(PayloadDamaged):
    """Something was added after the end of this sealed file."""


class AlreadyFinished(OnrecordError):
    """This sealed file is finished; nothing can follow."""


# Results are gathered in a BytesIO, which grows in place and gives its bytes away uncopied. Joining a list of chunks
# halves the speed for pieces of a megabyte: the allocator hands such sizes back to the system and fetches them again.


class PayloadSealer:
    """Seal bytes as they come. Everything given to `update` counts only once `finish` was called."""

    def __init__(self, key: bytes) -> None:
        self._aead = ChaCha20Poly1305(key)
        # The last chunk is sealed differently, so a full chunk waits until it is known that another byte follows.
        self._cutter = _Cutter(CHUNK_BYTES, waits_for=1)
        self._number = 0
        self._finished = False

    def update(self, data: Bytes) -> bytes:
        """Take some bytes and return what is sealed so far."""
        if self._finished:
            raise AlreadyFinished
        sealed = BytesIO()
        for chunk in self._cutter.cut(data):
            sealed.write(self._seal(chunk))
        return sealed.getvalue()

    def finish(self) -> bytes:
        """Return the last chunk."""
        if self._finished:
            raise AlreadyFinished
        self._finished = True
        return self._seal(self._cutter.held, last=True)

    def _seal(self, chunk: Bytes, *, last: bool = False) -> bytes:
        nonce = _nonce(self._number, last=last)
        self._number += 1
        return self._aead.encrypt(nonce, chunk, None)


class PayloadOpener:
    """Open bytes as they come. Every byte returned is authentic; that none is missing is known only after `finish`.

    The same bytes come out however the input is cut: if a later chunk in one call is wrong, `update` first returns what
    was right before it, and the refusal is raised by the next call.
    """

    def __init__(self, key: bytes) -> None:
        self._aead = ChaCha20Poly1305(key)
        self._cutter = _Cutter(SEALED_CHUNK_BYTES, waits_for=0)
        self._number = 0
        self._ended = False
        self._refusal: PayloadDamaged | None = None

    def update(self, data: Bytes) -> bytes:
        """Take some sealed bytes and return what could be opened; raise PayloadDamaged."""
        self._raise_refusal()
        opened = BytesIO()
        for chunk in self._cutter.cut(data):
            opened.write(self._open_full(chunk))
            if self._refusal:
                break
        if self._ended and self._cutter.held:
            self._refusal = self._refusal or PayloadContinues()
        if not opened.tell():
            self._raise_refusal()
        return opened.getvalue()

    def finish(self) -> bytes:
        """Return the last bytes; raise PayloadTruncated, or PayloadDamaged, unless the payload is whole."""
        self._raise_refusal()
        if self._ended:
            return b""
        self._ended = True
        self._refusal = PayloadTruncated()
        rest = self._cutter.held
        opened = self._open(rest, last=True) if len(rest) >= TAG_BYTES else None
        # Only a payload that is empty altogether may end with an empty chunk.
        if opened is None or (opened == b"" and self._number > 1):
            self._raise_refusal()
        self._refusal = None
        return opened or b""

    def _open_full(self, chunk: Bytes) -> bytes:
        if self._ended:
            self._refusal = PayloadContinues()
            return b""
        plain = self._open(chunk, last=False)
        if plain is None:
            plain = self._open(chunk, last=True)
            self._ended = plain is not None
        if plain is None:
            self._refusal = PayloadDamaged()
        return plain or b""

    def _open(self, chunk: Bytes, *, last: bool) -> bytes | None:
        try:
            plain = self._aead.decrypt(_nonce(self._number, last=last), chunk, None)
        except InvalidTag:
            return None
        self._number += 1
        return plain

    def _raise_refusal(self) -> None:
        if self._refusal is not None:
            raise self._refusal


class _Cutter:
    """Cut what is pushed into chunks of one size without copying more than the beginnings and ends."""

    def __init__(self, size: int, *, waits_for: int) -> None:
        self._size = size
        self._waits_for = waits_for  # how many bytes must follow a chunk before it is handed out
        self.held = bytearray()

    def cut(self, data: Bytes) -> list[Bytes]:
        view = memoryview(data)
        chunks: list[Bytes] = []
        if self.held:
            missing = self._size - len(self.held)
            self.held += view[:missing]
            view = view[missing:]
            if len(self.held) < self._size or len(view) < self._waits_for:
                return chunks
            chunks.append(self.held)
        whole = max(0, len(view) - self._waits_for) // self._size * self._size
        chunks += [view[start : start + self._size] for start in range(0, whole, self._size)]
        self.held = bytearray(view[whole:])
        return chunks


def _nonce(number: int, *, last: bool) -> bytes:
    return (number << 8 | last).to_bytes(12)
