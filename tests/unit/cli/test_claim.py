"""Coding a passage: found by its characters or its words, and every slip of the hand is explained before it counts."""

from typing import Any

import pytest

from invented_commands import ACCOUNT, Filled, Onrecord

WORDS = "sign, or you go to prison"


def code(onrecord: Onrecord, filled: Filled, **changed: Any) -> Any:
    options = {"kind": "act", "on": filled.act, "words": WORDS, "value": "act_type=coerced_contract"} | changed
    given = [part for name, value in options.items() if value for part in (f"--{name}", value)]
    return onrecord("claim", "code", filled.letter, *given, "--json")


def test_a_passage_is_found_by_its_words(filled: Filled, onrecord: Onrecord) -> None:
    answer = code(onrecord, filled)

    start = ACCOUNT.index(WORDS)
    assert (answer.code, answer.json["start"], answer.json["end"]) == (0, start, start + len(WORDS))


def test_how_a_line_is_broken_does_not_matter(filled: Filled, onrecord: Onrecord) -> None:
    answer = code(onrecord, filled, words="at   night.\nThe officer said")

    assert (answer.code, answer.json["start"]) == (0, ACCOUNT.index("at night"))


def test_words_that_stand_there_twice_are_refused_with_their_places(filled: Filled, onrecord: Onrecord) -> None:
    answer = code(onrecord, filled, words="The list was")

    first, second = ACCOUNT.index("The list"), ACCOUNT.rindex("The list")
    assert (answer.code, answer.error["error"]) == (2, "These words stand in the text more than once.")
    assert answer.error["hint"] == f"{first}:{first + 12}, {second}:{second + 12}"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": "never said"}, "These words do not stand in the text as they were given."),
        ({"words": ""}, "A claim rests on one passage"),
        ({"passage": "1:2"}, "A claim rests on one passage"),
        ({"words": "", "passage": "12"}, "This passage is not written START:END."),
        ({"words": "", "passage": "5:5"}, "The passage lies outside the text or is empty."),
        ({"words": "", "passage": "0:100000"}, "The passage lies outside the text or is empty."),
        ({"value": "coercion.means"}, "This value is not written FIELD=VALUE."),
        ({"on": "0" * 32}, "There is no case, act or pattern of this identifier."),
        ({"on": "new:act"}, "An act is done to somebody: one person or one group."),
        ({"on": "new:act", "victim": "0" * 32}, "There is no case, act or pattern of this identifier."),
        ({"reliability": "G"}, "This grade, stance or connection is not one that the codebook knows."),
    ],
)
def test_what_does_not_fit_is_explained(
    filled: Filled, onrecord: Onrecord, changed: dict[str, str], sentence: str
) -> None:
    answer = code(onrecord, filled, **changed)

    assert answer.code == 2
    assert answer.error["error"].startswith(sentence)


@pytest.mark.parametrize(
    ("changed", "near"),
    [
        ({"value": "coercion.mean=detention:threatened"}, "coercion.means"),
        ({"value": "coercion.means=detentoin:threatened"}, "detention"),
        ({"value": "coercion.means=detention:threatend"}, "threatened"),
        ({"value": "coercion.means=detention"}, "threatened"),
        ({"value": "event.date=09.02.2025"}, "2025-02-09"),
        ({"kind": "acts"}, "act"),
        ({"connection": "sawn"}, "saw"),
    ],
)
def test_a_slip_is_answered_with_what_comes_near(
    filled: Filled, onrecord: Onrecord, changed: dict[str, str], near: str
) -> None:
    answer = code(onrecord, filled, **changed)

    assert answer.code == 2
    assert near in answer.error["hint"]


def test_a_pattern_has_no_victim(filled: Filled, onrecord: Onrecord) -> None:
    answer = code(onrecord, filled, on=filled.pattern, victim="new:person")

    assert (answer.code, answer.error["error"]) == (2, "A pattern has neither a victim nor an act.")


def test_an_exhibit_that_is_not_there_is_refused(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("claim", "code", "0" * 32, "--kind", "act", "--on", filled.act, "--words", "x", "--json")

    assert (answer.code, answer.error["error"]) == (2, "There is no exhibit of this identifier.")


def test_a_source_is_cited_by_the_first_digits_of_its_id_and_a_name_stays_a_name(
    filled: Filled, onrecord: Onrecord
) -> None:
    code(onrecord, filled, by=filled.source[:6])
    code(onrecord, filled, by="facade")

    cited = [claim["by"] for claim in onrecord("claim", "list", "--on", filled.case, "--json").json["items"]]
    assert cited == [["reporter"], [filled.source], ["facade"]]


def test_a_person_reads_each_claim_with_who_says_it_and_the_words_it_rests_on(
    filled: Filled, onrecord: Onrecord
) -> None:
    code(onrecord, filled, by=filled.source)

    answer = onrecord("case", "show", filled.case[:8])

    assert f"claim {filled.claim}  act" in answer.out
    assert "act_type=coerced_contract" in answer.out
    assert f"said by  The Example Gazette ({filled.source})" in answer.out
    assert f"\u201c{WORDS}\u201d" in answer.out


def test_a_claim_taken_back_says_so(filled: Filled, onrecord: Onrecord) -> None:
    onrecord("claim", "withdraw", filled.claim[:7], "--reason", "misread")

    assert "WITHDRAWN  misread" in onrecord("claim", "list", "--exhibit", filled.letter).out
