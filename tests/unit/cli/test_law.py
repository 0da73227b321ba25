"""The law on the command line: shapes and words for a person, JSON for a program, a sentence for what is wrong."""

import json
import re
import shutil
from pathlib import Path

import pytest

from invented_commands import Onrecord
from invented_law import SCENARIOS, scenarios
from onrecord.law.load import FOLDER, load_law

KEYS = {"law", "elements", "provisions", "flags", "risks", "gaps"}


def test_an_assessment_as_json_has_the_agreed_shape(onrecord: Onrecord) -> None:
    printed = onrecord("law", "assess", "--facts", SCENARIOS, "--scenario", "s1", "--json").json

    assert set(printed) == KEYS
    assert printed["law"] == {"version": "1.0.0", "sha256": load_law().sha256}
    assert (len(printed["elements"]), len(printed["provisions"])) == (72, 37)
    assert set(printed["elements"]["compelled"]) == {"status", "flags", "facts", "check", "ask"}
    assert set(printed["provisions"]["gc4-51-1a"]) == {"status", "counts", "flags"}
    assert printed["provisions"]["gc4-51-1a"]["counts"] == {"supported": 5, "contradicted": 1, "unknown": 0}
    assert {key for risk in printed["risks"] for key in risk} == {"id", "effect", "reason"}
    assert {key for gap in printed["gaps"] for key in gap} == {"element", "check", "ask", "provisions"}
    used = {fact["fact"]: fact for fact in printed["elements"]["compelled"]["facts"]}
    assert used["coercion.means"] == {
        "fact": "coercion.means",
        "evidence": ["E1"],
        "against": [],
        "origins": 1,
        "best_grade": "B3",
        "derived": False,
    }


def test_a_person_reads_dangers_first_shapes_with_words_and_limits_last(onrecord: Onrecord) -> None:
    printed = onrecord("law", "assess", "--facts", SCENARIOS, "--scenario", "s1").out

    places = [printed.index(title) for title in ("Before anything else", "Provisions", "Elements", "Limits")]
    assert places == sorted(places)
    for mark in ("● supported", "✕ contradicted", "○ unknown"):
        assert mark in printed
    assert "Only a competent court decides" in " ".join(printed.split())
    assert load_law().sha256 in printed
    assert "reviewed by no lawyer yet" in printed
    assert "%" not in printed
    assert "merc" not in printed.partition("Provisions")[2].partition("Open points")[0]


def test_a_person_reads_of_each_fact_the_origins_and_the_grade_that_the_json_gives(onrecord: Onrecord) -> None:
    told = ("law", "assess", "--facts", SCENARIOS, "--scenario", "s1")
    lines = onrecord(*told).out.partition("\nElements\n")[2]
    facts = onrecord(*told, "--json").json["elements"]["compelled"]["facts"]

    (line,) = re.findall(r"^. \w+ +compelled .*(?:\n {10}.*)*", lines, re.MULTILINE)

    assert len(facts) > 1
    for fact in facts:
        assert f"{fact['fact']} {fact['origins']}" + (f" {fact['best_grade']}" if fact["best_grade"] else "") in line


@pytest.mark.parametrize("scenario", sorted(scenarios()))
def test_no_word_that_is_never_shown_is_shown(onrecord: Onrecord, scenario: str) -> None:
    printed = onrecord("law", "assess", "--facts", SCENARIOS, "--scenario", scenario).out.partition("Limits")[0].lower()

    assert [word for word in load_law().words_never_shown if word in printed] == []


def test_the_law_is_listed_shown_and_checked(onrecord: Onrecord) -> None:
    listed = onrecord("law", "list", "--json").json["items"]
    provision = onrecord("law", "show", "ua-149", "--json").json
    element = onrecord("law", "show", "moved", "--json").json
    checked = onrecord("law", "check", "--json").json

    assert len(listed) == 37
    assert ["traffic_means", "under_18"] in provision["elements"]
    assert provision["sha256"] == load_law().provisions["ua-149"].sha256
    assert element["check"] == "By what route did the person travel?"
    assert (checked["elements"], checked["questions_for_the_person"]) == (72, 0)
    assert checked["review"] == "reviewed by no lawyer yet"


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("fact: liberty.severe", "fact: liberty.sevre"),
        ('check: "By what', 'ask: "Did they move you?", check: "By what'),
        ("elements:\n", "elements:\n  alone: {q: Q, check: C, supported_if: {element: moved}}\n"),
        ('notes: "Neutral', 'notes: "He is guilty. Neutral'),
        ("elements:\n", "elements: [\n"),
    ],
)
def test_whatever_is_wrong_in_law_data_is_a_check_that_failed_with_the_line(
    onrecord: Onrecord, tmp_path: Path, there: str, instead: str
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    elements = folder / "elements.yaml"
    elements.write_text(elements.read_text(encoding="utf-8").replace(there, instead, 1), encoding="utf-8")

    answer = onrecord("law", "check", folder, "--json")

    assert answer.code == 1
    assert "elements.yaml, line " in answer.error["hint"]


def test_a_folder_without_a_file_of_the_law_is_no_law_data_and_wrong_data_is_used_nowhere(
    onrecord: Onrecord, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    (folder / "risks.yaml").write_text("risks: yes or no\n", encoding="utf-8")

    assert onrecord("law", "check", folder).code == 1
    assert onrecord("law", "list", "--data", folder).code == 2
    (folder / "risks.yaml").unlink()
    assert onrecord("law", "check", folder).code == 2


def test_two_folders_and_two_assessments_are_compared(onrecord: Onrecord, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    elements = folder / "elements.yaml"
    elements.write_text(elements.read_text(encoding="utf-8").replace("volunteer_formation, ", ""), encoding="utf-8")
    for name in ("s1", "s7"):
        printed = onrecord("law", "assess", "--facts", SCENARIOS, "--scenario", name, "--json").out
        (tmp_path / f"{name}.json").write_text(printed, encoding="utf-8")

    laws = onrecord("law", "diff", FOLDER, folder)
    people = onrecord("law", "diff", tmp_path / "s1.json", tmp_path / "s7.json")

    assert "elements changed: " in laws.out
    assert "force_of_power" in laws.out
    assert "elements: made_to_serve: supported -> contradicted" in people.out
    assert onrecord("law", "diff", FOLDER, FOLDER).out == "Nothing differs.\n"


def test_the_change_that_the_law_page_walks_through_is_as_it_says(onrecord: Onrecord, tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "LAW.md").read_text(encoding="utf-8")
    before, after = (page.partition(word)[2].splitlines()[0].strip() for word in ("before: ", "after: "))
    folder = Path(shutil.copytree(FOLDER, tmp_path / "new-law"))
    for file in folder.rglob("*.yaml"):
        versioned = re.sub("^version: .*", 'version: "1.0.1"', file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        file.write_text(versioned.replace(before, after), encoding="utf-8")

    checked, differs = onrecord("law", "check", folder), onrecord("law", "diff", FOLDER, folder)

    assert checked.code == 0
    assert differs.out.splitlines()[2:] == ["elements changed: oath_demanded", "to sign again: hr-45"]
    assert all(f"   {line}\n" in page for line in differs.out.splitlines()[2:])


def test_a_difference_in_no_value_is_not_called_nothing(onrecord: Onrecord, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    with (folder / "risks.yaml").open("a", encoding="utf-8") as file:
        file.write("# One comment more.\n")

    head, below, said = onrecord("law", "diff", FOLDER, folder).out.splitlines()

    assert head == f"old: law data 1.0.0, SHA-256 {load_law().sha256}"
    assert below.startswith("new: law data 1.0.0, SHA-256 ") and load_law().sha256 not in below
    assert said.startswith("No value differs")


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("law", 1),
        ("elements", []),
        ("elements", {}),
        ("provisions", {"gc4-31": {"status": "guessed"}}),
        ("flags", [1]),
        ("risks", ["no_contact"]),
    ],
)
def test_what_only_looks_like_an_assessment_is_not_compared(
    onrecord: Onrecord, tmp_path: Path, key: str, instead: object
) -> None:
    printed = onrecord("law", "assess", "--facts", SCENARIOS, "--scenario", "s1", "--json").json
    for name, value in (("whole", printed), ("other", {**printed, key: instead})):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")

    assert onrecord("law", "diff", tmp_path / "whole.json", tmp_path / "whole.json").out == "Nothing differs.\n"
    assert onrecord("law", "diff", tmp_path / "other.json", tmp_path / "whole.json").code == 2


def test_an_element_is_shown_with_its_conditions_set_in_as_they_hang_together(onrecord: Onrecord) -> None:
    printed = onrecord("law", "show", "moved").out

    assert "\nSupported where\n  movement.occurred is yes\n" in printed
    assert "It is raised where\n  all of these hold:\n    movement.occurred is yes\n    the element made_to" in printed


def test_an_element_is_shown_with_the_terms_of_the_classes_of_means_that_it_uses(onrecord: Onrecord) -> None:
    printed = onrecord("law", "show", "compelled").out
    classes = onrecord("law", "show", "compelled", "--json").json["classes"]

    below = printed.partition("\nClasses of means\n")[2]
    assert "  hard: the classes: force, grave threat, legal compulsion\n" in below
    assert "  force: coercion.means (carried out): violence, detention, abduction" in below
    assert "  legal compulsion: coercion.means: call up under penalty\n" in below
    assert classes["legal_compulsion"] == {"coercion.means": ["call_up_under_penalty"]}
    assert "propaganda" not in classes
    assert "Classes of means" not in onrecord("law", "show", "moved").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess",),
        ("assess", "--facts", SCENARIOS),
        ("assess", "--facts", SCENARIOS, "--scenario", "nobody"),
        ("assess", "--facts", __file__),
        ("assess", "--facts", "not there"),
        ("show", "nothing"),
        ("diff", FOLDER, SCENARIOS),
        ("diff", SCENARIOS, SCENARIOS),
        ("check", Path(__file__).parent),
    ],
)
def test_what_cannot_be_used_is_answered_with_a_sentence_and_two(
    onrecord: Onrecord, arguments: tuple[str, ...]
) -> None:
    answer = onrecord("law", *arguments, "--json")

    assert answer.code == 2
    assert answer.error["error"]
    assert answer.error["next_step"]
    assert json.loads(answer.err)["id"]


def test_another_table_is_named_by_its_file_and_reads_citizenship_its_own_way(
    onrecord: Onrecord, tmp_path: Path
) -> None:
    table = SCENARIOS.parent / "invented" / "conflict.yaml"
    person = tmp_path / "person.yaml"
    person.write_text("facts: {victim.nationality: [UA]}", encoding="utf-8")

    by_its_own = onrecord("law", "assess", "--facts", person, "--json").json
    by_the_other = onrecord("law", "assess", "--facts", person, "--conflict", table, "--json").json

    assert by_its_own["elements"]["national_of_hostile_party"]["status"] == "supported"
    assert by_the_other["elements"]["national_of_hostile_party"]["status"] == "contradicted"
    assert by_its_own["law"]["sha256"] != by_the_other["law"]["sha256"]
    assert onrecord("law", "check", "--conflict", table, "--json").json["sha256"] == by_the_other["law"]["sha256"]
    assert onrecord("law", "show", "gc4-33", "--conflict", "ua_ru", "--json").json["law"] == by_its_own["law"]


def test_a_difference_and_a_form_are_of_the_law_with_the_table_that_is_named(
    onrecord: Onrecord, tmp_path: Path
) -> None:
    table = SCENARIOS.parent / "invented" / "conflict.yaml"
    sha256 = onrecord("law", "check", "--conflict", table, "--json").json["sha256"]

    differs = onrecord("law", "diff", FOLDER, FOLDER, "--conflict", table, "--json").json
    form = onrecord("law", "review-form", "hr-45", "-o", tmp_path / "form.pdf", "--conflict", table, "--json").json

    assert [differs["old"]["sha256"], differs["new"]["sha256"], form["law"]["sha256"]] == [sha256] * 3
    assert onrecord("law", "diff", SCENARIOS, SCENARIOS, "--conflict", table).code == 2


@pytest.mark.parametrize(
    ("code", "command"),
    [
        (1, ("check",)),
        (2, ("diff", FOLDER, FOLDER)),
        (2, ("assess", "--facts", SCENARIOS, "--scenario", "s1")),
    ],
)
def test_what_is_wrong_in_a_table_is_named_with_its_line_wherever_it_is_read(
    onrecord: Onrecord, tmp_path: Path, code: int, command: tuple[str | Path, ...]
) -> None:
    text = (FOLDER / "conflicts" / "ua_ru.yaml").read_text(encoding="utf-8")
    table = tmp_path / "table.yaml"
    table.write_text(text.replace("flag: control_before_2022", "flag: [control_before_2022]"), encoding="utf-8")
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "control_before_2022" in one)

    refused = onrecord("law", *command, "--conflict", table)

    assert (refused.code, refused.out) == (code, "")
    assert f"conflicts/table.yaml, line {line}:" in refused.err


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--conflict", "ua_rus"),
        ("list", "--conflict", "nowhere.yaml"),
        ("show", "gc4-33", "--conflict", "../elements"),
        ("assess", "--facts", SCENARIOS, "--scenario", "s1", "--conflict", "ua_rus"),
    ],
)
def test_a_conflict_without_a_table_is_refused_and_those_there_are_are_listed(
    onrecord: Onrecord, command: tuple[str | Path, ...]
) -> None:
    refused = onrecord("law", *command)

    assert (refused.code, refused.out) == (2, "")
    assert "has no table" in refused.err and "Hint: ua_ru" in refused.err
