"""Read law data for a command: this program's own, or a folder that was named."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadInput, NotThere

if TYPE_CHECKING:
    from onrecord.law.model import Law


Conflict = Annotated[
    str, typer.Option("--conflict", metavar="NAME|FILE.yaml", help="By whose table citizenship and place are read.")
]


class NotLawData(BadInput):
    """The folder does not hold law data: a file of it is missing, or is not a text."""

    next_step = "Name a folder with the files that docs/LAW.md lists."


class LawDataRefused(BadInput):
    """The folder holds law data that cannot be used."""

    next_step = "Correct the file at the line shown; docs/LAW.md says what may stand where."

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint


class NoSuchProvision(NotThere):
    """The law has no provision and no element of this name."""

    next_step = "`onrecord law list` shows the provisions; `onrecord law show PROVISION` their elements."


def read_folder(folder: Path | None, conflict: str = "", *, also: "Iterable[Callable[[Law], object]]" = ()) -> "Law":
    """Return the law of a folder, or this program's own; `also` reads further parts of it, which may be wrong too.

    The table is that of the conflict named, that of a file, or the first one's.
    """
    from onrecord.law.load import CONFLICT, load_law, read_law
    from onrecord.words.strict_yaml import DataFileWrong

    table = Path(conflict) if conflict.endswith(".yaml") else conflict or CONFLICT
    try:
        law = load_law(table) if folder is None else read_law(folder, table)
        for part in also:
            part(law)
    except DataFileWrong as error:
        if folder is None and isinstance(table, str):
            raise
        raise LawDataRefused(f"{error.file}, line {error.line}: {error.sentence()} ({error.reason})") from error
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise NotLawData from error
    return law
