"""A desk with an invented case that reaches far into the law; coded once, then copied."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponse

from conftest import MADE_AT, PASSPHRASE
from invented_legal_case import open_legal_case
from onrecord.casework.docket import Docket
from onrecord.casework.record.append import newest_entry
from onrecord.ground.clock import StillClock
from onrecord.seal.keyring import unlock
from unit.desk.conftest import Desk


@dataclass(frozen=True)
class LegalCase:
    folder: Path
    id: str
    person: str


@dataclass
class LawDesk:
    desk: Desk
    case: str
    person: str

    def get(self, path: str = "", **asked: object) -> HttpResponse:
        return self.desk.client.get(f"/case/{self.case}{path or '/law'}", {"person": self.person, **asked})

    def page(self, path: str = "", **asked: object) -> str:
        return self.get(path, **asked).content.decode()

    def post(self, path: str, **typed: object) -> HttpResponse:
        return self.send(f"/case/{self.case}{path}", person=typed.pop("person", self.person), **typed)

    def send(self, path: str, **typed: object) -> HttpResponse:
        """Post a form of the page as it is now, unless it says what its page had shown."""
        return self.desk.client.post(path, {"seen": newest_entry(), **typed})


@pytest.fixture(scope="session")
def legal_case(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> LegalCase:
    folder = tmp_path_factory.mktemp("legal") / "docket"
    shutil.copytree(made_once, folder)
    docket = Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), StillClock(MADE_AT))
    case, person = open_legal_case(docket)
    connections.close_all()
    return LegalCase(folder, case, person)


@pytest.fixture
def docket(legal_case: LegalCase, tmp_path: Path, clock: StillClock) -> Docket:
    """The docket of the invented case in its first member's hands."""
    shutil.copytree(legal_case.folder, tmp_path / "docket")
    member = unlock(tmp_path / "docket" / "keys", PASSPHRASE, kind="member")
    return Docket.open(tmp_path / "docket", member, clock)


@pytest.fixture
def law_desk(desk: Desk, legal_case: LegalCase) -> LawDesk:
    return LawDesk(desk, legal_case.id, legal_case.person)
