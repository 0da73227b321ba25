"""Read the law from its files, whole and right, or not at all.

A file that is wrong is refused with the line (law/reading/wrong.py). Checked here, so that nobody has to check later:
every file has one version, every fact, code, class, flag, instrument and element that is named exists, and nothing
rests on itself. Read once when the program starts; from then on the law is a value. docs/LAW.md says how to change it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from onrecord.errors import BadInput
from onrecord.law.model import ACTED_ON, Element, FactRule, FlagRule, Group, Law, Provision, RiskRule
from onrecord.law.reading.classes import check_placed, read_classes
from onrecord.law.reading.condition import Classes, Reader
from onrecord.law.reading.conflict import read_conflict
from onrecord.law.reading.instruments import check_instruments
from onrecord.law.reading.never_shown import words_never_shown
from onrecord.law.reading.ordering import facts_behind, in_order, readers_of
from onrecord.law.reading.questions import check_rules
from onrecord.law.reading.sections import check_keys, choice, groups, items, mapping, optional, text, texts, yes
from onrecord.law.reading.signed_text import text_sha256
from onrecord.law.reading.wrong import (
    ConditionWrong,
    FactNotKnown,
    KeyNotKnown,
    ReferenceDangling,
    VersionsDiffer,
    wrong,
)
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_facts
from onrecord.words.strict_yaml import DataFile, Place, parse_data

FOLDER = Path(__file__).parent / "data"
SCHEMA = "law/1"
FILES = (
    "asks",
    "classes",
    "elements",
    "facts",
    "flags",
    "forums",
    "instruments",
    "mapping",
    "meta",
    "provisions",
    "risks",
)
CONFLICT = "ua_ru"

META_TEXTS = {"language", "codebook", "review", "disclaimer", "export_rule"}
META_KEYS = META_TEXTS | {"words_never_shown", "logic"}
FACT_KEYS = {"check", "ask", "to"}
GROUP_KEYS = {"title", "around"}
ELEMENT_TEXTS = {"group", "short", "q", "check"}
ELEMENT_KEYS = ELEMENT_TEXTS | {"ask", "to", "supported_if", "contradicted_if", "flags", "reach", "notes"}
PROVISION_NEEDS = {"label", "short", "word", "instrument", "article", "basis"}
PROVISION_TEXTS = PROVISION_NEEDS | {"protects", "binds", "scope", "customary", "notes"}
PROVISION_KEYS = PROVISION_TEXTS | {"eoc", "elements", "safeguard"}
RISK_KEYS = {"id", "if", "effect", "reason", "of_event"}
WHO_KNOWS = ("person", "analyst", "papers")
COMPUTED_FLAGS = ("conflicting_evidence", "conflicting_indicia")


class ConflictNotKnown(BadInput):
    """The law data has no table of a conflict of this name."""

    next_step = "Name one of those listed, or on the command line a file of your own (FILE.yaml)."

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(known)


class FileNotOfLaw(BadInput):
    """Beside the files of the law data stands one that is none of them, and nothing in it would count."""

    next_step = "Move it elsewhere, or write what it says into the file it belongs to; docs/LAW.md lists them."

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(names)


def table_of(conflict: str | Path, folder: Path = FOLDER) -> Path:
    """Return the file of a conflict's table; raise ConflictNotKnown with the names of those there are."""
    tables = {table.stem: table for table in sorted((folder / "conflicts").glob("*.yaml"))}
    is_there = conflict.is_file() if isinstance(conflict, Path) else conflict in tables
    if tables and not is_there:
        raise ConflictNotKnown(tables)
    return conflict if isinstance(conflict, Path) else folder / "conflicts" / f"{conflict}.yaml"


def load_law(conflict: str | Path = CONFLICT) -> Law:
    """Return the law that this program carries, with the table of one conflict; raise LawWrong with the line."""
    return _read_once(table_of(conflict))


@cache
def _read_once(table: Path) -> Law:
    return read_law(FOLDER, table)


def read_law(folder: Path, conflict: str | Path = CONFLICT) -> Law:
    """Read the law from a folder of its files, with one conflict's table, named or as a path.

    Raises LawWrong, ConflictNotKnown or FileNotOfLaw.
    """
    table = table_of(conflict, folder)
    if others := sorted(path.name for path in folder.glob("*.yaml") if path.stem not in FILES):
        raise FileNotOfLaw(others)
    stored = {f"{name}.yaml": (folder / f"{name}.yaml").read_bytes() for name in FILES}
    stored[f"conflicts/{table.name}"] = table.read_bytes()
    # The hash is of bytes, so the values must be read from these bytes and not from the files a second time.
    files = {name: parse_data(data.decode("utf-8"), name=name) for name, data in stored.items()}
    version = _version(files)
    means = Reader(files["classes.yaml"], load_codebook())
    classes = read_classes(means)
    flags = {flag: text(files["flags.yaml"], ("flags", flag)) for flag in mapping(files["flags.yaml"], ("flags",))}
    check_rules(files["asks.yaml"])
    for flag in COMPUTED_FLAGS:
        if flag not in flags:
            raise wrong(ReferenceDangling, files["flags.yaml"], ("flags",), f"the flag {flag} must have a text")
    check_instruments(files["instruments.yaml"])
    rows = _groups(files["elements.yaml"])
    elements, provisions = _elements_and_provisions(files, classes, flags, rows)
    check_placed(means, classes, elements)
    meta = files["meta.yaml"]
    order = in_order(files, elements, provisions)
    return Law(
        version=version,
        sha256=_hash(stored),
        disclaimer=text(meta, ("disclaimer",)),
        words_never_shown=words_never_shown(meta),
        facts=_facts(files["facts.yaml"]),
        groups=rows,
        elements={name: facts_behind(elements[name], elements, provisions) for name in elements},
        provisions={name: replace(one, sha256=text_sha256(files, name)) for name, one in provisions.items()},
        risks=_risks(files["risks.yaml"], classes, elements, provisions),
        flag_texts=flags,
        conflict=read_conflict(files[f"conflicts/{table.name}"], table.stem, flags),
        order=order,
        readers=readers_of(elements, provisions, order),
        files=files,
    )


def _hash(stored: Mapping[str, bytes]) -> str:
    """Hash every file under its name: name and length stand before the bytes, so that no two sets hash alike.

    LIMIT: the codebook is bound by its version, not by its bytes; its own release says what a version holds.
    """
    whole = hashlib.sha256()
    for name, data in sorted(stored.items()):
        whole.update(f"{name}\n{len(data)}\n".encode() + data)
    return whole.hexdigest()


def _version(files: Mapping[str, DataFile]) -> str:
    meta = files["meta.yaml"]
    version = text(meta, ("version",))
    for file in files.values():
        if (file.values.get("schema"), file.values.get("version")) != (SCHEMA, version):
            raise wrong(VersionsDiffer, file, ("version",), f"schema must be {SCHEMA} and version that of meta.yaml")
    if meta.values.get("codebook") != load_codebook().version:
        raise wrong(VersionsDiffer, meta, ("codebook",), "this is not the version of the codebook")
    check_keys(meta, (), META_KEYS | {"schema", "version"}, META_KEYS)
    for key in META_TEXTS:
        text(meta, (key,))
    return version


def _facts(file: DataFile) -> Mapping[str, FactRule]:
    rules = {}
    for name in mapping(file, ("facts",)):
        place: Place = ("facts", name)
        if name not in load_facts():
            raise wrong(FactNotKnown, file, place, "words/facts.yaml has no fact of this name")
        check_keys(file, place, FACT_KEYS, {"check"})
        rules[name] = FactRule(name, text(file, (*place, "check")), optional(file, (*place, "ask")), _to(file, place))
    for name in load_facts():
        if name not in rules:
            raise wrong(FactNotKnown, file, ("facts",), f"the fact {name} has no check")
    return rules


def _groups(file: DataFile) -> Mapping[str, Group]:
    rows = {}
    for name in mapping(file, ("groups",)):
        place: Place = ("groups", name)
        check_keys(file, place, GROUP_KEYS, {"title"})
        rows[name] = Group(name, text(file, (*place, "title")), yes(file, (*place, "around")))
    return rows


def _elements_and_provisions(
    files: Mapping[str, DataFile], classes: Classes, flags: Mapping[str, str], rows: Mapping[str, Group]
) -> tuple[dict[str, Element], dict[str, Provision]]:
    reader = Reader(files["elements.yaml"], load_codebook(), classes)
    elements = {name: _element(reader, name, flags, rows) for name in mapping(reader.file, ("elements",))}
    file = files["provisions.yaml"]
    provisions = {name: _provision(files, name, elements) for name in mapping(file, ("provisions",))}
    for name in provisions:
        if name in elements:
            raise wrong(KeyNotKnown, file, ("provisions", name), "an element has this name")
    _look_up(reader, elements, provisions)
    return elements, provisions


def _element(reader: Reader, name: str, flags: Mapping[str, str], rows: Mapping[str, Group]) -> Element:
    file, place = reader.file, ("elements", name)
    values = check_keys(file, place, ELEMENT_KEYS, ELEMENT_TEXTS)
    clauses = {
        clause: reader.condition(values[clause], (*place, clause)) if clause in values else None
        for clause in ("supported_if", "contradicted_if")
    }
    if not any(clauses.values()):
        raise wrong(ConditionWrong, file, place, "nothing supports this element and nothing contradicts it")
    if clauses["supported_if"] == clauses["contradicted_if"]:
        raise wrong(ConditionWrong, file, (*place, "contradicted_if"), "the same supports and contradicts this element")
    raised = []
    for index, flag in enumerate(items(file, (*place, "flags")) if "flags" in values else ()):
        here: Place = (*place, "flags", index)
        check_keys(file, here, {"if", "flag"}, {"if", "flag"})
        if text(file, (*here, "flag")) not in flags:
            raise wrong(ReferenceDangling, file, (*here, "flag"), "flags.yaml has no flag of this name")
        raised.append(FlagRule(flag["flag"], reader.condition(flag["if"], (*here, "if"))))
    return Element(
        id=name,
        group=rows[choice(file, (*place, "group"), rows)],
        short=text(file, (*place, "short")),
        question=text(file, (*place, "q")),
        check=text(file, (*place, "check")),
        ask=optional(file, (*place, "ask")),
        to=_to(file, place),
        supported_if=clauses["supported_if"],
        contradicted_if=clauses["contradicted_if"],
        flags=tuple(raised),
        reach=yes(file, (*place, "reach")),
        notes=optional(file, (*place, "notes")) or "",
        facts=(),
    )


def _to(file: DataFile, place: Place) -> str:
    here: Place = (*place, "to")
    return WHO_KNOWS[0] if optional(file, here) is None else choice(file, here, WHO_KNOWS)


def _provision(files: Mapping[str, DataFile], name: str, elements: Mapping[str, Element]) -> Provision:
    file, place = files["provisions.yaml"], ("provisions", name)
    values = check_keys(file, place, PROVISION_KEYS, PROVISION_NEEDS | {"elements"})
    instrument = text(file, (*place, "instrument"))
    if instrument not in mapping(files["instruments.yaml"], ("instruments",)):
        raise wrong(ReferenceDangling, file, (*place, "instrument"), "instruments.yaml has no instrument of this name")
    shown = {key: text(file, (*place, key)) for key in values if key in PROVISION_TEXTS}
    eoc = {"eoc": texts(file, (*place, "eoc"))} if "eoc" in values else {}
    return Provision(
        id=name,
        groups=groups(file, (*place, "elements"), elements),
        safeguard=yes(file, (*place, "safeguard")),
        instrument=text(files["instruments.yaml"], ("instruments", instrument, "short")),
        article=text(file, (*place, "short")),
        word=text(file, (*place, "word")),
        text=shown | eoc,
        sha256="",
    )


def _risks(
    file: DataFile, classes: Classes, elements: Mapping[str, Element], provisions: Mapping[str, Provision]
) -> tuple[RiskRule, ...]:
    reader = Reader(file, load_codebook(), classes, is_of_safety=True)
    risks: list[RiskRule] = []
    effects = texts(file, ("effects",))
    for index, _given in enumerate(items(file, ("risks",))):
        place: Place = ("risks", index)
        values = check_keys(file, place, RISK_KEYS, {"id", "if", "effect", "reason"})
        if text(file, (*place, "id")) in {risk.id for risk in risks}:
            raise wrong(KeyNotKnown, file, (*place, "id"), "another risk has this name")
        condition = reader.condition(values["if"], (*place, "if"))
        given = items(file, (*place, "effect"))
        effect = tuple(choice(file, (*place, "effect", number), effects) for number, _effect in enumerate(given))
        reason = text(file, (*place, "reason"))
        risks.append(RiskRule(text(file, (*place, "id")), condition, effect, reason, yes(file, (*place, "of_event"))))
    for needed in ACTED_ON:
        if not any(needed in risk.effect for risk in risks):
            raise wrong(ReferenceDangling, file, ("risks",), f"no danger has the effect {needed}, which is acted on")
    _look_up(reader, elements, provisions)
    for place, name in reader.provisions:
        if not provisions[name].safeguard:
            raise wrong(ReferenceDangling, file, place, "a danger rests on a safeguard, and this provision is none")
    return tuple(risks)


def _look_up(reader: Reader, elements: Mapping[str, Element], provisions: Mapping[str, Provision]) -> None:
    for place, name in reader.elements:
        if name not in elements:
            raise wrong(ReferenceDangling, reader.file, place, "elements.yaml has no element of this name")
    for place, name in reader.provisions:
        if name not in provisions:
            raise wrong(ReferenceDangling, reader.file, place, "provisions.yaml has no provision of this name")
