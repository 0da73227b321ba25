"""What every test may rely on: a still clock, scratch folders and the optional shared material beside the repository."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.ground.clock import StillClock

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))


@pytest.fixture
def shared() -> Path:
    if not (SHARED / "DESIGN.md").exists():
        pytest.skip("the shared material is not beside this repository")
    return SHARED
