"""Put a kit together: one file that seals letters and opens replies without the net, the same bytes for the same keys.

It carries a root-signed keyset, a few questions of the form, every sentence that its script says, and that script. Its
own policy lets this one script run, by hash, and lets it speak to nobody.
"""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import onrecord.door
from onrecord.door.form import Sheet, Typed
from onrecord.door.headers import STYLE, TEMPLATES
from onrecord.door.mailbox import box_sheet
from onrecord.door.text import COUNTED, TEXT
from onrecord.errors import Damaged
from onrecord.ground.bounds import MIB
from onrecord.ground.clock import parse_utc
from onrecord.seal.keyset import Keyset
from onrecord.settings import DocketSettings
from onrecord.words.catalogue import Language
from onrecord.words.form import Screen, load_form
from onrecord.words.safety import load_safety

FOLDER: Final = Path(onrecord.door.__file__).parent
SCRIPT_FILE: Final = FOLDER / "static" / "kit.js"
THREAD_FILE: Final = FOLDER / "static" / "kit-worker.js.gz"
# Says nothing about what the file is, wherever it is found.
SEALED_NAME: Final = "notes.bin"
# What the kit asks. The whole form, in every script, would make the file too large to pass on by hand.
ASKED: Final = ("account", "left_out", "source_kind", "basis", "when", "where", "consent", "name")
DESCRIBED: Final = "files_description"
_POLICY: Final = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src data:; worker-src blob:;"
    " form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types kit"
)


class KitScriptMissing(Damaged):
    """The script of the kit is not here."""

    next_step = "Run `make setup`, which builds it."


def kit_page(
    keyset_file: bytes, keyset: Keyset, language: Language, settings: DocketSettings, safety: Path | None = None
) -> bytes:
    """Return one kit, with an operator's own safety texts in place of ours; raise KitScriptMissing."""
    try:
        script, thread = SCRIPT_FILE.read_text(encoding="utf-8").strip(), THREAD_FILE.read_bytes()
    except FileNotFoundError:
        raise KitScriptMissing from None
    style = STYLE + _tight((FOLDER / "kit" / "kit.css").read_text(encoding="utf-8"))
    form = load_form()
    screens = _screens()
    environment = Environment(
        loader=FileSystemLoader([FOLDER / "kit", TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("kit.html").render(
        language=language,
        say=language.say,
        text=TEXT,
        notices=form.notices,
        safety=_safety(language, settings, safety),
        settings=settings,
        most_megabytes=settings.letter_bytes // MIB,
        trouble=None,
        keyset=keyset,
        made=language.day(parse_utc(keyset.issued).date()),
        until=language.day(parse_utc(keyset.expires).date()),
        screens=screens,
        typed=Typed(Sheet(f"report_form.{form.version.partition('.')[0]}", "safe", screens)),
        described=form.questions[DESCRIBED],
        box=Typed(box_sheet()),
        sealed_name=SEALED_NAME,
        thread=base64.b64encode(thread).decode("ascii"),
        carried=_carried(keyset_file, keyset, language, script),
        policy=_POLICY.format(script=_sha256(script), style=_sha256(style)),
        style=style,
        script=script,
    )
    return re.sub(r"\n\s*", "\n", page).encode("utf-8")


def _screens() -> tuple[Screen, ...]:
    """Return the screens of the full page with what the kit asks of them, the story first."""
    screens = []
    for screen in load_form().screens("safe"):
        questions = tuple(question for question in screen.questions if question.id in ASKED)
        if questions:
            screens.append(Screen(screen.id, questions, screen.notices))
    return tuple(sorted(screens, key=lambda screen: not any(question.required for question in screen.questions)))


def _carried(keyset_file: bytes, keyset: Keyset, language: Language, script: str) -> str:
    # The script puts some of the names together from `script_` and a word.
    said = {name: language.say(TEXT[name]) for name in TEXT if name.startswith("script_") or f'"{name}"' in script}
    counted = {name: language.forms_by_number(*forms) for name, forms in COUNTED.items()}
    values = {"keyset": keyset_file.decode(), "root_key": keyset.root_key, "name": SEALED_NAME, "said": said | counted}
    # Nothing in it may look like the end of the element that carries it.
    return json.dumps(values, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def _safety(language: Language, settings: DocketSettings, folder: Path | None) -> dict[str, object]:
    # A text that no organisation has reviewed is for practice only.
    texts = load_safety(language.tag, folder).items()
    return {id: text for id, text in texts if text.reviewer or settings.example}


def _tight(style: str) -> str:
    return re.sub(r"\s*([{},;])\s*|(:)\s+", r"\1\2", style).strip()


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
