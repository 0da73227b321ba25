"""The questions of the two pages, what may be answered, and the letter that the answers make.

Questions, codes and their order are those of the reporter's form; only "what happened" is needed, and a file can
stand in for it. What was ticked is marked as prompted, because a tick answers our words and not the reporter's own.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from onrecord.door import text
from onrecord.door.language import Language
from onrecord.errors import BadInput
from onrecord.ground.bounds import ACCOUNT_CHARACTERS, LINE_CHARACTERS
from onrecord.ground.text import nfc
from onrecord.seal.letter.content import Consent, Letter, Part, Reporter
from onrecord.seal.letter.write import identity_json

FORM: Final = "report_form.1"
RECEIPT_FIELD: Final = "receipt"
FILES_FIELD: Final = "files"
# A name, however long, must fit the part that is sealed apart.
NAME_CHARACTERS: Final = 300

Kind = Literal["long", "short", "tick", "one", "many", "consent", "name"]


class FormBroken(BadInput):
    """This form arrived broken off or changed on its way."""

    next_step = "Open the first page again and send it once more."


class FormIncomplete(BadInput):
    """Something in this form needs another look before it can be sent."""

    next_step = "Look at the places that are marked."
    http_status = 422

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be ticked."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, as the page shows it and the letter names it."""

    id: str
    kind: Kind
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    most_characters: int = LINE_CHARACTERS


@dataclass(frozen=True, slots=True)
class Form:
    """One page of questions."""

    path: Literal["searched", "safe"]
    first: tuple[Question, ...]
    more: tuple[Question, ...] = ()
    takes_files: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return every question of the page."""
        return self.first + self.more


_LEFT_OUT = Question("left_out", "tick", text.LEFT_OUT)
_WHEN = Question("when", "short", text.WHEN, text.WHEN_HELP)
_WHERE = Question("where", "short", text.WHERE, text.WHERE_HELP)

SEARCHED: Final = Form(
    "searched",
    (
        Question("account", "long", text.ACCOUNT, text.SEARCHED_HELP, most_characters=ACCOUNT_CHARACTERS),
        _LEFT_OUT,
        _WHEN,
        _WHERE,
    ),
)
SAFE: Final = Form(
    "safe",
    (Question("account", "long", text.ACCOUNT, text.ACCOUNT_HELP, most_characters=ACCOUNT_CHARACTERS), _LEFT_OUT),
    (
        Question(
            "source_kind",
            "one",
            text.SOURCE_KIND,
            options=(
                Option("victim", text.SOURCE_VICTIM),
                Option("relative", text.SOURCE_RELATIVE),
                Option("acquaintance", text.SOURCE_ACQUAINTANCE),
                Option("witness", text.SOURCE_WITNESS),
                Option("lawyer", text.SOURCE_LAWYER),
                Option("ngo", text.SOURCE_NGO),
            ),
        ),
        Question(
            "basis",
            "many",
            text.BASIS,
            options=(
                Option("saw", text.BASIS_SAW),
                Option("told", text.BASIS_TOLD),
                Option("document", text.BASIS_DOCUMENT),
                Option("inferred", text.BASIS_INFERRED),
            ),
        ),
        _WHEN,
        _WHERE,
        Question("actor_text", "short", text.ACTOR, text.ACTOR_HELP),
        Question(
            "consent",
            "consent",
            text.CONSENT,
            text.CONSENT_HELP,
            options=(
                Option("public_statistics", text.CONSENT_STATISTICS),
                Option("share_territorial_prosecutor", text.CONSENT_PROSECUTOR),
                Option("share_international_court", text.CONSENT_COURT),
                Option("share_un", text.CONSENT_UN),
            ),
        ),
        Question("name", "name", text.NAME, text.NAME_HELP, most_characters=NAME_CHARACTERS),
    ),
    takes_files=True,
)


@dataclass
class Typed:
    """What came in from one page: kept only while this request is answered, and shown again if something is wrong."""

    form: Form
    values: dict[str, list[str]] = field(default_factory=dict)
    files: int = 0
    wants_receipt: bool = False

    def add(self, name: str, value: str) -> None:
        """Take one field; raise FormBroken for one that this page does not have."""
        if name == RECEIPT_FIELD:
            self.wants_receipt = value == "yes"
            return
        question = next((question for question in self.form.questions if question.id == name), None)
        if question is None or (question.options and value not in {option.code for option in question.options}):
            raise FormBroken
        values = self.values.setdefault(name, [])
        if values and question.kind not in ("many", "consent"):
            raise FormBroken
        # Browsers send line ends as CR LF; the letter keeps them as one character, and text in its one normal form.
        values.append(nfc(value.replace("\r\n", "\n")))

    def text(self, name: str) -> str:
        """Return what stands in a box, or nothing."""
        return (self.values.get(name) or [""])[0]

    def check(self, language: Language, *, has_file: bool) -> None:
        """Raise FormIncomplete with a sentence for each place that needs a look."""
        problems = {}
        for question in self.form.questions:
            surplus = len(self.text(question.id)) - question.most_characters
            if surplus > 0 and not question.options:
                problems[question.id] = language.say_count(*text.TOO_LONG, surplus)
        if not self.text("account").strip() and not has_file:
            empty = text.ACCOUNT_EMPTY_WITH_FILES if self.form.takes_files else text.ACCOUNT_EMPTY
            problems["account"] = language.say(empty)
        if problems and self.files:
            problems[FILES_FIELD] = language.say(text.FILES_AGAIN)
        if problems:
            raise FormIncomplete(problems)

    def letter(
        self, *, language: Language, written_on: date, reporter: Reporter | None, parts: tuple[Part, ...]
    ) -> Letter:
        """Return the letter that this page makes, sealed on arrival."""
        answers: dict[str, Any] = {}
        prompted = []
        for question in self.form.questions:
            values = [value for value in self.values.get(question.id, []) if value.strip()]
            if not values or question.kind in ("consent", "name"):
                continue
            answers[question.id] = {"tick": True, "many": values}.get(question.kind, values[0])
            if question.kind in ("tick", "one", "many"):
                prompted.append(question.id)
        return Letter(
            form=FORM,
            tier="C",
            language=language.tag,
            path=self.form.path,
            written_on=written_on,
            answers=answers,
            prompted=tuple(prompted),
            consent=tuple(self._consent(language)),
            reporter=reporter,
            parts=parts,
        )

    def identity(self) -> bytes | None:
        """Return what identifies somebody, for the part that is sealed apart; None if nothing was given."""
        name = self.text("name").strip()
        return identity_json(name=name, contact="") if name else None

    def _consent(self, language: Language) -> list[Consent]:
        wording = {option.code: option.text for question in self.form.questions for option in question.options}
        return [
            Consent(code, "given", hashlib.sha256(language.say(wording[code]).encode("utf-8")).hexdigest())
            for code in dict.fromkeys(self.values.get("consent", []))
        ]
