"""A hostile file can do nothing but give a wrong answer, and not for long."""

import json
import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.vault import sandbox
from onrecord.vault.sandbox import (
    AnswerTooLarge,
    FileTooLarge,
    FileUnreadable,
    Limits,
    SandboxMissing,
    TookTooLong,
)
from waiting import wait_until

HOSTILE = Path(__file__).with_name("hostile")
SHORT = Limits(seconds=2)
PATIENT = Limits(seconds=120)
REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def marker() -> Iterator[str]:
    """A word on the command line of every process of one run; afterwards no process may carry it."""
    marker = secrets.token_hex(16)
    yield marker
    assert wait_until(lambda: not _processes_with(marker))


def hostile(task: str, marker: str, source: bytes = b"", limits: Limits = SHORT) -> bytes:
    return sandbox.run(task, [source], marker, limits=limits, tasks=HOSTILE)


def test_a_harmless_task_runs_here():
    sandbox.check()


@pytest.mark.parametrize("task", ["loop_forever", "hang_after_answer", "dribble", "fork_bomb"])
def test_a_task_that_does_not_end_is_ended_with_everything_it_started(task, marker):
    # Nothing else would end it: each of these tasks goes on for an hour or for ever.
    with pytest.raises(TookTooLong):
        hostile(task, marker)


def test_a_task_that_asks_for_eight_gigabytes_gets_none_of_them(marker):
    with pytest.raises(FileUnreadable):
        hostile("allocate", marker, limits=PATIENT)


def test_an_answer_without_end_is_cut_off(marker):
    with pytest.raises(AnswerTooLarge):
        hostile("write_forever", marker, limits=Limits(seconds=120, output_bytes=1_000_000))


def test_a_hostile_task_finds_no_way_out(tmp_path, marker):
    docket = tmp_path / "docket.toml"
    docket.write_text("name = 'invented'")
    places = [str(docket), str(REPOSITORY), str(Path.home()), "/etc/shadow", "/etc/passwd", "/home", "/proc/1"]

    with socket.create_server(("127.0.0.1", 0)) as web, socket.socket(socket.AF_UNIX) as local:
        local.bind(f"\0{marker}")
        local.listen()
        asked = {"places": places, "port": web.getsockname()[1], "abstract": marker}
        answer = hostile("look_around", marker, json.dumps(asked).encode(), limits=PATIENT)
        seen = json.loads(answer.partition(b"\n")[2])

    assert seen["escapes"] == []
    assert seen["user"] != 0
    assert set(seen["groups"]) <= {seen["user"], 65534}
    assert seen["environment"] == []
    assert seen["descriptors"] == [0, 1, 2]


def test_a_file_over_the_limit_is_not_even_started():
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1_000_000)

    with pytest.raises(FileTooLarge):
        sandbox.run("read_text", endless(), limits=Limits(input_bytes=3_000_000))


def test_without_bubblewrap_nothing_is_opened(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")

    with pytest.raises(SandboxMissing):
        sandbox.run("read_text", [b"words"])


def test_a_bubblewrap_that_is_not_allowed_to_start_is_told_from_a_damaged_file(tmp_path, monkeypatch):
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SandboxMissing):
        sandbox.run("read_text", [b"words"])


def test_an_operator_who_is_not_root_has_the_same_sandbox_or_none():
    source = Path(shutil.copytree(REPOSITORY / "src", f"/tmp/{secrets.token_hex(8)}"))
    # Only root can become another user; anybody else is one already.
    another = {"user": 61184, "group": 61184, "extra_groups": []} if os.geteuid() == 0 else {}
    program = "from onrecord.vault import sandbox; print(sandbox.run('read_text', ['Вигадка'.encode()]).decode())"

    try:
        done = subprocess.run(
            ["/usr/bin/python3", "-c", program],
            env={"PYTHONPATH": str(source), "PATH": os.environ["PATH"]},
            **another,
            cwd="/",
            capture_output=True,
            text=True,
        )
    finally:
        shutil.rmtree(source)

    if subprocess.run(["unshare", "--user", "true"], **another, cwd="/", stderr=subprocess.DEVNULL).returncode == 0:
        assert (done.stderr, done.stdout) == ("", '{"encoding": "utf-8"}\nВигадка\n')
    else:  # a machine that lets only root make namespaces
        assert "SandboxMissing" in done.stderr


def _processes_with(marker: str) -> list[str]:
    left = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker.encode() in process.read_bytes():
                left.append(process.parent.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return left
