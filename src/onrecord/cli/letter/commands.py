"""Letters: write one and hand it in, collect what came, open, list, read, reply and grade."""

import typer

from onrecord.cli.letter.collect import collect
from onrecord.cli.letter.read import list_, read
from onrecord.cli.letter.reply import reply
from onrecord.cli.letter.send import send
from onrecord.cli.letter.write import write
from onrecord.cli.source import grade


def register(app: typer.Typer) -> None:
    """Add `onrecord letter ...` to the command line."""
    noun = typer.Typer(help="Letters: what arrives at the door.", no_args_is_help=True, rich_markup_mode=None)
    for command in (write, send, collect, read, reply, grade):
        noun.command()(command)
    noun.command("list")(list_)
    app.add_typer(noun, name="letter")
