"""What a person sees in a terminal while a long command runs."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from onrecord.ground.bounds import MIB
from onrecord.seal.recipients import HybridIdentity


def seen_in_a_terminal(*arguments: str | Path) -> str:
    """Run a command whose errors go to a terminal, and return all that the terminal was told."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    told = b""
    with subprocess.Popen(command, stderr=terminal, env=environment):
        os.close(terminal)
        with suppress(OSError):  # the last one to hold the terminal has ended
            while piece := os.read(controller, 65536):
                told += piece
    os.close(controller)
    return told.decode()


def test_a_terminal_shows_how_much_of_how_much_is_done(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(3 * MIB))
    recipient = str(HybridIdentity.generate().recipient)

    told = seen_in_a_terminal("seal", "-r", recipient, "-o", tmp_path / "sealed", tmp_path / "film.mp4")

    assert "sealing" in told
    assert "3.1/3.1 MB" in told


def test_what_goes_to_a_file_holds_no_bar(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(3 * MIB))
    recipient = str(HybridIdentity.generate().recipient)
    command = ["seal", "-r", recipient, "-o", tmp_path / "sealed", tmp_path / "film.mp4"]

    done = subprocess.run([sys.executable, "-m", "onrecord", *map(str, command)], capture_output=True, check=True)

    assert (done.stdout, done.stderr) == (b"", b"")
