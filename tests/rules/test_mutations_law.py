"""Faults planted in the evaluator of the law are caught by the fast core of its tests.

Each fault is one edit of the source, made in memory: the law package is imported anew with the edited text, and every
scenario, probe and tale of claims is held against it. A fault that comes out clean would mean that the tests look away.
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from invented_law import SCENARIOS
from law_claims import told_otherwise
from law_core import PROBES, accepted, differences, evaluator
from onrecord.errors import OnrecordError
from onrecord.words import strict_yaml
from onrecord.words.strict_yaml import read_data_file
from rules.tree import PACKAGE

FAULTS = read_data_file(SCENARIOS.parent / "faults.yaml").values["faults"]


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the law package from its own files, one of them with a fault in it."""

    def __init__(self, file: str, there: str, fault: str) -> None:
        self.file, self.there, self.fault = file, there, fault

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != "onrecord.law." + self.file.replace("/", "."):
            return None
        return importlib.util.spec_from_loader(name, self)

    def create_module(self, _spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        path = PACKAGE / "law" / f"{self.file}.py"
        module.__file__ = str(path)
        source = path.read_text(encoding="utf-8")
        assert source.count(self.there) == 1, "the place of the fault is not where it was"
        exec(compile(source.replace(self.there, self.fault), str(path), "exec"), module.__dict__)


@contextmanager
def planted(file: str, there: str, fault: str) -> Iterator[None]:
    """Import the law package anew with a fault in one file; afterwards everybody has the sound one again."""
    sound = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_law(name)}
    finder = Planted(file, there, fault)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _is_law(name)]:
            del sys.modules[name]
        sys.modules.update(sound)
        # A package remembers its modules by attribute too.
        for name, module in sound.items():
            parent, _dot, child = name.rpartition(".")
            setattr(sys.modules[parent], child, module)


def _is_law(name: str) -> bool:
    return name == "onrecord.law" or name.startswith("onrecord.law.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return where the law with invented elements lies; a text that was read is not read again for every fault."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "parse_data", cache(strict_yaml.parse_data))
        yield tmp_path_factory.mktemp("law") / "data"


def test_the_sound_evaluator_passes_the_core_from_which_faults_are_told(folder: Path) -> None:
    sound = evaluator(folder)

    assert differences(sound, path=SCENARIOS) == []
    assert differences(sound, path=PROBES) == []
    assert told_otherwise(sound.law) == []
    assert accepted(folder.parent / "refused") == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str, folder: Path) -> None:
    with planted(**FAULTS[fault]):
        try:
            faulty = evaluator(folder)
            caught = (
                differences(faulty, path=PROBES)
                or told_otherwise(faulty.law)
                or differences(faulty, path=SCENARIOS)
                or accepted(folder.parent / "refused")
            )
        except (OnrecordError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            caught = [(type(error).__name__,)]

    assert caught
