"""The coding form finds the words that are meant, says what is missing field by field, and loses nothing."""

import pytest

from invented_desk import ACCOUNT
from onrecord.desk.shown.coding_form import CodingForm

COMPLETE = {
    "words": "sign, or you will be charged and go to prison",
    "kind": "act",
    "on": "case:" + "1" * 32,
    "by-0": "reporter",
    "stance": "supports",
}


def form(**typed: str) -> CodingForm:
    return CodingForm(ACCOUNT, "2" * 32, {**COMPLETE, **typed})


def test_words_that_stand_once_are_found() -> None:
    coding = form().coding()

    assert coding is not None
    assert ACCOUNT[coding.start : coding.end] == COMPLETE["words"]


def test_words_broken_over_lines_by_copying_are_found_too() -> None:
    coding = form(words=" sign, or you will\r\nbe charged ").coding()

    assert coding is not None
    assert ACCOUNT[coding.start : coding.end] == "sign, or you will be charged"


def test_words_that_stand_twice_are_asked_about_and_the_answer_is_taken() -> None:
    asked = form(words="They kept our passports", paragraph="2")
    assert asked.coding() is None

    second = asked.occurrences[1]
    coding = form(words="They kept our passports", place=f"{second.start}:{second.end}").coding()

    assert coding is not None
    assert coding.start == ACCOUNT.rindex("They kept our passports")


def test_naming_the_paragraph_is_enough_where_it_holds_the_words_once() -> None:
    assert form(words="passport", paragraph="5").coding() is not None


@pytest.mark.parametrize("place", ["0:5", "99999:100000", "x:y", ":", "5"])
def test_a_place_that_does_not_hold_the_words_is_not_believed(place: str) -> None:
    coding = form(place=place).coding()

    assert coding is not None
    assert ACCOUNT[coding.start : coding.end] == COMPLETE["words"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "words that stand nowhere"}, "words"),
        ({"kind": ""}, "kind"),
        ({"on": ""}, "on"),
        ({"on": "new:" + "1" * 32}, "victim"),
        ({"victim": "new:person"}, "victim"),
        ({"by-0": ""}, "by-0"),
        ({"by-0": "name"}, "by-name-0"),
        ({"field-0": "coercion.means", "value-0": "detention"}, "value-0"),
        ({"field-0": "event.date", "value-0": "09/02/2025"}, "value-0"),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_field(typed: dict[str, str], field: str) -> None:
    wrong = form(**typed)

    assert wrong.coding() is None
    assert list(wrong.errors) == [field]


def test_several_values_and_a_chain_of_speakers_are_coded_together() -> None:
    coding = form(
        **{"rows": "2", "field-0": "coercion.means", "value-0": "detention", "mode-0": "threatened"},
        **{"field-1": "event.date", "value-1": "2025-02~"},
        **{"by-0": "name", "by-name-0": "Captain Muster", "by-1": "reporter"},
    ).coding()

    assert coding is not None
    assert [(value.field, value.value, value.mode) for value in coding.values] == [
        ("coercion.means", "detention", "threatened"),
        ("event.date", "2025-02~", None),
    ]
    assert coding.by == ["Captain Muster", "reporter"]


def test_a_passage_attributed_to_nobody_has_no_speaker() -> None:
    coding = form(**{"by-0": "nobody"}).coding()

    assert coding is not None
    assert coding.by == []
