"""What came in from one page of questions, what is wrong with it, and the letter that it makes.

Questions, codes and their order are those of words.form; only "what happened" is needed, and a file can stand in for
it. What was ticked is marked as prompted, because a tick answers our words and not the reporter's own.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from onrecord.door.text import COUNTED, TEXT
from onrecord.errors import BadInput
from onrecord.ground.text import kept
from onrecord.seal.letter.content import Consent, Letter, Part, Reporter
from onrecord.seal.letter.write import identity_json
from onrecord.seal.receipt import ENTROPY_BYTES
from onrecord.words.catalogue import Language
from onrecord.words.form import Option, Question, Screen

RECEIPT_FIELD: Final = "receipt"
FILES_FIELD: Final = "files"
# What the page of an opened box carries, so that what is written there can be signed as its reporter's.
BOX_FIELD: Final = "box"
# The row that stands for every purpose.
EVERYTHING: Final = "all"
# A line that no person sees. A program that fills in whatever it finds fills it in too.
TRAP_FIELD: Final = "subject"
_ANSWER: Final = re.compile(r"answer\.[1-9][0-9]{0,5}")
_TEXTS: Final = ("long", "short")


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


@dataclass(frozen=True)
class Sheet:
    """One page of questions: which form the letter names, and what may be answered."""

    form: str
    path: Literal["searched", "safe", ""]
    screens: tuple[Screen, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return every question of the page."""
        return tuple(question for screen in self.screens for question in screen.questions)

    @cached_property
    def takes_files(self) -> bool:
        """Tell whether files may come with it."""
        return any(question.kind == "files" for question in self.questions)

    @cached_property
    def fields(self) -> dict[str, tuple[bool, frozenset[str]]]:
        """Return, for each name that a field may have, whether it may come again, and what it may say (or anything)."""
        return {name: (again, codes) for question in self.questions for name, again, codes in _fields(question)}

    def and_answer(self, name: str) -> "Sheet":
        """Return this page with a box for the answer to one of the desk's questions, whichever they are by now."""
        return replace(self, screens=(Screen(name, (Question(name, "long", ""),)), *self.screens))


def _fields(question: Question) -> Iterator[tuple[str, bool, frozenset[str]]]:
    # An empty value is how a radio button takes a choice back.
    columns = frozenset({"", *(column.code for column in question.columns)})
    match question.kind:
        case "grid" | "consent":
            for row in question.options:
                yield f"{question.id}.{row.code}", question.kind == "grid", columns & {"", *row.columns}
        case "one" | "many":
            yield question.id, question.kind == "many", frozenset({"", *(option.code for option in question.options)})
        case "tick":
            yield question.id, False, frozenset({"yes"})
        case "long" | "short":
            yield question.id, False, frozenset()


@dataclass
class Typed:
    """What came in from one page: kept only while this request is answered, and shown again if something is wrong."""

    sheet: Sheet
    values: dict[str, list[str]] = field(default_factory=dict)
    files: int = 0
    wants_receipt: bool = False
    trap: str = ""
    entropy: bytes = b""

    def add(self, name: str, value: str) -> None:
        """Take one field; raise FormBroken for one that this page does not have."""
        if name == RECEIPT_FIELD and self.sheet.path:
            self.wants_receipt = value == "yes"
        elif name == BOX_FIELD and not self.sheet.path:
            self.entropy = _entropy(value)
        elif name == TRAP_FIELD:
            self.trap = value
        else:
            self._answer(name, value)

    def _answer(self, name: str, value: str) -> None:
        if not self.sheet.path and name not in self.sheet.fields and _ANSWER.fullmatch(name):
            self.sheet = self.sheet.and_answer(name)
        if name not in self.sheet.fields:
            raise FormBroken
        comes_again, codes = self.sheet.fields[name]
        values = self.values.setdefault(name, [])
        if (codes and value not in codes) or (values and not comes_again):
            raise FormBroken
        values.append(kept(value))

    def text(self, name: str) -> str:
        """Return what stands in a box, or nothing."""
        return (self.values.get(name) or [""])[0]

    def chosen(self, name: str) -> list[str]:
        """Return what was chosen, each once and without what says nothing."""
        return [value for value in dict.fromkeys(self.values.get(name, ())) if value.strip()]

    def is_touched(self, questions: Iterable[Question]) -> bool:
        """Tell whether one of these questions was answered."""
        ids = {question.id for question in questions}
        return any(self.chosen(name) for name in self.values if name.partition(".")[0] in ids)

    def check(self, language: Language, *, has_file: bool) -> None:
        """Raise FormIncomplete with a sentence for each place that needs a look."""
        if not self.sheet.path and not self.entropy:
            raise FormBroken
        problems = {TRAP_FIELD: language.say(TEXT["trap_filled"])} if self.trap else {}
        for question in self.sheet.questions:
            surplus = len(self.text(question.id)) - question.most_characters
            if surplus > 0 and question.kind in _TEXTS:
                problems[question.id] = language.say_count(*COUNTED["too_long"], surplus)
            if question.required and not has_file and not self.chosen(question.id):
                empty = "account_empty_with_files" if self.sheet.takes_files else "account_empty"
                problems[question.id] = language.say(TEXT[empty])
        if not (self.sheet.path or has_file or any(map(self.chosen, self.values))):
            problems["more"] = language.say(TEXT["box_empty"])
        if problems and self.files:
            problems[FILES_FIELD] = language.say(TEXT["files_again"])
        if problems:
            raise FormIncomplete(problems)

    def letter(
        self, *, language: Language, written_on: date, reporter: Reporter | None, parts: tuple[Part, ...]
    ) -> Letter:
        """Return the letter that this page makes, sealed on arrival."""
        answers = {question.id: answer for question, answer in self._answers()}
        return Letter(
            form=self.sheet.form,
            tier="C",
            language=language.tag,
            path=self.sheet.path,
            written_on=written_on,
            answers=answers,
            prompted=tuple(question.id for question, _ in self._answers() if question.kind not in _TEXTS),
            consent=tuple(self._consent(language)),
            reporter=reporter,
            parts=parts,
        )

    def identity(self) -> bytes | None:
        """Return what identifies somebody, for the part that is sealed apart; None if nothing was given."""
        names = [self.text(question.id).strip() for question in self.sheet.questions if question.sealed_apart]
        return identity_json(name=names[0], contact="") if any(names) else None

    def _answers(self) -> Iterator[tuple[Question, Any]]:
        for question in self.sheet.questions:
            values = self.chosen(question.id)
            rows = {row.code: self.chosen(f"{question.id}.{row.code}") for row in question.options}
            if question.kind == "grid" and any(rows.values()):
                yield question, {row: columns for row, columns in rows.items() if columns}
            elif values and not question.sealed_apart:
                yield question, {"tick": True, "many": values}.get(question.kind, values[0])

    def _consent(self, language: Language) -> Iterator[Consent]:
        for question in self.sheet.questions:
            rows = {row.code: row for row in question.options} if question.kind == "consent" else {}
            every = rows.pop(EVERYTHING, None) if self.chosen(f"{question.id}.{EVERYTHING}") else None
            states = {column.code: column for column in question.columns}
            for code, row in rows.items():
                state = states.get(self.text(f"{question.id}.{EVERYTHING if every else code}"))
                if state and code != EVERYTHING:
                    yield Consent(code, state.code, wording_sha256(language, every or row, state))


def wording_sha256(language: Language, row: Option, column: Option) -> str:
    """Return the hash of what was on the screen beside a choice: the purpose, its consequence, the choice."""
    shown = "\n".join(language.say(sentence) for sentence in (row.text, row.help, column.text) if sentence)
    return hashlib.sha256(shown.encode("utf-8")).hexdigest()


def _entropy(value: str) -> bytes:
    try:
        entropy = bytes.fromhex(value)
    except ValueError:
        raise FormBroken from None
    if len(entropy) != ENTROPY_BYTES:
        raise FormBroken
    return entropy
