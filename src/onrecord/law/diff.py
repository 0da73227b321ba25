"""Say what differs between two versions of the law, or between two assessments of one person."""

from collections.abc import Mapping
from typing import Any

from onrecord.law.model import Assessment, Law
from onrecord.law.show import assessment_json

# These two are said at the head: every file has them, and every version another one.
OF_EVERY_FILE = {"schema", "version"}


def compare_laws(old: Law, new: Law) -> dict[str, Any]:
    """Return which parts of every file were added, removed or changed, and the provisions whose text is another one."""
    return {
        "old": {"version": old.version, "sha256": old.sha256},
        "new": {"version": new.version, "sha256": new.sha256},
        **{_section(name): _compare(_parts(old, name), _parts(new, name)) for name in {**old.files, **new.files}},
        # A signature binds the text of a provision with all that it rests on: these need a new one.
        "to_sign_again": [
            name
            for name, provision in new.provisions.items()
            if name not in old.provisions or old.provisions[name].sha256 != provision.sha256
        ],
    }


def compare_assessments(old: Assessment | Mapping[str, Any], new: Assessment | Mapping[str, Any]) -> dict[str, Any]:
    """Return which statuses, flags and risks moved, each as [before, now]; also of assessments read from JSON."""
    before, now = (one if isinstance(one, Mapping) else assessment_json(one) for one in (old, new))
    moved: dict[str, Any] = {"law": [before["law"], now["law"]]}
    for section in ("elements", "provisions"):
        names = dict.fromkeys([*before[section], *now[section]])
        pairs = {name: [_status(before[section], name), _status(now[section], name)] for name in names}
        moved[section] = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    for section in ("flags", "risks"):
        was, are = ([_id(one) for one in assessment[section]] for assessment in (before, now))
        moved[section] = {
            "raised": [name for name in are if name not in was],
            "gone": [name for name in was if name not in are],
        }
    return moved


def _compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        "added": [name for name in new if name not in old],
        "removed": [name for name in old if name not in new],
        "changed": [name for name in new if name in old and old[name] != new[name]],
    }


def _section(file: str) -> str:
    return "conflict" if file.startswith("conflicts/") else file.removesuffix(".yaml")


def _parts(law: Law, file: str) -> dict[str, Any]:
    """Return all that stands in a file, each part under its name; what the file is named after needs no other."""
    if file not in law.files:
        return {}
    return {
        ".".join(one for one in (key, name) if one not in ("", _section(file))): part
        for key, value in law.files[file].values.items()
        if key not in OF_EVERY_FILE
        for name, part in _named(value).items()
    }


def _named(value: Any) -> Mapping[str, Any]:
    """Return the parts of a value by their names or ids; a value that has no such parts is one, and has no name."""
    if isinstance(value, list):
        ids = {one["id"]: one for one in value if isinstance(one, dict) and "id" in one}
        return ids if len(ids) == len(value) else {"": value}
    return value if isinstance(value, dict) else {"": value}


def _status(section: Mapping[str, Any], name: str) -> str | None:
    return section[name]["status"] if name in section else None


def _id(one: Any) -> str:
    return str(one["id"]) if isinstance(one, Mapping) else str(one)
