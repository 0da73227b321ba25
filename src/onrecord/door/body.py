"""Read what a browser sends, piece by piece, so that no word and no file ever waits in a temporary file in clear.

The usual ways of reading a form spool large uploads to disk. This one pushes each piece through a parser as it
arrives and hands it on; what it holds at once is bounded, whatever a stranger sends.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from onrecord.door.form import FormBroken
from onrecord.errors import BadInput
from onrecord.ground.bounds import FORM_FIELDS, FORM_TEXT_BYTES, PATIENCE_SECONDS, SLOWEST_BYTES_PER_SECOND

_HEADERS_PER_PART: Final = 8
_HEADER_BYTES: Final = 4096
# What a browser writes for these three, and for no others, in a file's name (HTML, "multipart form data", step 3).
# LIMIT: a name that holds %22 itself is read as one with a quotation mark, since a browser writes both alike.
_ESCAPED_IN_NAMES: Final = {b"%22": b'"', b"%0D": b"\r", b"%0A": b"\n"}


class NotAForm(BadInput):
    """This address takes only what its own page sends."""

    next_step = "Open the first page and send it from there."
    http_status = 415


class UploadTooLarge(BadInput):
    """What you sent is larger than this page takes at once."""

    next_step = "Leave out a file, or send it as several letters."
    http_status = 413


class TextTooLong(BadInput):
    """The text is longer than this page takes at once."""

    next_step = "Send it as several shorter letters."
    http_status = 413


class LineTooSlow(BadInput):
    """The line was silent for two minutes, or too slow."""

    next_step = "Send it again when the line is better."
    http_status = 408


@dataclass(frozen=True, slots=True)
class Field:
    """One typed answer."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FileBegins:
    """A file begins; its bytes follow."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class FileBytes:
    """The next bytes of the file that began."""

    data: bytes


@dataclass(frozen=True, slots=True)
class FileEnds:
    """The file that began is complete."""


Event = Field | FileBegins | FileBytes | FileEnds


class Body:
    """One request's body, read once, never beyond its limit."""

    def __init__(self, stream: AsyncIterator[bytes], content_type: str, *, limit_bytes: int) -> None:
        self._stream = stream
        self._content_type = content_type
        self._limit_bytes = limit_bytes
        self._read_bytes = 0
        self._is_over = False
        self._began = time.monotonic()

    async def events(self) -> AsyncIterator[Event]:
        """Yield fields and pieces of files in order; raise a BadInput for what is not a whole, bounded form."""
        parser = _Parser(_boundary(self._content_type))
        while data := await self._next():
            if self._read_bytes > self._limit_bytes:
                raise UploadTooLarge
            for event in parser.write(data):
                yield event
            if parser.trouble:
                raise parser.trouble
        parser.check_end()

    async def drain(self) -> None:
        """Read and forget the rest, up to the limit once more: a browser shows an answer only after it has sent all."""
        allowed_bytes = self._read_bytes + self._limit_bytes
        try:
            while self._read_bytes < allowed_bytes and await self._next():
                pass
        except (LineTooSlow, ClientDisconnect):
            pass  # nobody waits for the answer any more

    async def _next(self) -> bytes:
        while not self._is_over:
            try:
                async with asyncio.timeout(self._patience_seconds()):
                    data = await anext(self._stream, None)
            except TimeoutError:
                self._is_over = True
                raise LineTooSlow from None
            self._is_over = data is None
            if data:
                self._read_bytes += len(data)
                return data
        return b""

    def _patience_seconds(self) -> float:
        late_seconds = time.monotonic() - self._began - self._read_bytes / SLOWEST_BYTES_PER_SECOND
        return PATIENCE_SECONDS - max(late_seconds, 0)


class _Parser:
    """Turns pushed bytes into events; what one push gave is handed out before the next is taken."""

    def __init__(self, boundary: bytes) -> None:
        self.trouble: BadInput | None = None
        self._events: list[Event] = []
        self._parts = 0
        self._text_bytes = 0
        self._header = [b"", b""]
        self._disposition = b""
        self._field: tuple[str, bytearray] | None = None
        self._has_ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": self._part_data,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
            max_header_count=_HEADERS_PER_PART,
            max_header_size=_HEADER_BYTES,
        )

    def write(self, data: bytes) -> list[Event]:
        """Take some bytes and return what they complete; what is wrong in them stands in `trouble` afterwards."""
        self._events = []
        try:
            self._parser.write(data)
        except FormParserError:
            self.trouble = FormBroken()
        except BadInput as error:
            self.trouble = error
        return self._events

    def check_end(self) -> None:
        """Raise FormBroken if the form was broken off."""
        if not self._has_ended:
            raise FormBroken

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > FORM_FIELDS:
            raise FormBroken
        self._disposition = b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _end_header(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            self._disposition = self._header[1]
        self._header = [b"", b""]

    def _end_headers(self) -> None:
        kind, options = parse_options_header(self._disposition)
        if kind != b"form-data" or b"name" not in options:
            raise FormBroken
        name = _decoded(options[b"name"])
        if b"filename" in options:
            self._field = None
            self._events.append(FileBegins(name, _file_name(options[b"filename"])))
        else:
            self._field = name, bytearray()

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            self._events.append(FileBytes(bytes(data[start:end])))
            return
        self._text_bytes += end - start
        if self._text_bytes > FORM_TEXT_BYTES:
            raise TextTooLong
        self._field[1].extend(data[start:end])

    def _end_part(self) -> None:
        if self._field is None:
            self._events.append(FileEnds())
        else:
            name, value = self._field
            self._events.append(Field(name, _decoded(bytes(value))))

    def _end(self) -> None:
        self._has_ended = True


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    # RFC 2046 section 5.1.1: at most 70 characters.
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 70:
        raise NotAForm
    return boundary


def _file_name(data: bytes) -> str:
    for escaped, sign in _ESCAPED_IN_NAMES.items():
        data = data.replace(escaped, sign)
    return _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise FormBroken from None
