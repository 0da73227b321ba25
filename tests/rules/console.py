"""Run the `console` blocks of a page as a person would type them, and compare what they print.

A block holds commands, each on a line that begins with `$ `, and below each what it prints. A command that shows no
output must only succeed; where output is shown, `...` stands for anything. The commands of one page run one after
another in one scratch folder, beside a docket of invented people; variables that one sets are there for the next.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page, and what the page says it prints (nothing: it says nothing about it)."""

    text: str
    output: str


def commands(page: str) -> Iterator[Command]:
    """Read the commands of a page's console blocks, in order; a line that ends in a backslash goes on."""
    for block in BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            text, _, output = re.sub(r"\\\n\s*", "", part).partition("\n")
            yield Command(text, output.strip())


def run(command: Command, *, folder: Path, environment: dict[str, str]) -> None:
    """Run one command; fail with what it printed unless it succeeds and prints what the page shows."""
    variables = folder / ".variables"
    result = subprocess.run(
        ["/bin/bash", "-a", "-c", f"trap 'export -p >{variables}' EXIT\n{command.text}"],
        cwd=folder,
        env={**environment, "BASH_ENV": str(variables)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    seen = f"$ {command.text}\n{result.stdout}"
    assert result.returncode == 0, f"{seen}\n(exit code {result.returncode})"
    assert not command.output or _matches(command.output, result.stdout), f"{seen}\n(the page shows)\n{command.output}"


def _matches(shown: str, printed: str) -> bool:
    lines = [line.rstrip() for line in printed.strip().splitlines()]
    pattern = ".*".join(re.escape(part) for part in shown.split("..."))
    return re.fullmatch(pattern, "\n".join(lines), re.DOTALL) is not None
