"""A review stands for exactly what was read: change a word, and the language is a draft again."""

from pathlib import Path

from onrecord.words.review import Review, sheet, standing_review, texts_sha256
from onrecord.words.safety import load_safety

OWN = 'schema: safety/1\nwritten_on: "2026-12-01"\ntexts:\n  hotlines: {lines: [{text: "000 000"}]}\n'


def signed(language: str, sha256: str) -> Review:
    return Review(language, reviewer="Olha Reader", organisation="Harbour House", on="2026-12-01", sha256=sha256)


def test_a_language_that_nobody_has_signed_is_a_draft() -> None:
    assert standing_review("uk", []) is None
    assert standing_review("uk", [signed("ru", texts_sha256("ru"))]) is None


def test_a_review_stands_while_what_is_shown_is_what_was_read() -> None:
    review = signed("uk", texts_sha256("uk"))

    assert standing_review("uk", [signed("uk", "0" * 64), review]) == review


def test_a_safety_text_of_the_operators_own_is_part_of_what_was_read(tmp_path: Path) -> None:
    review = signed("uk", texts_sha256("uk"))

    (tmp_path / "uk.yaml").write_text(OWN, encoding="utf-8")

    assert standing_review("uk", [review], tmp_path) is None
    assert standing_review("uk", [signed("uk", texts_sha256("uk", tmp_path))], tmp_path)


def test_no_two_languages_have_one_hash() -> None:
    assert len({texts_sha256(tag) for tag in ("en", "uk", "ru", "ar")}) == 4


def test_the_sheet_of_a_reviewer_holds_every_line_of_every_safety_text() -> None:
    shown = {english for english, _ in sheet("uk")}

    assert {line.text for text in load_safety("uk").values() for line in text.lines} <= shown
