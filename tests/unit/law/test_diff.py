"""Two versions of the law, and two assessments of one person, are compared by id."""

import shutil
from pathlib import Path

import pytest

from invented_law import facts
from onrecord.law.assess import assess
from onrecord.law.diff import compare_assessments, compare_laws
from onrecord.law.load import FOLDER, load_law, read_law
from onrecord.law.model import Law
from onrecord.law.show import assessment_json


@pytest.fixture(scope="module")
def stricter(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """A version in which serving in a volunteer formation is no longer service in the forces of the Power."""
    folder = Path(shutil.copytree(FOLDER, tmp_path_factory.mktemp("law") / "data"))
    elements = folder / "elements.yaml"
    text = elements.read_text(encoding="utf-8")
    place = text.index("  force_of_power:")
    elements.write_text(text[:place] + text[place:].replace("volunteer_formation, ", "", 1), encoding="utf-8")
    return read_law(folder)


def test_a_change_of_law_names_what_changed_and_what_must_be_signed_again(stricter: Law) -> None:
    found = compare_laws(load_law(), stricter)

    assert found["elements"] == {"added": [], "removed": [], "changed": ["force_of_power"]}
    assert found["provisions"]["changed"] == []
    assert {"gc4-51-1a", "gc3-130", "rome-8-2-a-v"} <= set(found["to_sign_again"])
    assert "opac-2" not in found["to_sign_again"]
    assert found["old"]["sha256"] != found["new"]["sha256"]


@pytest.mark.parametrize(
    ("file", "there", "instead", "section", "changed"),
    [
        ("instruments.yaml", "1954-05-10", "1954-05-11", "instruments", ["GC4", "GC3"]),
        ("instruments.yaml", "Rights cannot be renounced", "Rights stay", "instruments", ["references.gc4-8-47"]),
        ("meta.yaml", "This table shows", "This list shows", "meta", ["disclaimer"]),
        ("meta.yaml", "[guilty, convicted", "[convicted", "meta", ["words_never_shown"]),
        ("classes.yaml", "a round-up of one", "a round-up", "classes", ["placed_for_review"]),
        ("conflicts/ua_ru.yaml", "enemy_national: [UA]", "enemy_national: [UA, PL]", "conflict", ["bond.countries"]),
    ],
)
def test_no_part_of_any_file_changes_without_being_named(
    tmp_path: Path, file: str, there: str, instead: str, section: str, changed: list[str]
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(there, instead), encoding="utf-8")

    found = compare_laws(load_law(), read_law(folder))

    assert found.pop(section) == {"added": [], "removed": [], "changed": changed}
    assert [name for name, change in found.items() if isinstance(change, dict) and change.get("changed")] == []


def test_a_law_beside_itself_differs_in_nothing() -> None:
    found = compare_laws(load_law(), load_law())

    assert found["to_sign_again"] == []
    assert all(not change for section in ("elements", "provisions", "risks") for change in found[section].values())


def test_a_person_whose_status_moves_is_told_from_one_whose_does_not(stricter: Law) -> None:
    volunteer, soldier = facts(recruit__force="volunteer_formation"), facts(recruit__force="armed_forces")

    moved = compare_assessments(assess(volunteer, load_law()), assessment_json(assess(volunteer, stricter)))
    stayed = compare_assessments(assess(soldier, load_law()), assess(soldier, stricter))

    assert moved["elements"]["force_of_power"] == ["supported", "unknown"]
    assert (stayed["elements"], stayed["provisions"]) == ({}, {})
