"""The command line's own manners: what it answers when it is used wrongly."""

import subprocess
import sys

import pytest

from onrecord.cli.app import run


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
