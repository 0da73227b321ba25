"""Two programs write into one docket at the same time: both are heard, and no number is lost or given twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PASSPHRASE
from onrecord.casework.docket import Docket
from onrecord.casework.models import Case, LedgerRow
from onrecord.casework.record import redraw
from onrecord.casework.record.audit import audit

pytestmark = pytest.mark.postgres

EACH = 60
WRITER = """
import os, sys
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.desk.settings"
import django
django.setup()
from onrecord.casework.docket import Docket
from onrecord.casework.opening import open_case
from onrecord.ground.clock import SystemClock
from onrecord.seal.keyring import unlock
folder, name = Path(sys.argv[1]), sys.argv[2]
docket = Docket.open(folder, unlock(folder / "keys", sys.argv[3], kind="member"), SystemClock())
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[4])):
    open_case(docket, f"{name} {number}")
"""


def _writer(folder: Path, name: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(folder), name, PASSPHRASE, str(EACH)]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)


def test_two_programs_write_at_once_and_no_number_is_lost(docket_on_each_database: Docket) -> None:
    docket = docket_on_each_database
    before = LedgerRow.objects.count()
    writers = [_writer(docket.folder, name) for name in ("one", "two")]
    for writer in writers:
        assert writer.stdout is not None and writer.stdout.readline() == "ready\n"

    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    codes = [writer.wait() for writer in writers]

    assert codes == [0, 0]
    assert Case.objects.count() == 2 * EACH
    assert list(LedgerRow.objects.order_by("index").values_list("index", flat=True)) == list(range(before + 2 * EACH))
    assert audit(docket).findings == []
    assert redraw.check(docket) == []
