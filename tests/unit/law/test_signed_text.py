"""A signature binds what the form and the desk show: a change in that ends it, a change outside of it does not."""

from pathlib import Path
from shutil import copytree

import pytest

from onrecord.law.load import FOLDER, load_law, read_law

LAW = load_law()


def signatures_ended(folder: Path, file: str, there: str, instead: str) -> set[str]:
    """Return the provisions that must be signed again after one text of one file was replaced by another."""
    data = Path(copytree(FOLDER, folder / "data"))
    text = (data / file).read_text(encoding="utf-8")
    assert there in text
    (data / file).write_text(text.replace(there, instead, 1), encoding="utf-8")
    law = read_law(data)
    return {name for name, one in law.provisions.items() if one.sha256 != LAW.provisions[name].sha256}


@pytest.mark.parametrize(
    ("file", "there", "instead", "ended"),
    [
        ("instruments.yaml", "Hague Regulations annexed", "Regulations annexed", "hr-46-2"),
        ("instruments.yaml", 'in_force: "1910-01-26"', 'in_force: "1910-01-27"', "hr-46-2"),
        ("instruments.yaml", 'short: "Hague"', 'short: "The Hague"', "hr-46-2"),
        ("provisions.yaml", 'short: "46(2)"', 'short: "46"', "hr-46-2"),
        ("provisions.yaml", "word: seizure", "word: taking", "rome-8-2-b-xiii"),
        ("elements.yaml", 'short: "In occ', 'short: "In an occ', "hr-46-2"),
        ("elements.yaml", 'before: "2022-02-24"', 'before: "2022-02-25"', "hr-46-2"),
        ("elements.yaml", "Neutral nationals are protected", "Neutrals are protected", "gc4-31"),
        ("elements.yaml", '    reach: true\n    q: "Did it happen in occ', '    q: "Did it happen in occ', "hr-46-2"),
        ("flags.yaml", "  control_before_2022: ", "  control_before_2022: Or so. #", "hr-46-2"),
        ("classes.yaml", "call_up_under_penalty", "call_up_under_penalty, job_loss", "gc4-51-1a"),
        ("provisions.yaml", 'label: "ICC: compelling service', 'label: "ICC: forcing service', "rome-7-1-h"),
    ],
)
def test_a_change_of_what_is_shown_ends_a_signature(
    tmp_path: Path, file: str, there: str, instead: str, ended: str
) -> None:
    assert ended in signatures_ended(tmp_path, file, there, instead)


@pytest.mark.parametrize(
    ("file", "there", "instead"),
    [
        ("classes.yaml", "call_up_under_penalty", "call_up_under_penalty, job_loss"),
        ("instruments.yaml", "custom in any case", "custom"),
        ("instruments.yaml", "Rome Statute of the ICC, 1998", "Rome Statute, 1998"),
        ("conflicts/ua_ru.yaml", "enemy_national: [UA]", "enemy_national: [UA, PL]"),
        ("elements.yaml", 'title: "Property"', 'title: "Property and homes"'),
        ("elements.yaml", 'property: {title: "Property"}', 'property: {title: "Property", around: true}'),
        ("elements.yaml", "Did it happen in the Power's own", "Was it in the Power's own"),
    ],
)
def test_a_change_of_what_is_not_shown_leaves_a_signature_on_property_good(
    tmp_path: Path, file: str, there: str, instead: str
) -> None:
    assert "hr-46-2" not in signatures_ended(tmp_path, file, there, instead)
