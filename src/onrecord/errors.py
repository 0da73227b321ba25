"""The four families of refusal, and what each promises a reader under stress.

Every error is a class of its own beside the code that raises it. The first line of its docstring is the sentence a
person reads; `next_step` says what to do. Neither ever holds a name, a code, a path or a word from a case: what helps
to find the cause is the random `id`, which is printed on screen and nowhere else.
"""

import copyreg
import secrets
from pathlib import Path
from typing import Any, ClassVar

PACKAGE = Path(__file__).parent


class OnrecordError(Exception):
    """Something went wrong and nothing was changed."""

    next_step: ClassVar[str] = "Try again. If it happens again, tell your operator the id shown here."
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self) -> None:
        super().__init__(self.sentence())
        self.id = secrets.token_hex(4)

    def __reduce__(self) -> tuple[Any, ...]:
        # An error crosses from one process to another as itself, with its id; made again, not raised anew.
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]

    @classmethod
    def sentence(cls) -> str:
        """Return the sentence a person reads: the first paragraph of the class's docstring, on one line."""
        return " ".join((cls.__doc__ or "").split("\n\n")[0].split())


class CheckFailed(OnrecordError):
    """A check found something wrong."""

    exit_code = 1
    http_status = 422


class BadInput(OnrecordError):
    """What was given cannot be used."""

    next_step = "Correct what was given and try again."
    exit_code = 2
    http_status = 400


class NotThere(BadInput):
    """There is nothing of this identifier."""

    next_step = "Look for it in the list; it may have been erased."
    http_status = 404


class Refused(OnrecordError):
    """This was refused."""

    next_step = "Ask the person who keeps this docket."
    exit_code = 3
    http_status = 403


class Damaged(OnrecordError):
    """Something on disk is damaged or was forged."""

    next_step = "Stop writing, keep every file as it is, and run `onrecord ledger audit`."
    exit_code = 4
    http_status = 500


class Unforeseen(OnrecordError):
    """Something in this program went wrong, and what you asked for may not be done."""


def sentence_of(name: str) -> str:
    """Return the sentence of an error that was recorded by the name of its class; the name itself if none has it."""
    kinds = list(OnrecordError.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    return next((kind.sentence() for kind in kinds if kind.__name__ == name), name)


def place_of(error: BaseException) -> str:
    """Name an error's kind and the line of ours where it came up; never its message, which may hold words of a case."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(PACKAGE):
            place = f" {path.relative_to(PACKAGE)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
