"""Reading dates from words: nothing is guessed in silence, and each reading says on what it rests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.date_words import Evidence, Order, read_dates


def found(text: str, **given: object) -> list[tuple[str, str]]:
    return [(proposal.date.text, proposal.order.value) for proposal in read_dates(text, **given)]  # type: ignore[arg-type]


def test_a_date_that_two_orders_fit_is_proposed_in_both_and_marked() -> None:
    proposals = read_dates("seen on 09/02/2025")

    assert [(p.date.text, p.order) for p in proposals] == [
        ("2025-02-09", Order.DAY_FIRST),
        ("2025-09-02", Order.MONTH_FIRST),
    ]
    assert all(p.is_ambiguous for p in proposals)


def test_another_date_of_the_same_text_that_agrees_decides() -> None:
    written_in_full, numeric = read_dates("date 2025-02-09 and again 09/02/2025")

    assert (numeric.date.text, numeric.order, numeric.evidence) == (
        "2025-02-09",
        Order.DAY_FIRST,
        Evidence.OTHER_DATE_AGREES,
    )
    assert written_in_full.evidence is Evidence.ONLY_READING


def test_another_date_that_fits_one_order_only_decides() -> None:
    proposals = read_dates("from 25/01/2025 until 09/02/2025")

    assert [(p.date.text, p.evidence) for p in proposals] == [
        ("2025-01-25", Evidence.ONLY_READING),
        ("2025-02-09", Evidence.OTHER_DATE_SHOWS_ORDER),
    ]


def test_two_dates_that_show_different_orders_decide_nothing() -> None:
    assert len(read_dates("25/01/2025, 01/26/2025, 09/02/2025")) == 4


def test_dates_that_agree_with_both_readings_decide_nothing() -> None:
    assert sum(p.is_ambiguous for p in read_dates("2025-02-09, 2025-09-02, 09/02/2025")) == 2


@pytest.mark.parametrize(
    ("locale", "dates"),
    [
        ("uk", ["2025-02-09"]),
        ("ar-SY", ["2025-02-09"]),
        ("en-GB", ["2025-02-09"]),
        ("en-US", ["2025-09-02"]),
        ("en", ["2025-02-09", "2025-09-02"]),
        ("", ["2025-02-09", "2025-09-02"]),
    ],
)
def test_a_locale_decides_only_where_it_writes_one_order(locale: str, dates: list[str]) -> None:
    assert [p.date.text for p in read_dates("09/02/2025", locale=locale)] == dates


def test_what_a_person_states_outranks_everything() -> None:
    (proposal,) = read_dates("09/02/2025", locale="uk", order=Order.MONTH_FIRST)

    assert (proposal.date.text, proposal.evidence) == ("2025-09-02", Evidence.STATED)


def test_one_day_in_either_order_is_not_ambiguous() -> None:
    (proposal,) = read_dates("09.09.2025")

    assert proposal.evidence is Evidence.ONLY_READING


def test_a_proposal_names_its_words() -> None:
    text = "published 9 February 2025 in the evening"
    (proposal,) = read_dates(text, locale="en")

    assert text[proposal.start : proposal.end] == proposal.date.raw == "9 February 2025"
    assert proposal.date.locale == "en"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2025/02/09", "2025-02-09"),
        ("2025.2.9", "2025-02-09"),
        ("/2025/02/09/some-page", "2025-02-09"),
        ("2025-02-09T10:00:00Z", "2025-02-09"),
        ("9 February 2025", "2025-02-09"),
        ("9th of February, 2025", "2025-02-09"),
        ("Feb. 9, 2025", "2025-02-09"),
        ("February 9th 2025", "2025-02-09"),
        ("February 2025", "2025-02"),
        ("9 лютого 2025 року", "2025-02-09"),
        ("у лютому 2025 року", "2025-02"),
        ("9 февраля 2025 г.", "2025-02-09"),
        ("9 de febrero de 2025", "2025-02-09"),
        ("1er février 2025", "2025-02-01"),
        ("٩ شباط/فبراير ٢٠٢٥", "2025-02-09"),
        ("٩ فبراير ٢٠٢٥", "2025-02-09"),
        ("9 كانون الثاني (يناير) 2025", "2025-01-09"),
        ("09 Mai 2025", "2025-05-09"),
    ],
)
def test_a_date_is_read_as_pages_print_it(words: str, date: str) -> None:
    assert [day for day, _ in found(words)] == [date]


@pytest.mark.parametrize(
    "words",
    [
        "2082-10-27",
        "२०८२-१०-२७",
        "1403/11/21",
        "31/02/2025",
        "13/13/2025",
        "version 1.09.02.2025",
        "09/02/2025/7",
        "09-02/2025",
        "9/2/25",
        "in spring",
        "9 شباط/آذار 2025",
        "1 March 2 2025",
        "maybe 2025",
        "room 12\nof 12 May\n2025",
    ],
)
def test_what_is_not_surely_a_gregorian_date_is_left_to_a_person(words: str) -> None:
    assert found(words) == []


@given(st.text(alphabet="0123456789/.- ,MayFeb٩лютого", max_size=60))
def test_any_text_reads_without_harm_and_every_proposal_lies_inside_it(text: str) -> None:
    for proposal in read_dates(text):
        assert text[proposal.start : proposal.end] == proposal.date.raw
        assert proposal.date.earliest is not None
