"""Hold a question for a person to its rules: open, single, plain, no legal term, and nothing that they have not said.

What may stand in a question is a list of neutral words (asks.yaml), and everything else is refused: nobody can list
every act that a question could put into a mouth.

LIMIT: neutral words too can lead, by their order or by the moment; that is for the interviewer who reviews a question.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.law.reading.sections import at, check_keys, texts
from onrecord.law.reading.wrong import KeyNotKnown, wrong
from onrecord.words.strict_yaml import DataFile

LISTS = (
    "openers",
    "before_openers",
    "invitations",
    "after_invitations",
    "joins",
    "legal_terms",
    "neutral_words",
    "neutral_phrases",
    "supplying_phrases",
    "tails",
)
NUMBERS = ("words_at_most", "letters_at_most")

# A number is a word too: it is in no list, and no person said it before us.
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
ODD_SIGN = re.compile(r"[^\w\s,.?'\u2019]|_|\n")


def check_rules(file: DataFile) -> None:
    """Raise LawWrong where the rules for questions (asks.yaml) miss a part: without openers every question would do."""
    check_keys(file, (), {*LISTS, *NUMBERS, "schema", "version"}, {*LISTS, *NUMBERS})
    for name in LISTS:
        texts(file, (name,))
    for name in NUMBERS:
        if type(at(file, (name,))) is not int:
            raise wrong(KeyNotKnown, file, (name,), "a whole number must stand here")


def lint_ask(ask: str, rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a question for the person, each with the words that it is about."""
    text = " ".join(ask.lower().split())
    words = WORD.findall(text)
    said = " ".join(words)
    found = (
        ("it is not open", [] if _is_open(said, rules) else words[:1] or ["no word"]),
        ("it is not one question", _more_than_one(text, said, rules)),
        ("it is not plain", _not_plain(ask, words, rules)),
        ("it has a legal term", [one for one in rules["legal_terms"] if re.search(rf"\b{re.escape(one)}", said)]),
        ("it supplies what nobody has said", [*_supplied(said, rules), *_behind_a_comma(text, rules)]),
    )
    return tuple(f"{reason}: {', '.join(about)}" for reason, about in found if about)


def _is_open(said: str, rules: Mapping[str, Any]) -> bool:
    before, openers, after = (_either(rules[name]) for name in ("before_openers", "openers", "after_invitations"))
    question = rf"(?:{before} )?{openers}"
    invitation = rf"(?:please )?{_either(rules['invitations'])} (?:{after}|{question})"
    return re.match(rf"(?:{question}|{invitation})\b", said) is not None


def _more_than_one(text: str, said: str, rules: Mapping[str, Any]) -> list[str]:
    is_invitation = re.match(rf"(?:please )?{_either(rules['invitations'])}\b", said) is not None
    marks = "".join(re.findall(r"[.?]", text))
    is_one = len(marks) == 1 and text.endswith(("?", ".") if is_invitation else "?")
    joins = [join.strip() for join in rules["joins"] if join in text]
    return joins if is_one else [*joins, marks or "no mark at its end"]


def _not_plain(ask: str, words: Sequence[str], rules: Mapping[str, Any]) -> list[str]:
    signs = [f"the sign {sign!r}" for sign in ODD_SIGN.findall(ask)]
    long = [word for word in words if len(word) > rules["letters_at_most"]]
    count = [f"{len(words)} words"] if len(words) > rules["words_at_most"] else []
    return [*signs, *long, *count]


def _supplied(said: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """Return the words that are not neutral, and the neutral ones that together say what somebody did."""
    yield from re.findall(rf"\b{_either(rules['supplying_phrases'])}\b", said)
    said = re.sub(rf"\b{_either(rules['neutral_phrases'])}\b", " ", said)
    starts = {*rules["openers"], *rules["before_openers"], *" ".join(rules["invitations"]).split()}
    neutral = {*starts, *rules["after_invitations"], *rules["neutral_words"], *rules["tails"]}
    yield from (word for word in said.split() if word not in neutral)


def _behind_a_comma(text: str, rules: Mapping[str, Any]) -> list[str]:
    """Return what is offered behind a comma: "what was it like, the same?"."""
    pieces = [piece.strip(" .?") for piece in text.split(",")[1:]]
    return [piece for piece in pieces if piece.split()[:1] != [] and piece.split()[0] not in rules["tails"]]


def _either(pieces: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, pieces))})"
