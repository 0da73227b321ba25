"""Print what the law says about one person's facts: from a file, or from a case of the docket."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.law.case import Beside, assess_of_docket
from onrecord.cli.law.reading import Conflict, read_folder
from onrecord.cli.opening import Folder
from onrecord.cli.show import AsJson, print_json, print_list, print_section
from onrecord.errors import BadInput
from onrecord.ground.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.law.model import Assessment, Law, Status, UsedFact

# Told by shape and by word, never by colour alone.
SHAPES = {"supported": "●", "contradicted": "✕", "unknown": "○"}
GAPS_SHOWN, GAPS_IN_BRIEF = 10, 3
# Strength is that of each fact: no one number stands for those of an element, and the greatest would say too much.
FACTS = "facts_with_origins_and_best_grade"


class NothingToAssess(BadInput):
    """One thing is assessed at a time: a case of the docket, or a file of facts."""

    next_step = "Name a case, with --person ID where it has several; or a file with --facts FILE [--scenario ID]."


class FactsNotText(BadInput):
    """The file of facts is not a text."""

    next_step = "Give a YAML or JSON file in UTF-8. docs/LAW.md shows how it is written."


def assess(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="A case; what changed is put on record.")] = "",
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Which of the people in the case.")] = "",
    event: Annotated[str, typer.Option("--event", metavar="ID", help="Only what was done in this event.")] = "",
    facts: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, metavar="FILE", help="Facts as YAML or JSON.")
    ] = None,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="One scenario of the file.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Only dangers, counts and what to find out first.")] = False,
    conflict: Conflict = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show for each provision and element what is on file, what is missing, and what could hurt the person."""
    from onrecord.law.show import assessment_json

    # A case is held against the law of its docket, whose settings say by which conflict's table.
    of_a_file, of_a_case = scenario is not None or bool(conflict), bool(person or event)
    if bool(case) == (facts is not None) or (of_a_file if case else of_a_case):
        raise NothingToAssess
    if facts is None:
        law, assessment, beside = assess_of_docket(folder, case, person, event)
    else:
        law = read_folder(None, conflict)
        assessment, beside = _assess_file(facts, scenario, law), Beside()
    if as_json:
        print_json(assessment_json(assessment))
        return
    print_out = print_brief if brief else print_assessment
    print_out(assessment, law, beside)


def _assess_file(facts: Path, scenario: str | None, law: "Law") -> "Assessment":
    from onrecord.law.assess import assess as assess_facts
    from onrecord.law.facts_file import MOST_CHARACTERS, read_facts

    try:
        with facts.open(encoding="utf-8") as file:
            text = file.read(MOST_CHARACTERS + 1)
    except UnicodeDecodeError as error:
        raise FactsNotText from error
    return assess_facts(read_facts(text, scenario=scenario), law)


def print_brief(assessment: "Assessment", law: "Law", beside: Beside) -> None:
    """Print what could hurt the person, how many statuses there are of each kind, and what to find out first."""
    _print_head(assessment, beside)
    print_section("On file")
    safeguards = {name for name, provision in law.provisions.items() if provision.safeguard}
    for what, statuses in (
        ("elements", [one.status for one in assessment.elements.values()]),
        ("provisions", [one.status for name, one in assessment.provisions.items() if name not in safeguards]),
    ):
        counts = (f"{shape} {sum(one == word for one in statuses)} {word}" for word, shape in SHAPES.items())
        typer.echo(f"  {what:<10}  {'   '.join(counts)}")
    _print_gaps(assessment, GAPS_IN_BRIEF)
    _print_limits(assessment, law, beside.review)


def print_assessment(assessment: "Assessment", law: "Law", beside: Beside) -> None:
    """Print an assessment for a person to read: dangers first, limits last, never a percentage."""
    _print_head(assessment, beside)
    print_section("Provisions")
    rows = [
        {
            "status": _status(status.status),
            "provision": name,
            "what": law.provisions[name].text["label"],
            **{word: status.counts[word] for word in SHAPES},
            "not_reached_by": ", ".join(status.not_reached),
        }
        for name, status in assessment.provisions.items()
        if not law.provisions[name].safeguard
    ]
    print_list(rows, ["status", "provision", "what", *SHAPES, "not_reached_by"], as_json=False, nothing="No provision.")
    print_section("Elements")
    elements = [
        {
            "status": _status(status.status) + (" (asked)" if status.asked else ""),
            "element": name,
            FACTS: ", ".join(map(_strength, status.facts)),
            "doubts": ", ".join(status.flags),
        }
        for name, status in assessment.elements.items()
        if any(name in provision.elements and not provision.safeguard for provision in law.provisions.values())
    ]
    print_list(elements, ["status", "element", FACTS, "doubts"], as_json=False, nothing="No element.")
    if assessment.flags:
        print_section("Open points")
        for flag in assessment.flags:
            typer.echo(f"  {flag}: {law.flag_texts[flag]}")
    _print_gaps(assessment, GAPS_SHOWN)
    _print_limits(assessment, law, beside.review)


def _print_head(assessment: "Assessment", beside: Beside) -> None:
    _print_risks(assessment)
    _print_lines("Several events", beside.events)
    _print_lines("Who held the place was set by hand", beside.by_hand)


def _print_risks(assessment: "Assessment") -> None:
    if assessment.risks:
        print_section("Before anything else")
        for risk in assessment.risks:
            when = " (at the time of the event)" if risk.of_event else ""
            typer.echo(f"  ! {risk.reason}{when}")
            typer.echo(f"    {', '.join(effect.replace('_', ' ') for effect in risk.effect)}")


def _print_lines(title: str, lines: "Sequence[str]") -> None:
    if lines:
        print_section(title)
        for line in lines:
            typer.echo(f"  {visible(line)}")


def _print_gaps(assessment: "Assessment", shown: int) -> None:
    if assessment.gaps:
        print_section("What to find out first")
        for gap in assessment.gaps[:shown]:
            typer.echo(f"  {gap.check} (for {gap.element}; would move {len(gap.provisions)})")
        if len(assessment.gaps) > shown:
            typer.echo(f"  and {len(assessment.gaps) - shown} more; --json lists all.")


def _print_limits(assessment: "Assessment", law: "Law", review: str) -> None:
    print_section("Limits")
    typer.echo(f"  {law.disclaimer.strip()}")
    typer.echo(f"  Law data {assessment.law_version}, SHA-256 {assessment.law_sha256}; {review}.")


def _strength(fact: "UsedFact") -> str:
    grade = f" {fact.best_grade}" if fact.best_grade else ""
    how = ", ".join(word for word, is_so in (("derived", fact.derived), ("denied", fact.against)) if is_so)
    return f"{fact.name} {fact.origins}{grade}" + (f" ({how})" if how else "")


def _status(status: "Status") -> str:
    return f"{SHAPES[status]} {status.value}"
