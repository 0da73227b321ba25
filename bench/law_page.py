"""Measure the law page of a case of fifty people, one assessment, and the panel beside a text, by the desk's own code.

    python bench/law_page.py [--people 50] [--rounds 15]

Everything is invented: one captured text, and for each person an act with nine claims. A page is asked for through
Django's client in this process, so no network and no browser is measured. Beside the time on the clock stands processor
time: on a machine that others share, the first measures the others too.
"""

import argparse
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.desk.settings")
django.setup()

from django.test import Client  # noqa: E402

from onrecord.casework.coding import Coding, code_claim  # noqa: E402
from onrecord.casework.create import NewDocket, create_docket  # noqa: E402
from onrecord.casework.docket import Docket  # noqa: E402
from onrecord.casework.law.assessing import assess_now  # noqa: E402
from onrecord.casework.opening import open_case  # noqa: E402
from onrecord.casework.overview import claims_on  # noqa: E402
from onrecord.casework.sourcing import CapturedFile, capture_source  # noqa: E402
from onrecord.casework.texts import reading_exhibit  # noqa: E402
from onrecord.desk import served  # noqa: E402
from onrecord.desk.shown.law.over_time.moved import moved_by  # noqa: E402
from onrecord.ground.clock import SystemClock  # noqa: E402
from onrecord.seal.keyring import unlock  # noqa: E402
from onrecord.words.fields import check_value  # noqa: E402

MEMBER, PASSPHRASE = "Mira Example", "practice desk practice words"
TEXT = "Workers asked to sign in Port Sampel. Hundreds have signed since January, an office says.\n"
BUDGET_MS = 300
# What is coded on each person; the first claim opens the act.
CODED = (
    "victim.nationality=TJ",
    "victim.age=31 victim.status=civilian",
    "place.region=other_ua place.status=occupied event.date=2025-02-12",
    "actor.kind=armed_forces hands.of=power",
    "coercion.means=detention:threatened coercion.means=document_retention:carried_out",
    "deception.means=false_role_or_purpose trafficking.act=recruitment",
    "recruit.stage=in_training recruit.force=armed_forces",
    "consent.account=coerced",
    "victim.power_citizenship=none",
)


def main() -> int:
    """Print what the pages take; return 1 if the law page is over its budget in processor time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        docket = _docket(Path(folder) / "docket")
        case, people, exhibit = _coded(docket, arguments.people)
        client = _signed_in(docket)
        print(f"{arguments.people} people, {arguments.people * len(CODED)} claims")
        _measured("one person assessed", lambda: assess_now(case, people[-1], docket.law), arguments.rounds)
        page = f"/case/{case}/law?person={people[-1]}&element=compelled"
        took = _measured("law page", lambda: client.get(page), arguments.rounds)
        _measured("forums page", lambda: client.get(f"/case/{case}/forums"), arguments.rounds)
        _measured("text with every claim of the case", lambda: client.get(f"/read/{exhibit}"), 3)
        claims = claims_on(exhibit)
        _measured("of it, what its newest passage moved", lambda: moved_by(claims, docket.law), arguments.rounds)
    print(f"budget of the law page: {BUDGET_MS} ms")
    return int(took > BUDGET_MS)


def _docket(folder: Path) -> Docket:
    create_docket(folder, NewDocket("Practice desk", MEMBER, PASSPHRASE, example=True), SystemClock())
    return Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), SystemClock())


def _coded(docket: Docket, number: int) -> tuple[str, list[str], str]:
    """Code a case of so many people; return it with them and the text's exhibit."""
    data = TEXT.encode()
    file = CapturedFile("a.txt", "text/plain", hashlib.sha256(data).hexdigest(), "bench", reading_text=TEXT)
    source = capture_source(docket, file, [data])
    case, people = open_case(docket, "Lantern"), []
    for _ in range(number):
        act = "new:act"
        for values in CODED:
            stated = [check_value(*value.split("=")) for value in values.split()]
            new = {"case": case, "victim": "new:person"} if act == "new:act" else {}
            coded = code_claim(docket, Coding(source, 0, 36, "act", act, values=stated, by=(source,), **new))
            act = coded.act
        people.append(coded.person)
    return case, people, reading_exhibit(source).id


def _signed_in(docket: Docket) -> Client:
    served.begin(Docket.open(docket.folder, unlock(docket.folder / "keys", PASSPHRASE, kind="operator"), docket.clock))
    client = Client(headers={"host": "localhost"})
    if client.post("/sign-in", {"name": MEMBER, "passphrase": PASSPHRASE}).status_code != 302:
        raise SystemExit("the desk did not open")
    return client


def _measured(name: str, ask: Callable[[], object], rounds: int) -> float:
    """Print and return the median of processor time in milliseconds, after one round that fills what is cached."""
    ask()
    took = []
    for _ in range(rounds):
        wall, cpu = perf_counter(), process_time()
        ask()
        took.append(((process_time() - cpu) * 1000, (perf_counter() - wall) * 1000))
    cpu_ms, wall_ms = (median(column) for column in zip(*took, strict=True))
    print(f"{name}: {cpu_ms:.0f} ms of processor time, {wall_ms:.0f} ms on the clock")
    return cpu_ms


if __name__ == "__main__":
    raise SystemExit(main())
