"""A bucket on this machine: a real SeaweedFS on loopback, ended by its process id."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from waiting import wait_until

# Two callers, invented: the desk, which may do everything, and a door, which may do what the operator's guide says.
DESK = ("DESKDESKDESKDESKDESK", "invented-secret-of-the-desk-0123456789ab")
DOOR = ("DOORDOORDOORDOORDOOR", "invented-secret-of-a-door-0123456789abcd")
BUCKET = "letters-in"


@dataclass(frozen=True)
class RunningBucket:
    port: int
    log: Path

    def place(self, folder: str) -> str:
        return f"s3://{BUCKET}/{folder}?endpoint=http://127.0.0.1:{self.port}&region=us-east-1"


def environment(caller: tuple[str, str]) -> dict[str, str]:
    return {"AWS_ACCESS_KEY_ID": caller[0], "AWS_SECRET_ACCESS_KEY": caller[1]}


@contextmanager
def running_bucket(folder: Path) -> Iterator[RunningBucket]:
    port, log = _free_ports(4), folder / "weed.log"
    (folder / "data").mkdir(parents=True)
    (folder / "callers.json").write_text(json.dumps(_callers()))
    options = {
        "dir": folder / "data",
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.port": port,
        "master.volumeSizeLimitMB": 64,
        "volume.port": port + 1,
        "volume.max": 20,
        "filer.port": port + 2,
        "s3.port": port + 3,
        "s3.config": folder / "callers.json",
        # Listeners that nobody asks for: two buckets at once would want the same port.
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "master.telemetry": "false",  # it would tell strangers about itself
    }
    command = [Path(sys.executable).parent / "weed", "server", "-filer", "-s3"]
    command += [f"-{name}={value}" for name, value in options.items()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=output, env={**os.environ, "HOME": str(folder)}
        )
    try:
        if not wait_until(lambda: process.poll() is not None or _is_ready(port + 3)) or process.poll() is not None:
            raise RuntimeError(log.read_text())
        yield RunningBucket(port + 3, log)
    finally:
        process.kill()  # it would take many seconds to end in peace
        process.wait()


def _callers() -> dict[str, object]:
    def caller(name: str, keys: tuple[str, str], **may: object) -> dict[str, object]:
        return {"name": name, "credentials": [{"accessKey": keys[0], "secretKey": keys[1]}], **may}

    identities = [caller("desk", DESK, actions=["Admin"]), caller("door", DOOR, policyNames=["door"])]
    return {"identities": identities, "policies": [{"name": "door", "content": policy_of_the_guide()}]}


def policy_of_the_guide() -> str:
    """Return what the operator's guide lets a door do, for a docket of any name."""
    guide = Path(__file__).parents[1] / "docs" / "guide" / "operator.md"
    (policy,) = re.findall(r"```json\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    return str(policy).replace("/docket/", "/*/")


def _is_ready(port: int) -> bool:
    """Make the bucket; it is there when a second asking says so."""
    import obstore
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    store = S3Store(
        BUCKET,
        endpoint=f"http://127.0.0.1:{port}",
        region="us-east-1",
        access_key_id=DESK[0],
        secret_access_key=DESK[1],
        client_options={"allow_http": True, "timeout": "5s"},
        retry_config={"max_retries": 0},
    )
    try:
        obstore.put(store, "is-it-there", b"yes")
        return True
    except BaseError:
        return False


def _free_ports(wanted: int) -> int:
    """Return the first of so many neighbours that are free, and whose shadows 10,000 higher are free too."""
    for first in range(20_000 + os.getpid() % 5_000 * 4, 50_000, wanted):
        if all(_is_free(port + shadow) for port in range(first, first + wanted) for shadow in (0, 10_000)):
            return first
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
