"""The tables say what was coded, and no cell of them is a program."""

import csv
import json
from pathlib import Path

from unit.bundle.invented_docket import ARTICLE, CASE, FILES, LETTER, WORDS, make_id


def rows(bundle: Path, name: str) -> list[dict[str, str]]:
    with (bundle / "data" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_value_stands_with_the_words_it_rests_on_and_its_basis(bundle: Path):
    by_claim = {row["claim"]: row for row in rows(bundle, "case/claims.csv")}

    threat = by_claim[make_id("threat")]
    start, end = int(threat["start"]), int(threat["end"])
    assert threat["quote"] == FILES[WORDS].decode()[start:end]
    assert (threat["field"], threat["value"], threat["basis"]) == ("coercion.means", "immovable_property", "consent")
    assert by_claim[make_id("eleven")]["basis"] == "public_source"


def test_an_act_names_the_claims_behind_each_of_its_values(bundle: Path):
    values = {(row["field"], row["value"]): row["claims"] for row in rows(bundle, "case/acts.csv")}

    assert values["coercion.means", "immovable_property"] == make_id("threat")


def test_a_cell_that_would_be_a_formula_is_defused_and_the_json_keeps_it_exact(bundle: Path):
    cells = [cell for row in rows(bundle, "case/acts.csv") for cell in row.values()]
    exact = json.loads((bundle / "data/case/case.json").read_text())

    assert "'=Captain Muster, as alleged" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert exact["acts"][0]["involvements"][0]["perpetrator"] == "=Captain Muster, as alleged"


def test_custody_follows_an_exhibit_from_its_arrival(bundle: Path):
    custody = [(row["exhibit"], row["kind"]) for row in rows(bundle, "case/custody.csv")]

    assert [kind for exhibit, kind in custody if exhibit == WORDS] == ["LetterReceived", "LetterOpened"]
    assert [kind for exhibit, kind in custody if exhibit == ARTICLE] == ["SourceCaptured"]


def test_every_entry_of_every_subject_is_listed_with_its_number(bundle: Path):
    listed = rows(bundle, "manifest/entries.csv")

    assert [row["subject_seq"] for row in listed if row["subject"] == CASE] == ["1", "2", "3"]
    assert [row["subject_seq"] for row in listed if row["subject"] == LETTER] == ["1", "2"]


def test_the_timeline_holds_the_date_as_it_was_coded(bundle: Path):
    (line,) = rows(bundle, "case/timeline.csv")

    assert (line["when"], line["earliest"]) == ("2025-02~", "2025-02-01")
