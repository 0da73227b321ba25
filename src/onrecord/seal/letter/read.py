"""Read the inside of an opened letter, byte by byte, trusting nothing in it.

The order is fixed: words, what identifies, files, signature, zeros. There are no folders, links, owners, times or
sizes that lie: every header is written again and compared. Files are handed out while they are read, so nothing of
them may be kept before `files()` has come to its end, which is when the seal, the padding and the size have been
checked.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import CHUNK_BYTES, IDENTITY_BYTES, KIB, LETTER_BYTES, LETTER_FILES, LETTER_JSON_BYTES
from onrecord.seal.letter.content import Letter, is_file_name, parse_letter_json
from onrecord.seal.letter.padding import padded_size
from onrecord.seal.letter.tar import BLOCK_BYTES, END, TarMalformed, filler, read_block, read_pax_path
from onrecord.seal.letter.write import IDENTITY_NAME, LETTER_NAME, SIGNATURE_NAME

_FILE = re.compile(r"files/(\d{2,3})-(.+)", re.DOTALL)
# A sealed identity is its fixed size and a header for twenty recipients.
_SEALED_IDENTITY_BYTES = IDENTITY_BYTES + 64 * KIB
_PAX_RECORD_BYTES = 4 * KIB


class LetterOverfull(BadInput):
    """This letter is larger, or holds more files, than a letter may."""

    next_step = "Keep the sealed letter apart. Ask the reporter to send it in pieces if you can reach them."


class PaddingWrong(Damaged):
    """Something stands where this letter must be empty, or its size is not one that letters have."""

    next_step = "Keep the sealed letter as it is and treat what it says with care: somebody wrote it by hand."


@dataclass(frozen=True, slots=True)
class FileInLetter:
    """A file inside a letter: its name as it may be shown, its size, and its bytes, to be read before the next file."""

    name: str
    size_bytes: int
    chunks: Iterator[bytes]


class LetterReading:
    """A letter while it is read: words and identity at once, files one after another, the signature after them."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._source = _Source(chunks)
        self._advance()
        words = self._small_member(LETTER_NAME, LETTER_JSON_BYTES)
        if words is None:
            raise TarMalformed
        self.letter_json: bytes = words
        self.letter: Letter = parse_letter_json(words)
        self.identity: bytes | None = self._small_member(IDENTITY_NAME, _SEALED_IDENTITY_BYTES)
        self.signature: bytes | None = None
        self.body_sha256 = ""

    def files(self) -> Iterator[FileInLetter]:
        """Yield each file in order; when this ends, the whole letter has been checked."""
        count = 0
        while self._head and (match := _FILE.fullmatch(self._head[0])):
            count += 1
            name, size_bytes = match[2], self._head[1]
            if match[1] != f"{count:02}" or not is_file_name(name):
                raise TarMalformed
            if count > LETTER_FILES or self._source.read_bytes + size_bytes > LETTER_BYTES + CHUNK_BYTES:
                raise LetterOverfull
            chunks = self._source.stream(size_bytes)
            yield FileInLetter(name, size_bytes, chunks)
            for _ in chunks:
                pass  # what the caller did not want is still part of the letter
            self._skip_filler(size_bytes)
            self._advance()
        self._end()

    def _end(self) -> None:
        self.body_sha256 = self._body.hexdigest()
        self.signature = self._small_member(SIGNATURE_NAME, KIB)
        if self._head is not None:
            raise TarMalformed
        self._source.end(padded_size(self._source.read_bytes))

    def _small_member(self, name: str, most_bytes: int) -> bytes | None:
        if self._head is None or self._head[0] != name:
            return None
        size_bytes = self._head[1]
        if size_bytes > most_bytes:
            raise LetterOverfull
        data = self._source.take(size_bytes)
        self._skip_filler(size_bytes)
        self._advance()
        return data

    def _advance(self) -> None:
        # What a signature signs is everything that stands before its own header.
        self._body = self._source.digest.copy()
        self._head: tuple[str, int] | None = None
        block = self._source.take(BLOCK_BYTES)
        if block == END[:BLOCK_BYTES]:
            if self._source.take(BLOCK_BYTES) != block:
                raise TarMalformed
            return
        path, size_bytes, is_pax = read_block(block)
        self._head = self._long_name(size_bytes) if is_pax else (path, size_bytes)

    def _long_name(self, record_bytes: int) -> tuple[str, int]:
        if record_bytes > _PAX_RECORD_BYTES:
            raise TarMalformed
        record = self._source.take(record_bytes)
        self._skip_filler(record_bytes)
        short_name, size_bytes, is_pax = read_block(self._source.take(BLOCK_BYTES))
        if is_pax:
            raise TarMalformed
        return read_pax_path(record, short_name), size_bytes

    def _skip_filler(self, size_bytes: int) -> None:
        blank = filler(size_bytes)
        if self._source.take(len(blank)) != blank:
            raise PaddingWrong


def read_part(chunks: Iterable[bytes], size_bytes: int) -> Iterator[bytes]:
    """Yield the file inside an opened part; raise PaddingWrong unless zeros, and only they, fill its rung."""
    source = _Source(chunks)
    yield from source.stream(size_bytes)
    source.end(padded_size(size_bytes))


class _Source:
    """Bytes that come in pieces of any size and are asked for in pieces of any other; counted and hashed on the way."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = filter(None, chunks)  # an opener yields nothing while it waits for a whole chunk
        self._waiting = b""
        self.read_bytes = 0
        self.digest = hashlib.sha256()

    def take(self, size_bytes: int) -> bytes:
        """Return exactly this many bytes; for sizes that were checked before."""
        return b"".join(self.stream(size_bytes))

    def stream(self, size_bytes: int) -> Iterator[bytes]:
        """Yield exactly this many bytes in pieces; raise TarMalformed if there are fewer."""
        while size_bytes > 0:
            if not self._waiting:
                self._waiting = next(self._chunks, b"")
                if not self._waiting:
                    raise TarMalformed
            piece, self._waiting = self._waiting[:size_bytes], self._waiting[size_bytes:]
            size_bytes -= len(piece)
            self.read_bytes += len(piece)
            self.digest.update(piece)
            yield piece

    def end(self, whole_bytes: int) -> None:
        """Check that zeros follow up to this size, and nothing after them; raise PaddingWrong otherwise."""
        missing_bytes = whole_bytes - self.read_bytes
        for piece in chain([self._waiting], self._chunks):
            missing_bytes -= len(piece)
            if missing_bytes < 0 or piece.count(0) != len(piece):
                raise PaddingWrong
        if missing_bytes:
            raise PaddingWrong
