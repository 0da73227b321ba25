"""Every visible sentence can be translated, and a translation never loses a placeholder."""

import re

from onrecord.door.text import COUNTED, TEXT
from onrecord.words.form import load_form
from onrecord.words.safety import FOLDER, read_safety
from onrecord.words.strict_yaml import read_data_file
from rules.tree import PACKAGE, name_of, tracked

PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)s")
# A template or a script puts the names of some sentences together: one of these, and a word.
PUT_TOGETHER = re.compile(r"(part|rota|kit|script)_(\w+?)(_note)?")


def test_no_translation_loses_or_invents_a_placeholder() -> None:
    wrong = []
    for path in tracked():
        if path.suffix != ".po" or PACKAGE not in path.parents:
            continue
        for sentence, translation in _pairs(path.read_text(encoding="utf-8")):
            if translation and set(PLACEHOLDER.findall(sentence)) != set(PLACEHOLDER.findall(translation)):
                wrong.append((name_of(path), sentence))

    assert wrong == []


def test_every_sentence_of_the_door_is_shown_somewhere() -> None:
    """Whoever translates or reviews a language reads nothing in vain."""
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in tracked()
        if path.suffix in {".html", ".js", ".py"} and {"door", "cli"} & set(path.parts) and PACKAGE in path.parents
    )
    screens = {screen.id for path in load_form().paths.values() for screen in path}

    def is_shown(name: str) -> bool:
        built = PUT_TOGETHER.fullmatch(name)
        is_built = built is not None and (built[2] in screens or f'"{built[2]}"' in shown)
        return is_built or re.search(rf"\b{name}\b", shown) is not None

    assert [name for name in (*TEXT, *COUNTED) if not is_shown(name)] == []


def test_every_source_of_a_safety_text_bears_a_line() -> None:
    files = sorted(FOLDER.glob("*.yaml"))
    texts = {path: read_safety(path).values() for path in files}

    named = {path: {line.source.name for text in texts[path] for line in text.lines if line.source} for path in files}

    listed = {path: {source["name"] for source in read_data_file(path).values["sources"].values()} for path in files}
    assert named == listed


def _pairs(catalogue: str) -> list[tuple[str, str]]:
    entries = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', catalogue, re.MULTILINE)
    return [(_joined(sentence), _joined(translation)) for sentence, translation in entries]


def _joined(quoted: str) -> str:
    return "".join(re.findall(r'"(.*)"', quoted))
