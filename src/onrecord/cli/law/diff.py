"""Print what differs between two versions of the law data, or between two assessments."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli.law.case import moved_of_docket
from onrecord.cli.law.reading import read_folder
from onrecord.cli.show import AsJson, print_json
from onrecord.errors import BadInput

UNSAID = {"old", "new", "law", "case", "person"}
ASSESSMENT_KEYS = {"law", "elements", "provisions", "flags", "risks", "gaps"}

Side = Annotated[Path, typer.Argument(exists=True, metavar="DIR|FILE")]


class NotComparable(BadInput):
    """These two cannot be compared."""

    next_step = "Give two folders of law data, or two files that `onrecord law assess --json` printed."


def diff(
    old: Side,
    new: Side,
    docket: Annotated[
        Path | None, typer.Option("-d", "--docket", metavar="DIR", help="Also the cases of it that would move.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show which elements and provisions another version changes, or which statuses moved between two assessments."""
    from onrecord.law.diff import compare_assessments, compare_laws

    if old.is_dir() != new.is_dir() or (docket is not None and not old.is_dir()):
        raise NotComparable
    if old.is_dir():
        laws = read_folder(old), read_folder(new)
        found = compare_laws(*laws)
        if docket is not None:
            found["moved"] = moved_of_docket(docket, *laws)
    else:
        found = compare_assessments(_assessment(old), _assessment(new))
    if as_json:
        print_json(found)
        return
    for line in _lines(found):
        typer.echo(line)


def _assessment(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        raise NotComparable from None
    if not isinstance(value, dict) or set(value) != ASSESSMENT_KEYS:
        raise NotComparable
    return value


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [line for section, changes in found.items() for line in _section(section, changes)]
    return lines or ["Nothing differs."]


def _section(section: str, changes: Any) -> Iterator[str]:
    title = section.replace("_", " ")
    if section == "moved":
        for one in changes:
            yield f"case {one['case']}, person {one['person']} would move:"
            yield from (f"  {line}" for line in _lines(one))
    elif section in UNSAID:
        return
    elif isinstance(changes, list):
        if changes:
            yield f"{title}: {', '.join(changes)}"
    else:
        for name, change in changes.items():
            if section in ("elements", "provisions") and "added" not in changes:
                yield f"{title}: {name}: {change[0]} -> {change[1]}"
            elif change:
                yield f"{title} {name}: {', '.join(change)}"
