"""The command line's own manners: what it answers when it is used wrongly, stopped, or fails as nobody foresaw."""

import errno
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from django.db import DatabaseError, OperationalError

from invented_commands import Filled, Onrecord
from onrecord.cli.app import run
from onrecord.seal.recipients import HybridIdentity
from waiting import PATIENCE_SECONDS, wait_until


@pytest.mark.parametrize("arguments", [["nonsense"], ["case", "nonsense"], ["case", "show", "--nonsense"], ["case"]])
def test_a_wrong_use_is_explained_and_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(arguments)

    assert code == 2
    assert "Usage: " in capsys.readouterr().err


def test_help_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["--help"])

    assert code == 0
    assert "ledger" in capsys.readouterr().out


def test_help_waits_for_neither_django_nor_cryptography() -> None:
    heavy = "[name for name in ('django', 'cryptography', 'rich', 'click', 'uvicorn') if name in sys.modules]"

    found = subprocess.run(
        [sys.executable, "-c", f"import sys; from onrecord.cli.app import run; run(['--help']); print({heavy})"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.splitlines()[-1] == "[]"


def test_a_wrong_use_is_json_for_a_program(onrecord: Onrecord) -> None:
    answer = onrecord("case", "show", "--nonsense", "--json")

    assert (answer.code, answer.out) == (2, "")
    assert answer.error.keys() == {"error", "next_step", "id", "hint"}


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full; nothing was changed."),
        (PermissionError(errno.EACCES, "Permission denied"), 2, "You may not read or write a file"),
        (FileNotFoundError(errno.ENOENT, "No such file"), 2, "A file or a folder that this needs is not there."),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), 2, "What should be a folder is a file."),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), 2, "What should be a file is a folder."),
        (FileExistsError(errno.EEXIST, "File exists"), 2, "A file of this name is already there"),
        (TimeoutError(errno.ETIMEDOUT, "Timed out"), 2, "A file, a folder or a connection"),
        (OperationalError("database or disk is full"), 1, "The disk is full; nothing was changed."),
        (OperationalError("disk I/O error"), 1, "The disk is full or fails"),
        (OperationalError("database is locked"), 3, "Another program is writing to this docket"),
        (DatabaseError("database disk image is malformed"), 4, "The docket's database is damaged."),
        (OperationalError("connection to server failed: Connection refused"), 1, "The database does not answer."),
        (typer.Abort(), 1, "Stopped before it was done"),
        (KeyboardInterrupt(), 1, "Stopped before it was done"),
    ],
)
def test_what_fails_below_becomes_one_sentence(
    onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, sentence: str
) -> None:
    def fail(_folder: Path | None) -> None:
        raise error

    monkeypatch.setattr("onrecord.cli.case.open_docket", fail)

    answer = onrecord("case", "list", "--json")

    assert (answer.code, answer.out) == (code, "")
    assert answer.error["error"].startswith(sentence)


def test_what_nobody_foresaw_ends_in_a_sentence_with_our_line_and_no_word_of_a_case() -> None:
    broken = """
import onrecord.cli.opening as opening, onrecord.cli.app as app
opening.DocketNotNamed.__init__ = lambda self: int("the name of a person")
app.main()
"""

    done = subprocess.run(
        [sys.executable, "-c", broken, "case", "list"],
        env={"PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Something in this program went wrong")
    assert "ValueError cli/opening.py:" in done.stderr
    assert "Traceback" not in done.stderr
    assert "person" not in done.stderr


def test_control_c_stops_a_command_and_leaves_no_file(tmp_path: Path) -> None:
    recipient = str(HybridIdentity.generate().recipient)
    command = [sys.executable, "-m", "onrecord", "seal", "-r", recipient, "-o", "sealed"]

    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert wait_until(lambda: [*tmp_path.iterdir()] != [] or running.poll() is not None)
        running.send_signal(signal.SIGINT)
        _, printed = running.communicate(timeout=PATIENCE_SECONDS)

    assert running.returncode == 1
    assert printed.startswith("Stopped before it was done")
    assert list(tmp_path.iterdir()) == []


def interrupted(*_anything: object, **_named: object) -> Iterator[bytes]:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("where", "command"),
    [
        ("onrecord.casework.sourcing.capture_source", "source capture article.txt"),
        ("onrecord.vault.receive.Vault.receive", "source capture article.txt"),
        ("onrecord.casework.sourcing.record", "source capture article.txt"),
        ("onrecord.casework.tars._add", "backup new"),
        ("onrecord.casework.tars.flush_folder", "backup new"),
        ("onrecord.casework.create.record", "init new --member Vira"),
        ("onrecord.bundle.make.record", "bundle make CASE --basis vital_interest --reason danger -o new"),
        ("onrecord.bundle.write.proof_files", "bundle make CASE --basis vital_interest --reason danger -o new"),
    ],
)
def test_control_c_at_any_moment_leaves_nothing_half_done_and_the_next_try_works(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, where: str, command: str
) -> None:
    (tmp_path / "article.txt").write_text("An invented article.", encoding="utf-8")
    arguments = [filled.case if part == "CASE" else part for part in command.split()]
    before = sorted(tmp_path.iterdir())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(where, interrupted)
        stopped = onrecord(*arguments)

    assert (stopped.code, stopped.err[:25]) == (1, "Stopped before it was don")
    assert sorted(tmp_path.iterdir()) == before
    assert onrecord(*arguments).code == 0
    assert onrecord("ledger", "audit").code == 0
