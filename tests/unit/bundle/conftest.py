"""A whole bundle to check and to forge, and the docket it came from."""

import shutil
from pathlib import Path

import pytest

from onrecord.bundle.proof import pem
from onrecord.bundle.redact import keep_what_may_leave
from unit.bundle.invented_docket import InventedDocket, bundle_up, decisions, fill, make_key, raw


@pytest.fixture
def docket(tmp_path: Path) -> InventedDocket:
    return InventedDocket(tmp_path / "tiles")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A whole bundle and a folder with the root key; made once, copied by whoever changes it."""
    place = tmp_path_factory.mktemp("finished")
    docket = InventedDocket(place / "tiles")
    content = fill(docket)
    folder = bundle_up(docket, keep_what_may_leave(content, decisions(content)), place / "bundle")
    (place / "keys").mkdir()
    (place / "keys/root.pem").write_bytes(pem(raw(make_key("root"))))
    return folder, place / "keys"


@pytest.fixture
def bundle(finished: tuple[Path, Path], tmp_path: Path) -> Path:
    """A whole bundle of one's own, to be forged."""
    return Path(shutil.copytree(finished[0], tmp_path / "bundle", symlinks=True))


@pytest.fixture
def keys(finished: tuple[Path, Path]) -> Path:
    return finished[1]
