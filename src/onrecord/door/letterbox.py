"""Seal what comes in while it comes in, and put it into the spool whole or not at all.

Tier C: answers are held in memory until the form has ended, files are sealed piece by piece as they arrive, and the
letter that names them is written last. Tier A: a file sealed elsewhere is stored as it is, after a look at its outside.
Neither keeps a name, an address or a time; neither can open anything.

LIMIT: Python cannot wipe what it has held. Words of tier C may stay in this process's memory until it restarts.
"""

import asyncio
import hashlib
import secrets
from typing import Final

from onrecord.door.body import Body, Event, Field, FileBegins, FileBytes, FileEnds
from onrecord.door.form import FILES_FIELD, RECEIPT_FIELD, FormBroken, Typed
from onrecord.door.limits import Limits
from onrecord.door.mailbox import Mailbox
from onrecord.errors import BadInput
from onrecord.ground.bounds import CHUNK_BYTES, HELD_BYTES, LETTER_FILES, TEXT_ROOM_BYTES
from onrecord.ground.clock import Clock, day_of
from onrecord.ground.ids import RandomBytes
from onrecord.seal.age import NONCE_BYTES, NotAnAgeFile, header_end, parse_header
from onrecord.seal.close import Sealer
from onrecord.seal.keyset import Keyset
from onrecord.seal.letter.content import LetterMalformed, Part, shown_name
from onrecord.seal.letter.padding import is_padded, padded_size, zeros
from onrecord.seal.letter.write import parsed_recipients, seal_letter
from onrecord.seal.receipt import Receipt
from onrecord.seal.recipients import HybridRecipient
from onrecord.store.spool import ArrivalWriter, DoorSpool, PieceWriter
from onrecord.words.catalogue import Language
from onrecord.words.wordlist import load_wordlist

SEALED_FIELD: Final = "letter"
# What a script worked out over the sealed letter while the door was under load (door.limits).
WORK_FIELDS: Final = ("work", "hour")
# What each chunk of an age payload carries besides its content (C2SP age, "Payload").
_TAG_BYTES: Final = 16


class WrongOrder(BadInput):
    """This form arrived in another order than its page sends it."""

    next_step = "Open the first page again, with another browser if you can, and send it once more."


class TooManyFiles(BadInput):
    """There are more files than one letter takes."""

    next_step = "Send them as several letters."
    http_status = 413


class NotASealedLetter(BadInput):
    """This file is not a sealed letter, so it was refused and not kept."""

    next_step = "To write here instead, go to the first page."
    http_status = 422


class Letterbox:
    """Where letters come in: written on a page of ours, or sealed before."""

    def __init__(
        self,
        spool: DoorSpool,
        mailbox: Mailbox,
        limits: Limits,
        *,
        clock: Clock,
        random: RandomBytes = secrets.token_bytes,
    ) -> None:
        self._spool = spool
        self._limits = limits
        self._mailbox = mailbox
        self._clock = clock
        self._random = random

    async def take_written(self, body: Body, typed: Typed, language: Language, *, to: Keyset) -> Receipt | None:
        """Seal a page's answers and files to a keyset; return the receipt if the reporter wants one."""
        writing = _Writing(self._spool, to, typed, language)
        try:
            async for event in body.events():
                await writing.take(event)
            typed.check(language, has_file=any(part.size_bytes for part in writing.parts))
            async with self._limits.turn():
                arrival = await writing.begin()
                return await asyncio.to_thread(self._finish, writing, arrival)
        finally:
            if writing.arrival:
                writing.arrival.discard()

    async def take_sealed(self, body: Body) -> None:
        """Store a letter that was sealed elsewhere; raise NotASealedLetter for anything that does not look like one."""
        upload: _SealedUpload | None = None
        work: dict[str, str] = {}
        try:
            async for event in body.events():
                match event:
                    case Field(name, value) if name in WORK_FIELDS and upload is None:
                        work[name] = value
                    case FileBegins(field, _) if field == SEALED_FIELD and upload is None:
                        upload = _SealedUpload(self._spool)
                    case FileBytes(data) if upload:
                        await upload.take(data)
                    case FileEnds() if upload:
                        pass
                    case _:
                        raise FormBroken
            if upload is None:
                raise FormBroken
            nonce, hour = (work.get(name, "") for name in WORK_FIELDS)
            async with self._limits.turn(sha256=upload.digest.hexdigest(), hour=hour, nonce=nonce):
                await asyncio.to_thread(upload.finish)
        finally:
            if upload and upload.arrival:
                upload.arrival.discard()

    def _finish(self, writing: "_Writing", arrival: ArrivalWriter) -> Receipt | None:
        typed, language = writing.typed, writing.language
        receipt = self._receipt(language) if typed.wants_receipt else None
        visit = self._mailbox.visit(typed.entropy, writing.keyset) if typed.entropy else None
        letter = typed.letter(
            language=language,
            written_on=day_of(self._clock.now()),
            reporter=receipt.keys().reporter() if receipt else None,
            parts=tuple(writing.parts),
        )
        if visit:
            letter = visit.continued(letter)
        piece = arrival.letter()
        try:
            seal_letter(
                letter,
                to=writing.keyset,
                sink=piece.write,
                identity=typed.identity(),
                sign=visit.sign if visit else None,
            )
        except LetterMalformed:
            # Thousands of control characters grow sixfold when they are written down.
            raise FormBroken from None
        piece.finish()
        arrival.complete()
        return receipt

    def _receipt(self, language: Language) -> Receipt:
        return Receipt.new(self._random, avoid=load_wordlist(language.tag).avoid)


class _Writing:
    """One page while it arrives: answers into memory, files into sealed parts of an arrival that is not one yet."""

    def __init__(self, spool: DoorSpool, keyset: Keyset, typed: Typed, language: Language) -> None:
        self._spool = spool
        self.keyset = keyset
        self.typed = typed
        self.language = language
        self._sealing: _PartSealer | None = None
        self.arrival: ArrivalWriter | None = None
        self.parts: list[Part] = []

    async def begin(self) -> ArrivalWriter:
        if self.arrival is None:
            self.arrival = await asyncio.to_thread(self._spool.begin)
        return self.arrival

    async def take(self, event: Event) -> None:
        match event:
            case Field(name, value):
                # The button that was pressed is the only field that a browser sends after the files.
                if self.typed.files and name != RECEIPT_FIELD:
                    raise WrongOrder
                self.typed.add(name, value)
            case FileBegins(field, name):
                self._sealing = await self._begin_file(field, name)
            case FileBytes(data) if self._sealing:
                self._sealing.write(data)
            case FileEnds() if self._sealing:
                self.parts.append(await asyncio.to_thread(self._sealing.finish))

    async def _begin_file(self, field: str, name: str) -> "_PartSealer | None":
        if field != FILES_FIELD or not self.typed.sheet.takes_files:
            raise FormBroken
        if not name:
            return None  # a browser sends one file without a name where none was chosen
        self.typed.files += 1
        if self.typed.files > LETTER_FILES:
            raise TooManyFiles
        # The answers are complete before the first file: what is wrong with them is said before anything is stored.
        self.typed.check(self.language, has_file=True)
        # Files are refused before text, so that a text still fits when little room is left.
        self._spool.check_room(TEXT_ROOM_BYTES)
        return _PartSealer(await self.begin(), self.keyset, name)


class _PartSealer:
    """Seals one file of unknown length to a part of its own and pads it."""

    def __init__(self, arrival: ArrivalWriter, keyset: Keyset, name: str) -> None:
        self._name = shown_name(name)
        self._piece = arrival.part()
        self._sealer = Sealer(parsed_recipients(keyset.letter_recipients))
        self._size_bytes = 0

    def write(self, data: bytes) -> None:
        self._size_bytes += len(data)
        self._piece.write(self._sealer.update(data))

    def finish(self) -> Part:
        for blank in zeros(padded_size(self._size_bytes) - self._size_bytes):
            self._piece.write(self._sealer.update(blank))
        self._piece.write(self._sealer.finish())
        stored = self._piece.finish()
        return Part(self._name, stored.sha256, self._size_bytes)


class _SealedUpload:
    """Stores a sealed file as it comes, and looks at what can be seen from outside: its header and its length.

    A letter of text is held until it is whole: half of one then never reaches the disk, and one thread stores it in one
    go, which halves the time that it takes.
    """

    def __init__(self, spool: DoorSpool) -> None:
        self._spool = spool
        self.digest = hashlib.sha256()
        self._piece: PieceWriter | None = None
        self._held = bytearray()
        self._header_bytes: int | None = None
        self._size_bytes = 0
        self.arrival: ArrivalWriter | None = None

    async def take(self, data: bytes) -> None:
        self._held += data
        self.digest.update(data)
        self._size_bytes += len(data)
        if self._header_bytes is None:
            self._read_header()
        if len(self._held) > HELD_BYTES:
            if self._piece is None:
                self._spool.check_room(TEXT_ROOM_BYTES)
            await asyncio.to_thread(self._store)

    def finish(self) -> None:
        if self._header_bytes is None or not is_padded(self._content_bytes()):
            raise NotASealedLetter
        arrival, piece = self._store()
        piece.finish()
        arrival.complete()

    def _store(self) -> tuple[ArrivalWriter, PieceWriter]:
        self.arrival = self.arrival or self._spool.begin()
        self._piece = self._piece or self.arrival.letter()
        self._piece.write(self._held)
        self._held.clear()
        return self.arrival, self._piece

    def _read_header(self) -> None:
        try:
            end = header_end(self._held)
            if end is None:
                return
            header = parse_header(bytes(self._held[:end]))
        except NotAnAgeFile:
            raise NotASealedLetter from None
        # A letter is kept for decades: one that a future computer could open is not a letter.
        if any(stanza.kind != HybridRecipient.kind for stanza in header.stanzas):
            raise NotASealedLetter
        self._header_bytes = end

    def _content_bytes(self) -> int:
        payload_bytes = self._size_bytes - (self._header_bytes or 0) - NONCE_BYTES
        chunks = -(-payload_bytes // (CHUNK_BYTES + _TAG_BYTES))
        return payload_bytes - chunks * _TAG_BYTES
