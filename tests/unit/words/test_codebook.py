"""The codebook: what its terms cover, what they are called, and how a wrong file is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from onrecord.words.codebook import FOLDER, load_codebook, read_codebook
from onrecord.words.strict_yaml import DataFileWrong
from onrecord.words.vocabulary import UnknownTerm, UnknownVocabulary

WriteCodebook = Callable[..., Path]


def test_a_broader_term_covers_itself_and_all_below_it(write_codebook: WriteCodebook) -> None:
    codebook = read_codebook(write_codebook())

    assert [codebook.covers("sky", "water", code) for code in ("water", "rain", "drizzle", "frogs")] == [
        True,
        True,
        True,
        False,
    ]
    assert not codebook.covers("sky", "drizzle", "water")


def test_a_label_falls_back_to_the_base_language_and_then_to_english(write_codebook: WriteCodebook) -> None:
    water = read_codebook(write_codebook()).vocabulary("sky").term("water")

    assert [water.label(language) for language in ("uk", "uz-Cyrl", "tg")] == ["вода", "suv", "Water"]


def test_every_vocabulary_has_the_universal_terms(write_codebook: WriteCodebook) -> None:
    sky = read_codebook(write_codebook()).vocabulary("sky")

    assert sky.term("unknown").is_universal
    assert not sky.term("rain").is_universal


def test_a_deprecated_term_stays_readable(write_codebook: WriteCodebook) -> None:
    assert read_codebook(write_codebook()).vocabulary("sky").term("frogs").is_deprecated


def test_a_mistyped_name_is_answered_with_the_nearest_ones(write_codebook: WriteCodebook) -> None:
    codebook = read_codebook(write_codebook())

    with pytest.raises(UnknownTerm) as term:
        codebook.vocabulary("sky").term("drizle")
    with pytest.raises(UnknownVocabulary) as vocabulary:
        codebook.vocabulary("maner")

    assert (term.value.hint, vocabulary.value.hint) == ("drizzle", "manner")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("parent: rain", "parent: rainfall", 19),
        ("parent: water", "parent: drizzle", 14),
        ("modes: [felt]", "modes: [smelt]", 15),
        ("mode: manner", "mode: habit", 6),
        ("drizzle:", "rain:", 16),
        ('label: {en: "Drizzle"}', 'label: {uk: "мряка"}', 17),
        ('def: "Drops."', 'defn: "Drops."', 13),
        ('version: "9.0.0"', 'version: "9.0.1"', 2),
        ("  manner:", "  sky:", 24),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(write_codebook: WriteCodebook, old: str, new: str, line: int) -> None:
    folder = write_codebook(old, new)

    with pytest.raises(DataFileWrong) as caught:
        read_codebook(folder)

    assert (caught.value.file, caught.value.line) == ("weather.yaml", line)


def test_the_codebook_of_this_program_reads_and_every_file_carries_its_licence() -> None:
    codebook = load_codebook()

    assert codebook.covers("act_type", "compelled_enlistment", "coerced_contract")
    assert codebook.vocabulary("coercion_means").mode == "coercion_mode"
    assert all("CC BY 4.0" in path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml"))
    assert {path.stem for path in FOLDER.glob("*.yaml")} >= {"index", "acts", "coercion"}


def test_no_term_of_the_codebook_was_lost_or_changed(shared: Path) -> None:
    theirs: dict[str, Any] = YAML(typ="safe").load(shared / "codebook/codebook.yaml")

    ours: dict[str, Any] = {}
    for path in FOLDER.glob("*.yaml"):
        ours |= YAML(typ="safe").load(path).get("vocabularies", {})

    assert set(ours) == set(theirs["vocabularies"])
    for name, vocabulary in theirs["vocabularies"].items():
        assert list(ours[name]["terms"].items()) == list(vocabulary["terms"].items())
        assert ours[name]["about"] == vocabulary["about"]
