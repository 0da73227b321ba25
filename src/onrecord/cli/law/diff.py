"""Print what differs between two versions of the law data, or between two assessments."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli.law.case import moved_of_docket
from onrecord.cli.law.reading import Conflict, read_folder
from onrecord.cli.opening import open_docket
from onrecord.cli.show import AsJson, print_json
from onrecord.errors import BadInput

UNSAID = {"old", "new", "law", "case", "person", "event"}
ASSESSMENT_KEYS = {"law", "elements", "provisions", "flags", "risks", "gaps"}
NOTHING = "Nothing differs."
NO_VALUE = "No value differs: only the version, comments, spaces or the order of names."
NO_STATUS = "No status differs."
NOT_THERE = "not there"

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
    conflict: Conflict = "",
    as_json: AsJson = False,
) -> None:
    """Show which elements and provisions another version changes, or which statuses moved between two assessments.

    With a docket, both versions are read with the table of its settings, unless another is named.
    """
    from onrecord.law.diff import compare_assessments, compare_laws

    if old.is_dir() != new.is_dir() or ((docket is not None or conflict) and not old.is_dir()):
        raise NotComparable
    if old.is_dir():
        if docket is not None:
            opened = open_docket(docket)
            conflict = conflict or opened.law.conflict.id
        laws = read_folder(old, conflict), read_folder(new, conflict)
        found = compare_laws(*laws)
        if docket is not None:
            found["moved"] = moved_of_docket(*laws)
    else:
        found = compare_assessments(_assessment(old), _assessment(new))
    if as_json:
        print_json(found)
        return
    for line in _with_head(found):
        typer.echo(line)


def _assessment(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise NotComparable from None
    if not isinstance(value, dict) or set(value) != ASSESSMENT_KEYS or not _is_printed(value):
        raise NotComparable
    return value


def _is_printed(value: dict[str, Any]) -> bool:
    """Tell whether what is compared has the shape in which `law assess --json` prints it."""
    law, flags, risks = value["law"], value["flags"], value["risks"]
    return (
        isinstance(law, dict)
        and set(law) == {"version", "sha256"}
        and all(_are_statuses(value[section]) for section in ("elements", "provisions"))
        and isinstance(flags, list)
        and all(isinstance(flag, str) for flag in flags)
        and isinstance(risks, list)
        and all(isinstance(risk, dict) and isinstance(risk.get("id"), str) for risk in risks)
    )


def _are_statuses(section: Any) -> bool:
    from onrecord.law.model import Status

    statuses = section.values() if isinstance(section, dict) else ()
    return bool(statuses) and all(isinstance(one, dict) and one.get("status") in list(Status) for one in statuses)


def _with_head(found: dict[str, Any]) -> list[str]:
    """Return what differs in lines, below both versions where these are not the same to the byte."""
    old, new = found["law"] if "law" in found else (found["old"], found["new"])
    lines = _lines(found)
    if old == new:
        return lines or [NOTHING]
    head = [f"{side}: law data {one['version']}, SHA-256 {one['sha256']}" for side, one in (("old", old), ("new", new))]
    return head + (lines or [NO_STATUS if "law" in found else NO_VALUE])


def _lines(found: dict[str, Any]) -> list[str]:
    return [line for section, changes in found.items() for line in _section(section, changes)]


def _section(section: str, changes: Any) -> Iterator[str]:
    title = section.replace("_", " ")
    if section == "moved":
        for one in changes:
            event = f", event {one['event']} alone" if one["event"] else ""
            yield f"case {one['case']}, person {one['person']}{event} would move:"
            yield from (f"  {line}" for line in _lines(one))
    elif section in UNSAID:
        return
    elif isinstance(changes, list):
        if changes:
            yield f"{title}: {', '.join(changes)}"
    else:
        for name, change in changes.items():
            if section in ("elements", "provisions") and "added" not in changes:
                yield f"{title}: {name}: {change[0] or NOT_THERE} -> {change[1] or NOT_THERE}"
            elif change:
                yield f"{title} {name}: {', '.join(change)}"
