"""Print what differs between two versions of the law data, or between two assessments."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli.law.reading import read_folder
from onrecord.cli.show import AsJson, print_json
from onrecord.errors import BadInput

ASSESSMENT_KEYS = {"law", "elements", "provisions", "flags", "risks", "gaps"}

Side = Annotated[Path, typer.Argument(exists=True, metavar="DIR|FILE")]


class NotComparable(BadInput):
    """These two cannot be compared."""

    next_step = "Give two folders of law data, or two files that `onrecord law assess --json` printed."


def diff(old: Side, new: Side, as_json: AsJson = False) -> None:
    """Show which elements and provisions another version changes, or which statuses moved between two assessments."""
    from onrecord.law.diff import compare_assessments, compare_laws

    if old.is_dir() != new.is_dir():
        raise NotComparable
    if old.is_dir():
        found = compare_laws(read_folder(old), read_folder(new))
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
    lines = []
    for section, changes in found.items():
        if section in ("old", "new", "law"):
            continue
        title = section.replace("_", " ")
        if isinstance(changes, list):
            lines += [f"{title}: {', '.join(changes)}"] if changes else []
            continue
        for name, change in changes.items():
            if (
                isinstance(change, list)
                and len(change) == 2
                and section in ("elements", "provisions")
                and "added" not in changes
            ):
                lines.append(f"{title}: {name}: {change[0]} -> {change[1]}")
            elif change:
                lines.append(f"{title} {name}: {', '.join(change)}")
    return lines or ["Nothing differs."]
