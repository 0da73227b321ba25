"""A letter or a source is graded once; its claims inherit letter and number, each for itself."""

import pytest

from onrecord.casework.coding import Coding, GradeUnknown, code_claim
from onrecord.casework.corroboration.grades import (
    Graded,
    GradeNeedsReason,
    NothingToGrade,
    grade_origin,
    grades_of,
)
from onrecord.casework.docket import Docket
from onrecord.casework.law.facts import read_case
from onrecord.casework.models import Grade
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId
from onrecord.law.load import load_law
from whole_story import capture_text

OWN = {
    "none of its own": ("", "", "B3"),
    "its own letter": ("D", "", "D3"),
    "its own number": ("", "5", "B5"),
    "both of its own": ("D", "5", "D5"),
}


@pytest.fixture
def source(docket: Docket) -> str:
    return capture_text(docket, "Workers of Fabeltown were told to sign.")


@pytest.mark.parametrize(("reliability", "credibility", "grade"), OWN.values(), ids=OWN.keys())
def test_a_claim_inherits_what_it_has_not_itself(
    docket: Docket, source: str, reliability: str, credibility: str, grade: str
) -> None:
    case = open_case(docket, "Lantern")
    own = {"reliability": reliability, "credibility": credibility}
    claim = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim="new:person", **own)).claim
    grade_origin(docket, source, "An archive of long standing.", reliability="B", credibility="3")

    evidence = read_case(case, load_law()).evidence

    assert evidence[claim].grade == grade


def test_the_newest_grade_counts_and_what_is_not_given_stays(docket: Docket, source: str) -> None:
    grade_origin(docket, source, "An archive of long standing.", reliability="B")
    grade_origin(docket, source, "Two others say so.", credibility="2")
    both = grades_of([source])
    grade_origin(docket, source, "Nobody knows them any more.", reliability="")

    assert both == {source: Graded("B", "2")}
    assert grades_of([source]) == {source: Graded("", "2")}
    assert Grade.objects.earliest("entry").reason == "An archive of long standing."
    assert redraw.check(docket) == []


def test_a_letter_alone_is_no_grade_of_a_claim(docket: Docket, source: str) -> None:
    case = open_case(docket, "Lantern")
    claim = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim="new:person")).claim
    grade_origin(docket, source, "An archive of long standing.", reliability="B")

    assert read_case(case, load_law()).evidence[claim].grade is None


def test_what_is_no_grade_is_refused(docket: Docket, source: str) -> None:
    with pytest.raises(NothingToGrade):
        grade_origin(docket, "f" * 32, "because", reliability="B")
    for blank in (" ", "\u200b", "\x00", "\u2060 \u202e"):
        with pytest.raises(GradeNeedsReason):
            grade_origin(docket, source, blank, reliability="B")
    for wrong in ({}, {"reliability": "G"}, {"credibility": "7"}, {"reliability": "AB"}):
        with pytest.raises(GradeUnknown):
            grade_origin(docket, source, "because", **wrong)

    assert not Grade.objects.exists()


def test_the_grade_of_an_erased_source_is_gone_with_it(docket: Docket, source: str) -> None:
    grade_origin(docket, source, "An archive of long standing.", reliability="B")

    erase(docket, SubjectId(source), "mistake")

    assert not Grade.objects.exists() and redraw.check(docket) == []
