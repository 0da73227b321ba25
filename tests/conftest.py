"""What every test may rely on: a still clock, scratch dockets on both databases, and the shared material if it is there."""

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg
import pytest

from onrecord.ground.clock import StillClock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.desk.settings")
django.setup()

from onrecord.casework.create import NewDocket, create_docket  # noqa: E402
from onrecord.casework.docket import Docket  # noqa: E402

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
MEMBER = "Mira Example"
PASSPHRASE = "correct horse battery staple"

MakeDocket = Callable[..., Docket]


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))


@pytest.fixture
def shared() -> Path:
    if not (SHARED / "DESIGN.md").exists():
        pytest.skip("the shared material is not beside this repository")
    return SHARED


@pytest.fixture
def make_docket(tmp_path: Path, clock: StillClock) -> MakeDocket:
    """Make scratch dockets on SQLCipher, each in a folder of its own."""

    def make(name: str = "docket", *, postgres: str = "") -> Docket:
        wanted = NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True, postgres=postgres)
        return create_docket(tmp_path / name, wanted, clock)

    return make


@pytest.fixture
def docket(make_docket: MakeDocket) -> Docket:
    """A new docket on SQLCipher in its first member's hands."""
    return make_docket()


@pytest.fixture(params=["sqlcipher", "postgresql"])
def docket_on_each_database(request: pytest.FixtureRequest, make_docket: MakeDocket) -> Docket:
    """The same new docket, once on SQLCipher and once on a real PostgreSQL."""
    if request.param == "sqlcipher":
        return make_docket()
    return make_docket(postgres=request.getfixturevalue("postgres_database"))


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """An empty database on the PostgreSQL that ONRECORD_TEST_POSTGRES names, dropped afterwards."""
    server = os.environ.get("ONRECORD_TEST_POSTGRES")
    if not server:
        pytest.skip("ONRECORD_TEST_POSTGRES names no PostgreSQL; `make test` starts one")
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield psycopg.conninfo.make_conninfo(server, dbname=name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
