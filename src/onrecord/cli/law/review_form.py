"""Write the form on which a lawyer reviews and signs one provision: a PDF, the same bytes for the same law."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.law.reading import Conflict, NoSuchProvision, read_folder
from onrecord.cli.show import AsJson, print_one
from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.law.model import Law

TEMPLATE = Path(__file__).with_suffix(".typ")
LABELS = {"eoc": "elements of crimes", "customary": "custom", "in_force": "in force", "elements": "needs"}
# A form says which law it is of, not when it was printed, so that two people can compare theirs.
TIMESTAMP = datetime(2026, 1, 1, tzinfo=UTC)
BINDS = (
    "My name stands for the text of this form and no other, with the SHA-256 printed above: the rule, its elements, "
    "those they rest on, their short names, conditions, notes and open points, and the classes of means that they use. "
    "It does not stand for what lies outside this form: the dangers to a person (risks.yaml), the groups of a table, "
    "the questions for a person, what to find out about facts, the forums, the terms of the codebook, the tables of a "
    "conflict (whose power, which citizenship, which place since when), how claims become facts, and how a status is "
    "computed. The version and the hash of the law data say which those were. It says nothing about any person or case."
)


class PdfMissing(BadInput):
    """What makes PDF files is not installed."""

    next_step = "Install Onrecord with its desk extra: pip install 'onrecord[desk]'."


def review_form(
    provision: Annotated[str, typer.Argument(metavar="PROVISION")],
    output: Annotated[
        Path, typer.Option("-o", "--output", dir_okay=False, metavar="FILE.pdf", help="The file to write.")
    ],
    conflict: Conflict = "",
    as_json: AsJson = False,
) -> None:
    """Write the form on which a lawyer reviews and signs one provision (PDF)."""
    from onrecord.ground.files import create_file

    law = read_folder(None, conflict)
    if provision not in law.provisions:
        raise NoSuchProvision
    pdf = make_pdf(form_of(law, provision))
    create_file(output, [pdf], mode=0o644)
    written = {
        "id": provision,
        "file": str(output),
        "file_sha256": hashlib.sha256(pdf).hexdigest(),
        "sha256": law.provisions[provision].sha256,
        "law": {"version": law.version, "sha256": law.sha256},
    }
    if as_json:
        print_one(written, as_json=True)
    else:
        typer.echo(f"Written. It is for law data {law.version}, SHA-256 {law.sha256}.")


def form_of(law: "Law", name: str) -> dict[str, Any]:
    """Return all that the form of a provision says: what is signed, and which law data it is of."""
    from onrecord.law.reading.signed_text import needed, signed_text
    from onrecord.law.reading.wording import say_class

    text = signed_text(law.files, name)
    choices = {one for group in needed(text["provision"]) if len(group) > 1 for one in group}
    return {
        "title": f"{name}: {text['provision']['label']}",
        "facts": [
            *([LABELS.get(key, key), _said(key, said)] for key, said in text["provision"].items()),
            ["to be signed", law.provisions[name].sha256],
            ["law data", f"{law.version}, {law.sha256}"],
        ],
        "elements": [_element(one, given, is_choice=one in choices) for one, given in text["elements"].items()],
        "provisions": [
            [one, f"{given['short']}, {given['label']}", _said("elements", given["elements"])]
            for one, given in text["provisions"].items()
        ],
        "classes": [[one, "; ".join(say_class(given))] for one, given in text["classes"].items()],
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


def _said(key: str, given: Any) -> str:
    """Return one thing that is said of a provision, in words."""
    if key == "elements":
        return "; ".join(" or ".join(one["any_of"]) if isinstance(one, dict) else one for one in given)
    if key == "safeguard":
        return "protects a person from a label; it is never an allegation" if given else "no"
    return "; ".join(given) if isinstance(given, list) else given or "not said"


def _element(name: str, given: dict[str, Any], *, is_choice: bool) -> dict[str, Any]:
    from onrecord.law.reading.wording import in_lines, say

    return {
        "id": name,
        "short": given["short"],
        "question": given["q"],
        "choice": is_choice,
        "reach": given["reach"],
        "supported": list(in_lines(say(given["supported_if"]))),
        "contradicted": list(in_lines(say(given["contradicted_if"]))),
        "flags": [[flag["text"], list(in_lines(say(flag["if"])))] for flag in given["flags"]],
        "notes": given["notes"],
        "check": given["check"],
    }
