"""The law is read whole and right, or refused with the file and the line."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.law.load import FOLDER, FileNotOfLaw, load_law, read_law
from onrecord.law.model import ACTED_ON
from onrecord.law.reading.wrong import (
    CodeNotKnown,
    ConditionWrong,
    FactNotKnown,
    KeyNotKnown,
    LawGoesInCircles,
    LawWrong,
    ReferenceDangling,
    VersionsDiffer,
)
from onrecord.words.strict_yaml import DataFileWrong

Edited = Callable[[str, str, str], Path]

ELEMENTS, PROVISIONS, RISKS = "elements.yaml", "provisions.yaml", "risks.yaml"
INSTRUMENTS, TABLE, CLASSES = "instruments.yaml", "conflicts/ua_ru.yaml", "classes.yaml"

WRONG = {
    "a fact": (FactNotKnown, ELEMENTS, "fact: liberty.severe, is", "fact: liberty.sevre, is"),
    "a code": (CodeNotKnown, ELEMENTS, "is: registered_only", "is: registerd_only"),
    "the code unknown": (CodeNotKnown, ELEMENTS, "is: registered_only", "is: unknown"),
    "a country": (CodeNotKnown, RISKS, "has: [TJ, UZ", "has: [tj, UZ"),
    "a mode": (CodeNotKnown, ELEMENTS, "mode: threatened", "mode: threatned"),
    "a key": (KeyNotKnown, ELEMENTS, '    notes: "Neutral', '    note: "Neutral'),
    "a key left out": (KeyNotKnown, PROVISIONS, 'gc4-33: {label: "Intimidation', 'gc4-33: {labels: "Intimidation'),
    "a word of logic": (
        KeyNotKnown,
        ELEMENTS,
        "        - {not: {fact: victim.status",
        "        - {nt: {fact: victim.status",
    ),
    "an element": (
        ReferenceDangling,
        PROVISIONS,
        "elements: [under_18, into_armed_group]",
        "elements: [under_18, into_army]",
    ),
    "an element in a condition": (ReferenceDangling, ELEMENTS, "{element: in_hands}", "{element: in_hand}"),
    "a provision": (ReferenceDangling, ELEMENTS, "{provision: hr-23h}", "{provision: hr-23}"),
    "a flag": (ReferenceDangling, ELEMENTS, "flag: seventeen_gap", "flag: seventeen"),
    "a class": (ReferenceDangling, ELEMENTS, "{has_means: [hard]}, {fact", "{has_means: [hrd]}, {fact"),
    "an instrument": (ReferenceDangling, PROVISIONS, "instrument: MERC", "instrument: MERCY"),
    "the flag of a line": (ReferenceDangling, TABLE, "flag: control_before_2022", "flag: control_before_2023"),
    "several flags of a line": (KeyNotKnown, TABLE, "flag: control_before_2022", "flag: [control_before_2022]"),
    "a term placed for review": (CodeNotKnown, CLASSES, "terms: [eviction]", "terms: [evictoin]"),
    "a term placed in another class": (CodeNotKnown, CLASSES, "classes: [economic], why", "classes: [custodial], why"),
    "a class of a placed term": (ReferenceDangling, CLASSES, "classes: [economic], why", "classes: [econmic], why"),
    "an element of a placed term": (ReferenceDangling, CLASSES, "elements: [into_armed", "elements: [onto_armed"),
    "a placed term that nothing reads": (
        CodeNotKnown,
        CLASSES,
        "elements: [into_armed_group, conscripted_enlisted_or_used, actor_of_power]",
        "elements: [under_18]",
    ),
    "a placed term without its place": (KeyNotKnown, CLASSES, "classes: [economic], why", "why"),
    "a placed term without a reason": (KeyNotKnown, CLASSES, 'why: "same kind as an offer of pay"', 'why: ""'),
    "a vocabulary without weight": (CodeNotKnown, CLASSES, "  holder: [private]", "  holders: [private]"),
    "a term without weight": (CodeNotKnown, CLASSES, "  holder: [private]", "  holder: [privat]"),
    "a list asked like a value": (
        ConditionWrong,
        RISKS,
        "{fact: coercion.means, has: [family_targeted]}",
        "{fact: coercion.means, in: [family_targeted]}",
    ),
    "a number asked like a code": (ConditionWrong, RISKS, "{fact: victim.age, lt: 18}", "{fact: victim.age, is: 18}"),
    "silence outside safety": (
        ConditionWrong,
        ELEMENTS,
        "        - {not: {fact: victim.status",
        "        - {not_shown: {fact: victim.status",
    ),
    "a group of elements": (KeyNotKnown, ELEMENTS, "group: movement,", "group: movment,"),
    "no group": (KeyNotKnown, ELEMENTS, "    group: reach\n", ""),
    "no short name": (KeyNotKnown, ELEMENTS, '    short: "In occupied territory"\n', ""),
    "a short name that is empty": (KeyNotKnown, ELEMENTS, 'short: "In occupied territory"', 'short: ""'),
    "a group without a title": (KeyNotKnown, ELEMENTS, 'title: "Property"', "around: true"),
    "around in quotes": (KeyNotKnown, ELEMENTS, 'who", around: true', 'who", around: "yes"'),
    "a provision without a word": (KeyNotKnown, PROVISIONS, "word: oath, ", ""),
    "an instrument without its letters": (KeyNotKnown, "instruments.yaml", 'short: "Hague", ', ""),
    "a day": (ConditionWrong, ELEMENTS, 'before: "2022-02-24"', 'before: "24.02.2022"'),
    "a circle": (
        LawGoesInCircles,
        ELEMENTS,
        "{any: [{fact: hands.of, in: [power",
        "{any: [{element: protected_gc4}, {fact: hands.of, in: [power",
    ),
    "a circle through a provision": (
        LawGoesInCircles,
        ELEMENTS,
        '{fact: oath.demanded, is: "yes"}, {el',
        "{provision: hr-45}, {el",
    ),
    "a code that is a list": (CodeNotKnown, ELEMENTS, "is: registered_only", "is: [registered_only]"),
    "a class that is a word": (KeyNotKnown, "classes.yaml", "\nclasses:\n", "\nclasses: x\nother:\n"),
    "an effect": (KeyNotKnown, RISKS, "effect: [no_contact,", "effect: [no_contct,"),
    "no effect": (KeyNotKnown, RISKS, "effect: [family_security_assessment]", "effect: []"),
    "an effect that no list has": (KeyNotKnown, RISKS, "  - no_contact\n", "  - no_touch\n"),
    "dangers that are no list": (KeyNotKnown, RISKS, "\nrisks:\n", "\nrisks: {}\nrules:\n"),
    "a question that is a list": (KeyNotKnown, ELEMENTS, '    check: "', '    ask: [a, b]\n    check: "'),
    "a reason that is none": (KeyNotKnown, RISKS, 'reason: "Relatives within', "reason: 5, of_event: true} #"),
    "a flag that is a number": (KeyNotKnown, "flags.yaml", "  attempt: ", "  attempt: 5 #"),
    "who can answer": (KeyNotKnown, "facts.yaml", "to: analyst", "to: analystt"),
    "a yes in quotes": (KeyNotKnown, ELEMENTS, "\n    reach: true", '\n    reach: "yes"'),
    "a day that no calendar has": (ConditionWrong, ELEMENTS, 'before: "2022-02-24"', 'before: "2022-02-31"'),
    "rules for questions": (KeyNotKnown, "asks.yaml", "openers: [what", "opener: [what"),
    "an instrument of the reading list": (
        KeyNotKnown,
        "instruments.yaml",
        "instrument: CAT, article",
        "instrument: CATT, article",
    ),
    "a reading list that is none": (KeyNotKnown, "instruments.yaml", "\nreferences:\n", "\nreferences: x\nothers:\n"),
    "no word that is never shown": (
        KeyNotKnown,
        "meta.yaml",
        "words_never_shown: [guilty",
        "words_never_shown: [] #",
    ),
    "a version": (VersionsDiffer, RISKS, 'version: "1.0.0"', 'version: "1.0.1"'),
    "the codebook's version": (VersionsDiffer, "meta.yaml", 'codebook: "1.0.0"', 'codebook: "9.0.0"'),
    "a region of a conflict": (CodeNotKnown, "conflicts/ua_ru.yaml", "region: crimea", "region: krim"),
    "countries of a conflict that are no list": (
        KeyNotKnown,
        "conflicts/ua_ru.yaml",
        "with_power: [UA, GE]",
        "with_power: 2",
    ),
    "bonds by hand that are no names": (KeyNotKnown, "conflicts/ua_ru.yaml", "by_hand: {BY: ", "by_hand: 5 #"),
    "an effect twice": (KeyNotKnown, RISKS, "[no_contact, no_publication]", "[no_contact, no_publication, no_contact]"),
    "a danger on what is no safeguard": (
        ReferenceDangling,
        RISKS,
        "provision: merc-guard",
        "provision: hr-45",
    ),
    "what supports and what contradicts": (
        ConditionWrong,
        ELEMENTS,
        'contradicted_if: {fact: oath.demanded, is: "no"}',
        'contradicted_if: {all: [{fact: oath.demanded, is: "yes"}, {element: compelled}]}',
    ),
    "a condition twice": (
        KeyNotKnown,
        ELEMENTS,
        'supported_if: {all: [{fact: oath.demanded, is: "yes"}',
        'supported_if: {all: [{fact: oath.demanded, is: "yes"}, {fact: oath.demanded, is: "yes"}',
    ),
    "an element twice": (
        KeyNotKnown,
        PROVISIONS,
        "[in_occupied, actor_of_power, oath",
        "[in_occupied, in_occupied, oath",
    ),
    "a label that is a number": (KeyNotKnown, PROVISIONS, 'label: "Forced oath', 'label: 45, notes: "Forced oath'),
    "a class without a means": (KeyNotKnown, "classes.yaml", "  propaganda:       {", "  propaganda: {}\n  other: {"),
    "an instrument that is one word": (KeyNotKnown, INSTRUMENTS, "  CAT: {title", "  CAT: no\n  OLD: {title"),
    "a state that only says no": (KeyNotKnown, INSTRUMENTS, 'RU: "1987-03-03"', "RU: no"),
    "a state that is false": (KeyNotKnown, INSTRUMENTS, 'RU: "1987-03-03"', "RU: false"),
    "a state that is none": (CodeNotKnown, INSTRUMENTS, 'RU: "1987-03-03"', 'RUS: "1987-03-03"'),
    "a day since when an instrument is in force": (ConditionWrong, INSTRUMENTS, '"1987-06-26"', '"26 June 1987"'),
    "a territorial state under no bond": (KeyNotKnown, TABLE, "enemy_national: [UA]", "enemy_national: [GE]"),
    "a power without own nationals": (KeyNotKnown, TABLE, "own_national: [RU]", "own_national: [RU, GE]"),
    "a citizenship not held that makes a bond": (CodeNotKnown, TABLE, "no_bond_if: [none, ", "no_bond_if: ["),
    "lines that are not in the order of their days": (
        ConditionWrong,
        TABLE,
        "\nsituations:\n",
        '\nsituations:\n  - {region: crimea, since: "2024-01-01", gives: {context.iac: "yes"}, basis: "invented"}\n',
    ),
    "a line that gives nothing": (KeyNotKnown, TABLE, "gives: {place.status: third_state}", "gives: {}"),
    "a day of the background": (ConditionWrong, TABLE, 'date: "2022-02-19"', 'date: "19 February 2022"'),
    "a country of a conflict": (CodeNotKnown, "conflicts/ua_ru.yaml", "enemy_national: [UA]", "enemy_national: [UKR]"),
}


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Copy the law data, change one place of one file, and return the folder."""

    def edit(name: str, there: str, instead: str) -> Path:
        folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
        text = (folder / name).read_text(encoding="utf-8")
        assert there in text
        (folder / name).write_text(text.replace(there, instead, 1), encoding="utf-8")
        return folder

    return edit


@pytest.mark.parametrize("what", WRONG)
def test_whatever_is_not_known_is_refused_with_its_line(what: str, edited: Edited) -> None:
    kind, name, there, instead = WRONG[what]
    folder = edited(name, there, instead)

    with pytest.raises(kind) as caught:
        read_law(folder)

    assert type(caught.value) is kind
    assert caught.value.file == name
    assert caught.value.line > 1
    assert f"line {caught.value.line}" in caught.value.hint


def test_the_line_is_the_line_of_the_mistake(edited: Edited) -> None:
    folder = edited("risks.yaml", "{fact: victim.age, gte: 18}", "{fact: victim.agee, gte: 18}")
    lines = (folder / "risks.yaml").read_text(encoding="utf-8").splitlines()

    with pytest.raises(LawWrong) as caught:
        read_law(folder)

    assert "agee" in lines[caught.value.line - 1]


@pytest.mark.parametrize("effect", ACTED_ON)
def test_an_effect_that_the_program_acts_on_is_that_of_some_danger(effect: str, edited: Edited) -> None:
    folder = edited(RISKS, "risks:", "risks:")
    text = (folder / RISKS).read_text(encoding="utf-8")
    (folder / RISKS).write_text(re.sub(rf"(effect: .*){effect}", r"\1lawyer_offered", text), encoding="utf-8")

    with pytest.raises(ReferenceDangling, match=effect):
        read_law(folder)


def test_a_file_that_is_none_of_the_law_is_not_passed_over(edited: Edited) -> None:
    folder = edited("flags.yaml", "flags:", "flags:")
    (folder / "my_elements.yaml").write_text("schema: law/1\n", encoding="utf-8")

    with pytest.raises(FileNotOfLaw) as refused:
        read_law(folder)

    assert refused.value.hint == "my_elements.yaml"


def test_what_no_reader_sees_stands_in_no_text(edited: Edited) -> None:
    folder = edited("elements.yaml", 'q: "Was an oath to the Power', 'q: "Was an oath\u202e to the Power')

    with pytest.raises(KeyNotKnown, match="no reader sees"):
        read_law(folder)


def test_a_name_given_twice_is_refused(edited: Edited) -> None:
    folder = edited("flags.yaml", "  attempt:", '  attempt: "once"\n  attempt:')

    with pytest.raises(DataFileWrong, match="given twice"):
        read_law(folder)


def test_yes_no_and_norway_are_words(edited: Edited) -> None:
    folder = edited("risks.yaml", "has: [TJ, UZ, KG, KZ]", "has: [NO, UZ, KG, KZ]")

    assert read_law(folder).elements.keys() == load_law().elements.keys()


def test_one_letter_more_is_another_hash_and_another_text_to_sign(edited: Edited) -> None:
    changed = read_law(edited("elements.yaml", 'q: "Was an oath to the Power', 'q: "Was any oath to the Power'))

    assert changed.sha256 != load_law().sha256
    moved = {name for name, one in changed.provisions.items() if one.sha256 != load_law().provisions[name].sha256}
    assert moved == {"hr-45"}


def test_no_question_is_for_the_person_until_one_was_reviewed() -> None:
    law = load_law()

    assert {one.ask for one in [*law.elements.values(), *law.facts.values()]} == {None}
    assert all(one.check.endswith("?") for one in [*law.elements.values(), *law.facts.values()])
