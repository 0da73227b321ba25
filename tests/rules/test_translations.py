"""Every visible sentence can be translated, and a translation never loses a placeholder."""

import re

from rules.tree import PACKAGE, name_of, tracked

PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)s")


def test_no_translation_loses_or_invents_a_placeholder() -> None:
    wrong = []
    for path in tracked():
        if path.suffix != ".po" or PACKAGE not in path.parents:
            continue
        for sentence, translation in _pairs(path.read_text(encoding="utf-8")):
            if translation and set(PLACEHOLDER.findall(sentence)) != set(PLACEHOLDER.findall(translation)):
                wrong.append((name_of(path), sentence))

    assert wrong == []


def _pairs(catalogue: str) -> list[tuple[str, str]]:
    entries = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', catalogue, re.MULTILINE)
    return [(_joined(sentence), _joined(translation)) for sentence, translation in entries]


def _joined(quoted: str) -> str:
    return "".join(re.findall(r'"(.*)"', quoted))
