"""The tracked tree as the rules see it: its files, their text, and its Python as syntax."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "onrecord"


@cache
def tracked() -> list[Path]:
    """Return every file git keeps, and every new one it would not ignore."""
    # A clone may belong to somebody else than whoever tests it.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return sorted(ROOT / name for name in set(names) if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Return the Python files under some top folders."""
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def documents() -> list[Path]:
    """Return the pages a person reads: those at the top and those under docs."""
    places = (ROOT, ROOT / "docs")
    return [path for path in tracked() if path.suffix == ".md" and (path.parent in places or places[1] in path.parents)]


def name_of(path: Path) -> str:
    """Return a path as a person writes it: from the top of the tree."""
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    """Return a Python file parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function in a file, methods and inner ones included."""
    return (node for node in ast.walk(syntax(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
