"""A newcomer guesses where things are: names say what is in a file, and tests lie where their room does."""

from pathlib import Path

from rules.tree import PACKAGE, ROOT, name_of, python_files


def test_the_unit_tests_mirror_the_rooms_they_test() -> None:
    folders = {
        path.parent.relative_to(ROOT / "tests" / "unit") for path in python_files("tests") if "unit" in path.parts
    }
    # A folder that holds programs for a test to run is named after what they are, beside the test.
    rooms = {folder for folder in folders if [*(ROOT / "tests" / "unit" / folder).glob("test_*.py")]}

    assert {room.as_posix() for room in rooms if not (PACKAGE / room).is_dir()} == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "data", "info", "process", "misc"}

    assert [name_of(path) for path in python_files("src", "tests", "bench", "scripts") if path.stem in vague] == []


def _is_test(path: Path) -> bool:
    return path.name.startswith("test_")
