"""A question for the person is open, single and plain, has no legal term and puts nothing into a mouth."""

from dataclasses import replace

import pytest

from onrecord.law.load import FOLDER, load_law
from onrecord.law.reading.lint import findings
from onrecord.law.reading.questions import lint_ask
from onrecord.words.strict_yaml import parse_data

FAIR = [
    "What happened that day?",
    "What happened next?",
    "What happened to you?",
    "How did the day go on from there?",
    "How did it come about that you were there?",
    "On what day was that, as far as you remember?",
    "Who was there?",
    "Who else was there?",
    "What did they say?",
    "What was that place like?",
    "How do you know that?",
    "Please tell me more about that place.",
    "Tell us what you heard.",
    "Tell me about that day.",
    "What else would you like to add?",
]
UNFAIR = {
    "Did they do that?": "it is not open: did",
    "Tell me they did it.": "it is not open: tell",
    "Tell me that they said it.": "it is not open: tell",
    "": "it is not open: no word",
    "What did they say, and where was that?": "it is not one question: and where",
    "What was it? Where was it?": "it is not one question: ??",
    "Was it at home or at work?": "it is not one question: or",
    "What happened.": "it is not one question: .",
    "What happened (there)?": "it is not plain: the sign '(', the sign ')'",
    "What did that misunderstanding mean?": "it is not plain: misunderstanding",
    "What coercion was used?": "it has a legal term: coerc",
    "When were you raped?": "it supplies what nobody has said: raped",
    "Who hit you?": "it supplies what nobody has said: hit",
    "How long did they keep you locked in?": "it supplies what nobody has said: long, keep, locked",
    "When did they take your passport?": "it supplies what nobody has said: take, passport",
    "When were your documents taken away?": "it supplies what nobody has said: documents, taken, away",
    "Who took you to the front?": "it supplies what nobody has said: took, front",
    "What weapon did he hold?": "it supplies what nobody has said: weapon, he, hold",
    "What did they threaten you with?": "it supplies what nobody has said: threaten",
    "What did Commander Placeholder say?": "it supplies what nobody has said: commander, placeholder",
    "What happened in 2022?": "it supplies what nobody has said: 2022",
    "How badly did they treat you?": "it supplies what nobody has said: badly, treat",
    "How often was that?": "it supplies what nobody has said: often",
    "Where did you go on that day?": "it supplies what nobody has said: go",
    "What did you have to do there?": "it supplies what nobody has said: have to",
    "What did they do to you?": "it supplies what nobody has said: do to",
    "When did they do that to you?": "it supplies what nobody has said: that to you",
    "Where did they have you?": "it supplies what nobody has said: they have you",
    "What did you do for them?": "it supplies what nobody has said: do for",
    "What was it like, a place of that name?": "it supplies what nobody has said: a place of that name",
    "What did you really see?": "it supplies what nobody has said: really",
}
LONG = "What of all that you do know of those days would you now like us to know and to tell the others about?"


def found_in(name: str, there: str, instead: str) -> tuple[str, ...]:
    """Return what is found in the law after one place of one file was changed."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert there in text
    changed = parse_data(text.replace(there, instead, 1), name=name)
    return findings(replace(load_law(), files={**load_law().files, name: changed}))


@pytest.mark.parametrize("ask", FAIR)
def test_a_fair_question_passes(ask: str) -> None:
    assert lint_ask(ask, load_law().files["asks.yaml"].values) == ()


@pytest.mark.parametrize(("ask", "reason"), [*UNFAIR.items(), (LONG, "it is not plain: 23 words")])
def test_an_unfair_question_is_told_why_and_for_which_words(ask: str, reason: str) -> None:
    assert reason in lint_ask(ask, load_law().files["asks.yaml"].values)


def test_an_unfair_question_is_found_on_its_line() -> None:
    fact = replace(load_law().facts["victim.age"], ask="Who hit you?")
    lines = (FOLDER / "facts.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.strip().startswith("victim.age:"))

    found = findings(replace(load_law(), facts={**load_law().facts, "victim.age": fact}))

    assert found == (f"facts.yaml, line {line}: the ask of victim.age: it supplies what nobody has said: hit",)


def test_the_law_that_we_carry_has_nothing_to_correct() -> None:
    assert findings(load_law()) == ()


ALONE = ", supported_if: {element: moved}}\n"  # the end of an element that no provision needs
SHOWN = {
    "a question of law": ("elements.yaml", 'q: "Was an oath', 'q: "He is guilty. Was an oath'),
    "a short name": ("elements.yaml", 'short: "In occupied', 'short: "Guilt in occupied'),
    "a group": ("elements.yaml", 'title: "Property"', 'title: "Verdicts on property"'),
    "the word for a provision": ("provisions.yaml", "word: oath", "word: guilt"),
    "the letters of an instrument": ("instruments.yaml", 'short: "Palermo"', 'short: "Convictions"'),
    "what to find out": ("elements.yaml", 'check: "Who had control', 'check: "He was convicted. Who had control'),
    "the notes of an element": ("elements.yaml", 'notes: "Neutral', 'notes: "He is guilty. Neutral'),
    "the check of a fact": ("facts.yaml", 'check: "When was the', 'check: "What is proven? When was the'),
    "a label": ("provisions.yaml", 'label: "Forced labour"', 'label: "Forced labour by war criminals"'),
    "the notes of a provision": ("provisions.yaml", 'notes: "Cumulative.', 'notes: "His guilt is clear. Cumulative.'),
    "elements of crimes": ("provisions.yaml", '"3 context"', '"3 what proves the context"'),
    "a flag": ("flags.yaml", 'attempt: "Not completed.', 'attempt: "Not completed; convictions follow.'),
    "the reason of a danger": ("risks.yaml", 'reason: "Child: best', 'reason: "Convicting a child: best'),
    "an instrument": ("instruments.yaml", "Geneva Convention IV (civ", "Verdicts of Geneva IV (civ"),
    "a party": ("instruments.yaml", 'RU: "not a party", TJ', 'RU: "not a party, a war-criminal", TJ'),
    "a reading": ("instruments.yaml", 'label: "Torture"', 'label: "Torture, proven"'),
    "a requirement": ("forums.yaml", 'text: "Who reports it', 'text: "Who is guilty, who reports it'),
    "a thing": ("forums.yaml", 'identity: "The', 'identity: "Perpetrators confirmed: the'),
    "the title of a conflict": ("conflicts/ua_ru.yaml", 'title: "Russia', 'title: "War criminals of Russia'),
    "a basis": ("conflicts/ua_ru.yaml", 'basis: "full-scale', 'basis: "proven: full-scale'),
    "a context line": ("conflicts/ua_ru.yaml", 'fact: "Decree 647:', 'fact: "The guilty decree 647:'),
    "a note": ("conflicts/ua_ru.yaml", 'KP: "troops', 'KP: "it was proved: troops'),
    "the disclaimer": ("meta.yaml", "Only a competent court decides.", "Who is guilty is said here."),
    "the review": ("meta.yaml", 'review: "reviewed by', 'review: "a verdict, reviewed by'),
    "a name": (
        "elements.yaml",
        "elements:\n",
        "elements:\n  he_is_guilty: {group: work, short: S, q: Q, check: C" + ALONE,
    ),
}


@pytest.mark.parametrize("where", SHOWN)
def test_a_word_that_is_never_shown_is_found_wherever_it_could_be(where: str) -> None:
    name, there, instead = SHOWN[where]

    found = [one for one in found_in(name, there, instead) if "is never shown" in one]

    assert len(found) == 1
    assert found[0].startswith(f"{name}, line ")


def test_the_words_of_a_citation_that_only_look_alike_are_no_finding() -> None:
    told = 'notes: "War crimes under the Criminal Code; proof of age; provinces; a guild. Neutral'

    assert found_in("elements.yaml", 'notes: "Neutral', told) == ()


UNUSED = {
    "an element": (
        "elements.yaml",
        "elements:\n",
        "elements:\n  alone: {group: work, short: S, q: Q, check: C" + ALONE,
    ),
    "a group": ("elements.yaml", "groups:\n", 'groups:\n  alone: {title: "A group"}\n'),
    "a flag": ("flags.yaml", "flags:\n", 'flags:\n  alone: "A doubt."\n'),
    "a class": ("classes.yaml", "classes:\n  force:", "classes:\n  alone: {coercion.means: [debt]}\n  force:"),
    "an instrument": (
        "instruments.yaml",
        "instruments:\n",
        'instruments:\n  alone: {title: "A treaty", parties: {RU: "party", UA: "party"}}\n',
    ),
    "a thing": ("forums.yaml", "things:\n", 'things:\n  alone: "A thing"\n'),
    "an effect": ("risks.yaml", "  - no_contact\n", "  - no_contact\n  - alone\n"),
}


@pytest.mark.parametrize("what", UNUSED)
def test_what_nothing_uses_is_found_with_its_line(what: str) -> None:
    name, there, instead = UNUSED[what]
    text = (FOLDER / name).read_text(encoding="utf-8").replace(there, instead, 1)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "alone" in one)

    (found,) = found_in(name, there, instead)

    assert found.startswith(f"{name}, line {line}: ")
    assert "alone: use it or take it out" in found


def test_a_state_of_the_conflict_of_which_an_instrument_says_nothing_is_found() -> None:
    (found,) = found_in("instruments.yaml", 'RU: "1987-03-03", ', "")

    assert found.startswith("instruments.yaml, line ")
    assert found.endswith("it is not said how RU stands to CAT")


def test_a_safeguard_of_which_no_danger_speaks_is_found() -> None:
    (found,) = found_in("risks.yaml", "{not_shown: {provision: merc-guard}}", "{not_shown: {element: moved}}")

    assert found.startswith("provisions.yaml, line ")
    assert found.endswith("no danger speaks of the safeguard merc-guard")
