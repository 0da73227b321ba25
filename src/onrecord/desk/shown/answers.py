"""Show what a reporter answered in the words of the form they had before them, in English, and what was only ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from onrecord.casework.models import Letter, Reply
from onrecord.desk.shown.wording import field_name
from onrecord.intake.unseal import ACCOUNT, ANSWER, ERASE, MORE
from onrecord.words.form import Option, Question, load_form

MAILBOX_FORM = "mailbox."


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `was_prompted` says that the reporter ticked what was offered, and did not tell it unasked."""

    question: str
    lines: tuple[str, ...]
    was_prompted: bool


def is_from_mailbox(row: Letter) -> bool:
    """Tell whether a letter was written under a receipt, in answer to a box."""
    return row.form.startswith(MAILBOX_FORM)


def answers_of(row: Letter, replies: Mapping[int, Reply]) -> list[Answer]:
    """Return the answers of a letter but for its account, each under the question that was asked."""
    questions = load_form().questions
    return [
        Answer(
            _asked(row, name, questions.get(name), replies),
            tuple(_lines(answer, questions.get(name))),
            name in row.prompted,
        )
        for name, answer in sorted(row.answers.items(), key=lambda answer: _place(answer[0], tuple(questions)))
        if name != ACCOUNT
    ]


def _place(name: str, questions: Sequence[str]) -> tuple[int, int]:
    """Return where an answer stands: answers to messages first, in their order, then all else in the form's order."""
    number = name.removeprefix(ANSWER)
    if name.startswith(ANSWER) and number.isdecimal():
        return -1, int(number)
    return (questions.index(name) if name in questions else len(questions)), 0


def _asked(row: Letter, name: str, question: Question | None, replies: Mapping[int, Reply]) -> str:
    if is_from_mailbox(row):
        return _asked_in_box(name, replies)
    return question.text if question else field_name(name)


def _asked_in_box(name: str, replies: Mapping[int, Reply]) -> str:
    number = name.removeprefix(ANSWER)
    if name.startswith(ANSWER) and number.isdecimal() and int(number) in replies:
        return replies[int(number)].text
    own = {MORE: gettext("Added or corrected"), ERASE: gettext("Asks to erase everything")}
    return own.get(name, field_name(name))


def _lines(answer: Any, question: Question | None) -> list[str]:
    options = question.options if question else ()
    if isinstance(answer, bool):
        return [gettext("ticked") if answer else gettext("not ticked")]
    if isinstance(answer, list):
        return [_option(options, str(code)) for code in answer]
    if isinstance(answer, dict):
        columns = question.columns if question else ()
        return [f"{_option(options, row)}: {', '.join(_cell(columns, cell))}" for row, cell in answer.items()]
    return [_option(options, str(answer))]


def _cell(columns: tuple[Option, ...], cell: Any) -> list[str]:
    return [_option(columns, str(code)) for code in (cell if isinstance(cell, list) else [cell])]


def _option(options: tuple[Option, ...], code: str) -> str:
    return next((option.text for option in options if option.code == code), code)
