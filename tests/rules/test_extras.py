"""The door stays small: it runs where nothing but its own extra is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

from rules.tree import ROOT

UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine that holds Onrecord and the door's extra, and nothing more."""
    venv = tmp_path_factory.mktemp("door") / "venv"

    def uv(*arguments: str | Path) -> None:
        subprocess.run([UV, "--quiet", "--system-certs", *arguments], cwd=ROOT, check=True)

    uv("venv", "--python", sys.executable, venv)
    python = ("--python", venv / "bin" / "python")
    uv("pip", "install", *python, "--require-hashes", "-r", "requirements/door.txt", "-r", "requirements/build.txt")
    uv("pip", "install", *python, "--no-deps", "--no-build-isolation", ".")
    return venv / "bin"


@pytest.mark.slow
def test_the_door_runs_where_django_is_not_installed(host: Path) -> None:
    absent = "import importlib.util as u; assert not [n for n in ('django', 'sqlcipher3', 'psycopg') if u.find_spec(n)]"
    subprocess.run([host / "python", "-I", "-c", absent], check=True)

    for command in (["--help"], ["door", "--help"], ["door", "serve", "--help"]):
        result = subprocess.run([host / "onrecord", *command], capture_output=True, text=True, check=False)

        assert result.returncode == 0, result.stderr
    subprocess.run([host / "python", "-I", "-c", "import onrecord.door.app"], check=True)
