"""A file of facts is read as its writer meant it, or refused with the line and without a word of what stood there."""

import json

import pytest

from onrecord.law.facts_file import FactsFileWrong, ScenarioNotNamed, read_facts
from onrecord.law.model import Fact, Means, Range

WHOLE = {
    "evidence": {"E1": {"kind": "photo", "source": "w1", "grade": "B3"}},
    "closed": ["coercion.means"],
    "facts": {
        "victim.nationality": ["NO", "UA"],
        "victim.age": {"min": 16, "max": 18},
        "event.date": "2024-05",
        "oath.demanded": {"v": "no", "ev": ["E1"]},
        "coercion.means": [{"means": "detention", "mode": "threatened"}],
        "recruit.role": "unknown",
    },
}
WRONG = {
    "a fact": "facts: {victim.aeg: 17}",
    "a code": "facts: {recruit.role: general}",
    "a country": "facts: {victim.nationality: [Norway]}",
    "a list where one value stands": "facts: {victim.age: [17, 18]}",
    "one value where a list stands": "facts: {victim.nationality: UA}",
    "a mode that the means cannot have": "facts: {coercion.means: [{means: roundup, mode: threatened}]}",
    "a range turned around": "facts: {victim.age: {min: 18, max: 16}}",
    "a name twice": "facts: {victim.age: 17, victim.age: 18}",
    "a key": "fcts: {victim.age: 17}",
    "a grade": "facts: {victim.age: 17}\nevidence: {E1: {source: w1, grade: Z9}}",
    "no mapping": "- 17",
    "no YAML": "facts: {",
    "a complete list that no fact is": "closed: [nonsense]\nfacts: {}",
    "a complete list with a slip of the pen": "closed: [coercion.mean]\nfacts: {}",
    "a complete list of one value": "closed: [victim.age]\nfacts: {}",
    "asked for what is no fact": "asked: [nonsense]\nfacts: {}",
    "asked for what has a value": "asked: [victim.age]\nfacts: {victim.age: 17}",
    "asked for a list that is called complete": "asked: [coercion.means]\nclosed: [coercion.means]\nfacts: {}",
    "a conflict of nobody": "facts: {oath.demanded: {conflict: []}}",
    "a conflict of one": 'facts: {oath.demanded: {conflict: ["yes"]}}',
    "a conflict of two who agree": 'facts: {oath.demanded: {conflict: ["yes", "yes"]}}',
    "a conflict within a conflict": 'facts: {oath.demanded: {conflict: ["yes", {conflict: ["yes", "no"]}]}}',
    "a disputed item that is not in the list": "facts: {trafficking.act: {v: [transport], disputed: [transfer]}}",
    "a disputed item in another mode": (
        "facts: {coercion.means: {v: [{means: beating, mode: carried_out}], disputed: [{means: beating}]}}"
    ),
    "disputed items that are no list": "facts: {trafficking.act: {v: [transport], disputed: transport}}",
    "disputed items of which there are none": "facts: {trafficking.act: {v: [transport], disputed: []}}",
    "a disputed item of nothing": "facts: {trafficking.act: {disputed: [transport]}}",
    "a disputed item of one value": "facts: {victim.age: {v: 17, disputed: [17]}}",
    "a disputed item within a conflict": (
        "facts: {trafficking.act: {conflict: [{v: [transport], disputed: [transport]}, [transfer]]}}"
    ),
    "an empty list where one value stands": "facts: {victim.status: []}",
    "a source that is a list": "facts: {}\nevidence: {E1: {source: [a]}}",
    "facts that are none": "facts: 5",
    "no facts": "closed: []",
    "a number of five thousand digits": f"facts: {{victim.age: {'1' * 5000}}}",
    "the same in JSON": f'{{"facts": {{"victim.age": {"1" * 5000}}}}}',
    "YAML three thousand deep": f"facts: {'[' * 3000}{']' * 3000}",
    "JSON a hundred thousand deep": f'{{"facts": {"[" * 100_000}{"]" * 100_000}}}',
    "a fraction": "facts: {victim.age: 17.5}",
    "half of a character": r'{"facts": {}, "evidence": {"\ud800": {"source": "w1"}}}',
    "five million characters": "facts: {}\n" + "#" * 5_000_000,
}


def test_yaml_and_json_of_one_content_are_the_same_facts() -> None:
    as_json = read_facts(json.dumps(WHOLE, indent="\t"))
    as_yaml = read_facts(json.dumps(WHOLE, indent=1).replace('"victim.age"', "victim.age"))

    assert as_json == as_yaml
    assert as_json.facts["victim.nationality"].values == ("NO", "UA")
    assert as_json.facts["victim.age"].values == (Range(16, 18),)
    assert as_json.facts["event.date"].values == (Range("2024-05-01", "2024-05-31"),)
    assert as_json.facts["oath.demanded"].evidence == ("E1",)
    assert as_json.facts["coercion.means"].values == (Means("detention", "threatened"),)
    assert as_json.facts["coercion.means"].closed
    assert as_json.facts["recruit.role"].is_missing


def test_an_item_of_a_list_may_be_disputed_while_the_others_stand() -> None:
    given = "{v: [{means: violence}, {means: removal, mode: threatened}], ev: [E1], disputed: [{means: violence}]}"
    fact = read_facts(f"closed: [coercion.means]\nfacts: {{coercion.means: {given}}}").facts["coercion.means"]

    assert fact == Fact(
        values=(Means("violence", "unknown"), Means("removal", "threatened")),
        evidence=("E1",),
        closed=True,
        disputed=(Means("violence", "unknown"),),
    )


def test_an_approximate_day_lies_on_no_known_side_of_any() -> None:
    assert read_facts('facts: {event.date: "2022-02~"}').facts["event.date"].values == (Range(None, None),)


def test_a_means_without_a_mode_is_one_of_unknown_mode() -> None:
    assert read_facts("facts: {coercion.means: [violence]}").facts["coercion.means"].values == (
        Means("violence", "unknown"),
    )


def test_what_was_asked_for_in_vain_is_missing_and_known_to_be_asked() -> None:
    fact = read_facts("asked: [victim.age]\nfacts: {}").facts["victim.age"]

    assert fact.is_missing
    assert fact.asked


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_what_does_not_fit_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(FactsFileWrong) as caught:
        read_facts(text)

    assert caught.value.exit_code == 2
    for typed in ("aeg", "general", "Norway", "fcts", "Z9"):
        assert typed not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    ("given", "example"), [("victim.age: {min: 30, max: 20}", "17"), ("victim.status: civillian", "civilian")]
)
def test_the_hint_says_how_to_write_it(given: str, example: str) -> None:
    with pytest.raises(FactsFileWrong) as caught:
        read_facts(f"facts: {{{given}}}")

    assert caught.value.hint.startswith(f"line 1: this fact has no such value; write one like {example}")


@pytest.mark.parametrize("scenario", [None, "s3"])
def test_of_several_scenarios_one_must_be_named(scenario: str | None) -> None:
    with pytest.raises(ScenarioNotNamed):
        read_facts("scenarios: [{id: s1, facts: {}}, {id: s2, facts: {}}]", scenario=scenario)


def test_a_list_that_is_called_complete_and_not_told_is_empty() -> None:
    facts = read_facts("closed: [coercion.means]\nfacts: {}").facts

    assert facts == {"coercion.means": Fact((), closed=True)}


def test_two_scenarios_of_one_id_are_refused_at_the_second() -> None:
    text = "scenarios:\n  - {id: one, facts: {victim.age: 17}}\n  - {id: one, facts: {victim.age: 30}}\n"

    with pytest.raises(FactsFileWrong) as caught:
        read_facts(text, scenario="one")

    assert caught.value.hint.startswith("line 3:")
