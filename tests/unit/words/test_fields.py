"""One stated value, FIELD=VALUE: what is taken, in which form it is recorded, and what is refused with which hint."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from onrecord.words.codebook import load_codebook, read_codebook
from onrecord.words.fields import (
    CodedValue,
    ModeWrong,
    TermDeprecated,
    UnknownField,
    ValueWrong,
    check_value,
    load_countries,
    load_facts,
)
from onrecord.words.vocabulary import NotInCodebook, UnknownTerm

WriteCodebook = Callable[..., Path]


@pytest.mark.parametrize(
    ("field", "value", "recorded"),
    [
        ("coercion.means", "torture:both", CodedValue("coercion.means", "torture", "coercion_means", "both")),
        ("coercion.means", "detention:unknown", CodedValue("coercion.means", "detention", "coercion_means", "unknown")),
        ("coercion.means", "unknown", CodedValue("coercion.means", "unknown", "coercion_means", "unknown")),
        ("coercion_means", "beating:both", CodedValue("coercion_means", "beating", "coercion_means", "both")),
        ("act_type", "coerced_contract", CodedValue("act_type", "coerced_contract", "act_type")),
        ("victim.status", "unknown", CodedValue("victim.status", "unknown", "legal_status")),
        ("victim.nationality", "NO", CodedValue("victim.nationality", "NO")),
        ("liberty.deprived", "no", CodedValue("liberty.deprived", "no")),
        ("victim.age", "017", CodedValue("victim.age", "17")),
        ("victim.age", "15..17", CodedValue("victim.age", "15..17")),
        ("event.date", "2025-02~", CodedValue("event.date", "2025-02~")),
        ("event.date", "unknown", CodedValue("event.date", "unknown")),
        ("source_reliability", "F", CodedValue("source_reliability", "F", "source_reliability")),
    ],
)
def test_a_value_is_recorded_in_its_one_form(field: str, value: str, recorded: CodedValue) -> None:
    assert check_value(field, value) == recorded


@pytest.mark.parametrize(
    ("field", "value", "error", "hint"),
    [
        ("coercion.mean", "detention:threatened", UnknownField, "coercion.means"),
        ("Іван Вигаданий", "x", UnknownField, ""),
        ("coercion.means", "detenton:threatened", UnknownTerm, "detention"),
        ("coercion.means", "detention", ModeWrong, "threatened, carried_out, both, unknown"),
        ("coercion.means", "detention:other", ModeWrong, "threatened, carried_out, both, unknown"),
        ("act_type", "coerced_contract:threatened", ModeWrong, "without a mode"),
        ("victim.nationality", "Nepal", ValueWrong, "two capital letters"),
        ("victim.nationality", "XX", ValueWrong, "two capital letters"),
        ("liberty.deprived", "true", ValueWrong, "yes, no, unknown"),
        ("victim.age", "17..15", ValueWrong, "15..17"),
        ("victim.age", "١٧", ValueWrong, "15..17"),
        ("victim.age", "", ValueWrong, "15..17"),
        ("event.date", "09/02/2025", ValueWrong, "2025-02-09"),
        ("act_type", "", UnknownTerm, ""),
    ],
)
def test_a_wrong_value_is_refused_with_a_hint_that_repeats_nothing_typed(
    field: str, value: str, error: type[NotInCodebook | ValueWrong], hint: str
) -> None:
    with pytest.raises(error) as caught:
        check_value(field, value)

    assert hint in caught.value.hint
    assert "Вигаданий" not in str(caught.value) + caught.value.hint


def test_a_means_that_only_makes_sense_as_a_deed_is_not_coded_as_a_threat() -> None:
    means = load_codebook().vocabulary("coercion_means").terms.values()
    only_done = [term.code for term in means if term.modes == ("carried_out",)]

    assert only_done
    for code in only_done:
        assert check_value("coercion.means", f"{code}:carried_out").mode == "carried_out"
        with pytest.raises(ModeWrong):
            check_value("coercion.means", f"{code}:threatened")


def test_a_term_kept_for_old_records_takes_no_new_ones(write_codebook: WriteCodebook) -> None:
    codebook = read_codebook(write_codebook())

    with pytest.raises(TermDeprecated):
        check_value("sky", "frogs:felt", codebook=codebook)


def test_every_country_of_the_list_is_there_once() -> None:
    assert len(load_countries()) == 249
    assert {"NO", "UA", "NP", "TJ"} <= load_countries()


def test_the_facts_are_those_of_the_law_data(shared: Path) -> None:
    law: dict[str, Any] = YAML(typ="safe").load(shared / "law/provisions.yaml")["facts"]
    facts = load_facts()

    # Since when a citizenship is held, and what stood on the day, were added to what was handed over.
    added = {"victim.power_citizenship_since", "victim.power_citizenship_on_day"}
    assert set(facts) == set(law) | added
    for name, asked in law.items():
        kind = asked["of"] if asked["type"] in ("code", "list") else asked["type"]
        assert (facts[name].form or facts[name].vocabulary, facts[name].is_list) == (kind, asked["type"] == "list")
        vocabulary = facts[name].vocabulary
        assert (load_codebook().vocabulary(vocabulary).mode if vocabulary else None) == asked.get("mode")
