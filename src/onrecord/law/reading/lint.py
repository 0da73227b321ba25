"""Look for what is whole and yet not good: a question that leads, a word never shown, a term or a name nobody uses."""

from collections.abc import Iterator
from itertools import chain

from onrecord.law.conditions import IsOneOf
from onrecord.law.model import Condition, Law
from onrecord.law.reading.conflict import is_invented
from onrecord.law.reading.never_shown import shown_all_the_same
from onrecord.law.reading.questions import lint_ask
from onrecord.law.reading.sections import mapping
from onrecord.law.reading.unused import Found, unused
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_facts


def findings(law: Law) -> tuple[str, ...]:
    """Return what should be corrected, each with file and line; nothing when all is well."""
    found = (_asks(law), shown_all_the_same(law.files), _terms_without_weight(law), _parties_left_out(law), unused(law))
    return tuple(_with_line(one) for one in chain(*found))


def _with_line(found: Found) -> str:
    file, place, reason = found
    error = file.wrong(place, reason)
    return f"{error.file}, line {error.line}: {error.reason}"


def _asks(law: Law) -> Iterator[Found]:
    rules = law.files["asks.yaml"].values
    for section, asked in (("facts", law.facts), ("elements", law.elements)):
        for name, one in asked.items():
            if one.ask is not None:
                for reason in lint_ask(one.ask, rules):
                    yield law.files[f"{section}.yaml"], (section, name, "ask"), f"the ask of {name}: {reason}"


def _terms_without_weight(law: Law) -> Iterator[Found]:
    """Compare the terms that no condition uses with the list of those that are left out on purpose."""
    used: dict[str, set[str]] = {}
    for condition in _every_condition(law):
        if isinstance(condition, IsOneOf):
            vocabulary = load_facts()[condition.fact].vocabulary
            used.setdefault(vocabulary or "", set()).update(condition.codes)
    file = law.files["classes.yaml"]
    on_purpose = file.values["no_weight"]
    for name, codes in used.items():
        if not name:
            continue
        terms = {code for code, term in load_codebook().vocabulary(name).terms.items() if not term.is_universal}
        for code in sorted(terms - codes - set(on_purpose.get(name, ()))):
            yield file, ("no_weight", name), f"no condition uses {name} {code}, and no_weight does not say so"
        for code in sorted(codes & set(on_purpose.get(name, ()))):
            yield file, ("no_weight", name), f"no_weight names {name} {code}, and a condition uses it"


def _parties_left_out(law: Law) -> Iterator[Found]:
    file = law.files["instruments.yaml"]
    for name, instrument in mapping(file, ("instruments",)).items():
        for state in (law.conflict.power, law.conflict.territorial_state):
            if state not in instrument["parties"] and not is_invented(state):
                yield file, ("instruments", name, "parties"), f"it is not said how {state} stands to {name}"


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
