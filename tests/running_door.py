"""A real door in a process of its own, watched from outside."""

import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

from invented_door import CONTENT_TYPE
from invented_keys import InventedKeys
from onrecord.door.config import DoorSettings, write_config
from waiting import PATIENCE_SECONDS, wait_until

_START = (sys.executable, "-c", "from onrecord.cli.door.commands import app; app()", "serve")


@dataclass
class RunningDoor:
    process: subprocess.Popen[bytes]
    port: int
    keys: InventedKeys
    spool: Path
    errors: Path
    certificate: Path | None = None

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}" if self.certificate else f"http://127.0.0.1:{self.port}"

    @property
    def processes(self) -> list[int]:
        """Return the ids of all its processes, the first one first."""
        first = self.process.pid
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, others)]

    def post(self, path: str, body: Iterable[bytes], size_bytes: int) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Content-Type": CONTENT_TYPE, "Content-Length": str(size_bytes)}
        try:
            connection.request("POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


@contextmanager
def running_door(
    folder: Path,
    port: int,
    keys: InventedKeys | None = None,
    *,
    processes: int = 1,
    place: str = "",
    tls: tuple[Path, Path] | None = None,
    **settings: object,
) -> Iterator[RunningDoor]:
    keys = keys or lasting_keys()
    write_config(folder / "config", DoorSettings(keys.keyset.root_key, **{"example": True, **settings}), keys.file)
    errors = folder / "stderr"
    options = ["--config", str(folder / "config"), "--spool", place or str(folder / "spool"), "--port", str(port)]
    options += ["--processes", str(processes)]
    options += ["--certificate", str(tls[0]), "--key", str(tls[1])] if tls else []
    with errors.open("wb") as stderr:
        process = subprocess.Popen([*_START, *options], stdout=subprocess.DEVNULL, stderr=stderr)
    door = RunningDoor(process, port, keys, folder / "spool", errors, tls[0] if tls else None)
    try:
        _wait_until_open(door)
        yield door
    finally:
        process.kill()
        process.wait()


def lasting_keys() -> InventedKeys:
    """Return keys that are good while the test runs, whatever the day is."""
    now = time.time()
    moments = [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + days * 86400)) for days in (-1, 30)]
    return InventedKeys(issued=moments[0], expires=moments[1])


@dataclass
class Watch:
    """Looks, whenever it is told to, at what a process wrote, holds open and needs of memory."""

    process_id: int
    folders: tuple[Path, ...]
    canary: bytes
    found: set[str] = field(default_factory=set)

    @property
    def process(self) -> Path:
        return Path(f"/proc/{self.process_id}")

    @property
    def peak_bytes(self) -> int:
        (line,) = [line for line in (self.process / "status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024

    @property
    def written_bytes(self) -> int:
        (line,) = [line for line in (self.process / "io").read_text().splitlines() if line.startswith("wchar")]
        return int(line.split()[1])

    def look(self) -> None:
        # An unlinked file has no name any more, but the process's own descriptor still leads to it.
        open_files = (self.process / "fd").iterdir()
        below = (Path(top, name) for folder in self.folders for top, _, names in os.walk(folder) for name in names)
        for path in [*open_files, *below]:
            try:
                if path.is_file() and self.canary in path.read_bytes():
                    self.found.add(str(path))
            except FileNotFoundError:
                pass  # closed, or given its final name, in this moment; the next look finds it there


def _wait_until_open(door: RunningDoor) -> None:
    if not wait_until(lambda: door.process.poll() is not None or _answers(door)) or door.process.poll() is not None:
        raise RuntimeError(door.errors.read_text())


def _answers(door: RunningDoor) -> bool:
    connection = HTTPConnection("127.0.0.1", door.port, timeout=PATIENCE_SECONDS)
    if door.certificate:
        trusting = ssl.create_default_context(cafile=door.certificate)
        connection = HTTPSConnection("localhost", door.port, timeout=PATIENCE_SECONDS, context=trusting)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False  # not yet
    finally:
        connection.close()
