"""The pages say what is true: every path they name exists, and every command they show works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rules import console
from rules.tree import PACKAGE, ROOT, documents, name_of, python_files, tracked

PROGRAMS = Path(sys.executable).parent
TOP = {path.relative_to(ROOT).parts[0] for path in tracked()}
ROOMS = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
IN_CODE_MARKS = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def _commands(page: Path) -> list[console.Command]:
    return console.commands(page.read_text(encoding="utf-8"))


def _means_a_file_of_ours(name: str) -> bool:
    first, *rest = name.rstrip("/").split("/")
    if first in TOP:
        return bool(rest) or "." in first
    return first in ROOMS and name.endswith(".py")


@pytest.fixture(scope="session")
def docket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "passphrase").write_text("an invented passphrase of eight plain words\n", encoding="utf-8")
    environment = {**os.environ, "ONRECORD_PASSPHRASE_FILE": str(folder / "passphrase")}
    init = [PROGRAMS / "onrecord", "init", folder / "docket", "--member", "Vira Example"]
    subprocess.run(init, env=environment, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("page", documents(), ids=name_of)
def test_every_path_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [name for name in IN_CODE_MARKS.findall(text) if _means_a_file_of_ours(name)]

    assert [name for name in named if not (ROOT / name).exists() and not (PACKAGE / name).exists()] == []
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


def test_every_page_that_an_error_points_to_exists() -> None:
    named = {
        (name_of(path), page)
        for path in python_files("src")
        for page in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    }

    assert {(path, page) for path, page in named if not (ROOT / page).exists()} == set()


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in documents() if _commands(page)], ids=name_of)
def test_every_command_a_page_shows_works(page: Path, docket: Path, tmp_path: Path) -> None:
    shutil.copytree(docket, tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "tests" / "vectors", tmp_path / "tests" / "vectors")
    environment = {
        "PATH": f"{PROGRAMS}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "120",
        "ONRECORD_DOCKET": str(tmp_path / "docket"),
        "ONRECORD_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
    }

    console.run(_commands(page), folder=tmp_path, environment=environment)


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in sorted(folder.glob("[0-9]*.md")) if f"({page.name})" not in index] == []
