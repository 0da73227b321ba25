"""A review stands for exactly what was read: change a word, and the language is a draft again."""

from pathlib import Path

import pytest

from onrecord.words.review import Review, needed_notices, sheet, standing_review, texts_sha256
from onrecord.words.safety import load_safety

HOTLINES = '  hotlines: {lines: [{text: "000 000"}]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An operator's folder in which an invented organisation has signed every notice that the form needs."""
    lines = [f'  {id}: {{reviewer: "Harbour House", reviewed_on: "2026-12-01"}}\n' for id in sorted(needed_notices())]
    (tmp_path / "uk.yaml").write_text("".join(['schema: safety/1\nwritten_on: "2026-12-01"\ntexts:\n', *lines]))
    return tmp_path


def signed(language: str, sha256: str) -> Review:
    return Review(language, reviewer="Olha Reader", organisation="Harbour House", on="2026-12-01", sha256=sha256)


def test_a_language_that_nobody_has_signed_is_a_draft(folder: Path) -> None:
    assert standing_review("uk", [], folder) is None
    assert standing_review("uk", [signed("ru", texts_sha256("ru", folder))], folder) is None


def test_a_review_stands_while_what_is_shown_is_what_was_read(folder: Path) -> None:
    review = signed("uk", texts_sha256("uk", folder))

    assert standing_review("uk", [signed("uk", "0" * 64), review], folder) == review


def test_a_review_without_the_notices_that_stand_before_the_questions_is_none() -> None:
    assert standing_review("uk", [signed("uk", texts_sha256("uk"))]) is None


def test_a_safety_text_of_the_operators_own_is_part_of_what_was_read(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    review = signed("uk", texts_sha256("uk", folder))
    later = tmp_path_factory.mktemp("later")

    (later / "uk.yaml").write_text((folder / "uk.yaml").read_text() + HOTLINES)

    assert standing_review("uk", [review], later) is None
    assert standing_review("uk", [signed("uk", texts_sha256("uk", later))], later)


def test_before_the_questions_stand_what_cannot_be_protected_what_may_be_punished_and_what_is_not_wanted() -> None:
    assert {"limits_of_protection", "self_incrimination", "military_data", "safety_searched"} <= needed_notices()


def test_no_two_languages_have_one_hash() -> None:
    assert len({texts_sha256(tag) for tag in ("en", "uk", "ru", "ar")}) == 4


def test_the_sheet_of_a_reviewer_holds_every_line_of_every_safety_text() -> None:
    shown = {english for english, _ in sheet("uk")}

    assert {line.text for text in load_safety("uk").values() for line in text.lines} <= shown


def test_the_sheet_of_a_reviewer_holds_the_title_and_the_words_of_an_operators_own_card(tmp_path: Path) -> None:
    card = '{title: "An invented card", lines: [], words: [{written: "слово", latin: "slovo", meaning: "a word"}]}'
    (tmp_path / "uk.yaml").write_text(f'schema: safety/1\nwritten_on: "2026-12-01"\ntexts:\n  own: {card}\n')

    shown = list(sheet("uk", tmp_path))

    assert {("An invented card", "An invented card"), ("a word", "a word"), ("a word: slovo", "слово")} <= set(shown)
