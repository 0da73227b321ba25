"""Dates as people know them: what each form spans, and what is refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf as oracle
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.dates import NotADate, parse_edtf

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/dates/edtf.json").read_text(encoding="utf-8"))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("vector", VECTORS["accepted"], ids=lambda vector: vector["text"])
def test_a_date_spans_the_days_it_may_mean(vector: dict[str, Any]) -> None:
    parsed = parse_edtf(vector["text"])

    assert (parsed.earliest, parsed.latest) == (day(vector["earliest"]), day(vector["latest"]))
    assert parsed.text == vector["text"]


@pytest.mark.parametrize("text", VECTORS["refused"])
def test_what_two_readers_could_span_differently_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        parse_edtf(text)


@pytest.mark.parametrize("vector", [v for v in VECTORS["accepted"] if v["edtf"]], ids=lambda vector: vector["text"])
def test_another_implementation_spans_the_same_days(vector: dict[str, Any]) -> None:
    theirs = oracle(vector["text"])

    assert tuple(theirs.lower_strict()[:3]) == day(vector["earliest"]).timetuple()[:3]
    assert tuple(theirs.upper_strict()[:3]) == day(vector["latest"]).timetuple()[:3]


def test_doubt_is_kept_beside_the_days_and_does_not_move_them() -> None:
    sharp, uncertain, approximate, both = (parse_edtf(text) for text in ("2025-02", "2025-02?", "2025-02~", "2025-02%"))

    assert [d.is_uncertain for d in (sharp, uncertain, approximate, both)] == [False, True, False, True]
    assert [d.is_approximate for d in (sharp, uncertain, approximate, both)] == [False, False, True, True]
    assert {(d.earliest, d.latest) for d in (uncertain, approximate, both)} == {(sharp.earliest, sharp.latest)}


def test_the_words_a_date_was_read_from_stay_with_it() -> None:
    parsed = parse_edtf("2025-02-09", raw="09/02/2025", locale="uk")

    assert (parsed.raw, parsed.locale, parsed.calendar) == ("09/02/2025", "uk", "gregorian")


@given(st.text(alphabet="0123456789X-/?~%.", max_size=21))
def test_whatever_is_typed_becomes_a_span_that_runs_forward_or_is_refused(text: str) -> None:
    try:
        parsed = parse_edtf(text)
    except NotADate:
        return

    assert parsed.earliest is None or parsed.latest is None or parsed.earliest <= parsed.latest


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_of_the_calendar_is_itself(moment: date) -> None:
    parsed = parse_edtf(moment.isoformat())

    assert parsed.earliest == parsed.latest == moment
