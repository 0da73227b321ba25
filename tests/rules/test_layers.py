"""The house stands: who may reach whom, late and type-checking imports included."""

import ast
import configparser
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TypeGuard

import grimp

from rules.tree import PACKAGE, ROOT

# Rooms that hold no Django, and of these the ones that touch neither a store nor a key.
PURE = ("ground", "words", "seal", "ledger", "law", "linkage", "counting")
VALUES_ONLY = ("law", "linkage", "counting")

# One auditor reads so many lines of code in little more than a day (docs/decisions/0011). What explains them, comments
# and docstrings, is not counted.
DOOR_LINES = 3700

VERIFIER_MAY_REACH = {
    "onrecord.errors",
    "onrecord.ground.bounds",
    "onrecord.ground.canon",
    "onrecord.ledger.entry",
    "onrecord.ledger.merkle",
    "onrecord.ledger.note",
}


@cache
def house() -> grimp.ImportGraph:
    return grimp.build_graph("onrecord", include_external_packages=True, exclude_type_checking_imports=False)


def test_every_import_goes_downward() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_room_that_joins_later_joins_its_contracts_too() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")

    def named(contract: str) -> set[str]:
        return set(contracts[f"importlinter:contract:{contract}"]["source_modules"].split())

    assert {f"onrecord.{room}" for room in PURE if (PACKAGE / room).exists()} <= named("pure")
    if rooms := {f"onrecord.{room}" for room in VALUES_ONLY if (PACKAGE / room).exists()}:
        assert rooms <= named("values_only")


def test_the_verifier_reaches_nothing_but_proofs() -> None:
    reached = {name for name in house().find_upstream_modules("onrecord.ledger.verify") if name.startswith("onrecord.")}

    # Packages are empty files; grimp counts them where a module inside is imported.
    assert reached - {"onrecord.ground", "onrecord.ledger"} <= VERIFIER_MAY_REACH


def test_an_auditor_can_read_the_whole_door() -> None:
    rooms = {"onrecord.door", *house().find_descendants("onrecord.door")}
    reached = rooms.union(*(house().find_upstream_modules(room) for room in rooms))
    lines = {name: _lines(name) for name in reached if name.startswith("onrecord.")}

    assert sum(lines.values()) <= DOOR_LINES, sorted(lines.items(), key=lambda item: -item[1])


def _lines(module: str) -> int:
    path = PACKAGE.parent.joinpath(*module.split("."))
    # A room of data may bear the name of the module that reads it.
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    docstrings = {node.lineno: node.end_lineno or 0 for node in ast.walk(tree) if _is_docstring(node)}
    explained = {line for first, last in docstrings.items() for line in range(first, last + 1)}
    written = {line for node in ast.walk(tree) if (line := getattr(node, "lineno", None))}
    return len(written - explained)


def _is_docstring(node: ast.AST) -> TypeGuard[ast.Expr]:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
