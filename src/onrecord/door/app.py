"""The door: a few pages that anybody can open, and two ways to leave a sealed letter.

It holds no key of the docket, no database, no session and no log. What is typed here is answered in the same request
and forgotten; what arrives is sealed before it touches a disk. Every path, and what happens at it, stands in
`create_app`.
"""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from onrecord.door.body import Body, Field
from onrecord.door.config import DoorConfig
from onrecord.door.form import FormBroken, FormIncomplete, Typed
from onrecord.door.headers import PrivateAnswers
from onrecord.door.letterbox import Letterbox
from onrecord.door.limits import DoorBusy, Limits
from onrecord.door.mailbox import Mailbox, Visit, box_sheet, entropy_of, fits, proof_of
from onrecord.door.pages import PLAIN_PAGES, SCRIPTS, Pages
from onrecord.door.text import COUNTED, TEXT
from onrecord.errors import OnrecordError, Refused
from onrecord.ground.bounds import FORM_TEXT_BYTES, LETTERS_AT_ONCE, MIB
from onrecord.ground.clock import Clock, SystemClock, parse_utc
from onrecord.ground.ids import RandomBytes, is_id
from onrecord.seal.kits import LIST_NAME
from onrecord.seal.letter.blank import blank_box
from onrecord.seal.letter.padding import padded_size
from onrecord.seal.receipt import Receipt
from onrecord.store.boxes import Boxes
from onrecord.store.spool import DoorSpool
from onrecord.words.catalogue import FALLBACK, Language, load_language
from onrecord.words.form import PathName

KEYSET_ADDRESS = "/.well-known/onrecord/keyset"
# The sentences that the page's own script says too.
_SCRIPT_SAYS = ("script_", "tier_", "sent_", "check_", "box_", "return_", "account_")


class NothingReviewed(Refused):
    """Nobody has checked a language of this door as it is, so there is nothing that it may show."""

    next_step = "Have a language reviewed and record the review, then write the settings with `onrecord door export`."


class KeysEnded(OnrecordError):
    """The keys of this door have ended, so it takes no letters now. Nothing was taken in."""

    next_step = "Try another address of ours, or come back later. A letter that was sealed before stays good."
    http_status = 503


class DoorFailed(OnrecordError):
    """Something failed on our side, and nothing of it was kept."""

    next_step = "Wait a minute, then reload this page. Your browser offers to send it once more."


def create_app(
    config: DoorConfig,
    spool: DoorSpool,
    boxes: Boxes,
    *,
    clock: Clock | None = None,
    random: RandomBytes = secrets.token_bytes,
) -> ASGIApp:
    """Return the door as an ASGI application; raise NothingReviewed where it would have no language."""
    if not config.languages:
        raise NothingReviewed
    door = _Door(config, clock or SystemClock(), spool, boxes, random)
    both = ["GET", "POST"]
    routes = [
        Route("/", door.languages),
        Route("/healthz", door.health),
        Route(KEYSET_ADDRESS, door.keyset),
        Route("/.well-known/onrecord/kits", door.kit_list),
        Route("/.well-known/onrecord/work", door.work),
        Route("/kit/{language:str}.html", door.kit),
        Route("/{script:str}.js", door.script),
        Route("/box/{mailbox:str}", door.box),
        Route("/{language}/", door.page),
        Route("/{language}/searched", door.written, methods=both),
        Route("/{language}/safe", door.written, methods=both),
        Route("/{language}/sealed", door.sealed, methods=both),
        Route("/{language}/check", door.check, methods=["POST"]),
        Route("/{language}/return", door.come_back, methods=both),
        Route("/{language}/box", door.write_back, methods=["POST"]),
        Route("/{language}/words.json", door.words),
        Route("/{language}/{page:str}", door.page),
    ]
    handlers = {HTTPException: door.missing, ClientDisconnect: door.gone, OnrecordError: door.failed, 500: door.failed}
    application = Starlette(routes=routes, exception_handlers=handlers)
    application.router.redirect_slashes = False  # it would repeat in its answer whatever host a request names
    return PrivateAnswers(application, onion=config.settings.onion)


class _Door:
    """What happens at each path."""

    def __init__(self, config: DoorConfig, clock: Clock, spool: DoorSpool, boxes: Boxes, random: RandomBytes) -> None:
        self._config = config
        self._clock = clock
        self._spool = spool
        self._boxes = boxes
        self._random = random
        self._mailbox = Mailbox(boxes)
        self._limits = Limits(spool, clock)
        self._letterbox = Letterbox(spool, self._mailbox, self._limits, clock=clock, random=random)
        self._pages = Pages(config)
        self._under_way = 0

    async def languages(self, request: Request) -> Response:
        return self._pages.still("languages.html", self._language(request))

    async def page(self, request: Request) -> Response:
        name, language = request.path_params.get("page", "where"), self._named_language(request)
        if name not in PLAIN_PAGES:
            raise HTTPException(404)
        return self._pages.plain(name, language)

    async def written(self, request: Request) -> Response:
        language = self._named_language(request)
        path: PathName = "searched" if request.url.path.endswith("/searched") else "safe"
        if request.method != "POST":
            return self._closed(language) or self._pages.written(language, path)
        typed, body = Typed(self._pages.sheet(path)), self._body(request)
        try:
            receipt = await self._take(body, typed, language)
        except OnrecordError as trouble:
            await body.drain()
            return self._pages.written(language, path, typed, trouble)
        proof = proof_of(receipt.entropy, self._random) if receipt else ""
        return self._pages.sent(language, tier="C", receipt=receipt, proof=proof)

    async def sealed(self, request: Request) -> Response:
        language, body = self._named_language(request), self._body(request)
        if request.method != "POST":
            return self._closed(language) or self._pages.sealed(language)
        trouble: OnrecordError | None = None
        try:
            self._check_open()
            with self._one_more():
                await self._letterbox.take_sealed(body)
        except OnrecordError as refusal:
            trouble = refusal
            await body.drain()
        if "text/plain" in request.headers.get("accept", ""):
            sentences = [trouble.sentence(), trouble.next_step] if trouble else [TEXT["handed_in"]]
            said = " ".join(map(language.say, sentences))
            return PlainTextResponse(f"{said}\n", trouble.http_status if trouble else 200)
        return self._pages.sealed(language, trouble) if trouble else self._pages.sent(language, tier="A")

    async def check(self, request: Request) -> Response:
        language = self._named_language(request)
        typed = await self._fields(request, "proof", "words")
        is_right = fits(typed["proof"], entropy_of(typed["words"], language.tag))
        return self._pages.check(language, proof=typed["proof"], typed=typed["words"], is_right=is_right)

    async def come_back(self, request: Request) -> Response:
        language = self._named_language(request)
        if request.method != "POST":
            return self._pages.returning(language)
        typed = {"words": ""}
        try:
            typed = await self._fields(request, "words")
            if not typed["words"].strip():
                raise FormIncomplete({"words": language.say(TEXT["return_empty"])})
            with self._one_more():
                return self._pages.opened(language, await self._visit(entropy_of(typed["words"], language.tag)))
        except OnrecordError as trouble:
            return self._pages.returning(language, typed["words"], trouble)

    async def write_back(self, request: Request) -> Response:
        language = self._named_language(request)
        typed, body = Typed(box_sheet()), self._body(request)
        try:
            await self._take(body, typed, language)
        except OnrecordError as trouble:
            await body.drain()
            if not typed.entropy:
                return self._pages.returning(language, "", trouble)
            return self._pages.opened(language, await self._visit(typed.entropy), typed, trouble)
        return self._pages.sent(language, tier="box")

    async def box(self, request: Request) -> Response:
        """Hand out a box as it is, for a page or a kit that opens it; a blank one where there is none."""
        mailbox = request.path_params["mailbox"]
        if not is_id(mailbox):
            raise HTTPException(404)
        return Response(await asyncio.to_thread(self._box, mailbox), media_type="application/octet-stream")

    async def kit(self, request: Request) -> Response:
        """Hand out a kit to be saved. Shown at this address it would be a page of this server, which a kit is not."""
        kit = self._config.kit(request.path_params["language"])
        if kit is None:
            raise HTTPException(404)
        return Response(
            kit, media_type="text/html", headers={"content-disposition": 'attachment; filename="form.html"'}
        )

    async def kit_list(self, _: Request) -> Response:
        path = self._config.kits / LIST_NAME
        if not path.is_file():
            raise HTTPException(404)
        return Response(path.read_bytes(), media_type="application/json")

    async def work(self, _: Request) -> Response:
        return JSONResponse({"hour": self._limits.hour(), "bits": self._limits.bits()})

    async def script(self, request: Request) -> Response:
        name = f"{request.path_params['script']}.js"
        if name not in SCRIPTS:
            raise HTTPException(404)
        return SCRIPTS[name]

    async def words(self, request: Request) -> Response:
        language = self._named_language(request)
        said = {name: language.say(sentence) for name, sentence in TEXT.items() if name.startswith(_SCRIPT_SAYS)}
        return JSONResponse(said | {name: language.forms_by_number(*forms) for name, forms in COUNTED.items()})

    async def keyset(self, _: Request) -> Response:
        return Response(self._config.keyset_file, media_type="application/json")

    async def health(self, request: Request) -> Response:
        is_closed = self._closed(self._language(request)) is not None
        return PlainTextResponse("closed\n" if is_closed else "open\n", status_code=503 if is_closed else 200)

    async def missing(self, request: Request, _: Exception) -> Response:
        return self._pages.missing(self._language(request))

    async def gone(self, _: Request, __: Exception) -> Response:
        return Response(status_code=400)  # nobody is there to read it

    async def failed(self, request: Request, error: Exception) -> Response:
        trouble = error if isinstance(error, OnrecordError) else DoorFailed()
        return self._pages.closed(self._language(request), trouble)

    async def _take(self, body: Body, typed: Typed, language: Language) -> Receipt | None:
        try:
            self._check_open()
        except OnrecordError:
            # Whoever wrote for an hour gets the words back on the page, even if nothing can be taken in.
            async for event in body.events():
                if isinstance(event, Field):
                    typed.add(event.name, event.value)
            raise
        with self._one_more():
            return await self._letterbox.take_written(body, typed, language, to=self._config.keyset)

    def _box(self, mailbox: str) -> bytes:
        blank = blank_box(self._boxes.seed(), mailbox)  # made either way, as it takes its time
        return self._boxes.read(mailbox) or blank

    async def _visit(self, entropy: bytes) -> Visit:
        return await asyncio.to_thread(self._mailbox.visit, entropy, self._config.keyset)

    async def _fields(self, request: Request, *names: str) -> dict[str, str]:
        body, typed = self._body(request, most_bytes=FORM_TEXT_BYTES + MIB), dict.fromkeys(names, "")
        try:
            async for event in body.events():
                if not isinstance(event, Field) or event.name not in typed:
                    raise FormBroken
                typed[event.name] = event.value
        except OnrecordError:
            await body.drain()
            raise
        return typed

    def _check_open(self) -> None:
        if self._clock.now() >= parse_utc(self._config.keyset.expires):
            raise KeysEnded
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

    def _body(self, request: Request, most_bytes: int = 0) -> Body:
        # A sealed letter of the largest size is longer than its content by padding, header and tags.
        letter_bytes = padded_size(self._config.settings.letter_bytes) + FORM_TEXT_BYTES + MIB
        return Body(request.stream(), request.headers.get("content-type", ""), limit_bytes=most_bytes or letter_bytes)

    def _language(self, request: Request) -> Language:
        """Return the language that the address names, or the one for addresses that name none."""
        shown = self._config.languages
        tag = request.path_params.get("language") or request.url.path.split("/")[1]
        return load_language(tag if tag in shown else FALLBACK if FALLBACK in shown else shown[0])

    def _named_language(self, request: Request) -> Language:
        if request.path_params["language"] not in self._config.languages:
            raise HTTPException(404)
        return self._language(request)
