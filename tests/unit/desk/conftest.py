"""A desk without a network: Django's own client in front of a scratch docket with an invented letter and article."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from conftest import MEMBER, PASSPHRASE
from invented_desk import put_article, put_letter
from onrecord.casework.create import NewDocket, create_docket
from onrecord.casework.docket import Docket
from onrecord.casework.models import Exhibit, Letter
from onrecord.casework.opening import open_case
from onrecord.desk import served
from onrecord.desk.collector import collect_once
from onrecord.desk.served import Served
from onrecord.ground.clock import StillClock
from onrecord.seal.keyring import unlock


@dataclass
class Desk:
    client: Client
    docket: Docket
    served: Served

    def sign_in(self, name: str = MEMBER, passphrase: str = PASSPHRASE) -> HttpResponse:
        return self.client.post("/sign-in", {"name": name, "passphrase": passphrase})

    def open_letter(self) -> Letter:
        put_letter(self.docket)
        return self.collect_and_open()

    def collect_and_open(self) -> Letter:
        collect_once(self.served)
        self.client.post("/letters/open")
        return Letter.objects.get()

    def account(self) -> Exhibit:
        return Exhibit.objects.get(origin=self.open_letter().id, is_reading_text=True)

    def case(self) -> str:
        return open_case(self.docket, "Lantern")

    def article(self) -> str:
        return put_article(self.docket)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A docket made once, to be copied: making one costs a second, and most tests here only read pages."""
    folder = tmp_path_factory.mktemp("desk") / "docket"
    moment = StillClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), moment)
    connections.close_all()
    return folder


@pytest.fixture
def docket(made_once: Path, tmp_path: Path, clock: StillClock) -> Docket:
    """A new docket in its first member's hands."""
    shutil.copytree(made_once, tmp_path / "docket")
    member = unlock(tmp_path / "docket" / "keys", PASSPHRASE, kind="member")
    return Docket.open(tmp_path / "docket", member, clock)


@pytest.fixture
def closed_desk(docket: Docket) -> Iterator[Desk]:
    """A desk to which nobody has signed in yet; the docket is the operator's."""
    operator = unlock(docket.folder / "keys", PASSPHRASE, kind="operator")
    here = served.begin(Docket.open(docket.folder, operator, docket.clock))
    yield Desk(Client(headers={"host": "localhost"}), docket, here)
    connections.close_all()


@pytest.fixture
def desk(closed_desk: Desk) -> Desk:
    """A desk to which the member has signed in."""
    assert closed_desk.sign_in().status_code == 302
    return closed_desk
