"""The command line: `onrecord NOUN VERB`. Every noun has a file or a folder of its own beside this one.

Exit codes: 0 done, 1 a check failed or it was stopped, 2 usage, 3 refused (permission, basis, safety), 4 damaged or
forged. With `--json` an error is one JSON object on standard error; without, it is a sentence, what to do next, and
an id. Whatever nobody foresaw ends as a sentence too, with the kind of error and the line of our code.
"""

import os
import resource
import sys
from types import TracebackType
from typing import Annotated, Any

import typer

from onrecord.cli import bundle, case, claim, docket, ledger, member, pattern, seal, source
from onrecord.cli.door import commands as door
from onrecord.cli.keyset import commands as keyset
from onrecord.cli.kit import commands as kit
from onrecord.cli.law import commands as law
from onrecord.cli.letter import commands as letter
from onrecord.cli.show import report_error
from onrecord.cli.trouble import database_errors, of_the_database, of_the_disk
from onrecord.errors import BadInput, CheckFailed, OnrecordError, Unforeseen, place_of

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
for noun in (letter, keyset, kit, source, pattern, case, claim, law, member, ledger, bundle):
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
        return report_error(of_the_disk(error), as_json=as_json)
    except database_errors() as error:
        return report_error(of_the_database(error), as_json=as_json)
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
