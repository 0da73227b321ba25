"""The command line: `onrecord NOUN VERB`. Every noun has a file of its own beside this one.

Exit codes: 0 done, 1 a check failed, 2 usage, 3 refused (permission, basis, safety), 4 damaged or forged. With
`--json` an error is one JSON object on standard error; without, it is a sentence, what to do next, and an id.
"""

import os
import sys
from typing import Annotated

import typer

from onrecord.cli import bundle, case, claim, docket, door, ledger, letter, pattern, seal, source
from onrecord.cli.show import report_error
from onrecord.errors import OnrecordError

# What a shell answers for a program that Ctrl-C ended.
INTERRUPTED = 130

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
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        app(arguments)
    except OnrecordError as error:
        report_error(error, as_json="--json" in arguments)
        return error.exit_code
    except SystemExit as stop:  # typer ends every command so, and has said what was wrong with its use
        if stop.code == INTERRUPTED:
            print("Stopped. What was finished is recorded; the rest can be done again.", file=sys.stderr)  # noqa: T201
        return stop.code if isinstance(stop.code, int) else 0
    return 0
