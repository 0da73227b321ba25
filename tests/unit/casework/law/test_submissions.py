"""A submission keeps the newest of what is known about it, and every word on the way there."""

from datetime import date

import pytest

from onrecord.casework.docket import Docket
from onrecord.casework.law.facts import NoSuchPersonHere
from onrecord.casework.law.submissions import (
    News,
    NoLanguageTag,
    NoSuchForum,
    NoSuchSubmission,
    NothingNoted,
    due,
    note_submission,
    notes_of,
    open_submission,
    submissions,
)
from onrecord.casework.opening import add_person, open_case
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record import redraw
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.ground.dates import NotADate
from onrecord.ground.ids import CaseId


def test_news_add_to_what_was_known_and_stay_as_they_came(docket: Docket, case: CaseId) -> None:
    person = add_person(docket, case, "person")
    submission = open_submission(docket, case, "wgeid", person=person, language="en", deadline="2026-05")

    note_submission(docket, submission, News(sent_on="2026-03-02", reference="INVENTED 12"))
    note_submission(docket, submission, News(reply="received", next_date="2026-06", deadline="2026-07-01"))
    note_submission(docket, submission, News(remarks="They asked for a better copy."))

    (row,) = submissions(case)
    assert (row.forum, row.person, row.language, row.deadline) == ("wgeid", person, "en", "2026-07-01")
    assert (row.sent_on, row.reference, row.reply, row.next_date) == (
        "2026-03-02",
        "INVENTED 12",
        "received",
        "2026-06",
    )
    notes = notes_of([row])[submission]
    assert [note.reference for note in notes] == ["INVENTED 12", "", ""]
    assert notes[2].remarks == "They asked for a better copy."
    assert redraw.check(docket) == []


def test_a_submission_is_begun_once_from_one_page(docket: Docket, case: CaseId) -> None:
    seen = newest_entry()
    open_submission(docket, case, "wgeid", seen=seen)

    with pytest.raises(StaleRecord):
        open_submission(docket, case, "wgeid", seen=seen)

    assert len(submissions(case)) == 1


def test_submissions_are_listed_by_case_or_all(docket: Docket, case: CaseId) -> None:
    other = open_case(docket, "Anchor")
    ids = [open_submission(docket, one, "icc_otp") for one in (case, other)]

    assert [row.id for row in submissions()] == ids
    assert [row.id for row in submissions(other)] == ids[1:]


def test_what_makes_no_sense_is_not_recorded(docket: Docket, case: CaseId) -> None:
    submission = open_submission(docket, case, "wgeid")
    for error, begin in (
        (NoSuchForum, {"forum": "the moon"}),
        (NoSuchCase, {"case": "f" * 32}),
        (NoSuchPersonHere, {"person": "f" * 32}),
        (NotADate, {"deadline": "soon"}),
        (NoLanguageTag, {"language": "en" + "-abcdefgh" * 4}),
        (NoLanguageTag, {"language": "zz zz"}),
    ):
        with pytest.raises(error):
            open_submission(docket, **{"case": case, "forum": "wgeid", **begin})
    with pytest.raises(NothingNoted):
        note_submission(docket, submission, News(remarks=" "))
    with pytest.raises(NotADate):
        note_submission(docket, submission, News(next_date="soon"))
    with pytest.raises(NoSuchSubmission):
        note_submission(docket, "f" * 32, News(reply="received"))

    assert len(submissions()) == 1 and notes_of(submissions()) == {submission: []}


@pytest.mark.parametrize("tag", ["uk", "pt-BR", "sr-Latn-RS", "x-invented", "zh-Hans", "de-1996"])
def test_a_language_is_any_tag_of_the_standard_shape(docket: Docket, case: CaseId, tag: str) -> None:
    submission = open_submission(docket, case, "wgeid", language=tag)

    assert [row.language for row in submissions(case)] == [tag]
    for wrong in (f"{tag} ", f"{tag}-", f"{tag}_ZZ", f"-{tag}", "x", "e", "українська", "en\nfr"):
        if wrong.strip() != tag:
            with pytest.raises(NoLanguageTag):
                note_submission(docket, submission, News(language=wrong))


def test_the_next_date_stands_before_a_deadline_that_is_later_and_a_sent_one_has_no_deadline(
    docket: Docket, case: CaseId
) -> None:
    none, deadline, looked_at, sent = (open_submission(docket, case, "wgeid", deadline="2026-06") for _ in range(4))
    note_submission(docket, none, News(deadline="none"))
    note_submission(docket, looked_at, News(next_date="2026-05-02"))
    note_submission(docket, sent, News(sent_on="2026-03-01", next_date="2026-07"))

    found = [(one.row.id, one.what, one.text) for one in due(submissions(case))]

    assert found == [
        (looked_at, "next_date", "2026-05-02"),
        (deadline, "deadline", "2026-06"),
        (sent, "next_date", "2026-07"),
        (none, "", ""),
    ]


def test_a_date_has_passed_when_its_last_day_has(docket: Docket, case: CaseId) -> None:
    open_submission(docket, case, "wgeid", deadline="2026-06")

    (one,) = due(submissions(case))

    assert [one.is_now(day) for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30))] == [False, True, True]
    assert [one.has_passed(day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [False, True]


def test_a_next_date_that_is_over_is_taken_off_the_list(docket: Docket, case: CaseId) -> None:
    submission = open_submission(docket, case, "wgeid")
    note_submission(docket, submission, News(next_date="2026-05"))
    note_submission(docket, submission, News(next_date="none"))

    (one,) = due(submissions(case))

    assert one.text == "" and [note.next_date for note in notes_of([one.row])[submission]] == ["2026-05", "none"]


def test_what_was_not_sent_after_all_has_its_deadline_again(docket: Docket, case: CaseId) -> None:
    submission = open_submission(docket, case, "wgeid", deadline="2026-06")
    note_submission(docket, submission, News(sent_on="2026-03-02"))

    note_submission(docket, submission, News(sent_on="none"))

    (one,) = due(submissions(case))
    assert (one.what, one.text) == ("deadline", "2026-06")
    assert [note.sent_on for note in notes_of([one.row])[submission]] == ["2026-03-02", "none"]
