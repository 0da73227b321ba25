"""Claims come to the facts and dangers that the author of each tale says."""

import pytest

from law_claims import CLAIMS, told_otherwise
from onrecord.law.load import load_law
from onrecord.words.strict_yaml import read_data_file


@pytest.mark.parametrize("tale", [tale["id"] for tale in read_data_file(CLAIMS).values["claims"]])
def test_claims_come_to_the_facts_and_dangers_that_are_told(tale: str) -> None:
    assert told_otherwise(load_law(), only=tale) == []
