"""Write the form on which a lawyer reviews and signs one provision: a PDF, the same bytes for the same law."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.law.reading import NoSuchProvision, read_folder
from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.law.model import Law

TEMPLATE = Path(__file__).with_suffix(".typ")
FACTS = ("instrument", "article", "protects", "binds", "scope", "basis", "customary", "eoc", "notes")
LABELS = {"eoc": "elements of crimes", "customary": "custom"}
# A form says which law it is of, not when it was printed, so that two people can compare theirs.
TIMESTAMP = datetime(2026, 1, 1, tzinfo=UTC)
BINDS = (
    "My name stands for the text of this form and no other: its words, its elements, those they rest on, their open "
    "points and the classes of means, with the SHA-256 printed above. It says nothing about any person or case."
)


class PdfMissing(BadInput):
    """What makes PDF files is not installed."""

    next_step = "Install Onrecord with its desk extra: pip install 'onrecord[desk]'."


def review_form(
    provision: Annotated[str, typer.Argument(metavar="PROVISION")],
    output: Annotated[
        Path, typer.Option("-o", "--output", dir_okay=False, metavar="FILE.pdf", help="The file to write.")
    ],
) -> None:
    """Write the form on which a lawyer reviews and signs one provision (PDF)."""
    from onrecord.ground.files import create_file

    law = read_folder(None)
    if provision not in law.provisions:
        raise NoSuchProvision
    create_file(output, [make_pdf(form_of(law, provision))], mode=0o644)
    typer.echo(f"Written. It is for law data {law.version}, SHA-256 {law.sha256}.")


def form_of(law: "Law", name: str) -> dict[str, Any]:
    """Return all that the form of a provision says."""
    provision = law.provisions[name]
    title = law.instruments[provision.text["instrument"]]["title"]
    shown = {key: provision.text[key] for key in FACTS if key in provision.text} | {"instrument": title}
    return {
        "title": f"{name}: {provision.text['label']}",
        "facts": [
            *(
                [LABELS.get(key, key), "; ".join(said) if isinstance(said, list) else said]
                for key, said in shown.items()
            ),
            ["to be signed", provision.sha256],
            ["law data", f"{law.version}, {law.sha256}"],
        ],
        "elements": [
            *(_element(law, one, is_choice=len(group) > 1) for group in provision.groups for one in group),
            *(_element(law, one, is_choice=False) for one in _rested_on(law, provision.elements)),
        ],
        "classes": [[name, _class(given)] for name, given in law.files["classes.yaml"].values["classes"].items()],
        "limits": " ".join(law.disclaimer.split()),
        "binds": BINDS,
        "footer": f"Onrecord law data {law.version}, {law.sha256[:16]}: {law.files['meta.yaml'].values['review']}",
    }


def make_pdf(form: dict[str, Any]) -> bytes:
    """Set a form as PDF/A; raise PdfMissing where typst is not installed."""
    try:
        import typst
    except ModuleNotFoundError as error:
        raise PdfMissing from error
    # The words go in as data and are never read as typst's own language. Only the fonts that typst carries are used:
    # a form must not look different on another machine.
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"form": json.dumps(form, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards="a-2u",
        timestamp=TIMESTAMP,
    )


def _rested_on(law: "Law", elements: tuple[str, ...]) -> list[str]:
    """Return the further elements on which these rest, each once."""
    found = list(elements)
    for name in found:
        element = law.elements[name]
        for clause in (element.supported_if, element.contradicted_if):
            found += [one for one in (clause.needs().elements if clause else ()) if one not in found]
    return found[len(elements) :]


def _class(given: dict[str, Any]) -> str:
    """Return what a class of means holds, in words."""
    said = []
    for fact, lists in given.items():
        for mode, terms in (lists if isinstance(lists, dict) else {"": lists}).items():
            where = "the classes" if fact == "classes" else " ".join(part for part in (fact, mode) if part)
            said.append(f"{where}: {', '.join(terms)}".replace("_", " "))
    return "; ".join(said)


def _element(law: "Law", name: str, *, is_choice: bool) -> dict[str, Any]:
    from onrecord.law.reading.wording import in_words

    given = law.files["elements.yaml"].values["elements"][name]
    return {
        "id": name,
        "question": law.elements[name].question,
        "choice": is_choice,
        "supported": in_words(given.get("supported_if")),
        "contradicted": in_words(given.get("contradicted_if")),
        "flags": [law.flag_texts[rule.flag] for rule in law.elements[name].flags],
        "check": law.elements[name].check,
    }
