"""What every test of the ledger may ask for."""

import pytest

from unit.ledger.plain import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()
