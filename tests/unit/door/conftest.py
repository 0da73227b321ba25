"""What the door's tests stand in front of."""

import socket
from pathlib import Path

import pytest

from invented_door import InventedDoor


@pytest.fixture
def door(tmp_path: Path) -> InventedDoor:
    return InventedDoor(tmp_path, example=True)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
