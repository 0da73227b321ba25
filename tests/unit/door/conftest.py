"""What the door's tests stand in front of."""

from pathlib import Path

import pytest

from invented_door import InventedDoor


@pytest.fixture
def door(tmp_path: Path) -> InventedDoor:
    return InventedDoor(tmp_path, example=True)
