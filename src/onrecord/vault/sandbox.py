"""Open a stranger's file where it can do no harm: one file in, one answer out, and nothing else to reach.

A task is a small Python module (vault.workers). bubblewrap gives it namespaces of its own and a file system that
holds the system's programs, Python and the task, all read-only: no docket, no home, no keys, no network, no
environment. The file comes by descriptor from memory, so that no clear byte of an exhibit is on disk; the answer
leaves by a pipe and is cut off at a limit. Whoever started it as root sees the task run under a user number that owns
nothing. When time is up, the whole process namespace is killed. Without bubblewrap nothing is opened: there is no
unguarded way.

LIMIT: the task still speaks to this machine's kernel, through what vault.syscalls leaves open, so a flaw there may
let it out. The file's memory may be swapped to disk.
"""

import fcntl
import os
import secrets
import select
import shutil
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import BadInput, Refused
from onrecord.ground.bounds import (
    CHUNK_BYTES,
    SANDBOX_AT_ONCE,
    SANDBOX_INPUT_BYTES,
    SANDBOX_MEMORY_BYTES,
    SANDBOX_OUTPUT_BYTES,
    SANDBOX_SECONDS,
)
from onrecord.vault.syscalls import seccomp_filter

WORKERS = Path(__file__).parent / "workers"

# systemd's range for users that exist only while a service runs; nothing on a disk belongs to one of them.
_PASSING_USERS = range(61184, 65520)


class SandboxMissing(Refused):
    """Files from strangers cannot be opened on this machine: the sandbox is missing or not allowed to start."""

    next_step = "Install bubblewrap; if it is there, allow user namespaces for this account. The file itself is safe."


class FileNotOpened(BadInput):
    """A stranger's file could not be opened in the sandbox; the exhibit itself is kept as it is."""

    next_step = "Look at it on a machine kept for this, or ask for the file in another format."


class FileUnreadable(FileNotOpened):
    """The file is not what it says it is, or it is damaged; the exhibit itself is kept as it is."""


class FileTooLarge(FileNotOpened):
    """The file is too large to be opened in the sandbox; the exhibit itself is kept as it is."""


class AnswerTooLarge(FileNotOpened):
    """The file grew beyond all bounds while it was opened and was stopped; the exhibit itself is kept as it is."""


class TookTooLong(FileNotOpened):
    """Opening the file took too long and was stopped; the exhibit itself is kept as it is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = SANDBOX_SECONDS
    input_bytes: int = SANDBOX_INPUT_BYTES
    memory_bytes: int = SANDBOX_MEMORY_BYTES
    output_bytes: int = SANDBOX_OUTPUT_BYTES


DEFAULT_LIMITS = Limits()

_places = threading.BoundedSemaphore(SANDBOX_AT_ONCE)


def run(
    task: str, source: Iterable[bytes], *arguments: str, limits: Limits = DEFAULT_LIMITS, tasks: Path = WORKERS
) -> bytes:
    """Return a task's answer about a file; raise SandboxMissing or a FileNotOpened."""
    with _places, _in_memory(source, limits.input_bytes) as file:
        exit_code, answer = _run([*_inside(limits, tasks), task, *arguments], file, limits)
    if exit_code != 0:
        # Only when something failed is it worth finding out whether the sandbox itself did.
        check()
        raise FileUnreadable
    return answer


def check() -> None:
    """Raise SandboxMissing unless a harmless task runs here to its end."""
    with _in_memory([], 0) as nothing:
        exit_code, _ = _run([*_inside(DEFAULT_LIMITS, WORKERS), "ready"], nothing, DEFAULT_LIMITS)
    if exit_code != 0:
        raise SandboxMissing


@contextmanager
def _in_memory(source: Iterable[bytes], limit: int) -> Iterator[BinaryIO]:
    with os.fdopen(os.memfd_create("exhibit", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "w+b") as file:
        for chunk in source:
            if file.tell() + len(chunk) > limit:
                raise FileTooLarge
            file.write(chunk)
        file.flush()
        file.seek(0)
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
        yield file


def _run(inside: list[str], file: BinaryIO, limits: Limits) -> tuple[int, bytes]:
    process = _start(inside, file)
    deadline = time.monotonic() + limits.seconds
    try:
        answer = _read_answer(process, deadline, limits.output_bytes)
        return process.wait(timeout=max(1.0, deadline - time.monotonic())), answer
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    finally:
        # bubblewrap dies with this kill, its first child dies with bubblewrap, and the namespace dies with that child.
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _start(inside: list[str], file: BinaryIO) -> "subprocess.Popen[bytes]":
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise SandboxMissing
    forbidden = seccomp_filter()
    with _in_memory([forbidden], len(forbidden)) as filter_file:
        descriptor = filter_file.fileno()
        return subprocess.Popen(
            [bubblewrap, *(["--seccomp", str(descriptor)] if forbidden else []), *inside],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a task says there may quote the file: it goes nowhere
            pass_fds=[descriptor],
            env={},
            cwd="/",
            start_new_session=True,
        )


def _read_answer(process: "subprocess.Popen[bytes]", deadline: float, limit: int) -> bytes:
    assert process.stdout is not None
    answer, pipe, poll = bytearray(), process.stdout.fileno(), select.poll()
    poll.register(pipe, select.POLLIN)
    while True:
        left_ms = int(1000 * (deadline - time.monotonic()))
        if left_ms <= 0 or not poll.poll(left_ms):
            raise TookTooLong
        chunk = os.read(pipe, CHUNK_BYTES)
        if not chunk:
            return bytes(answer)
        answer += chunk
        if len(answer) > limit:
            raise AnswerTooLarge


def _inside(limits: Limits, tasks: Path) -> list[str]:
    return [*_walls(tasks), *_bounds(limits), *_other_user(), *_python()]


def _walls(tasks: Path) -> list[str]:
    """Return the namespaces and the file system; names inside hide where this machine keeps things."""
    walls = ["--die-with-parent", "--new-session", "--hostname", "sandbox", "--unshare-uts"]
    walls += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-cgroup-try", "--cap-drop", "ALL"]
    # Root can change to a user that really is another one; in a user namespace that user would still be root outside.
    walls += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if _is_root() else ["--unshare-user"]
    for name in ("/usr", "/lib", "/lib64", "/bin"):
        if Path(name).is_symlink():
            walls += ["--symlink", str(Path(name).readlink()), name]
        elif Path(name).exists():
            walls += ["--ro-bind", name, name]
    python, packages = Path(sys.base_prefix), Path(sysconfig.get_path("platlib"))
    for name, folder in {"/python": python, "/packages": packages, "/start": WORKERS, "/tasks": tasks}.items():
        walls += ["--ro-bind", str(folder.resolve()), name]
    return [*walls, "--dev", "/dev", "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]


def _bounds(limits: Limits) -> list[str]:
    """Return the kernel's limits: no file may grow, no process may start, memory and processor time are counted."""
    # In a user namespace bubblewrap's own first process counts too.
    processes = 1 if _is_root() else 2
    counted = {"as": limits.memory_bytes, "cpu": int(limits.seconds) + 1, "nproc": processes, "nofile": 64}
    nothing = dict.fromkeys(("fsize", "core", "memlock", "msgqueue"), 0)
    return ["/usr/bin/prlimit", *(f"--{name}={value}" for name, value in (counted | nothing).items())]


def _other_user() -> list[str]:
    if not _is_root():
        return []
    user = str(secrets.choice(_PASSING_USERS))
    return ["/usr/bin/setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"]


def _python() -> list[str]:
    """Return Python without its environment, its start-up files and the right to write compiled files."""
    interpreter = f"/python/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    isolated = [interpreter, "-I", "-S", "-B", "-X", "utf8", "/start/start.py"]
    return ["/usr/bin/env", "LD_LIBRARY_PATH=/python/lib", *isolated]


def _is_root() -> bool:
    return os.geteuid() == 0
