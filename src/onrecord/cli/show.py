"""Print what a command found: for a person, or as JSON for a program.

Characters that could turn or hide a line of the terminal are shown by their code point, because names come from
strangers.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from onrecord.errors import OnrecordError
from onrecord.ground.text import visible

SHORT_CHARACTERS = 60

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_list(items: Iterable[dict[str, Any]], columns: Sequence[str], *, as_json: bool, nothing: str) -> None:
    """Print a list: one line an item, or `{"v":1,"items":[...]}`."""
    rows = list(items)
    if as_json:
        print_json({"v": 1, "items": rows})
        return
    if not rows:
        typer.echo(nothing)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), no_wrap=column == "id")
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in columns))
    # A list that goes to a file or a pipe is not cut to the width of a terminal that is not there.
    width = None if sys.stdout.isatty() else 200
    Console(markup=False, highlight=False, width=width).print(table)


def print_one(item: dict[str, Any], *, as_json: bool) -> None:
    """Print one thing: a line a field, or a JSON object."""
    if as_json:
        print_json(item)
        return
    width = max((len(name) for name in item), default=0)
    for name, value in item.items():
        typer.echo(f"{name.replace('_', ' '):<{width}}  {_cell(value)}")


def print_json(value: Any) -> None:
    """Print a JSON value on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def shortened(words: str) -> str:
    """Return words on one line, cut where a list has no room for more."""
    line = " ".join(words.split())
    return line if len(line) <= SHORT_CHARACTERS else line[:SHORT_CHARACTERS] + "..."


def report_error(error: OnrecordError, *, as_json: bool) -> None:
    """Print an error on standard error."""
    hint = getattr(error, "hint", "")
    if as_json:
        answer = {"error": error.sentence(), "next_step": error.next_step, "id": error.id}
        typer.echo(json.dumps(answer | ({"hint": hint} if hint else {}), ensure_ascii=False), err=True)
        return
    typer.echo(error.sentence(), err=True)
    if hint:
        typer.echo(f"Known here: {visible(str(hint))}", err=True)
    typer.echo(f"{error.next_step} (id {error.id})", err=True)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Any]:
    """Show on a terminal how far a long work is; the value is called with the number of steps done."""
    if not sys.stderr.isatty():
        yield lambda *_steps: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, total=total: bar.update(task, completed=done, total=total)


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_cell(item)}" for key, item in value.items())
    return visible(str(value))
