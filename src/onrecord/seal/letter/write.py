"""Close a letter: words first, then what identifies, then files, a signature, and zeros up to the next rung.

Everything is pushed through piece by piece, so that a film of 500 MB never has to fit into memory and never waits
anywhere in clear. What a reporter gives as a name or a contact is sealed twice: once to those who may know names, then
inside the letter with everything else.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.errors import BadInput
from onrecord.ground.bounds import IDENTITY_BYTES, LETTER_BYTES, LETTER_FILES
from onrecord.ground.canon import canonical
from onrecord.seal.close import Sealer
from onrecord.seal.keyset import Keyset
from onrecord.seal.letter.content import Letter, LetterMalformed, is_file_name, letter_json
from onrecord.seal.letter.padding import padded_size, zeros
from onrecord.seal.letter.tar import END, filler, member_head
from onrecord.seal.recipients import Recipient, parse_recipient

LETTER_NAME: Final = "letter.json"
IDENTITY_NAME: Final = "identity.age"
SIGNATURE_NAME: Final = "letter.sig"

Sink = Callable[[bytes], object]
"""Where sealed bytes go."""
SignBody = Callable[[str], bytes]
"""Sign for the SHA-256 of everything that stands before the signature."""


class LetterTooLarge(BadInput):
    """This letter is larger than one letter may be."""

    next_step = "Send it as several letters, or leave out a file."
    http_status = 413


class IdentityTooLong(BadInput):
    """The name and the contact are longer than the part that keeps them apart."""

    next_step = "Shorten the name or the contact."
    http_status = 413


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file to put into a letter, with its size known before its first byte."""

    name: str
    size_bytes: int
    chunks: Iterable[bytes]


class LetterWriter:
    """Turn a letter and its files into the bytes that are sealed, piece by piece, in the one permitted order."""

    def __init__(self) -> None:
        self._size_bytes = 0
        self._digest = hashlib.sha256()
        self._files = 0
        self._missing_bytes = 0
        self._current_bytes = 0

    def begin(self, letter: Letter) -> bytes:
        """Return the first bytes: the letter's words."""
        return self._member(LETTER_NAME, letter_json(letter))

    def identity(self, sealed: bytes) -> bytes:
        """Return the bytes of the part that only holders of the identity key open."""
        return self._member(IDENTITY_NAME, sealed)

    def file(self, name: str, size_bytes: int) -> bytes:
        """Begin a file of a known size; its bytes follow through `chunk`."""
        self._files += 1
        if self._missing_bytes or not is_file_name(name):
            raise LetterMalformed
        if self._files > LETTER_FILES or self._size_bytes + size_bytes > LETTER_BYTES:
            raise LetterTooLarge
        self._missing_bytes = self._current_bytes = size_bytes
        return self._count(member_head(f"files/{self._files:02}-{name}", size_bytes))

    def chunk(self, data: bytes) -> bytes:
        """Return the next bytes of the file that was begun; raise LetterMalformed if there are more than announced."""
        self._missing_bytes -= len(data)
        if self._missing_bytes < 0:
            raise LetterMalformed
        return self._count(data if self._missing_bytes else data + filler(self._current_bytes))

    def end(self, sign: SignBody | None = None) -> Iterable[bytes]:
        """Yield the last bytes: a signature over all that came before, if there is one, and the padding."""
        if self._missing_bytes:
            raise LetterMalformed
        if sign is not None:
            yield self._member(SIGNATURE_NAME, sign(self._digest.hexdigest()))
        yield self._count(END)
        yield from zeros(padded_size(self._size_bytes) - self._size_bytes)

    def _member(self, name: str, data: bytes) -> bytes:
        return self._count(member_head(name, len(data)) + data + filler(len(data)))

    def _count(self, data: bytes) -> bytes:
        self._size_bytes += len(data)
        self._digest.update(data)
        return data


def seal_letter(
    letter: Letter,
    files: Sequence[LetterFile] = (),
    *,
    to: Keyset,
    sink: Sink,
    identity: bytes | None = None,
    sign: SignBody | None = None,
) -> None:
    """Seal a whole letter to a keyset's letter recipients, handing each piece to the sink as it comes."""
    for piece in sealed_pieces(letter, files, to=to, identity=identity, sign=sign):
        sink(piece)


def sealed_pieces(
    letter: Letter,
    files: Sequence[LetterFile] = (),
    *,
    to: Keyset,
    identity: bytes | None = None,
    sign: SignBody | None = None,
) -> Iterator[bytes]:
    """Yield a whole letter, sealed to a keyset's letter recipients, piece by piece."""
    sealer, writer = Sealer(parsed_recipients(to.letter_recipients)), LetterWriter()
    for piece in _pieces(writer, letter, files, identity and seal_identity(identity, to), sign):
        yield sealer.update(piece)
    yield sealer.finish()


def identity_json(*, name: str, contact: str) -> bytes:
    """Write what identifies a reporter, for `seal_letter`."""
    return canonical({"v": 1, "name": name, "contact": contact})


def seal_identity(identity: bytes, to: Keyset) -> bytes:
    """Seal a name and a contact, padded to one size, to those who may know names."""
    if len(identity) > IDENTITY_BYTES:
        raise IdentityTooLong
    sealer = Sealer(parsed_recipients(to.identity_recipients))
    return sealer.update(identity + bytes(IDENTITY_BYTES - len(identity))) + sealer.finish()


@lru_cache(maxsize=8)
def parsed_recipients(texts: tuple[str, ...]) -> tuple[Recipient, ...]:
    """Return the recipients that a keyset names. A door seals thousands of letters to the same ones."""
    return tuple(parse_recipient(text) for text in texts)


def _pieces(
    writer: LetterWriter, letter: Letter, files: Sequence[LetterFile], identity: bytes | None, sign: SignBody | None
) -> Iterable[bytes]:
    yield writer.begin(letter)
    if identity is not None:
        yield writer.identity(identity)
    for file in files:
        yield writer.file(file.name, file.size_bytes)
        for data in file.chunks:
            yield writer.chunk(data)
    yield from writer.end(sign)
