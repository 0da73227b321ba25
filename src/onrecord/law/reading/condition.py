"""Read one condition of the law data into what can be asked of facts, or refuse it and name the line.

A term that a condition names stands for itself and its narrower terms in the codebook: they are looked up here, once,
so that nothing has to be looked up while an assessment is made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.law import conditions
from onrecord.law.model import Condition
from onrecord.law.reading.sections import day, items
from onrecord.law.reading.wrong import CodeNotKnown, ConditionWrong, FactNotKnown, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.fields import COUNTRY, Fact, load_countries, load_facts
from onrecord.words.strict_yaml import DataFile, Place
from onrecord.words.vocabulary import Codebook, Vocabulary, nearest

YES_NO, NUMBER, DATE = "yesno", "number_or_range", "date_or_range"
EVERY_MODE = (*sorted(conditions.TWO_MODES), "other")

# CLASS -> FACT -> term -> modes that count, narrower terms included.
Wanted = dict[str, frozenset[str]]
Classes = Mapping[str, Mapping[str, Wanted]]


@dataclass(slots=True)
class Reader:
    """Reads the conditions of one file; remembers what they refer to, so that it can be looked up when all is read."""

    file: DataFile
    book: Codebook
    classes: Classes = field(default_factory=dict)
    is_of_safety: bool = False
    elements: list[tuple[Place, str]] = field(default_factory=list)
    provisions: list[tuple[Place, str]] = field(default_factory=list)

    def condition(self, given: Any, place: Place) -> Condition:
        """Return a condition; raise what is wrong with it."""
        if not isinstance(given, dict) or not given:
            raise wrong(KeyNotKnown, self.file, place, "a condition must stand here")
        if "fact" in given:
            return self._of_fact(given, place)
        key, value = next(iter(given.items()))
        if len(given) != 1 or key not in WORDS:
            raise wrong(KeyNotKnown, self.file, (*place, key), f"a condition is one of: {', '.join(WORDS)}, fact")
        return WORDS[key](self, value, (*place, key))

    def parts(self, place: Place) -> tuple[Condition, ...]:
        """Return the parts of an `all` or `any`."""
        return tuple(self.condition(part, (*place, index)) for index, part in enumerate(items(self.file, place)))

    def not_shown(self, given: Any, place: Place) -> Condition:
        """Return a `not_shown`, which only a rule of safety may use."""
        if not self.is_of_safety:
            raise wrong(
                ConditionWrong, self.file, place, "not_shown is for risks only: it would turn silence into a yes"
            )
        return conditions.NotShown(self.condition(given, place))

    def element(self, given: Any, place: Place) -> Condition:
        """Return a condition on another element and remember to look it up."""
        self.elements.append((place, str(given)))
        return conditions.ElementIs(str(given))

    def provision(self, given: Any, place: Place) -> Condition:
        """Return a condition on another provision and remember to look it up."""
        self.provisions.append((place, str(given)))
        return conditions.ProvisionIs(str(given))

    def has_means(self, _given: Any, place: Place) -> Condition:
        """Return whether the person's means fall into classes; a mode that one class or another wants, counts."""
        facts: dict[str, Wanted] = {}
        for index, name in enumerate(items(self.file, place)):
            if not isinstance(name, str) or name not in self.classes:
                raise wrong(ReferenceDangling, self.file, (*place, index), "there is no class of means of this name")
            for fact, wanted in self.classes[name].items():
                merge(facts.setdefault(fact, {}), wanted)
        parts = tuple(self.has(fact, wanted) for fact, wanted in facts.items())
        return parts[0] if len(parts) == 1 else conditions.Any(parts)

    def has(self, fact: str, wanted: Wanted) -> Condition:
        """Return whether a list has a wanted term, knowing for which terms an unknown mode is good enough."""
        words = self.vocabulary(fact)
        if words is None or words.mode is None:
            return conditions.Has(fact, wanted, frozenset(wanted))
        may = {code: frozenset(words.term(code).modes) or conditions.TWO_MODES for code in wanted}
        possible = {code: modes for code, modes in wanted.items() if modes & (may[code] | {"other"})}
        return conditions.Has(fact, possible, frozenset(code for code in possible if may[code] <= possible[code]))

    def _of_fact(self, given: Mapping[str, Any], place: Place) -> Condition:
        name, kind = given["fact"], self.kind(given["fact"], (*place, "fact"))
        asked = ASKED.get(frozenset(given) - {"fact"})
        if asked is None:
            raise wrong(KeyNotKnown, self.file, place, "what is asked of the fact is not known")
        fits, read = asked
        if not fits(kind):
            raise wrong(ConditionWrong, self.file, place, "this cannot be asked of a fact of this kind")
        return read(self, name, given, place)

    def has_terms(self, name: str, given: Mapping[str, Any], place: Place) -> Condition:
        """Return whether a list has one of some terms, in a mode where one is named."""
        modes = self._modes(given.get("mode"), load_facts()[name], place)
        codes = self._codes_at(name, (*place, "has"))
        return self.has(name, dict.fromkeys(codes, modes))

    def has_some(self, name: str, given: Mapping[str, Any], place: Place) -> Condition:
        """Return whether a list has at least so many of some terms."""
        here: Place = (*place, "count_in")
        terms = tuple(self.codes(name, [term], here) for term in items(self.file, here))
        return conditions.HasSome(name, terms, self._number(given["gte"], (*place, "gte")))

    def is_one(self, name: str, given: Mapping[str, Any], place: Place) -> Condition:
        """Return whether the one value is this term."""
        return conditions.IsOneOf(name, self.codes(name, [given["is"]], (*place, "is")))

    def is_one_of(self, name: str, _given: Mapping[str, Any], place: Place) -> Condition:
        """Return whether the one value is among some terms."""
        return conditions.IsOneOf(name, self._codes_at(name, (*place, "in")))

    def at_least(self, name: str, given: Mapping[str, Any], place: Place) -> Condition:
        """Return on which side of a bound a number or a day lies."""
        key = next(key for key in given if key != "fact")
        here: Place = (*place, key)
        bound = day(self.file, here) if load_facts()[name].form == DATE else self._number(given[key], here)
        at_least = conditions.AtLeast(name, bound)
        return at_least if key in ("gte", "on_or_after") else conditions.Not(at_least)

    def kind(self, name: Any, place: Place) -> Fact:
        """Return what kind of value a fact takes; raise FactNotKnown."""
        if not isinstance(name, str) or name not in load_facts():
            raise wrong(FactNotKnown, self.file, place, "there is no fact of this name in words/facts.yaml")
        return load_facts()[name]

    def vocabulary(self, fact: str) -> Vocabulary | None:
        """Return the vocabulary whose terms a fact takes; None for yes and no, numbers, dates and countries."""
        name = load_facts()[fact].vocabulary
        return None if name is None else self.book.vocabulary(name)

    def codes(self, fact: str, given: Sequence[Any], place: Place) -> frozenset[str]:
        """Return codes that a fact may take, with the narrower terms; raise CodeNotKnown."""
        words = self.vocabulary(fact)
        known: Mapping[str, object] = words.terms if words else dict.fromkeys(load_countries())
        if words is None and load_facts()[fact].form == YES_NO:
            known = dict.fromkeys(("yes", "no"))
        for code in given:
            # A rule on `unknown` would make a status of what nobody knows.
            if not isinstance(code, str) or code not in known or code == "unknown":
                near = nearest(code, known) if isinstance(code, str) else ""
                hint = f"; near are {near}" if near else ""
                raise wrong(CodeNotKnown, self.file, place, f"the fact {fact} has no such code{hint}")
        if words is None:
            return frozenset(given)
        return frozenset(
            code for code in words.terms if any(self.book.covers(words.name, broad, code) for broad in given)
        )

    def _codes_at(self, fact: str, place: Place) -> frozenset[str]:
        return self.codes(fact, items(self.file, place), place)

    def _modes(self, given: Any, kind: Fact, place: Place) -> frozenset[str]:
        if given is None:
            return frozenset(EVERY_MODE)
        mode = self.book.vocabulary(kind.vocabulary or "").mode
        if mode is None or given not in sorted(conditions.TWO_MODES):
            raise wrong(CodeNotKnown, self.file, (*place, "mode"), "this fact has no such mode")
        return frozenset((given,))

    def _number(self, given: Any, place: Place) -> int:
        if not isinstance(given, int) or isinstance(given, bool):
            raise wrong(ConditionWrong, self.file, place, "a whole number must stand here")
        return given


def merge(into: Wanted, wanted: Wanted) -> None:
    """Add wanted terms to others; for a term in both, the modes of both count."""
    for code, modes in wanted.items():
        into[code] = into.get(code, frozenset()) | modes


def _is_scalar(kind: Fact) -> bool:
    return not kind.is_list and kind.form not in (NUMBER, DATE)


ReadOfFact = Callable[[Reader, str, Mapping[str, Any], Place], Condition]
WORDS: Mapping[str, Callable[[Reader, Any, Place], Condition]] = {
    "all": lambda reader, _given, place: conditions.All(reader.parts(place)),
    "any": lambda reader, _given, place: conditions.Any(reader.parts(place)),
    "not": lambda reader, given, place: conditions.Not(reader.condition(given, place)),
    "not_shown": Reader.not_shown,
    "element": Reader.element,
    "provision": Reader.provision,
    "has_means": Reader.has_means,
}


def _is_list(kind: Fact) -> bool:
    return kind.is_list


def _is_list_of_terms(kind: Fact) -> bool:
    return kind.is_list and kind.form != COUNTRY


def _is_number(kind: Fact) -> bool:
    return kind.form == NUMBER


def _is_date(kind: Fact) -> bool:
    return kind.form == DATE


# What may be asked of a fact: the names that then stand beside it, the facts that it fits, and how it is read.
ASKED: Mapping[frozenset[str], tuple[Callable[[Fact], bool], ReadOfFact]] = {
    frozenset({"is"}): (_is_scalar, Reader.is_one),
    frozenset({"in"}): (_is_scalar, Reader.is_one_of),
    frozenset({"has"}): (_is_list, Reader.has_terms),
    frozenset({"has", "mode"}): (_is_list_of_terms, Reader.has_terms),
    frozenset({"count_in", "gte"}): (_is_list, Reader.has_some),
    frozenset({"lt"}): (_is_number, Reader.at_least),
    frozenset({"gte"}): (_is_number, Reader.at_least),
    frozenset({"before"}): (_is_date, Reader.at_least),
    frozenset({"on_or_after"}): (_is_date, Reader.at_least),
}
