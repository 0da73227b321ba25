"""Stories are told on the command line, as a documenter would type it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from conftest import MEMBER, PASSPHRASE
from onrecord.cli.app import run

Onrecord = Callable[..., Any]


@pytest.fixture
def onrecord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Onrecord:
    """Run a command with --json and return its answer; a refusal is asked for by its exit code."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("ONRECORD_PASSPHRASE_FILE", str(passphrase))
    monkeypatch.setenv("ONRECORD_DOCKET", str(tmp_path / "docket"))

    def answer(*words: object, code: int = 0, as_json: bool = True) -> Any:
        arguments = [str(word) for word in words] + (["--json"] if as_json else [])
        capsys.readouterr()
        ended = run(arguments)
        connections.close_all()
        said = capsys.readouterr()
        assert ended == code, (arguments, said)
        if not as_json:
            return said.out
        return json.loads(said.out if code == 0 else said.err)

    answer("init", tmp_path / "docket", "--member", MEMBER, "--example")
    return answer
