"""The languages of the door: numbers, months, plurals and directions, each by its own rules."""

import re
from datetime import date

import pytest

from onrecord.door.text import COUNTED
from onrecord.words.catalogue import declared_languages, load_language

ALL = tuple(declared_languages())


def test_thirteen_languages_are_declared_with_their_own_names() -> None:
    assert set(ALL) == {"en", "uk", "ru", "tg", "uz-Latn", "uz-Cyrl", "ky", "ar", "ne", "es", "fr", "hi", "crh"}
    assert len({load_language(tag).name for tag in ALL}) == len(ALL)
    assert [tag for tag in ALL if load_language(tag).direction == "rtl"] == ["ar"]


def test_a_language_that_the_door_does_not_have_is_none() -> None:
    with pytest.raises(KeyError):
        load_language("xx")


@pytest.mark.parametrize("tag", ALL)
def test_a_sentence_without_a_translation_is_shown_in_english(tag: str) -> None:
    assert load_language(tag).say("No catalogue has this.") == "No catalogue has this."


@pytest.mark.parametrize(
    ("tag", "month"),
    [
        ("en", "November 2026"),
        ("uk", "листопад 2026"),
        ("ru", "ноябрь 2026"),
        ("tg", "Ноябр 2026"),
        ("uz-Latn", "Noyabr 2026"),
        ("uz-Cyrl", "ноябр 2026"),
        ("ky", "Ноябрь 2026"),
        ("ar", "نوفمبر 2026"),
        ("ne", "नोभेम्बर 2026"),
        ("es", "noviembre 2026"),
        ("fr", "novembre 2026"),
        ("hi", "नवंबर 2026"),
        ("crh", "noyabr 2026"),
    ],
)
def test_a_month_is_written_in_the_words_of_its_language(tag: str, month: str) -> None:
    assert load_language(tag).month(date(2026, 11, 22)) == month


@pytest.mark.parametrize(("tag", "written"), [("en", "12,345"), ("es", "12.345"), ("ar", "12,345"), ("ne", "12,345")])
def test_a_number_has_the_digits_that_every_phone_shows(tag: str, written: str) -> None:
    assert load_language(tag).number(12345) == written


def test_a_name_of_the_other_direction_does_not_turn_its_sentence_round() -> None:
    arabic, english = load_language("ar"), load_language("en")

    assert arabic.say("{file} is here", file="photo (1).jpg") == "\u2068photo (1).jpg\u2069 is here"
    assert english.say("{file} is here", file="صورة.jpg") == "\u2068صورة.jpg\u2069 is here"
    assert english.say_count("{count} letter", "{count} letters", 1200) == "1,200 letters"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("en", {0: "words", 1: "word", 2: "words"}),
        ("uk", {1: "слово", 2: "слова", 5: "слів", 11: "слів", 21: "слово", 22: "слова"}),
        ("ru", {1: "слово", 3: "слова", 7: "слов", 12: "слов", 31: "слово", 34: "слова"}),
        ("es", {0: "palabras", 1: "palabra", 2: "palabras"}),
        ("fr", {0: "mot", 1: "mot", 2: "mots"}),
    ],
)
def test_a_number_takes_the_form_that_its_language_gives_it(tag: str, shown: dict[int, str]) -> None:
    one, many = COUNTED["check_count"]
    said = {count: load_language(tag).say_count(one, many, count) for count in shown}

    assert all(re.search(rf"{count} {shown[count]}\b", sentence) for count, sentence in said.items())
