"""A question for the person is open, single and plain, has no legal term and puts nothing into a mouth."""

import pytest

from onrecord.law.load import load_law
from onrecord.law.reading.lint import findings, lint_ask

FAIR = [
    "What happened next?",
    "How did the day go on from there?",
    "On what day was that, as far as you remember?",
    "Who else was in the room?",
]
UNFAIR = {
    "Did they do that?": "it is not open",
    "What did they say, and where did they go?": "it is not one question",
    "What was it? Where was it?": "it is not one question",
    "Was it at home or at work?": "it is not one question",
    "What coercion was used?": "it has a legal term",
    "What did they threaten you with?": "it supplies an answer",
    "What did Commander Placeholder say?": "it supplies an answer",
    "What happened in 2022?": "it supplies an answer",
    "What of all that you do still know of those many long days would you now most of all want us to know?": (
        "it is not plain"
    ),
    "How badly did they treat you?": "it supplies an answer",
    "How did the soldiers treat you?": "it supplies an answer",
    "What did you know about the prison?": "it supplies an answer",
    "What made you sign, the money?": "it supplies an answer",
    "": "it is not open",
}


@pytest.mark.parametrize("ask", FAIR)
def test_a_fair_question_passes(ask: str) -> None:
    assert lint_ask(ask, load_law().files["asks.yaml"].values) == ()


@pytest.mark.parametrize(("ask", "reason"), UNFAIR.items())
def test_an_unfair_question_is_told_why(ask: str, reason: str) -> None:
    assert reason in lint_ask(ask, load_law().files["asks.yaml"].values)


def test_the_law_that_we_carry_has_nothing_to_correct() -> None:
    assert findings(load_law()) == ()
