"""A door in this process, asked over ASGI byte by byte, so that a test can send what no browser would."""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from invented_keys import DURING, InventedKeys
from onrecord.door.app import create_app
from onrecord.door.config import DoorSettings, read_config, write_config
from onrecord.ground.clock import StillClock
from onrecord.seal.letter.read import LetterReading, read_part
from onrecord.store.boxes import FolderBoxes
from onrecord.store.folder_spool import FolderSpool
from onrecord.words.review import needed_notices, texts_sha256

BOUNDARY = "-----invented-boundary"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"

Fields = Sequence[tuple[str, str]]
Files = Sequence[tuple[str, str | bytes, bytes]]


def field(name: str, value: str | bytes) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (
        BOUNDARY.encode(),
        name.encode(),
        value,
    )


def file(name: str, file_name: str | bytes, data: bytes) -> bytes:
    file_name = file_name.encode() if isinstance(file_name, str) else file_name
    head = b'--%b\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\nContent-Type: image/jpeg\r\n\r\n'
    return head % (BOUNDARY.encode(), name.encode(), file_name) + data + b"\r\n"


def form(fields: Fields = (), files: Files = (), *, receipt: str = "no") -> bytes:
    """Return a body as a browser writes it: fields, files, the button that was pressed, the end."""
    parts = [field(*each) for each in fields] + [file(*each) for each in files]
    return b"".join([*parts, field("receipt", receipt) if receipt else b"", end()])


def end() -> bytes:
    return f"--{BOUNDARY}--\r\n".encode()


def review(language: str, safety: Path) -> dict[str, str]:
    """Let an invented organisation sign the notices of a language; return what the settings say once it is checked."""
    signed = 'reviewer: "Example Legal Aid", reviewed_on: "2026-02-01"'
    notices = "".join(f"  {id}: {{{signed}}}\n" for id in sorted(needed_notices()))
    safety.mkdir(parents=True, exist_ok=True)
    (safety / f"{language}.yaml").write_text(f'schema: safety/1\nwritten_on: "2026-02-01"\ntexts:\n{notices}')
    return {
        "language": language,
        "reviewer": "Ada Placeholder",
        "organisation": "Example Legal Aid",
        "on": "2026-02-01",
        "sha256": texts_sha256(language, safety),
    }


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class InventedDoor:
    def __init__(self, folder: Path, *, keys: InventedKeys | None = None, **settings: object) -> None:
        self.keys = keys or InventedKeys()
        self.clock = StillClock(DURING)
        settings = {"review": [review("en", folder / "config" / "safety")], **settings}
        write_config(folder / "config", DoorSettings(self.keys.keyset.root_key, **settings), self.keys.file)
        self.spool = FolderSpool(folder / "spool", clock=self.clock, keep_free_bytes=0)
        self.config = read_config(folder / "config")
        boxes = FolderBoxes(self.spool.folder / "boxes", clock=self.clock)
        self.app = create_app(self.config, self.spool, boxes, clock=self.clock)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, [b""])

    def post(self, path: str, body: bytes | Iterable[bytes], content_type: str = CONTENT_TYPE) -> Answer:
        pieces = (
            [body[start : start + 65536] for start in range(0, len(body), 65536)] if isinstance(body, bytes) else body
        )
        return self.ask("POST", path, pieces or [b""], [("content-type", content_type)])

    def ask(self, method: str, path: str, pieces: Iterable[bytes], headers: Fields = ()) -> Answer:
        return asyncio.run(self._ask(method, path, pieces, headers))

    async def _ask(self, method: str, path: str, pieces: Iterable[bytes], headers: Fields) -> Answer:
        waiting, sent = iter(pieces), []
        raw = [(name.encode(), value.encode()) for name, value in headers]
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw, "app": None}

        async def receive() -> dict[str, object]:
            piece = next(waiting, None)
            if piece is None:
                return {"type": "http.request", "body": b"", "more_body": False}
            if piece == b"<hang up>":
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": piece, "more_body": True}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        # A server has answered before it hears of a failure; so has this one.
        with contextlib.suppress(ZeroDivisionError):
            await self.app(scope, receive, send)
        answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:]))

    def letters(self) -> list[tuple[LetterReading, dict[str, bytes]]]:
        """Open everything in the spool as the desk would."""
        return [self._letter(arrival) for arrival in self.spool.arrivals()]

    def _letter(self, arrival: str) -> tuple[LetterReading, dict[str, bytes]]:
        reading = LetterReading([self.keys.open(b"".join(self.spool.read(arrival)))])
        files = {each.name: b"".join(each.chunks) for each in reading.files()}
        for part, name in zip(reading.letter.parts, self.spool.parts(arrival), strict=True):
            sealed = self.keys.open(b"".join(self.spool.read(arrival, name)))
            files[part.name] = b"".join(read_part([sealed], part.size_bytes))
        return reading, files
