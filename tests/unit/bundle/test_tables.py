"""The tables say what the entries say, and no cell of them is a program."""

import csv
import json
from pathlib import Path

from onrecord.ledger.entry import read_without_checking
from unit.bundle.invented_docket import ACT, ARTICLE, CASE, FILES, LETTER, READING, WORDS, make_id


def rows(bundle: Path, name: str) -> list[dict[str, str]]:
    with (bundle / "data" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_value_stands_with_the_words_it_rests_on_its_basis_and_its_entry(bundle: Path):
    threat = next(row for row in rows(bundle, "case/claims.csv") if row["claim"] == make_id("threat"))

    start, end = int(threat["start"]), int(threat["end"])
    assert threat["quote"] == FILES[WORDS].decode()[start:end]
    assert (threat["field"], threat["value"], threat["mode"]) == ("coercion.means", "immovable_property", "threatened")
    assert (threat["basis"], threat["entry"]) == ("consent", "14")


def test_a_claim_without_a_value_is_a_row_too(bundle: Path):
    (nothing,) = [row for row in rows(bundle, "case/claims.csv") if row["claim"] == make_id("nothing")]

    assert (nothing["field"], nothing["value"], nothing["quote"]) == ("", "", "Invented page")


def test_an_act_lists_what_was_done_to_whom_by_whom_and_which_claim_says_so(bundle: Path):
    said = [(row["field"], row["value"], row["claim"]) for row in rows(bundle, "case/acts.csv") if row["act"] == ACT]

    assert [field for field, _, _ in said] == [
        "event", "victim", "coercion.means", "event.date", "act.victims", "event.date", "perpetrator",
    ]  # fmt: skip
    assert ("coercion.means", "immovable_property", make_id("threat")) in said


def test_a_cell_that_would_be_a_formula_is_defused_and_the_json_keeps_it_exact(bundle: Path):
    (source,) = rows(bundle, "case/sources.csv")
    exact = json.loads((bundle / "data/case/case.json").read_text())

    assert source["title"].startswith("'=LINK(")
    assert exact["9"]["body"]["title"].startswith("=LINK(")


def test_a_line_end_inside_words_is_no_line_of_a_table(bundle: Path):
    (quoted,) = {row["quote"] for row in rows(bundle, "case/claims.csv") if row["claim"] == make_id("eleven")}

    assert quoted == r'Eleven men said: "sign\\or\tgo"'


def test_the_exact_file_holds_every_opened_entry_as_it_was_signed(bundle: Path):
    exact = json.loads((bundle / "data/case/case.json").read_text())

    assert "23" not in exact  # the seal comes later
    for index, event in exact.items():
        signed = read_without_checking((bundle / f"proof/openings/{index}.envelope").read_bytes())
        assert (event["id"], event["body"]) == (signed.id, signed.body)


def test_custody_follows_an_exhibit_from_its_arrival(bundle: Path):
    custody = [(row["exhibit"], row["kind"]) for row in rows(bundle, "case/custody.csv")]

    assert [kind for exhibit, kind in custody if exhibit == WORDS] == [
        "LetterReceived",
        "LetterOpened",
        "PassageMarked",
    ]
    assert [kind for exhibit, kind in custody if exhibit == ARTICLE][:2] == ["SourceCaptured", "SourceDescribed"]


def test_what_a_tool_made_names_what_it_was_made_from(bundle: Path):
    (made,) = [row for row in rows(bundle, "case/exhibits.csv") if row["exhibit"] == READING]

    assert (made["made_from"], made["tool"]) == (ARTICLE, "invented 1")
    assert (bundle / "data/exhibits" / READING / "derived/reading.txt").read_bytes() == FILES[READING]


def test_every_entry_of_every_subject_is_listed_with_its_number(bundle: Path):
    listed = rows(bundle, "manifest/entries.csv")

    assert [row["subject_seq"] for row in listed if row["subject"] == CASE] == [str(n) for n in range(1, 8)]
    assert [row["subject_seq"] for row in listed if row["subject"] == LETTER] == ["1", "2", "3"]


def test_the_timeline_holds_the_dates_as_they_were_coded_in_their_order(bundle: Path):
    timeline = rows(bundle, "case/timeline.csv")

    assert [(line["date"], line["claim"]) for line in timeline] == [
        ("2025-02~", make_id("threat")),
        ("2025-03", make_id("eleven")),
    ]
