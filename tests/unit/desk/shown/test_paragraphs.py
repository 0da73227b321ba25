"""A text is cut into paragraphs without changing one character of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.desk.shown.paragraphs import Mark, Paragraph, paragraph_at, paragraphs


def words_of(paragraph: Paragraph) -> str:
    return "".join(run.text for piece in paragraph.pieces for run in piece.runs)


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_every_paragraph_holds_exactly_the_characters_of_its_place(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(f"{number}", min(span), max(span), "A") for number, span in enumerate(spans)]

    for paragraph in paragraphs(text, marks):
        assert words_of(paragraph) == text[paragraph.start : paragraph.end]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=6))
def test_every_passage_begins_once(spans: list[tuple[int, int]]) -> None:
    text = "x" * 100
    marks = [Mark(f"{number}", start, start + length, "A") for number, (start, length) in enumerate(spans)]

    begun = [id_ for paragraph in paragraphs(text, marks) for piece in paragraph.pieces for id_ in piece.begins]

    assert sorted(begun) == sorted(mark.id for mark in marks)


def test_passages_that_overlap_are_both_there() -> None:
    marks = [Mark("long", 0, 10, "A"), Mark("short", 4, 6, "M")]

    (paragraph,) = paragraphs("0123456789", marks)

    assert [[mark.id for mark in piece.marks] for piece in paragraph.pieces] == [["long"], ["long", "short"], ["long"]]
    assert [piece.on_top.letter for piece in paragraph.pieces if piece.on_top] == ["A", "M", "A"]
    assert paragraph.letters == ("A", "M")


@pytest.mark.parametrize(("hidden", "shown"), [("\u202e", "[U+202E]"), ("\u200b", "[U+200B]"), ("\x00", "[U+0000]")])
def test_a_character_that_nobody_would_see_is_written_out_beside_its_place(hidden: str, shown: str) -> None:
    (paragraph,) = paragraphs(f"abc{hidden}cba")

    assert [run.shown for piece in paragraph.pieces for run in piece.runs] == ["", shown, ""]


def test_joiners_that_spelling_needs_are_left_alone() -> None:
    (paragraph,) = paragraphs("می\u200cخواهم")

    assert [run.shown for piece in paragraph.pieces for run in piece.runs] == [""]


def test_paragraphs_are_counted_without_the_empty_lines() -> None:
    text = "one\r\n\r\n  \r\ntwo\nthree"

    assert [paragraph.number for paragraph in paragraphs(text)] == [1, 2, 3]
    assert [paragraph_at(text, text.index(word)) for word in ("one", "two", "three")] == [1, 2, 3]
