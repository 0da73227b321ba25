"""The reporter's form: its questions, and which of them stand on which path, read from `words/form/report_form.yaml`.

Pure data for the door's pages, the offline kit and the desk. Every sentence is English and a msgid of the catalogues.
The file is ours and never an operator's: tests/unit/words checks every code, name and notice in it, so that the door
need not carry the codebook.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from onrecord.ground.bounds import ACCOUNT_CHARACTERS, LINE_CHARACTERS
from onrecord.words.strict_yaml import read_data_file

FILE: Final = Path(__file__).parent / "form" / "report_form.yaml"

Kind = Literal["long", "short", "tick", "one", "many", "grid", "consent", "files"]
PathName = Literal["searched", "safe"]

# A name, however long, must fit the part of a letter that is sealed apart.
NAME_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be ticked; a row of a grid names the columns it has."""

    code: str
    text: str
    help: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question, as a page shows it and the letter names it."""

    id: str
    kind: Kind
    text: str
    help: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Option, ...] = ()
    required: bool = False
    sealed_apart: bool = False

    @property
    def most_characters(self) -> int:
        """Return how much can be written in answer to it."""
        if self.sealed_apart:
            return NAME_CHARACTERS
        return ACCOUNT_CHARACTERS if self.kind == "long" else LINE_CHARACTERS


@dataclass(frozen=True, slots=True)
class NoticeIf:
    """A notice that belongs to one answer."""

    question: str
    code: str
    notice: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Some questions that stand together, with the notices before them: shown, or folded behind one line."""

    id: str
    questions: tuple[Question, ...] = ()
    notices: tuple[str, ...] = ()
    notices_if: tuple[NoticeIf, ...] = ()
    folded: tuple[str, ...] = ()
    only_with_rota: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form: every question once, the screens of each path in order, and the form's own notices.

    A screen names notices by id; those that are not among `notices` are safety texts (words.safety).
    """

    version: str
    questions: Mapping[str, Question]
    notices: Mapping[str, str]
    paths: Mapping[PathName, tuple[Screen, ...]]

    def screens(self, path: PathName, *, has_rota: bool = False) -> tuple[Screen, ...]:
        """Return the screens of one path; danger is asked only where somebody reads letters every day."""
        return tuple(screen for screen in self.paths[path] if has_rota or not screen.only_with_rota)


@cache
def load_form() -> Form:
    """Return the form that this program carries."""
    values = read_data_file(FILE).values
    questions = {id: _question(id, question) for id, question in values["questions"].items()}
    screens = {id: _screen(id, screen, questions) for id, screen in values["screens"].items()}
    notices = {id: notice["text"] for id, notice in values["notices"].items()}
    paths = {path: tuple(screens[id] for id in values["paths"][path]) for path in get_args(PathName)}
    return Form(values["version"], questions, notices, paths)


def _question(id: str, values: Mapping[str, Any]) -> Question:
    columns = _options(values.get("columns", {}).get("options", ()))
    every = tuple(column.code for column in columns)
    shown = {name: values[name] for name in ("text", "help", "required", "sealed_apart") if name in values}
    return Question(id, values["kind"], options=_options(values.get("options", ()), every), columns=columns, **shown)


def _options(options: Any, columns: tuple[str, ...] = ()) -> tuple[Option, ...]:
    return tuple(
        Option(option["code"], option["text"], option.get("help", ""), tuple(option.get("columns", columns)))
        for option in options
    )


def _screen(id: str, values: Mapping[str, Any], questions: Mapping[str, Question]) -> Screen:
    return Screen(
        id,
        questions=tuple(questions[name] for name in values.get("questions", ())),
        notices=tuple(values.get("notices", ())),
        notices_if=tuple(
            NoticeIf(rule["question"], rule["is"], rule["notice"]) for rule in values.get("notices_if", ())
        ),
        folded=tuple(values.get("folded", ())),
        only_with_rota=values.get("only_with_rota", False),
    )
