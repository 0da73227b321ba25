"""Collect every sentence that the door and the kit show, and bring the template and the catalogues up to date.

    .venv/bin/python scripts/catalogues.py            write words/locale/door.pot and every .po
    .venv/bin/python scripts/catalogues.py --check    change nothing; name the files that are not up to date

Sentences stand in data files and, for what goes wrong, in the errors themselves. A sentence that changed has lost its
translation: it is shown in English until somebody translates it anew, because a small change can be the whole meaning.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from onrecord.words.catalogue import FALLBACK, TEMPLATE, catalogue_file, declared_languages
from onrecord.words.strict_yaml import read_data_file

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "onrecord"

# Files with entries of `say`, or `one` and `many`, and a `note`.
TEXTS = ("door/text.yaml",)
FORM = "words/form/report_form.yaml"
SAFETY = "words/safety"

# Errors that a reader of the door can meet. Those of settings and of its start are the operator's and stay English.
DOOR_ERRORS = ("door/limits.py", "door/app.py", "door/body.py", "door/form.py", "door/letterbox.py", "door/mailbox.py")
FOR_THE_OPERATOR = {"NothingReviewed"}
OTHER_ERRORS = {
    "seal/letter/write.py": {"LetterTooLarge", "IdentityTooLong"},
    "seal/receipt.py": {"ReceiptWrong"},
    "store/boxes.py": {"BoxesSilent"},
    "store/spool.py": {"SpoolFull", "NoRoomForFiles"},
}

TEMPLATE_HEADER = (
    "Sentences of Onrecord's door and kit. Licence: CC BY 4.0. How to translate: docs/guide/translator.md."
)
DRAFT_HEADER = f"{TEMPLATE_HEADER}\nMachine-made draft, no reviewer yet."

# Headers that Babel fills with when and by whom: they would differ at every run and say nothing.
NOISE = tuple(
    f'"{header}:'.encode()
    for header in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
        "Report-Msgid-Bugs-To",
    )
)

Sentence = str | tuple[str, str]
Found = Iterator[tuple[Sentence, str]]


def main() -> int:
    """Write what changed, or only name it; return 1 if anything is not up to date and nothing was to be written."""
    only_check = sys.argv[1:] == ["--check"]
    template = collected()
    files = {TEMPLATE: _written(template)} | {
        catalogue_file(tag): _written(_brought_up(tag, template)) for tag in declared_languages() if tag != FALLBACK
    }
    stale = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        print(path.relative_to(ROOT))
        if not only_check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[path])
    return int(only_check and bool(stale))


def collected() -> Catalog:
    """Return the template: every sentence once, with its notes and the files where it stands."""
    template = _empty(None, TEMPLATE_HEADER)
    for name in TEXTS:
        _take(template, name, _of_texts(PACKAGE / name))
    _take(template, FORM, _of_form())
    for path in sorted((PACKAGE / SAFETY).glob("*.yaml")):
        _take(template, f"{SAFETY}/{path.name}", _of_safety(path))
    for name in DOOR_ERRORS:
        if (PACKAGE / name).exists():
            _take(template, name, _of_errors(PACKAGE / name))
    for name, classes in OTHER_ERRORS.items():
        _take(template, name, _of_errors(PACKAGE / name, classes))
    return template


def _take(template: Catalog, name: str, found: Found) -> None:
    for sentence, note in found:
        template.add(sentence, auto_comments=[note] if note else [], locations=[(f"src/onrecord/{name}", 0)])


def _of_texts(path: Path) -> Found:
    for entry in read_data_file(path).values.values():
        yield entry["say"] if "say" in entry else (entry["one"], entry["many"]), entry.get("note", "")


def _of_form() -> Found:
    values = read_data_file(PACKAGE / FORM).values
    for notice in values["notices"].values():
        yield notice["text"], notice.get("note", "A notice on the form.")
    for question in values["questions"].values():
        asked = f"The question “{question['text']}”"
        yield question["text"], question.get("note", "A question. It must not lead.")
        if "help" in question:
            yield question["help"], f"{asked}: help below it."
        for column in question.get("columns", {}).get("options", ()):
            yield column["text"], f"{asked}: heading of a column of ticks, and label of each tick."
        for option in question.get("options", ()):
            yield option["text"], f"{asked}: an answer to tick."
            if "help" in option:
                yield option["help"], f"{asked}: what a yes to “{option['text']}” leads to."


def _of_safety(path: Path) -> Found:
    values = read_data_file(path).values
    for id, text in values["texts"].items():
        about = f"Safety text {id}: short, calm, no promise."
        if "title" in text:
            yield text["title"], f"Title of a card ({id})."
        for line in text["lines"]:
            yield line["text"], " ".join(filter(None, (about, line.get("note", ""))))
        for word in (*text.get("words", ()), *text.get("to_say", ())):
            yield word["meaning"], f"What the Russian “{word['written']}” means."
    for source in values["sources"].values():
        yield (
            source["name"],
            "Names a source below a safety text. Names of papers and organisations may stay as they are.",
        )


def _of_errors(path: Path, classes: set[str] | None = None) -> Found:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef) or (classes is not None and node.name not in classes):
            continue
        if node.name in FOR_THE_OPERATOR:
            continue
        steps = [_next_step(statement) for statement in node.body]
        if classes is None and not any(steps):
            continue
        yield (
            " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split()),
            "Something went wrong; this says what.",
        )
        yield from ((step, "What to do after something went wrong.") for step in steps if step)


def _next_step(statement: ast.stmt) -> str:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    value = getattr(statement, "value", None)
    if isinstance(target, ast.Name) and target.id == "next_step" and isinstance(value, ast.Constant):
        return str(value.value)
    return ""


def _brought_up(tag: str, template: Catalog) -> Catalog:
    file = catalogue_file(tag)
    locale = tag.replace("-", "_")
    if file.exists():
        with file.open("rb") as lines:
            catalogue = read_po(lines, locale=locale, ignore_obsolete=True)
    else:
        catalogue = _empty(locale, DRAFT_HEADER)
    # Kept from the first writing: a date that changes by itself would make every catalogue look changed.
    header = catalogue.header_comment
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = header
    return catalogue


def _empty(locale: str | None, header: str) -> Catalog:
    comment = "\n".join(f"# {line}" for line in header.split("\n"))
    return Catalog(locale=locale, header_comment=comment, project="Onrecord", version="1.0.0", fuzzy=False)


def _written(catalogue: Catalog) -> bytes:
    output = BytesIO()
    write_po(output, catalogue, width=100, ignore_obsolete=True, include_lineno=False, sort_by_file=False)
    text = output.getvalue()
    if catalogue.locale_identifier and catalogue.locale is None:
        # Babel writes no plural rule for a language that it lacks.
        text = text.replace(b'"MIME-Version', b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n"MIME-Version', 1)
    return b"".join(line for line in text.splitlines(keepends=True) if not line.startswith(NOISE))


if __name__ == "__main__":
    sys.exit(main())
