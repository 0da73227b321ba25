"""An assessment is recorded as facts stand when it is recorded, on each database: nothing erased meanwhile is in it."""

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.corroboration.grades import grade_origin
from onrecord.casework.docket import Docket
from onrecord.casework.law.assessing import assess_case, history, latest
from onrecord.casework.models import Assessment, Claim
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.append import StaleRecord, record
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId
from onrecord.law.load import load_law
from onrecord.words.fields import check_value
from whole_story import capture_text

pytestmark = pytest.mark.postgres

LAW = load_law()
RECORD = "onrecord.casework.law.assessing.record"


@pytest.fixture
def docket(docket_on_each_database: Docket) -> Docket:
    return docket_on_each_database


def coded(docket: Docket) -> tuple[str, str, str]:
    """Return a case, its person and the page on which it was coded that they signed."""
    case, page = open_case(docket, "Lantern"), capture_text(docket, "Workers of Fabeltown were told to sign.")
    values = [check_value("recruit.stage", "signed"), check_value("coercion.means", "detention:threatened")]
    coding = Coding(page, 0, 7, "act", "new:act", values=values, case=case, victim="new:person")
    return case, code_claim(docket, coding).person, page


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen after the facts were drawn and before they are recorded."""

    def late(*args: Any, **kwargs: Any) -> int:
        monkeypatch.setattr(RECORD, record)
        happens()
        return record(*args, **kwargs)

    monkeypatch.setattr(RECORD, late)


@pytest.mark.parametrize("change", ["erased", "withdrawn", "graded"])
def test_what_changed_between_drawing_and_recording_is_not_recorded_as_it_was(
    docket: Docket, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    case, person, page = coded(docket)
    changes: dict[str, Callable[[], object]] = {
        "erased": lambda: erase(docket, SubjectId(page), "mistake"),
        "withdrawn": lambda: withdraw_claim(docket, Claim.objects.get().id, "a slip"),
        "graded": lambda: grade_origin(docket, page, "known for care", reliability="B", credibility="2"),
    }
    meanwhile(monkeypatch, changes[change])

    with pytest.raises(StaleRecord):
        assess_case(docket, case, person, LAW)
    was_recorded = Assessment.objects.exists()
    assess_case(docket, case, person, LAW)

    row = latest(case, person)
    assert not was_recorded and row is not None
    assert bool(row.facts) == (change == "graded")
    assert [one["grade"] for one in row.evidence.values()] == (["B2"] if change == "graded" else [])
    assert redraw.check(docket) == []


def test_two_who_assess_at_once_make_one_assessment(docket: Docket, monkeypatch: pytest.MonkeyPatch) -> None:
    case, person, _page = coded(docket)
    meanwhile(monkeypatch, lambda: assess_case(docket, case, person, LAW))

    with pytest.raises(StaleRecord):
        assess_case(docket, case, person, LAW)

    assert len(history(case, person)) == 1
