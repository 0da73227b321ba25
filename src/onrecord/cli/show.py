"""Print what a command found: for a person, or as JSON for a program.

Characters that could turn or hide a line of the terminal are shown by their code point, because names come from
strangers.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from onrecord.errors import OnrecordError
from onrecord.ground.text import visible

# A list that goes to a file or a pipe is not cut to the width of a terminal that is not there.
PIPE_CHARACTERS = 200

Step = Callable[..., None]

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

    filled = [column for column in columns if any(row[column] not in ("", None, []) for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in filled:
        table.add_column(column.replace("_", " "), no_wrap=column == "id", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in filled))
    width = None if sys.stdout.isatty() else PIPE_CHARACTERS
    Console(markup=False, highlight=False, width=width).print(table)


def print_one(item: Mapping[str, Any], *, as_json: bool) -> None:
    """Print one thing: a line a field, or a JSON object."""
    if as_json:
        print_json(item)
        return
    width = max((len(name) for name in item), default=0)
    for name, value in item.items():
        typer.echo(f"{name.replace('_', ' '):<{width}}  {_cell(value)}".rstrip())


def print_json(value: Any) -> None:
    """Print a JSON value on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_section(title: str) -> None:
    """Begin a new section of what a person reads."""
    typer.echo()
    typer.secho(title, bold=True)


def print_text(text: str | None) -> None:
    """Print a text by its paragraphs, each behind the characters START:END that it covers, as --passage takes them."""
    if not text:
        typer.echo("There is no text in which a passage could be marked.")
        return
    paragraphs = list(re.finditer(r"[^\r\n]*\S[^\r\n]*", text))
    width = len(str(len(text)))
    for number, paragraph in enumerate(paragraphs, 1):
        span = f"{paragraph.start():>{width}}:{paragraph.end():<{width}}"
        typer.echo(f"{number:>{len(str(len(paragraphs)))}}  {span}  {visible(paragraph.group())}")


def report_error(error: OnrecordError, *, as_json: bool, place: str = "") -> int:
    """Print an error on standard error and return its exit code; `place` is a line of our own code."""
    hint = getattr(error, "hint", "")
    if as_json:
        answer = {"error": error.sentence(), "next_step": error.next_step, "id": error.id}
        more = {name: value for name, value in (("hint", hint), ("place", place)) if value}
        typer.echo(json.dumps(answer | more, ensure_ascii=False), err=True)
        return error.exit_code
    typer.echo(error.sentence(), err=True)
    if hint:
        typer.echo(f"Hint: {visible(str(hint))}", err=True)
    typer.echo(f"{error.next_step} (id {error.id}{place and ', '}{place})", err=True)
    return error.exit_code


@contextmanager
def progress(what: str, total: int | None = None, *, in_bytes: bool = False) -> Iterator[Step]:
    """Show on a terminal how far a long work is; the value is called with how much is done, of how much, of what."""
    if not sys.stderr.isatty():
        yield lambda *_steps: None
        return
    from rich.console import Console
    from rich.progress import DownloadColumn, MofNCompleteColumn, Progress

    columns = [*Progress.get_default_columns()]
    if in_bytes or total is not None:
        columns.append(DownloadColumn() if in_bytes else MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, of=None, what=None: bar.update(task, completed=done, total=of, description=what)


def counted(chunks: Iterable[bytes], step: Step) -> Iterator[bytes]:
    """Pass bytes on and report how many have gone by."""
    done = 0
    for chunk in chunks:
        done += len(chunk)
        step(done)
        yield chunk


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_cell(item)}" for key, item in value.items())
    # A line end in a stranger's name would let it write lines of its own among ours.
    return "" if value is None else visible(str(value)).replace("\n", "[U+000A]")
