"""Safety texts: what they may not say, on what each line rests, and how an operator replaces or signs them."""

import re
from pathlib import Path

import pytest

from onrecord.words.form import load_form
from onrecord.words.safety import load_safety
from onrecord.words.strict_yaml import DataFileWrong

OURS = load_safety("en")
SITUATIONS = {
    "resident_of_occupied_territory",
    "foreigner_in_occupied_territory",
    "migrant_in_power_territory",
    "foreigner_recruited_abroad",
    "prisoner_of_war",
    "detainee_or_convict",
    "child",
    "relative_of_target",
}

OWN = """\
schema: safety/1
written_on: "2026-12-01"
sources:
  team: {name: "Team of the invented harbour", date: "2026-11-30"}
texts:
  hotlines:
    title: "Numbers to call"
    reviewer: "Harbour House"
    reviewed_on: "2026-12-01"
    lines:
      - {text: "000 000", source: team}
  child: {reviewer: "Harbour House", reviewed_on: "2026-12-01"}
"""


def write_own(folder: Path, old: str = "", new: str = "") -> Path:
    assert old in OWN
    (folder / "uk.yaml").write_text(OWN.replace(old, new, 1), encoding="utf-8")
    return folder


def test_there_are_two_cards_for_all_and_one_for_each_situation() -> None:
    cards = {id for id, text in OURS.items() if text.title}

    assert cards == SITUATIONS | {"rights_card", "before_you_sign"}


def test_every_notice_and_card_that_the_form_names_is_there() -> None:
    form = load_form()
    screens = [screen for path in form.paths.values() for screen in path]
    named = {id for screen in screens for id in (*screen.notices, *screen.folded)}
    named |= {rule.notice for screen in screens for rule in screen.notices_if}

    assert named <= set(form.notices) | set(OURS)
    assert not set(form.notices) & set(OURS)


def test_what_a_card_says_of_law_or_life_names_its_source_and_its_date() -> None:
    # Without a source stands only what this program or this team itself does, or a plain courtesy.
    bare = {id: sum(line.source is None for line in text.lines) for id, text in OURS.items() if text.title}

    assert {id: count for id, count in bare.items() if count} == {
        "rights_card": 1,
        "before_you_sign": 2,
        "detainee_or_convict": 1,
    }


def test_a_source_without_a_date_is_one_of_four_that_bear_none() -> None:
    undated = {
        line.source.name for text in OURS.values() for line in text.lines if line.source and not line.source.date
    }

    assert len(undated) == 4
    assert not [name for name in undated if "Convention" in name or "Protocol" in name]


def test_ours_are_drafts_that_nobody_has_signed() -> None:
    assert {text.reviewer for text in OURS.values()} == {""}


def test_no_safety_text_accuses_promises_or_tells_anybody_to_carry_wipe_or_collect() -> None:
    refused = r"\b(Russia\w*|enemy|guarantee\w*|anonym\w*|wipe|collect|photograph|you will be|we will protect|hide)\b"
    said = [line.text for text in OURS.values() for line in text.lines]

    assert [sentence for sentence in said if re.search(refused, sentence, re.IGNORECASE)] == []


def test_a_safety_text_is_short_enough_to_be_read_under_stress() -> None:
    long = [line.text for text in OURS.values() for line in text.lines if len(line.text) > 190]

    assert long == []


def test_who_may_have_done_something_punishable_is_told_of_the_lawyer_and_of_the_tick() -> None:
    said = " ".join(line.text for line in OURS["self_incrimination"].lines)

    assert "may be punished at home or elsewhere" in said
    assert f"keep this for a lawyer; then tick “{load_form().questions['left_out'].text}”" in said


def test_words_to_recognise_stand_in_both_scripts() -> None:
    words = (*OURS["before_you_sign"].words, *OURS["before_you_sign"].to_say)

    assert words
    assert all(re.fullmatch(r"[А-Яа-яё .-]+", word.written) for word in words)
    assert all(re.fullmatch(r"[A-Za-z .-]+", word.latin) for word in words)


def test_an_operator_adds_and_signs_texts_for_one_language_only(tmp_path: Path) -> None:
    folder = write_own(tmp_path)

    own, others = load_safety("uk", folder), load_safety("en", folder)

    assert own["hotlines"].lines[0].text == "000 000"
    assert own["child"].lines == OURS["child"].lines
    assert (own["child"].reviewer, own["child"].reviewed_on) == ("Harbour House", "2026-12-01")
    assert others == OURS


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("safety/1", "safety/9", 1),
        ('    reviewed_on: "2026-12-01"\n', "", 7),
        ("source: team", "source: rumour", 11),
        ('title: "Numbers', 'headline: "Numbers', 7),
        ('  child: {reviewer: "Harbour House", reviewed_on: "2026-12-01"}', "  child: {}", 12),
        ("  child:", "  nobody:", 12),
        ("    lines:", '    words: ["000"]\n    lines:', 10),
    ],
)
def test_an_operators_file_that_is_wrong_is_refused_with_the_line(
    old: str, new: str, line: int, tmp_path: Path
) -> None:
    folder = write_own(tmp_path, old, new)

    with pytest.raises(DataFileWrong) as refused:
        load_safety("uk", folder)

    assert refused.value.line == line
