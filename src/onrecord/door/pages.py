"""Turn what the door has to say into pages: one request each, nothing from anywhere else, whole without a script.

A page that says the same to everybody may travel compressed. One that holds what somebody typed, or anything of a box,
never does: how well it compresses would tell what stands in it (the attack named BREACH).
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from onrecord.door.config import DoorConfig
from onrecord.door.form import FILES_FIELD, TRAP_FIELD, FormIncomplete, Sheet, Typed
from onrecord.door.headers import SCRIPT_POLICY, STYLE, TEMPLATES
from onrecord.door.mailbox import Visit, box_sheet
from onrecord.door.text import COUNTED, TEXT
from onrecord.errors import OnrecordError
from onrecord.ground.bounds import BOX_TEXT_BYTES, MAILBOX_PAGE_BYTES, MIB
from onrecord.seal.letter.box import Box
from onrecord.seal.receipt import WORDS, Receipt, typed_words
from onrecord.words.catalogue import Language, load_language
from onrecord.words.form import PathName, Question, Screen, load_form
from onrecord.words.safety import SafetyText, load_safety
from onrecord.words.wordlist import load_wordlist

# What can be opened by its name alone, and its template.
PLAIN_PAGES: Final = {"where": "where.html", "limits": "how.html", "how": "how.html", "rights": "rights.html"}
_SCRIPT_OF: Final = {"written.html": "seal.js", "return.html": "return.js"}


class StillAnswer(Response):
    """An answer that is the same for everybody, and is sent compressed to whoever takes it so."""

    def __init__(self, content: str | bytes, status_code: int = 200, **options: Any) -> None:
        super().__init__(content, status_code, **options)
        self._zipped = Response(gzip.compress(bytes(self.body), mtime=0), status_code, **options)
        self._zipped.headers["content-encoding"] = "gzip"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it in the form that the browser asked for."""
        takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if takes_gzip:
            await self._zipped(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


SCRIPTS: Final = {
    path.name: StillAnswer(path.read_bytes(), media_type="text/javascript", headers=SCRIPT_POLICY)
    for path in sorted((Path(__file__).parent / "static").glob("*.js"))
    if not path.name.startswith("kit")
}


@dataclass
class Part:
    """Some questions under one heading."""

    id: str
    screens: list[Screen] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        """Return its questions."""
        return [question for screen in self.screens for question in screen.questions]


class Pages:
    """Every page of one door."""

    def __init__(self, config: DoorConfig) -> None:
        settings = config.settings
        self._config = config
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._still: dict[tuple[str, str, str], StillAnswer] = {}
        self._environment.globals.update(
            text=TEXT,
            counted=COUNTED,
            notices=load_form().notices,
            style=STYLE,
            settings=settings,
            languages=[load_language(tag) for tag in config.languages],
            most_megabytes=settings.letter_bytes // MIB,
        )

    def still(self, name: str, language: Language, variant: str = "", status: int = 200, **values: Any) -> Response:
        """Return a page that is the same for everybody: drawn once and kept. Nothing that anybody typed is in it."""
        key = (name, variant, language.tag)
        if key not in self._still:
            html = self._html(name, language, {"trouble": None} | values)
            self._still[key] = StillAnswer(html, status, media_type="text/html", headers=_policy(name))
        return self._still[key]

    def plain(self, name: str, language: Language) -> Response:
        """Return a page that asks nothing; `how` alone names the kit, and only the page for safe places leads there."""
        is_safe = name == "how"
        has_kit = is_safe and self._config.kit(language.tag) is not None
        variant = f"{name} kit" if has_kit else name
        return self.still(PLAIN_PAGES[name], language, variant, is_safe=is_safe, has_kit=has_kit)

    def written(
        self, language: Language, path: PathName, typed: Typed | None = None, trouble: OnrecordError | None = None
    ) -> Response:
        """Return a page of questions: empty, or with what was typed and what is wrong with it."""
        if typed is None:
            return self.still("written.html", language, path, **self._asked(Typed(self.sheet(path)), None))
        return self._page("written.html", language, trouble, self._asked(typed, trouble, language))

    def sheet(self, path: PathName) -> Sheet:
        """Return what one path asks."""
        form = load_form()
        screens = form.screens(path, has_rota=bool(self._config.settings.rota))
        return Sheet(f"report_form.{form.version.partition('.')[0]}", path, screens)

    def sealed(self, language: Language, trouble: OnrecordError | None = None) -> Response:
        """Return the page that takes a letter sealed elsewhere."""
        if trouble is None:
            return self.still("sealed.html", language)
        return self._page("sealed.html", language, trouble, {})

    def sent(self, language: Language, *, tier: str, receipt: Receipt | None = None, proof: str = "") -> Response:
        """Return what is shown once, after a letter has arrived."""
        if receipt is None:
            return self.still("sent.html", language, tier, tier=tier, words=None)
        wordlist = load_wordlist(language.tag)
        words = receipt.words(wordlist.words)
        shown = {"tier": tier, "words": words, "words_language": wordlist.language, "digits": receipt.digits()}
        return self._page("sent.html", language, None, shown | {"proof": proof})

    def check(self, language: Language, *, proof: str, typed: str, is_right: bool) -> Response:
        """Return whether the typed words are the ones that were shown."""
        values = {"proof": proof, "typed": typed, "is_right": is_right, "faults": _faults(language, typed)}
        return self._page("check.html", language, None, values)

    def returning(self, language: Language, words: str = "", trouble: OnrecordError | None = None) -> Response:
        """Return the page where words are typed to come back."""
        asked = self._asked(Typed(box_sheet()), trouble) | {"words": words}
        if trouble is None:
            return self.still("return.html", language, **asked)
        return self._page("return.html", language, trouble, asked | {"places": [("words", TEXT["return_words"])]})

    def opened(
        self, language: Language, visit: Visit, typed: Typed | None = None, trouble: OnrecordError | None = None
    ) -> Response:
        """Return a box, empty or not, as one page of one size: who watches the line cannot tell which it was."""
        asked = self._asked(typed or Typed(box_sheet()), trouble, language)
        asked |= {"trouble": trouble, "entropy": visit.entropy.hex()}
        size, box = MAILBOX_PAGE_BYTES, visit.box
        if trouble:
            # What was typed stands on it too and may be long: the size counts that, and a full box if there is none.
            size = max(size, len(self._box(language, None, asked)) + 2 * BOX_TEXT_BYTES)
        while len(page := self._box(language, box, asked)) > size and box and box.messages:
            # Very many short messages: the oldest gives way, since the size may not.
            box = replace(box, messages=box.messages[1:])
        return HTMLResponse(page[:-3] + b"." * (size - len(page)) + b"-->", trouble.http_status if trouble else 200)

    def _box(self, language: Language, box: Box | None, values: Mapping[str, Any]) -> bytes:
        month = box and {name: _dated(language, getattr(box, name)) for name in ("opened", "month")}
        return (self._html("box.html", language, {"box": box, "month": month, **values}) + "<!---->").encode("utf-8")

    def closed(self, language: Language, trouble: OnrecordError) -> Response:
        """Return why nothing is taken in at the moment."""
        return self._page("closed.html", language, trouble, {})

    def missing(self, language: Language) -> Response:
        """Return that there is nothing at this address."""
        return self.still("closed.html", language, status=404)

    def _page(
        self, name: str, language: Language, trouble: OnrecordError | None, values: Mapping[str, Any]
    ) -> HTMLResponse:
        html = self._html(name, language, {"trouble": trouble, **values})
        return HTMLResponse(html, trouble.http_status if trouble else 200, headers=_policy(name))

    def _html(self, name: str, language: Language, values: Mapping[str, Any]) -> str:
        template = self._environment.get_template(name)
        return template.render(
            language=language,
            say=language.say,
            dated=partial(_dated, language),
            is_draft=language.tag in self._config.drafts,
            safety=self._shown_safety(language),
            script=_script(name),
            **values,
        )

    def _shown_safety(self, language: Language) -> Mapping[str, SafetyText]:
        # A text that no organisation has reviewed is for practice only.
        texts, shows_drafts = load_safety(language.tag, self._config.safety), self._config.settings.example
        return {id: text for id, text in texts.items() if text.reviewer or shows_drafts}

    def _asked(self, typed: Typed, trouble: OnrecordError | None, language: Language | None = None) -> dict[str, Any]:
        problems = dict(trouble.problems) if isinstance(trouble, FormIncomplete) else {}
        if typed.files and language:
            problems.setdefault(FILES_FIELD, language.say(TEXT["files_again"]))
        places = [(question.id, question.text) for question in typed.sheet.questions]
        return {
            "typed": typed,
            "parts": _parts(typed.sheet),
            "problems": problems,
            "places": [*places, (TRAP_FIELD, TEXT["trap"])],
        }


def _parts(sheet: Sheet) -> list[Part]:
    """Group the screens of a page: one with a heading begins a folded part, one without belongs to the part before.

    Files come last: a browser sends fields in the order of the page, and answers must be complete before a file.
    """

    def asks_files(screen: Screen) -> bool:
        return any(question.kind == "files" for question in screen.questions)

    parts: list[Part] = []
    for screen in sorted(sheet.screens, key=asks_files):
        if not parts or f"part_{screen.id}" in TEXT:
            parts.append(Part(screen.id))
        questions = sorted(screen.questions, key=lambda question: question.kind == "files")
        parts[-1].screens.append(replace(screen, questions=tuple(questions)))
    return parts


def _script(name: str) -> str | None:
    script = _SCRIPT_OF.get(name)
    return script if script in SCRIPTS else None


def _policy(name: str) -> Mapping[str, str]:
    return SCRIPT_POLICY if _script(name) else {}


def _dated(language: Language, written: str) -> str:
    """Return a date as this language writes it: the day, the month or the year, whichever is known."""
    try:
        day = date.fromisoformat(f"{written}-01"[:10])
    except ValueError:
        return written  # a year alone, or an operator's own words
    return language.month(day) if len(written) == len("2000-01") else language.day(day)


def _faults(language: Language, typed: str) -> list[str]:
    """Say what is wrong with typed words, as far as they themselves tell: what was shown is not known here."""
    words, known = typed_words(typed), load_wordlist(language.tag).words
    if not words:
        return [language.say(TEXT["check_digits"])]
    unknown = [number for number, word in enumerate(words[: WORDS + 1], 1) if word not in known]
    said = [language.say(TEXT["check_unknown"], number=number) for number in unknown]
    if len(words) != WORDS + 1:
        said.append(language.say_count(*COUNTED["check_count"], len(words)))
    return said or [language.say(TEXT["check_order"])]
