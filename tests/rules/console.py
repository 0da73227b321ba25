"""Run the `console` blocks of a page as a person would type them, and compare what they print.

A block holds commands, each on a line that begins with `$ ` (a backslash at its end carries it on), and below each what
it prints. A command that shows no output must only succeed; where output is shown, `...` stands for anything. The
commands of one page run in one shell, each from the top of a scratch folder that holds a docket of invented people.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== the command before ended with"


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page, and what the page says it prints (nothing: it says nothing about it)."""

    text: str
    output: str


def commands(page: str) -> list[Command]:
    """Read the commands of a page's console blocks, in order."""
    found = []
    for block in BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            text, _, output = re.sub(r"\\\n\s*", "", part).partition("\n")
            found.append(Command(text, output.strip()))
    return found


def run(page: list[Command], *, folder: Path, environment: dict[str, str]) -> None:
    """Run a page's commands; fail with what one printed unless it succeeds and prints what the page shows."""
    script = "".join(f"cd '{folder}'\n{command.text}\nprintf '\\n{MARK} %s\\n' $?\n" for command in page)
    result = subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    *printed, _ = re.split(rf"^{MARK} (\d+)\n", result.stdout, flags=re.MULTILINE)

    assert len(printed) == 2 * len(page), result.stdout
    for command, output, status in zip(page, printed[::2], printed[1::2], strict=True):
        seen = f"$ {command.text}\n{output}"
        assert status == "0", f"{seen}\n(exit code {status})"
        assert not command.output or _matches(command.output, output), f"{seen}\n(the page shows)\n{command.output}"


def _matches(shown: str, printed: str) -> bool:
    lines = [line.rstrip() for line in printed.strip().splitlines()]
    pattern = ".*".join(re.escape(part) for part in shown.split("..."))
    return re.fullmatch(pattern, "\n".join(lines), re.DOTALL) is not None
