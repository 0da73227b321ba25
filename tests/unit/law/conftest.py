"""The law as its tests read it: the product's own, and one with invented elements added."""

from pathlib import Path

import pytest

from law_core import Evaluator, evaluator


@pytest.fixture(scope="session")
def by(tmp_path_factory: pytest.TempPathFactory) -> Evaluator:
    """Return the product's own evaluator."""
    return evaluator(Path(tmp_path_factory.mktemp("law")) / "data")
