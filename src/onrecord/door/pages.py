"""Turn what the door has to say into pages: one request each, no script, nothing from anywhere else.

The style stands inside each page, and the policy that goes with every answer names its hash, so that nothing else can
ever style, script or frame it.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from onrecord.door import text
from onrecord.door.config import DoorConfig
from onrecord.door.form import FILES_FIELD, Form, FormIncomplete, Typed
from onrecord.door.language import Language, load_language
from onrecord.errors import OnrecordError
from onrecord.ground.bounds import MIB
from onrecord.seal.receipt import Receipt
from onrecord.words.wordlist import load_wordlist

TEMPLATES: Final = Path(__file__).parent / "templates"
# A line end and what indents the next line say nothing to a browser, and every byte is slow where this is read.
STYLE: Final = re.sub(r"\s*([{},;])\s*|(:)\s+", r"\1\2", (TEMPLATES / "door.css").read_text(encoding="utf-8")).strip()
STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
_NOTHING: Final[Mapping[str, object]] = {}


class Pages:
    """Every page of one door."""

    def __init__(self, config: DoorConfig) -> None:
        self._most_megabytes = config.settings.letter_bytes // MIB
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._drawn: dict[tuple[str, str, str], str] = {}
        self._environment.globals.update(
            text=text,
            style=STYLE,
            leave=config.settings.leave,
            example=config.settings.example,
            languages=[load_language(tag) for tag in config.languages],
            most_megabytes=self._most_megabytes,
        )

    def languages(self, language: Language) -> HTMLResponse:
        """Return the list of languages."""
        return self._same_for_all("languages.html", language)

    def where(self, language: Language) -> HTMLResponse:
        """Return the first page, which asks where somebody is."""
        return self._same_for_all("where.html", language)

    def written(self, language: Language, form: Form) -> HTMLResponse:
        """Return a page of questions, all empty."""
        values = {"form": form, "typed": Typed(form), "trouble": None, "problems": {}, "places": _places(form)}
        return self._same_for_all("written.html", language, form.path, values)

    def not_sent(self, language: Language, typed: Typed, trouble: OnrecordError) -> HTMLResponse:
        """Return a page of questions again, with what was typed and what was wrong with it."""
        problems: dict[str, str] = dict(trouble.problems) if isinstance(trouble, FormIncomplete) else {}
        if typed.files:
            problems.setdefault(FILES_FIELD, language.say(text.FILES_AGAIN))
        places = _places(typed.form)
        values = {"form": typed.form, "typed": typed, "trouble": trouble, "problems": problems, "places": places}
        return self._page("written.html", language, trouble, values)

    def sealed(self, language: Language, trouble: OnrecordError | None = None) -> HTMLResponse:
        """Return the page that takes a letter sealed elsewhere."""
        if trouble is None:
            return self._same_for_all("sealed.html", language, values={"trouble": None})
        return self._page("sealed.html", language, trouble, {"trouble": trouble})

    def sent(self, language: Language, *, tier: str, receipt: Receipt | None = None) -> HTMLResponse:
        """Return what is shown once, after a letter has arrived."""
        if receipt is None:
            return self._same_for_all("sent.html", language, tier, {"tier": tier, "words": None})
        wordlist = load_wordlist(language.tag)
        words = receipt.words(wordlist.words)
        values = {"tier": tier, "words": words, "words_language": wordlist.language, "digits": receipt.digits()}
        return self._page("sent.html", language, None, values)

    def closed(self, language: Language, trouble: OnrecordError) -> HTMLResponse:
        """Return why nothing is taken in at the moment."""
        return self._page("closed.html", language, trouble, {"trouble": trouble})

    def missing(self, language: Language) -> HTMLResponse:
        """Return that there is nothing at this address."""
        page = self._same_for_all("closed.html", language, values={"trouble": None})
        page.status_code = 404
        return page

    def _same_for_all(
        self, template: str, language: Language, variant: str = "", values: Mapping[str, object] = _NOTHING
    ) -> HTMLResponse:
        # Drawn once and kept: nothing that anybody typed may stand in it.
        name = (template, language.tag, variant)
        if name not in self._drawn:
            self._drawn[name] = self._draw(template, language, values)
        return HTMLResponse(self._drawn[name])

    def _page(
        self, template: str, language: Language, trouble: OnrecordError | None, values: Mapping[str, object]
    ) -> HTMLResponse:
        content = self._draw(template, language, values)
        return HTMLResponse(content, status_code=trouble.http_status if trouble else 200)

    def _draw(self, template: str, language: Language, values: Mapping[str, object]) -> str:
        return self._environment.get_template(template).render(**values, language=language, say=language.say)


def _places(form: Form) -> list[tuple[str, str]]:
    return [(question.id, question.text) for question in form.questions] + [(FILES_FIELD, text.FILES)]
