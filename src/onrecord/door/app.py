"""The door: a few pages that anybody can open, and two ways to leave a sealed letter.

It holds no key of the docket, no database, no session and no log. What is typed here is answered in the same request
and forgotten; what arrives is sealed before it touches a disk. Every path, and what happens at it, stands in
`create_app`.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from onrecord.door.body import Body, Field
from onrecord.door.config import DoorConfig
from onrecord.door.form import SAFE, SEARCHED, Form, Typed
from onrecord.door.headers import PrivateAnswers
from onrecord.door.language import Language, load_language
from onrecord.door.letterbox import Letterbox
from onrecord.door.pages import Pages
from onrecord.errors import OnrecordError
from onrecord.ground.bounds import FORM_TEXT_BYTES, LETTERS_AT_ONCE, MIB
from onrecord.ground.clock import Clock, SystemClock
from onrecord.ground.ids import RandomBytes
from onrecord.seal.letter.padding import padded_size
from onrecord.store.spool import Spool

KEYSET_ADDRESS = "/.well-known/onrecord/keyset"


class DoorBusy(OnrecordError):
    """Too many letters are arriving at this moment."""

    next_step = "Wait a minute, then send it again."
    http_status = 503


class DoorFailed(OnrecordError):
    """Something failed on our side, and nothing of it was kept."""

    next_step = "Go back in your browser, wait a minute, then send it again."


def create_app(
    config: DoorConfig,
    *,
    clock: Clock | None = None,
    random: RandomBytes = secrets.token_bytes,
    spool: Spool | None = None,
) -> ASGIApp:
    """Return the door as an ASGI application."""
    clock = clock or SystemClock()
    door = _Door(config, clock, spool or Spool(config.spool, clock=clock, random=random), random)
    routes = [
        Route("/", door.languages),
        Route("/healthz", door.health),
        Route(KEYSET_ADDRESS, door.keyset),
        Route("/{language}/", door.where),
        Route("/{language}/searched", door.searched, methods=["GET", "POST"]),
        Route("/{language}/safe", door.safe, methods=["GET", "POST"]),
        Route("/{language}/sealed", door.sealed, methods=["GET", "POST"]),
    ]
    handlers = {HTTPException: door.missing, ClientDisconnect: door.gone, 500: door.failed}
    return PrivateAnswers(Starlette(routes=routes, exception_handlers=handlers))


class _Door:
    """What happens at each path."""

    def __init__(self, config: DoorConfig, clock: Clock, spool: Spool, random: RandomBytes) -> None:
        self._config = config
        self._clock = clock
        self._spool = spool
        self._letterbox = Letterbox(spool, clock=clock, random=random)
        self._pages = Pages(config)
        self._under_way = 0

    async def languages(self, _: Request) -> Response:
        return self._pages.languages(self._first_language())

    async def where(self, request: Request) -> Response:
        return self._pages.where(self._language(request))

    async def searched(self, request: Request) -> Response:
        return await self._written(request, SEARCHED)

    async def safe(self, request: Request) -> Response:
        return await self._written(request, SAFE)

    async def sealed(self, request: Request) -> Response:
        language = self._language(request)
        if request.method != "POST":
            return self._closed(language) or self._pages.sealed(language)
        body = self._body(request)
        try:
            self._check_open()
            with self._one_more():
                await self._letterbox.take_sealed(body)
        except OnrecordError as trouble:
            await body.drain()
            return self._pages.sealed(language, trouble)
        return self._pages.sent(language, tier="A")

    async def keyset(self, _: Request) -> Response:
        return Response(self._config.keyset_file, media_type="application/json")

    async def health(self, _: Request) -> Response:
        is_closed = self._closed(self._first_language()) is not None
        return PlainTextResponse("closed\n" if is_closed else "open\n", status_code=503 if is_closed else 200)

    async def missing(self, _: Request, __: Exception) -> Response:
        return self._pages.missing(self._first_language())

    async def gone(self, _: Request, __: Exception) -> Response:
        return Response(status_code=400)  # nobody is there to read it

    async def failed(self, _: Request, __: Exception) -> Response:
        return self._pages.closed(self._first_language(), DoorFailed())

    async def _written(self, request: Request, form: Form) -> Response:
        language = self._language(request)
        if request.method != "POST":
            return self._closed(language) or self._pages.written(language, form)
        typed, body = Typed(form), self._body(request)
        try:
            await self._check_open_or_keep(body, typed)
            with self._one_more():
                receipt = await self._letterbox.take_written(body, typed, language, to=self._config.keyset)
        except OnrecordError as trouble:
            await body.drain()
            return self._pages.not_sent(language, typed, trouble)
        return self._pages.sent(language, tier="C", receipt=receipt)

    async def _check_open_or_keep(self, body: Body, typed: Typed) -> None:
        try:
            self._check_open()
        except OnrecordError:
            # Whoever wrote for an hour gets the words back on the page, even if nothing can be taken in.
            async for event in body.events():
                if isinstance(event, Field):
                    typed.add(event.name, event.value)
            raise

    def _check_open(self) -> None:
        self._config.keyset.check_unexpired(self._clock.now())
        self._spool.check_room()
        if self._under_way >= LETTERS_AT_ONCE:
            raise DoorBusy

    def _closed(self, language: Language) -> Response | None:
        try:
            self._check_open()
        except OnrecordError as trouble:
            return self._pages.closed(language, trouble)
        return None

    @contextmanager
    def _one_more(self) -> Iterator[None]:
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    def _body(self, request: Request) -> Body:
        # A sealed letter of the largest size is longer than its content by padding, header and tags.
        most_bytes = padded_size(self._config.settings.letter_bytes) + FORM_TEXT_BYTES + MIB
        return Body(request.stream(), request.headers.get("content-type", ""), limit_bytes=most_bytes)

    def _first_language(self) -> Language:
        return load_language(self._config.languages[0])

    def _language(self, request: Request) -> Language:
        tag = request.path_params["language"]
        if tag not in self._config.languages:
            raise HTTPException(404)
        return load_language(tag)
