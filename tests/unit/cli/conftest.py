"""A scratch docket with a letter, an article and a case in it, and the command line as a test calls it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from invented_commands import PASSPHRASE, Answer, Filled, Onrecord, fill
from onrecord.cli.app import run


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Make the docket once; every test gets a copy of its folder."""
    return fill(tmp_path_factory.mktemp("cli") / "docket")


@pytest.fixture
def filled(original: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Filled:
    """A docket with an opened letter, a described source, and a case with one claim; the test stands beside it."""
    copy = Path(shutil.copytree(original.folder, tmp_path / "docket"))
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("ONRECORD_DOCKET", str(copy))
    monkeypatch.setenv("ONRECORD_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    monkeypatch.chdir(tmp_path)
    return replace(original, folder=copy)


@pytest.fixture
def onrecord(capsys: pytest.CaptureFixture[str]) -> Onrecord:
    """The command line, in this process."""

    def call(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call
