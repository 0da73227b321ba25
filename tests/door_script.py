"""The door's own script, run in node, so that tests can ask it one thing after another."""

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from age_programs import node

RUNNER = Path(__file__).with_name("door_script.mjs")


class RefusedByScript(Exception):
    """The script refused; the message is its code."""


class DoorScript:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, action: str, **request: Any) -> Any:
        """Let the script do one thing; raise RefusedByScript with its code if it would not."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"action": action, **request}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "refused" in answer:
            raise RefusedByScript(answer["refused"])
        return answer["done"]


@contextmanager
def door_script() -> Iterator[DoorScript]:
    """Run the script until the block ends."""
    command = [node(), RUNNER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield DoorScript(process)
        assert process.stdin
        process.stdin.close()


def text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
