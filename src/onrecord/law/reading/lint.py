"""Look for what is whole and yet not good: a question that leads, a term nobody placed, a word never to be shown."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.law.conditions import IsOneOf
from onrecord.law.model import Condition, Law
from onrecord.law.reading.sections import at, check_keys, texts
from onrecord.law.reading.wrong import KeyNotKnown, wrong
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_facts
from onrecord.words.strict_yaml import DataFile

LISTS = ("openers", "measures", "tails", "before_openers", "joins", "legal_terms", "supplied")
NUMBERS = ("words_at_most", "letters_at_most")


def findings(law: Law) -> tuple[str, ...]:
    """Return what should be corrected, each with the place; nothing when all is well."""
    return (*_asks(law), *_words_never_shown(law), *_terms_without_weight(law))


def check_rules(file: DataFile) -> None:
    """Raise LawWrong where the rules for questions (asks.yaml) miss a part: without openers every question would do."""
    check_keys(file, (), {*LISTS, *NUMBERS, "schema", "version"}, {*LISTS, *NUMBERS})
    for name in LISTS:
        if not texts(file, (name,)):
            raise wrong(KeyNotKnown, file, (name,), "an empty list would let every question through")
    for name in NUMBERS:
        if type(at(file, (name,))) is not int:
            raise wrong(KeyNotKnown, file, (name,), "a whole number must stand here")


def lint_ask(ask: str, rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a question for the person: it must be open, single, plain, and put nothing in."""
    text = ask.lower()
    words = re.findall(r"[^\W\d_]+", text)
    starts = words[1:2] if words[:1] and words[0] in rules["before_openers"] else words[:1]
    found = {
        "it is not open": not starts or starts[0] not in rules["openers"],
        "it is not one question": text.count("?") != 1 or not text.endswith("?") or _has(text, rules["joins"]),
        "it is not plain": len(words) > rules["words_at_most"]
        or any(len(word) > rules["letters_at_most"] for word in words),
        "it has a legal term": _has_word(text, rules["legal_terms"]),
        "it supplies an answer": _has_word(text, rules["supplied"])
        or _has(text, rules["measures"])
        or _has_answer_behind_comma(text, rules["tails"])
        or bool(re.search(r"\d|(?<=[a-z,] )[A-Z]", ask)),
    }
    return tuple(reason for reason, is_so in found.items() if is_so)


def _asks(law: Law) -> Iterator[str]:
    rules = law.files["asks.yaml"].values
    asks = [(f"facts.yaml, {name}", rule.ask) for name, rule in law.facts.items()]
    asks += [(f"elements.yaml, {name}", element.ask) for name, element in law.elements.items()]
    for place, ask in asks:
        if ask is not None:
            yield from (f"{place}: ask: {reason}" for reason in lint_ask(ask, rules))


def _words_never_shown(law: Law) -> Iterator[str]:
    shown = [(name, [element.question, element.check]) for name, element in law.elements.items()]
    shown += [(name, [str(text) for text in provision.text.values()]) for name, provision in law.provisions.items()]
    shown += [(name, [text]) for name, text in law.flag_texts.items()]
    shown += [(risk.id, [risk.reason]) for risk in law.risks]
    for name, pieces in shown:
        for word in law.words_never_shown:
            if any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for text in pieces):
                yield f"{name}: the word {word} is never shown"


def _terms_without_weight(law: Law) -> Iterator[str]:
    """Compare the terms that no condition uses with the list of those that are left out on purpose."""
    used: dict[str, set[str]] = {}
    for condition in _every_condition(law):
        if isinstance(condition, IsOneOf):
            vocabulary = load_facts()[condition.fact].vocabulary
            used.setdefault(vocabulary or "", set()).update(condition.codes)
    on_purpose = law.files["classes.yaml"].values["no_weight"]
    for name, codes in used.items():
        if not name:
            continue
        terms = {code for code, term in load_codebook().vocabulary(name).terms.items() if not term.is_universal}
        for code in sorted(terms - codes - set(on_purpose.get(name, ()))):
            yield f"classes.yaml: no condition uses {name} {code}, and no_weight does not say so"
        for code in sorted(codes & set(on_purpose.get(name, ()))):
            yield f"classes.yaml: no_weight names {name} {code}, and a condition uses it"


def _every_condition(law: Law) -> Iterator[Condition]:
    for element in law.elements.values():
        for root in (element.supported_if, element.contradicted_if, *(flag.condition for flag in element.flags)):
            if root is not None:
                yield from _walk(root)


def _walk(condition: Condition) -> Iterator[Condition]:
    yield condition
    parts = (*getattr(condition, "parts", ()), *filter(None, [getattr(condition, "part", None)]))
    for part in parts:
        yield from _walk(part)


def _has_answer_behind_comma(text: str, tails: list[str]) -> bool:
    """Tell whether something is offered behind a comma: "what made you sign, the money?"."""
    behind = [piece.split() for piece in text.rstrip("?").split(",")[1:]]
    return any(words[0] not in tails for words in behind if words)


def _has(text: str, pieces: list[str]) -> bool:
    return any(piece in text for piece in pieces)


def _has_word(text: str, beginnings: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(beginning)}", text) for beginning in beginnings)
