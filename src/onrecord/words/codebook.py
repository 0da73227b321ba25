"""The codebook: every controlled word that a coder may use, read from `words/codebook/*.yaml` (CC BY 4.0).

A file that is wrong is refused with the line. Checked here, so that nobody has to check later: every file has the
codebook's version, no vocabulary stands in two files, every broader term, mode and indicator exists, no term is broader
than itself, every term has an English label and a definition. docs/CODEBOOK.md says how to read and change the files.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.words.strict_yaml import DataFile, Place, read_data_file
from onrecord.words.vocabulary import FALLBACK_LANGUAGE, Codebook, Term, Vocabulary

FOLDER = Path(__file__).parent / "codebook"
SCHEMA = "codebook/1"
VOCABULARY_KEYS = {"about", "mode", "terms"}
TERM_KEYS = {"label", "def", "include", "exclude", "parent", "modes", "maps", "indicators", "signs", "deprecated"}


@cache
def load_codebook() -> Codebook:
    """Return the codebook that this program carries; raise DataFileWrong with the line if a file of it is wrong."""
    return read_codebook(FOLDER)


def read_codebook(folder: Path) -> Codebook:
    """Read a codebook from the folder of its files; raise DataFileWrong with the line of the first thing wrong."""
    index = read_data_file(folder / "index.yaml")
    version = index.values.get("version")
    if index.values.get("schema") != SCHEMA or not isinstance(version, str):
        raise index.wrong(("version",), f"schema must be {SCHEMA} and version a quoted text")
    universal = _read_terms(index, ("universal",), "", is_universal=True)
    vocabularies: dict[str, Vocabulary] = {}
    files: dict[str, DataFile] = {}
    for name in index.values["files"]:
        file = read_data_file(folder / f"{name}.yaml")
        if (file.values.get("schema"), file.values.get("version")) != (SCHEMA, version):
            raise file.wrong(("version",), "schema and version must be those of index.yaml")
        for vocabulary in _mapping(file, ("vocabularies",)):
            if vocabulary in vocabularies:
                raise file.wrong(("vocabularies", vocabulary), "this vocabulary stands in another file too")
            vocabularies[vocabulary] = _read_vocabulary(file, vocabulary, universal)
            files[vocabulary] = file
    for vocabulary, file in files.items():
        _check_names(file, vocabularies[vocabulary], vocabularies)
    return Codebook(version, vocabularies)


def _read_vocabulary(file: DataFile, name: str, universal: Mapping[str, Term]) -> Vocabulary:
    place: Place = ("vocabularies", name)
    values = _mapping(file, place, VOCABULARY_KEYS)
    terms = _read_terms(file, (*place, "terms"), name)
    shared = {code: term for code, term in universal.items() if code not in terms}
    return Vocabulary(name, values["about"], values.get("mode"), terms | shared)


def _read_terms(file: DataFile, place: Place, vocabulary: str, *, is_universal: bool = False) -> dict[str, Term]:
    terms = {}
    for code in _mapping(file, place):
        values = _mapping(file, (*place, code), TERM_KEYS)
        labels = _mapping(file, (*place, code, "label"))
        if FALLBACK_LANGUAGE not in labels or not isinstance(values.get("def"), str):
            raise file.wrong((*place, code), "a term needs an English label and a definition")
        terms[code] = Term(
            vocabulary=vocabulary,
            code=code,
            labels=labels,
            definition=values["def"],
            include=values.get("include"),
            exclude=values.get("exclude"),
            parent=values.get("parent"),
            modes=tuple(values.get("modes", ())),
            maps=values.get("maps", {}),
            indicators={name: tuple(codes) for name, codes in values.get("indicators", {}).items()},
            signs=tuple(values.get("signs", ())),
            is_deprecated=values.get("deprecated", False),
            is_universal=is_universal,
        )
    return terms


def _check_names(file: DataFile, vocabulary: Vocabulary, vocabularies: Mapping[str, Vocabulary]) -> None:
    place: Place = ("vocabularies", vocabulary.name)
    if vocabulary.mode is not None and vocabulary.mode not in vocabularies:
        raise file.wrong((*place, "mode"), "there is no vocabulary of this name")
    for code, term in vocabulary.terms.items():
        here: Place = (*place, "terms", code)
        _check_parents(file, here, vocabulary, term)
        named = dict(term.indicators)
        if term.modes:
            named[vocabulary.mode or ""] = term.modes
        for other, codes in named.items():
            if other not in vocabularies or not set(codes) <= set(vocabularies[other].terms):
                raise file.wrong((*here, "indicators" if other in term.indicators else "modes"), "a code is not known")


def _check_parents(file: DataFile, here: Place, vocabulary: Vocabulary, term: Term) -> None:
    seen = {term.code}
    parent = term.parent
    while parent is not None:
        if parent not in vocabulary.terms:
            raise file.wrong((*here, "parent"), "there is no such broader term")
        if parent in seen:
            raise file.wrong((*here, "parent"), "this term would be broader than itself")
        seen.add(parent)
        parent = vocabulary.terms[parent].parent


def _mapping(file: DataFile, place: Place, allowed: set[str] | None = None) -> dict[str, Any]:
    values: Any = file.values
    for step in place:
        values = values.get(step) if isinstance(values, dict) else None
    if not isinstance(values, dict):
        raise file.wrong(place, "names with values must stand here")
    for key in values:
        if allowed is not None and key not in allowed:
            raise file.wrong((*place, key), "this name is not known here")
    return values
