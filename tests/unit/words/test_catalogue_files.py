"""The catalogues on disk: up to date with the sentences, whole in their forms, honest about who read them."""

import subprocess
import sys
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from onrecord.words.catalogue import FALLBACK, TEMPLATE, catalogue_file, declared_languages
from rules.tree import ROOT

TRANSLATED = [tag for tag in declared_languages() if tag != FALLBACK]
FORMS = {"ar": 6, "uk": 3, "ru": 3}


def read(tag: str) -> Catalog:
    with catalogue_file(tag).open("rb") as lines:
        return read_po(lines)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def said(catalogue: Catalog) -> Iterator[tuple[Message, tuple[str, ...]]]:
    for message in catalogue:
        strings = (message.string,) if isinstance(message.string, str) else message.string
        if message.id and any(strings):
            yield message, tuple(strings)


def test_template_and_catalogues_hold_the_sentences_that_are_shown_and_no_others() -> None:
    command = [sys.executable, "scripts/catalogues.py", "--check"]

    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_language_has_the_plural_forms_of_its_own_grammar(tag: str) -> None:
    catalogue = read(tag)
    counted = [strings for message, strings in said(catalogue) if message.pluralizable]

    assert catalogue.num_plurals == FORMS.get(tag, 2)
    assert all(len(strings) == catalogue.num_plurals and all(strings) for strings in counted)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_translation_loses_or_invents_a_placeholder(tag: str) -> None:
    wrong = []
    for message, strings in said(read(tag)):
        english = message.id if isinstance(message.id, str) else message.id[1]
        # Some grammars need no numeral beside "one" or "two"; every other form shows what the sentence shows.
        optional = {"count"} if message.pluralizable else set()
        for string in strings:
            needed, given = placeholders(english), placeholders(string)
            if given - needed or needed - given - optional:
                wrong.append(string)

    assert wrong == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalogue_that_nobody_has_reviewed_says_so_first(tag: str) -> None:
    assert "Machine-made draft, no reviewer yet." in read(tag).header_comment


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_translation_holds_a_sentence_that_only_looks_translated(tag: str) -> None:
    # Fuzzy guesses are never shown; they must not lie about as if they were work done.
    assert [message.id for message in read(tag) if message.id and message.fuzzy] == []


def test_the_template_carries_a_note_for_every_sentence_that_can_be_misread() -> None:
    with TEMPLATE.open("rb") as lines:
        messages = [message for message in read_po(lines) if message.id]

    bare = [m.id for m in messages if not m.auto_comments and (m.pluralizable or placeholders(m.id))]
    assert bare == []
