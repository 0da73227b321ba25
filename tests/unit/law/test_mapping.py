"""The table of claims is read whole and right, or refused with its line."""

from dataclasses import replace

import pytest

from onrecord.law.claims.mapping import read_claim_map
from onrecord.law.load import FOLDER, load_law
from onrecord.law.model import Means, Range
from onrecord.law.reading.wrong import LawWrong
from onrecord.words.strict_yaml import parse_data

NAME = "mapping.yaml"
WRONG = {
    "a kind of claim": ("states: [", "states: [guess, "),
    "a fact that is said of all": ("said_of_all: [place.status", "said_of_all: [place.state"),
    "a vocabulary": ("  age_band:", "  age_bands:"),
    "a term": ("    under_15: {", "    under_5: {"),
    "a fact": ("under_15: {victim.age", "under_15: {victim.ages"),
    "a value": ('under_15: {victim.age: "0..14"}', 'under_15: {victim.age: "young"}'),
    "a value that is a number": ('under_15: {victim.age: "0..14"}', "under_15: {victim.age: 14}"),
    "a term that gives no facts": ('under_15: {victim.age: "0..14"}', "under_15: 14"),
    "a vocabulary that gives no fact": ("\nvocabularies:\n", "\nvocabularies:\n  role: []\n"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_table_of_claims_that_is_wrong_is_refused_with_its_line(what: str) -> None:
    there, instead = WRONG[what]
    text = (FOLDER / NAME).read_text(encoding="utf-8")
    assert there in text
    changed = parse_data(text.replace(there, instead, 1), name=NAME)

    with pytest.raises(LawWrong) as caught:
        read_claim_map(replace(load_law(), files={**load_law().files, NAME: changed}))

    assert (caught.value.file, caught.value.line > 1) == (NAME, True)


def test_a_claim_becomes_the_fact_that_it_states() -> None:
    claims = read_claim_map(load_law())

    assert claims.facts("coercion.means", "detention", "threatened") == (
        ("coercion.means", Means("detention", "threatened")),
    )
    assert claims.facts("legal_status", "convict") == (("victim.status", "convict"),)
    assert claims.facts("age_band", "from_15_to_17") == (("victim.age", Range(15, 17)),)
    assert claims.facts("age_band", "under_15") == (("victim.age", Range(0, 14)),)
    assert claims.facts("role", "cook") == ()
    assert "opinion" not in claims.states | claims.disputes
