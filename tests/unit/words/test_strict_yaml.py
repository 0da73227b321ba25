"""A data file means what a careful person sees, or is refused with the line."""

from pathlib import Path

import pytest

from onrecord.words.strict_yaml import DataFileWrong, parse_data


def refusal(text: str) -> DataFileWrong:
    with pytest.raises(DataFileWrong) as caught:
        parse_data(text, name="invented.yaml")
    return caught.value


def test_no_is_a_word_and_so_is_a_country_code() -> None:
    assert parse_data("answer: no\ncountry: NO\n", name="invented.yaml").values == {"answer": "no", "country": "NO"}


def test_every_value_knows_its_line() -> None:
    file = parse_data("first: 1\nterms:\n  one:\n    def: text\n", name="invented.yaml")

    assert file.wrong(("terms", "one", "def"), "reason").line == 4
    assert file.wrong(("terms", "one", "missing"), "reason").line == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a:\n  b: 1\n  b: 2\n", 3),
        ("a: &x [1]\nb: *x\n", 1),
        ("a: 2025-02-09\n", 1),
        ("a: 1.5\n", 1),
        ("a: 0x10\n", 1),
        ("a: 010\n", 1),
        ("1: a\n", 1),
        ("a: TRUE\n", 1),
        ("a: !!python/name:os.system x\n", 1),
        ("a: 1\nb: !invented {c: 1}\n", 2),
        ("a: 1\nb: !invented [1]\n", 2),
        ("!invented\na: 1\n", 1),
        ("- a\n", 1),
        ("a: b: c\n", 1),
        ("", 1),
    ],
)
def test_what_yaml_would_read_in_a_surprising_way_is_refused_with_the_line(text: str, line: int) -> None:
    assert refusal(text).line == line


def test_the_error_names_file_line_and_reason() -> None:
    assert str(refusal("a: 1\na: 2\n")).endswith("(invented.yaml, line 2: this name is given twice)")


def test_the_data_of_this_program_reads() -> None:
    folder = Path(__file__).parents[3] / "src/onrecord/words"

    for path in folder.rglob("*.yaml"):
        parse_data(path.read_text(encoding="utf-8"), name=path.name)
