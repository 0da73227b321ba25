"""A run passes because its tests ran, and not because they were skipped."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import NO_POSTGRES, NOT_SHARED
from rules.tree import ROOT

SKIPS = {
    "a test": "import pytest\ndef test_nothing(): pytest.skip('{reason}')\n",
    "a mark": "import pytest\n@pytest.mark.skipif(True, reason='{reason}')\ndef test_nothing(): pass\n",
    "a file": "import pytest\npytest.skip('{reason}', allow_module_level=True)\n",
}


def run(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_nothing.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", folder, "-p", "conftest", folder]
    environment = {"PYTHONPATH": str(ROOT / "tests"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("skip", SKIPS.values(), ids=SKIPS.keys())
def test_whatever_is_skipped_fails_and_says_why(skip: str, tmp_path: Path) -> None:
    done = run(tmp_path, skip.format(reason="a program is missing"))

    assert done.returncode in (1, 2)
    assert "It did not run" in done.stdout
    assert "a program is missing" in done.stdout


@pytest.mark.parametrize("reason", [NOT_SHARED, NO_POSTGRES])
def test_the_two_things_that_may_be_absent_are_named(reason: str, tmp_path: Path) -> None:
    done = run(tmp_path, SKIPS["a test"].format(reason=reason))

    assert "1 skipped" in done.stdout
    assert "It did not run" not in done.stdout
