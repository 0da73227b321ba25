"""The form for a lawyer: everything that a signature binds stands on it, in words, and it is the same for everybody."""

from pathlib import Path

import pytest

from invented_commands import Onrecord
from onrecord.cli.law.review_form import form_of, make_pdf
from onrecord.law.load import load_law
from onrecord.law.reading.wording import in_words


def test_a_form_is_written_once_and_is_the_same_for_everybody(onrecord: Onrecord, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert onrecord("law", "review-form", "gc4-51-1a", "-o", tmp_path / name).code == 0

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert onrecord("law", "review-form", "gc4-51-1a", "-o", tmp_path / "one.pdf").code == 2
    assert onrecord("law", "review-form", "nothing", "-o", tmp_path / "three.pdf").code == 2


def test_what_a_signature_binds_stands_on_the_form() -> None:
    form = form_of(load_law(), "rome-8-2-a-v")

    assert ["to be signed", load_law().provisions["rome-8-2-a-v"].sha256] in form["facts"]
    assert {"compelled", "hostile_power", "protected_any_gc", "protected_gc4", "in_hands"} <= {
        one["id"] for one in form["elements"]
    }
    assert dict(form["classes"])["hard"] == "the classes: force, grave threat, legal compulsion"
    assert "reviewed by no lawyer yet" in form["footer"]


@pytest.mark.parametrize("provision", sorted(load_law().provisions))
def test_every_provision_has_a_form_without_a_letter_that_the_font_lacks(provision: str) -> None:
    assert make_pdf(form_of(load_law(), provision))


def test_a_condition_is_said_in_words() -> None:
    said = in_words(
        {
            "any": [
                {"not": {"fact": "victim.age", "gte": 18}},
                {"fact": "coercion.means", "has": ["removal"], "mode": "carried_out"},
                {"has_means": ["other_pressure"]},
            ]
        }
    )

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
            assert all(text and "{" not in text for _depth, text in in_words(element.get(clause)))
