"""Read a data file so that it means what a careful person sees, or refuse it and name the line.

YAML 1.2 (so `no` and `NO` are words, not "false"), and less than that: no key twice, no aliases, no tags, only words,
whole numbers, true, false and nothing. Dates and fractions must be quoted: nobody should have to know YAML's rules.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from onrecord.errors import Damaged

Place = tuple[str | int, ...]

TAG = "tag:yaml.org,2002:"
PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
# Eighteen digits at most: int() refuses thousands with an error of its own.
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


class DataFileWrong(Damaged):
    """A data file of this program is written wrongly and nothing of it was used."""

    next_step = "Correct the file at the line shown, or install the program again."

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__()
        self.file, self.line, self.reason = file, line, reason

    def __str__(self) -> str:
        # These files are ours and hold no word of a case, so the place may be shown.
        return f"{self.sentence()} ({self.file}, line {self.line}: {self.reason})"


@dataclass(frozen=True, slots=True)
class DataFile:
    """The values of one data file, and the line on which each of them stands."""

    name: str
    values: dict[str, Any]
    lines: dict[Place, int] = field(repr=False)

    def wrong(self, place: Place, reason: str) -> DataFileWrong:
        """Return the error that names the line of a value; a missing value is looked for where it should have been."""
        while place and place not in self.lines:
            place = place[:-1]
        return DataFileWrong(self.name, self.lines.get(place, 1), reason)


def read_data_file(path: Path) -> DataFile:
    """Read a data file; raise DataFileWrong with the line for anything this subset of YAML does not have."""
    return parse_data(path.read_text(encoding="utf-8"), name=path.name)


def parse_data(text: str, *, name: str) -> DataFile:
    """Read the text of a data file; raise DataFileWrong with the line for anything this subset does not have."""
    lines: dict[Place, int] = {}
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        if not isinstance(root, MappingNode):
            raise DataFileWrong(name, 1, "the file must be a list of names with values")
        return DataFile(name, _Reader(name, lines).value(root, ()), lines)
    except (YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise DataFileWrong(name, mark.line + 1 if mark else 1, "this is not YAML, or too deep") from error


@dataclass(slots=True)
class _Reader:
    name: str
    lines: dict[Place, int]
    seen: set[int] = field(default_factory=set)

    def value(self, node: Node, place: Place) -> Any:
        if id(node) in self.seen:
            raise self.wrong(node, "an alias repeats this value; write it out in both places")
        self.seen.add(id(node))
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, MappingNode | SequenceNode) and node.tag not in (f"{TAG}map", f"{TAG}seq"):
            raise self.wrong(node, "tags are not read; leave out what begins with !")
        if isinstance(node, MappingNode):
            return {key: self.value(value, (*place, key)) for key, value in self.pairs(node)}
        if isinstance(node, SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self.scalar(node)

    def pairs(self, node: MappingNode) -> Iterator[tuple[str, Node]]:
        keys: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode) or key_node.tag != f"{TAG}str":
                raise self.wrong(key_node, "a name must be a word; quote it")
            if key_node.value in keys:
                raise self.wrong(key_node, "this name is given twice")
            keys.add(key_node.value)
            yield key_node.value, value_node

    def scalar(self, node: Node) -> str | int | bool | None:
        text = str(node.value)
        if node.tag == f"{TAG}str":
            return text
        if node.tag in (f"{TAG}null", f"{TAG}bool") and text in PLAIN:
            return PLAIN[text]
        if node.tag == f"{TAG}int" and WHOLE_NUMBER.fullmatch(text):
            return int(text)
        raise self.wrong(node, "this value must be quoted")

    def wrong(self, node: Node, reason: str) -> DataFileWrong:
        return DataFileWrong(self.name, node.start_mark.line + 1, reason)
