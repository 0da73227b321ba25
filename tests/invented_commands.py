"""A docket of invented people as the command line finds it, and what a command answers."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from invented_letters import InventedLetter, drop
from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.create import NewDocket, create_docket
from onrecord.casework.docket import Docket
from onrecord.casework.models import Letter
from onrecord.casework.opening import open_case, open_pattern
from onrecord.casework.sourcing import CapturedFile, Description, capture_source, describe_source
from onrecord.ground.clock import SystemClock
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.store.folder_spool import FolderSpool
from onrecord.words.fields import check_value

PASSPHRASE = "an invented passphrase"
ACCOUNT = "They came at night.\n\nThe officer said: sign, or you go to prison. The list was long. The list was old."
ARTICLE = "Workers were told to sign.\nBy Ada Placeholder\n"


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)


Onrecord = Callable[..., Answer]


@dataclass(frozen=True)
class Filled:
    """A docket's folder and what is in it."""

    folder: Path
    letter: str
    source: str
    case: str
    pattern: str
    act: str
    claim: str


def fill(folder: Path) -> Filled:
    """Make a docket with an opened letter, a described source, a pattern, and a case with one claim."""
    docket = create_docket(folder, NewDocket("Practice", "Vira Example", PASSPHRASE, example=True), SystemClock())
    drop(docket, InventedLetter(ACCOUNT, files=[("bus.jpg", b"an invented picture")]).sealed(docket))
    list(collect(docket, FolderSpool(folder / "spool", clock=docket.clock)))
    list(unseal_all(docket))
    letter, source, case = Letter.objects.get().id, _capture(docket), open_case(docket, "Lantern")
    values = [check_value("coercion.means", "detention:threatened")]
    start = ACCOUNT.index("sign, or")
    coding = Coding(letter, start, start + 8, "act", "new:act", values, ("reporter",), case, "new:person")
    coded = code_claim(docket, coding)
    pattern = open_pattern(docket, "Night lists")
    connections.close_all()
    return Filled(folder, letter, source, case, pattern, coded.act, coded.claim)


def _capture(docket: Docket) -> str:
    content = ARTICLE.encode()
    file = CapturedFile("article.txt", "text/plain", hashlib.sha256(content).hexdigest(), "a test 1", ARTICLE)
    source = capture_source(docket, file, [content])
    describe_source(docket, source, Description("Workers were told to sign", publisher="The Example Gazette"))
    return source
