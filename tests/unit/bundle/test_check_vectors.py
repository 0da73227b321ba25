"""The published bundle is whole and its published forgeries are refused: files another implementation could run."""

import json
import tarfile
from pathlib import Path

import pytest

from unit.bundle.verifiers import by_onrecord, by_python, by_shell

VECTORS = Path(__file__).resolve().parents[2] / "vectors/bundle"
FORGED = json.loads((VECTORS / "forged.json").read_text())


@pytest.fixture
def published(tmp_path: Path) -> Path:
    with tarfile.open(VECTORS / "whole.tar.gz") as archive:
        archive.extractall(tmp_path / "bundle")
    return tmp_path / "bundle"


@pytest.fixture
def published_keys(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys/root.pem").write_bytes((VECTORS / "root.pem").read_bytes())
    return tmp_path / "keys"


def test_the_published_bundle_is_whole(published: Path, published_keys: Path):
    verdicts = [verify(published, published_keys) for verify in (by_shell, by_python, by_onrecord)]

    assert [verdict.code for verdict in verdicts] == [0, 0, 0]


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: forged["forgery"])
def test_each_published_forgery_is_refused_where_it_says(forged, published: Path, published_keys: Path):
    for name in forged["removed"]:
        (published / name).unlink()
        for folder in (published / name).parents:
            if not any(folder.iterdir()):
                folder.rmdir()
    for name in [*forged["written"], *forged["written_hex"]]:
        (published / name).parent.mkdir(parents=True, exist_ok=True)
    for name, text in forged["written"].items():
        (published / name).write_bytes(text.encode())
    for name, data in forged["written_hex"].items():
        (published / name).write_bytes(bytes.fromhex(data))

    # The two stand-alone verifiers are run on the same forgeries in test_check_forgeries.py.
    verdict = by_onrecord(published, published_keys)

    assert (verdict.code, verdict.check) == (4, forged["refused_at"])
