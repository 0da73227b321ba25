"""What every test may rely on: a still clock, scratch dockets on both databases, shared material if it is there."""

import os
import secrets
import shutil
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import django
import psycopg
import pytest
from hypothesis import HealthCheck, settings

from onrecord.ground.clock import StillClock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.desk.settings")
django.setup()

from django.db import connections  # noqa: E402

from onrecord.casework.create import NewDocket, create_docket  # noqa: E402
from onrecord.casework.docket import Docket  # noqa: E402
from onrecord.seal.keyring import unlock  # noqa: E402
from onrecord.settings import DocketSettings  # noqa: E402

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
MEMBER = "Mira Example"
PASSPHRASE = "correct horse battery staple"
MADE_AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

# A test that did not run proves nothing. Only these two things may be absent, and the second not in `make test`,
# which starts a PostgreSQL of its own.
NOT_SHARED = "the shared material is not beside this repository"
NO_POSTGRES = "ONRECORD_TEST_POSTGRES names no PostgreSQL; `make test` starts one"

# Whoever starts a run in the background may leave Ctrl-C ignored, for it and for every program that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples on every machine, however slow it is: whether a change is taken is no matter of luck.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

MakeDocket = Callable[..., Docket]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return must_not_be_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return must_not_be_skipped((yield))


def must_not_be_skipped(report: Report) -> Report:
    """Let what was skipped for any other reason fail."""
    if report.skipped and not any(reason in str(report.longrepr) for reason in (NOT_SHARED, NO_POSTGRES)):
        report.outcome = "failed"
        report.longrepr = f"It did not run, and only what needs the shared material may not run: {report.longrepr}"
    return report


@pytest.fixture
def clock() -> StillClock:
    return StillClock(MADE_AT)


@pytest.fixture
def shared() -> Path:
    if not (SHARED / "DESIGN.md").exists():
        pytest.skip(NOT_SHARED)
    return SHARED


@pytest.fixture
def make_docket(tmp_path: Path, clock: StillClock) -> MakeDocket:
    """Make scratch dockets on SQLCipher, each in a folder of its own."""

    def make(name: str = "docket", *, postgres: str = "") -> Docket:
        wanted = NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True, postgres=postgres)
        return create_docket(tmp_path / name, wanted, clock)

    return make


@pytest.fixture(scope="session")
def docket_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new docket, to be copied: making one takes seconds, because its passphrase is stretched."""
    folder = tmp_path_factory.mktemp("as-made") / "docket"
    create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), StillClock(MADE_AT))
    connections.close_all()
    return folder


@pytest.fixture(scope="session")
def docket_as_made_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a new docket on PostgreSQL, to be copied with its database."""
    folder = tmp_path_factory.mktemp("as-made") / "docket"
    with scratch_database() as address:
        wanted = NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True, postgres=address)
        create_docket(folder, wanted, StillClock(MADE_AT))
        connections.close_all()
        yield folder


@pytest.fixture
def docket(docket_as_made: Path, tmp_path: Path, clock: StillClock) -> Docket:
    """A new docket on SQLCipher in its first member's hands."""
    return open_copy(docket_as_made, tmp_path / "docket", clock)


def open_copy(made: Path, folder: Path, clock: StillClock) -> Docket:
    shutil.copytree(made, folder)
    return Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), clock)


@pytest.fixture(params=["sqlcipher", "postgresql"])
def docket_on_each_database(request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock) -> Iterator[Docket]:
    """The same new docket, once on SQLCipher and once on a real PostgreSQL."""
    if request.param == "sqlcipher":
        yield open_copy(request.getfixturevalue("docket_as_made"), tmp_path / "docket", clock)
        return
    made: Path = request.getfixturevalue("docket_as_made_on_postgres")
    name = psycopg.conninfo.conninfo_to_dict(DocketSettings.read(made).postgres)["dbname"]
    with scratch_database(str(name)) as address:
        folder = shutil.copytree(made, tmp_path / "docket")
        settings = folder / "docket.toml"
        settings.write_text(settings.read_text().replace(DocketSettings.read(made).postgres, address))
        yield Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), clock)
        connections.close_all()


@pytest.fixture
def postgres_database() -> Iterator[str]:
    """An empty database on the PostgreSQL that ONRECORD_TEST_POSTGRES names, dropped afterwards."""
    with scratch_database() as address:
        yield address


@contextmanager
def scratch_database(template: str = "template1") -> Iterator[str]:
    server = os.environ.get("ONRECORD_TEST_POSTGRES")
    if not server:
        pytest.skip(NO_POSTGRES)
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield psycopg.conninfo.make_conninfo(server, dbname=name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
