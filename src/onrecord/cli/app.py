"""The command line: `onrecord NOUN VERB`. Every noun has a file of its own beside this one, letters a folder.

Exit codes: 0 done, 1 a check failed or it was stopped, 2 usage, 3 refused (permission, basis, safety), 4 damaged or
forged. With `--json` an error is one JSON object on standard error; without, it is a sentence, what to do next, and
an id. Errors of the disk and of the databases become words here, because only here it is known that nobody below
could do better; whatever nobody foresaw ends as a sentence too, with the kind of error and the line of our code.
"""

import os
import resource
import sys
from types import TracebackType
from typing import Annotated, Any

import typer

from onrecord.cli import bundle, case, claim, docket, door, ledger, pattern, seal, source
from onrecord.cli.letter import commands as letter
from onrecord.cli.show import report_error
from onrecord.errors import BadInput, CheckFailed, Damaged, OnrecordError, Refused, Unforeseen, place_of
from onrecord.ground.files import NoSpaceLeft, is_no_space

# What typer answers when Ctrl-C ended a command.
INTERRUPTED = 130


class Stopped(CheckFailed):
    """Stopped before it was done; what was finished stays, and nothing is half done."""

    next_step = "Give the same command again for the rest."


class WrongUse(BadInput):
    """The command line does not know a command, option or value that was given, or misses one."""

    next_step = "Add --help to the command to see what it takes."

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint


class FileTrouble(BadInput):
    """A file, a folder or a connection that this needs cannot be used."""

    next_step = "Check the names that you gave, that each is there, and that you may read and write it."

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint


class DiskFails(OnrecordError):
    """The disk is full or fails; what you asked for was not recorded."""

    next_step = "Free some space, then do it again. If it happens again, look at the disk."


class DatabaseBusy(Refused):
    """Another program is writing to this docket and did not finish in time; nothing was recorded."""

    next_step = "Wait a moment, then do it again."


class DatabaseDamaged(Damaged):
    """The docket's database is damaged."""

    next_step = "Keep every file as it is. Restore the newest backup into a new folder with `onrecord restore`."


class DatabaseSilent(CheckFailed):
    """The database does not answer."""

    next_step = "Check that PostgreSQL runs and that `postgres` in docket.toml is right, then do it again."


# Words of SQLite and psycopg, in small letters, and what they mean for the person who reads them.
DATABASE_WORDS: tuple[tuple[str, type[OnrecordError]], ...] = (
    ("is full", NoSpaceLeft),
    ("no space left", NoSpaceLeft),
    ("disk i/o error", DiskFails),
    ("unable to open", DiskFails),
    ("locked", DatabaseBusy),
    ("malformed", DatabaseDamaged),
    ("not a database", DatabaseDamaged),
    ("no such table", DatabaseDamaged),
    ("connection", DatabaseSilent),
)

app = typer.Typer(
    name="onrecord",
    help="Record, document and report cases of forced recruitment, so that the violation can later be proven.",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def main_options(
    folder: Annotated[str, typer.Option("-d", "--docket", metavar="DIR", help="The docket's folder.")] = "",
) -> None:
    """Record, document and report cases of forced recruitment, so that the violation can later be proven."""
    if folder:
        os.environ["ONRECORD_DOCKET"] = folder


docket.register(app)
seal.register(app)
app.add_typer(door.app, name="door")
for noun in (letter, source, pattern, case, claim, ledger, bundle):
    noun.register(app)


def main() -> None:
    """Run the command line and end the process with its exit code; whatever nobody foresaw ends in a sentence."""
    sys.excepthook = report_unforeseen
    # A crash must not write to a disk the keys and words that are in memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    as_json = "--json" in arguments
    try:
        # Not `app(...)`: that would put typer's own hook, which prints a traceback, in the place of ours.
        answer = typer.main.get_command(app).main(arguments, standalone_mode=False)
    except OnrecordError as error:
        return report_error(error, as_json=as_json)
    except typer.Abort:  # Ctrl-C while something was asked
        return report_error(Stopped(), as_json=as_json)
    except typer.TyperException as error:
        return _report_wrong_use(error, as_json=as_json)
    except OSError as error:
        return report_error(_disk_error(error), as_json=as_json)
    except _database_errors() as error:
        return report_error(_database_error(error), as_json=as_json)
    if answer == INTERRUPTED:
        return report_error(Stopped(), as_json=as_json)
    return answer if isinstance(answer, int) else 0


def report_unforeseen(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Print an error that nobody foresaw: a sentence, an id and the line of our code; never a word from a case."""
    unforeseen = Stopped() if isinstance(error, KeyboardInterrupt) else Unforeseen()
    report_error(unforeseen, as_json="--json" in sys.argv, place=place_of(error))


def _report_wrong_use(error: Any, *, as_json: bool) -> int:
    """Explain a wrong use: typer knows the command's usage, a program gets the sentence alone."""
    if as_json:
        return report_error(WrongUse(error.format_message()), as_json=True)
    error.show()
    return WrongUse.exit_code


def _disk_error(error: OSError) -> OnrecordError:
    if is_no_space(error):
        return NoSpaceLeft()
    return FileTrouble(f"{error.strerror or 'no answer'} ({place_of(error)})")


def _database_errors() -> tuple[type[Exception], ...]:
    """Return the errors of the databases that this command has loaded; a command that loaded none raises none."""
    loaded = (sys.modules.get(name) for name in ("django.db", "sqlcipher3.dbapi2"))
    return tuple(module.DatabaseError for module in loaded if module is not None)


def _database_error(error: Exception) -> OnrecordError:
    """Return what a database's error means; raise it again if nobody foresaw it."""
    says = str(error).lower()
    for words, meaning in DATABASE_WORDS:
        if words in says:
            return meaning()
    raise error
