"""A newcomer guesses file names: the tests of a module lie where its name says."""

import re

from rules.tree import PACKAGE, ROOT, name_of, python_files


def test_every_unit_test_is_named_after_the_module_it_tests() -> None:
    strays = []
    for path in python_files("tests"):
        place = path.relative_to(ROOT / "tests")
        if place.parts[0] != "unit" or not path.name.startswith("test_"):
            continue
        room = PACKAGE.joinpath(*place.parts[1:-1])
        # `test_age_vectors.py` may stand beside `test_age.py`: both test seal/age.py.
        modules = {module.stem for module in room.glob("*") if not module.name.startswith("_")}
        if not any(re.fullmatch(f"test_{module}(_.+)?", path.stem) for module in modules):
            strays.append(name_of(path))

    assert strays == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "data", "info", "process", "misc"}

    assert [name_of(path) for path in python_files("src", "tests", "bench", "scripts") if path.stem in vague] == []
