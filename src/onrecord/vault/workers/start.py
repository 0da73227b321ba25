"""Run one task inside the sandbox: read the file from standard input, write the answer to standard output.

A task is a module beside this one with a function `work`, given the file's bytes and perhaps arguments, that returns
the content it made and what it found out. The answer is one line of JSON with what was found out, then the content.
"""

import json
import sys
from collections.abc import Mapping
from importlib import import_module

PLACES = ["/tasks", "/packages"]


def main(task: str, *arguments: str) -> None:
    """Do the task's work on what is read, and answer; facts that are unknown are left out, never guessed."""
    sys.path += PLACES
    facts: Mapping[str, str | None]
    content, facts = import_module(task).work(sys.stdin.buffer.read(), *arguments)
    known = {name: value for name, value in facts.items() if value}
    sys.stdout.buffer.write(json.dumps(known).encode("ascii") + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
