"""Print one element or one provision of the law data: conditions in words, set in as they hang together."""

from typing import TYPE_CHECKING, Any

import typer

from onrecord.cli.show import print_one, print_section

if TYPE_CHECKING:
    from onrecord.law.model import Law

CLAUSES = {"supported_if": "Supported where", "contradicted_if": "Contradicted where"}


def show_element(law: "Law", name: str, *, as_json: bool) -> None:
    """Print one element: what it asks, what decides it, its open points, the means behind it, who needs it."""
    from onrecord.law.reading.signed_text import classes_of
    from onrecord.law.reading.wording import say_class

    given = law.files["elements.yaml"].values["elements"][name]
    serves = [provision.id for provision in law.provisions.values() if name in provision.elements]
    classes = classes_of(law.files, {name: given})
    if as_json:
        print_one({"id": name, **given, "classes": classes, "provisions": serves}, as_json=True)
        return
    texts = {key: value for key, value in given.items() if key not in {*CLAUSES, "flags"}}
    print_one({"id": name, **texts, "provisions": serves}, as_json=False)
    for clause, title in CLAUSES.items():
        _print_condition(title, given.get(clause))
    for flag in given.get("flags", ()):
        _print_condition(f"Open point: {law.flag_texts[flag['flag']]} It is raised where", flag["if"])
    if classes:
        print_section("Classes of means")
        for one, terms in classes.items():
            typer.echo(f"  {one.replace('_', ' ')}: {'; '.join(say_class(terms))}")


def show_provision(law: "Law", name: str, *, as_json: bool) -> None:
    """Print one provision: what it says, the hash under which it is signed, and the elements that it needs."""
    provision = law.provisions[name]
    about = {
        "id": name,
        **provision.text,
        "safeguard": provision.safeguard,
        "law": {"version": law.version, "sha256": law.sha256},
        "sha256": provision.sha256,
    }
    if as_json:
        print_one({**about, "elements": [list(group) for group in provision.groups]}, as_json=True)
        return
    print_one(about, as_json=False)
    print_section("Elements")
    for group in provision.groups:
        for element in group:
            choice = " (one of several)" if len(group) > 1 else ""
            typer.echo(f"  {element}{choice}: {law.elements[element].question}")


def _print_condition(title: str, condition: dict[str, Any] | None) -> None:
    from onrecord.law.reading.wording import in_lines, say

    print_section(title)
    for depth, said in in_lines(say(condition)):
        typer.echo(f"{'  ' * (depth + 1)}{said}")
