"""Seal and open a stream of bytes of any length under one key, a little at a time.

This is the payload of age v1 (c2sp.org/age, section "Payload"; the STREAM construction): chunks of 64 KiB, each sealed
by ChaCha20-Poly1305 under its running number, the last one marked, so that no chunk can be changed, moved, dropped or
added. A key must be used for one payload only: age and the vault both derive a new one for every file.
"""

from contextlib import suppress
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


# Results are written straight into a BytesIO of the right size, which gives its bytes away uncopied. Joining a list of
# chunks would halve the speed for pieces of a megabyte: the allocator returns such sizes to the system every time.


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
        chunks = self._cutter.cut(data)
        sealed = BytesIO(bytes(len(chunks) * SEALED_CHUNK_BYTES))
        with sealed.getbuffer() as space:
            for place, chunk in enumerate(chunks):
                self._aead.encrypt_into(_nonce(self._number), chunk, None, _part(space, place, SEALED_CHUNK_BYTES))
                self._number += 1
        return sealed.getvalue()

    def finish(self) -> bytes:
        """Return the last chunk."""
        if self._finished:
            raise AlreadyFinished
        self._finished = True
        return self._aead.encrypt(_nonce(self._number, last=True), self._cutter.held, None)


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
        chunks = self._cutter.cut(data)
        opened, first = BytesIO(bytes(len(chunks) * CHUNK_BYTES)), self._number
        with opened.getbuffer() as space:
            for place, chunk in enumerate(chunks):
                if not self._open_full(chunk, _part(space, place, CHUNK_BYTES)):
                    break
        # What a refused chunk left behind in its space is not authentic and must never be seen.
        opened.truncate((self._number - first) * CHUNK_BYTES)
        if self._ended and self._cutter.held:
            self._refusal = PayloadContinues()
        if self._number == first:
            self._raise_refusal()
        return opened.getvalue()

    def finish(self) -> bytes:
        """Return the last bytes; raise PayloadTruncated, or another PayloadDamaged, unless the payload is whole."""
        self._raise_refusal()
        if self._ended:
            return b""
        self._ended = True
        try:
            opened = self._aead.decrypt(_nonce(self._number, last=True), self._cutter.held, None)
        except InvalidTag:
            self._refusal = PayloadTruncated()
            raise self._refusal from None
        # Only a payload that is empty altogether may end with an empty chunk.
        if not opened and self._number:
            self._refusal = PayloadDamaged()
            raise self._refusal
        return opened

    def _open_full(self, chunk: Bytes, space: memoryview) -> bool:
        """Open a chunk of full size, which may be the last one too, into the space for it."""
        if self._ended:
            self._refusal = PayloadContinues()
            return False
        for last in (False, True):
            with suppress(InvalidTag):
                self._aead.decrypt_into(_nonce(self._number, last=last), chunk, None, space)
                self._number += 1
                self._ended = last
                return True
        self._refusal = PayloadDamaged()
        return False

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


def _nonce(number: int, *, last: bool = False) -> bytes:
    return (number << 8 | last).to_bytes(12)


def _part(space: memoryview, place: int, size: int) -> memoryview:
    return space[place * size : (place + 1) * size]
