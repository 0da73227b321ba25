"""A real desk in a process of its own: the passphrase comes by a pipe, as it would from a prompt."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from waiting import PATIENCE_SECONDS, wait_until

_START = """
import sys, django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.desk.settings"
django.setup()
from pathlib import Path
from onrecord.casework.docket import Docket
from onrecord.desk.serve import serve
from onrecord.ground.clock import SystemClock
from onrecord.seal.keyring import unlock
folder = Path(sys.argv[1])
keyring = unlock(folder / "keys", sys.stdin.readline().rstrip("\\n"), kind="operator")
serve(Docket.open(folder, keyring, SystemClock()), int(sys.argv[2]))
"""


@dataclass
class RunningDesk:
    process: subprocess.Popen[bytes]
    address: str
    errors: Path


@contextmanager
def running_desk(docket: Path, port: int, passphrase: str) -> Iterator[RunningDesk]:
    errors = docket / "stderr"
    with errors.open("wb") as stderr:
        command = [sys.executable, "-c", _START, str(docket), str(port)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stderr, stderr=stderr)
    assert process.stdin is not None
    process.stdin.write(passphrase.encode() + b"\n")
    process.stdin.close()
    desk = RunningDesk(process, f"http://localhost:{port}", errors)
    try:
        _wait_until_open(desk)
        yield desk
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def _wait_until_open(desk: RunningDesk) -> None:
    if not wait_until(lambda: desk.process.poll() is not None or _answers(desk)) or desk.process.poll() is not None:
        raise RuntimeError(desk.errors.read_text())


def _answers(desk: RunningDesk) -> bool:
    try:
        urllib.request.urlopen(f"{desk.address}/sign-in", timeout=PATIENCE_SECONDS).close()
    except OSError:
        return False  # not yet
    return True
