"""The form for a lawyer: everything that a signature binds stands on it, in words, and it is the same for everybody."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from invented_commands import Onrecord
from onrecord.cli.law.review_form import form_of, make_pdf
from onrecord.law.load import load_law
from onrecord.law.reading.signed_text import signed_text
from onrecord.law.reading.wording import in_lines, say


def words_of(signed: Any) -> Iterator[str]:
    """Return every text and code in what is signed, as the form prints it."""
    if isinstance(signed, str | int) and not isinstance(signed, bool):
        yield json.dumps(str(signed), ensure_ascii=False)[1:-1].replace("_", " ")
    elif isinstance(signed, list | dict):
        for one in signed.values() if isinstance(signed, dict) else signed:
            yield from words_of(one)


def test_a_form_is_written_once_and_is_the_same_for_everybody(onrecord: Onrecord, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert onrecord("law", "review-form", "gc4-51-1a", "-o", tmp_path / name).code == 0

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert onrecord("law", "review-form", "gc4-51-1a", "-o", tmp_path / "one.pdf").code == 2
    assert onrecord("law", "review-form", "nothing", "-o", tmp_path / "three.pdf").code == 2


def test_a_program_is_told_the_file_that_was_written_and_what_it_is_of(onrecord: Onrecord, tmp_path: Path) -> None:
    written = onrecord("law", "review-form", "gc4-51-1a", "-o", tmp_path / "form.pdf", "--json").json

    assert written == {
        "id": "gc4-51-1a",
        "file": str(tmp_path / "form.pdf"),
        "file_sha256": hashlib.sha256((tmp_path / "form.pdf").read_bytes()).hexdigest(),
        "sha256": load_law().provisions["gc4-51-1a"].sha256,
        "law": {"version": load_law().version, "sha256": load_law().sha256},
    }


@pytest.mark.parametrize("provision", sorted(load_law().provisions))
def test_every_word_that_a_signature_binds_stands_on_the_form(provision: str) -> None:
    form = form_of(load_law(), provision)
    said = json.dumps(form, ensure_ascii=False).replace("_", " ")

    missing = [word for word in words_of(signed_text(load_law().files, provision)) if word not in said]

    assert ["to be signed", load_law().provisions[provision].sha256] in form["facts"]
    assert missing == []


def test_a_form_says_what_else_is_needed_to_read_it_and_what_it_does_not_bind() -> None:
    form = form_of(load_law(), "rome-7-1-h")

    assert {"rights_deprived", "compelled", "protected_gc4", "in_hands"} <= {one["id"] for one in form["elements"]}
    assert "rome-8-2-a-v" in {one[0] for one in form["provisions"]}
    assert dict(form["classes"])["hard"] == "the classes: force, grave threat, legal compulsion"
    assert "reviewed by no lawyer yet" in form["footer"]
    for outside in ("the dangers to a person", "the forums", "the tables of a conflict"):
        assert outside in form["binds"]


def test_an_open_point_stands_on_the_form_with_where_it_is_raised() -> None:
    moved = next(one for one in form_of(load_law(), "gc4-49-1")["elements"] if one["id"] == "moved")

    assert moved["flags"][0][1][0] == (0, "all of these hold:")
    assert (1, "the element made_to_serve is supported") in moved["flags"][1][1]


@pytest.mark.parametrize("provision", sorted(load_law().provisions))
def test_every_provision_has_a_form_without_a_letter_that_the_font_lacks(provision: str) -> None:
    assert make_pdf(form_of(load_law(), provision))


def test_a_condition_is_said_in_words() -> None:
    condition = {
        "any": [
            {"not": {"fact": "victim.age", "gte": 18}},
            {"fact": "coercion.means", "has": ["removal"], "mode": "carried_out"},
            {"has_means": ["other_pressure"]},
        ]
    }

    said = tuple(in_lines(say(condition)))

    assert said == (
        (0, "at least one of these holds:"),
        (1, "this does not hold:"),
        (2, "victim.age is 18 or more"),
        (1, "coercion.means has one of: removal (carried out)"),
        (1, "a means on file falls into one of these classes: other pressure"),
    )


def test_every_condition_of_the_law_can_be_said_in_words() -> None:
    for element in load_law().files["elements.yaml"].values["elements"].values():
        for clause in ("supported_if", "contradicted_if"):
            assert all(text and "{" not in text for _depth, text in in_lines(say(element.get(clause))))


def test_a_condition_is_said_in_the_same_words_whatever_its_facts_and_elements_are_called() -> None:
    said = say(
        {"all": [{"fact": "victim.age", "lt": 18}, {"element": "in_hands"}]}, lambda kind, code: f"[{kind} {code}]"
    )

    assert list(in_lines(said)) == [
        (0, "all of these hold:"),
        (1, "[fact victim.age] is less than [victim.age 18]"),
        (1, "the element [element in_hands] is supported"),
    ]
