"""The fast core of the law's tests: every scenario and every probe, held against any evaluator.

An evaluator is the set of functions that a test hands in: the product's own, or a copy of it with a fault planted.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from invented_law import SCENARIOS, scenarios
from onrecord.law.load import FOLDER

VECTORS = SCENARIOS.parent
OF_OATH = "What did you say that day?"  # an invented question about a fact, for probes
PROBES = VECTORS / "probes.yaml"
REFUSED = VECTORS / "refused.yaml"


@dataclass(frozen=True)
class Evaluator:
    """What assesses facts: functions of one copy of the law package, with the law it read."""

    assess: Callable[..., Any]
    read_facts: Callable[..., Any]
    law: Any
    probing_law: Any


def evaluator(folder: Path) -> Evaluator:
    """Return the evaluator of the law package as it is now imported; `folder` takes the law with invented elements."""
    from onrecord.law.assess import assess
    from onrecord.law.facts_file import read_facts
    from onrecord.law.load import read_law

    return Evaluator(assess, read_facts, read_law(FOLDER), read_law(with_invented_elements(folder)))


def with_invented_elements(folder: Path) -> Path:
    """Copy the law data and add the invented elements and provisions to it."""
    if not folder.exists():
        shutil.copytree(FOLDER, folder)
        for name in ("elements", "provisions"):
            added = (VECTORS / "invented" / f"{name}.yaml").read_text(encoding="utf-8").partition(f"{name}:\n")[2]
            with (folder / f"{name}.yaml").open("a", encoding="utf-8") as file:
                file.write(added)
        facts = (folder / "facts.yaml").read_text(encoding="utf-8")
        asked = facts.replace(
            'check: "What did the person have to say', f'ask: "{OF_OATH}", check: "What did the person have to say'
        )
        (folder / "facts.yaml").write_text(asked, encoding="utf-8")
    return folder


def differences(by: Evaluator, *, path: Path = SCENARIOS, only: str = "") -> list[tuple[Any, ...]]:
    """Return where the scenarios of a file come out otherwise than their author says; nothing when all is well."""
    found: list[tuple[Any, ...]] = []
    law = by.law if path != PROBES else by.probing_law
    for name, told in scenarios(path).items():
        if only in ("", name):
            assessment = by.assess(_facts(by, path, name), law)
            if (assessment.law_version, assessment.law_sha256) != (law.version, law.sha256):
                found.append((name, "the law is not named"))
            found += [(name, *one) for one in _told(assessment, told)]
            found += [(name, *one) for one in _more(assessment, more_of(path).get(name, {}))]
    return found


def accepted(folder: Path, path: Path = REFUSED) -> list[str]:
    """Return which law data is read though it must be refused; nothing when all is well."""
    from onrecord.law.load import read_law
    from onrecord.law.reading.wrong import LawWrong
    from onrecord.words.strict_yaml import read_data_file

    read = []
    for name, edit in read_data_file(path).values["refused"].items():
        text = (FOLDER / edit["file"]).read_text(encoding="utf-8")
        assert text.count(edit["there"]) == 1, "the place of the mistake is not where it was"
        shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
        (folder / edit["file"]).write_text(text.replace(edit["there"], edit["instead"]), encoding="utf-8")
        try:
            read_law(folder)
            read.append(name)
        except LawWrong:
            continue
    return read


@cache
def more_of(path: Path) -> dict[str, Any]:
    """Return what else must come out, by the id of a scenario."""
    from onrecord.words.strict_yaml import read_data_file

    return dict(read_data_file(path).values.get("more", {}))


def _facts(by: Evaluator, path: Path, name: str) -> Any:
    return by.read_facts(path.read_text(encoding="utf-8"), scenario=name)


def _told(assessment: Any, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    risks = {risk.id for risk in assessment.risks}
    found: list[tuple[Any, ...]] = [("risk missing", one) for one in told.get("expect_risks", []) if one not in risks]
    found += [("risk too many", one) for one in told.get("expect_no_risks", []) if one in risks]
    for provision, expected in told["expect"].items():
        status = assessment.provisions[provision]
        if expected.get("rollup", status.status) != status.status:
            found.append((provision, status.status, expected["rollup"]))
        for element, wanted in expected.get("elements", {}).items():
            if assessment.elements[element].status != wanted:
                found.append((provision, element, assessment.elements[element].status, wanted))
        found += [(provision, "flag missing", one) for one in expected.get("flags", []) if one not in status.flags]
        found += [(provision, "flag too many", one) for one in expected.get("no_flags", []) if one in status.flags]
    return found


def _more(assessment: Any, more: dict[str, Any]) -> list[tuple[Any, ...]]:
    elements = assessment.elements
    there = {
        "ask": {name: elements[name].ask for name in more.get("ask", {})},
        "asked": {name: elements[name].asked for name in more.get("asked", {})},
        "strength": {name: _strength(elements[name]) for name in more.get("strength", {})},
        "not_reached": {name: list(assessment.provisions[name].not_reached) for name in more.get("not_reached", {})},
        "derived": {
            name: assessment.derived[name].value if name in assessment.derived else None
            for name in more.get("derived", {})
        },
        "because": {
            name: assessment.derived[name].basis for name in more.get("because", {}) if name in assessment.derived
        },
        "flags": {name: list(elements[name].flags) for name in more.get("flags", {})},
        "raised": list(assessment.flags),
        "counts": {name: dict(assessment.provisions[name].counts) for name in more.get("counts", {})},
        "evidence": {name: _evidence(elements[name]) for name in more.get("evidence", {})},
        "drawn": {name: [used.name for used in elements[name].facts if used.derived] for name in more.get("drawn", {})},
        "gap_asks": [gap.ask for gap in assessment.gaps if gap.ask],
        "to_find_out": {name: name in {gap.fact for gap in assessment.gaps} for name in more.get("to_find_out", {})},
        "gaps_first": assessment.gaps[0].fact if assessment.gaps else None,
    }
    return [(key, there[key], wanted) for key, wanted in more.items() if there[key] != wanted]


def _evidence(element: Any) -> dict[str, list[str]]:
    return {used.name: list(used.evidence) for used in element.facts if used.evidence}


def _strength(element: Any) -> list[Any]:
    used = element.facts[0]
    return [used.origins, used.best_grade]
