"""The worked scenarios of the law data, and small things that its tests share."""

from functools import cache
from pathlib import Path
from typing import Any

from onrecord.law.facts_file import read_facts
from onrecord.law.model import Fact, Facts, Means
from onrecord.words.strict_yaml import read_data_file

SCENARIOS = Path(__file__).parent / "vectors" / "law" / "scenarios.yaml"


@cache
def scenarios(path: Path = SCENARIOS) -> dict[str, dict[str, Any]]:
    """Return what each scenario of a file says, by its id."""
    return {one["id"]: one for one in read_data_file(path).values["scenarios"]}


@cache
def facts_of(scenario: str, path: Path = SCENARIOS) -> Facts:
    """Return the facts of one scenario."""
    return read_facts(path.read_text(encoding="utf-8"), scenario=scenario)


def facts(**stated: Any) -> Facts:
    """Return facts by name, a double underscore for the dot: a value, a tuple of values, or a whole Fact."""
    return Facts({name.replace("__", "."): _fact(value) for name, value in stated.items()})


def means(*stated: str) -> tuple[Means, ...]:
    """Return means written as TERM:MODE."""
    return tuple(Means(*one.split(":")) for one in stated)


def _fact(value: Any) -> Fact:
    if isinstance(value, Fact):
        return value
    return Fact(value if isinstance(value, tuple) else (value,))
