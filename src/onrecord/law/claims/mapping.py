"""Say which facts the coded values of a claim are, by a table that is data (law/data/mapping.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.law.model import Law, Value
from onrecord.law.reading.sections import check_keys, mapping, text, texts
from onrecord.law.reading.wrong import CodeNotKnown, FactNotKnown, KeyNotKnown, wrong
from onrecord.law.values import read_value
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import ValueWrong, load_facts
from onrecord.words.strict_yaml import DataFile, Place
from onrecord.words.vocabulary import NotInCodebook

KEYS = {"kinds", "said_of_all", "of_actors", "of_persons", "stages", "vocabularies", "terms"}
KINDS = {"states", "disputes", "never"}


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """Which claims state a fact, which dispute one, and which facts a field's value is."""

    states: frozenset[str]
    disputes: frozenset[str]
    said_of_all: frozenset[str]  # facts that a claim about a case as a whole states of each person in it
    of_actors: frozenset[str]  # facts that a claim about an accused person states of what that person is or did
    of_persons: frozenset[str]  # facts of a person that hold whether or not an act was done to the end
    stages: Mapping[str, tuple[Value, ...]]  # per fact: terms that follow each other, the furthest first
    vocabularies: Mapping[str, str]
    terms: Mapping[str, Mapping[str, Mapping[str, str]]]

    def facts(self, field: str, value: str, mode: str | None = None) -> tuple[tuple[str, Value], ...]:
        """Return the facts that one value of a claim states; none when its field says nothing to the law."""
        if field in load_facts():
            return ((field, read_value(field, value, mode)),)
        if field in self.vocabularies:
            return ((self.vocabularies[field], read_value(self.vocabularies[field], value, mode)),)
        stated = self.terms.get(field, {}).get(value, {})
        return tuple((fact, read_value(fact, code)) for fact, code in stated.items())


def read_claim_map(law: Law) -> ClaimMap:
    """Return the table of a law; raise LawWrong with the line of the first thing wrong."""
    file = law.files["mapping.yaml"]
    check_keys(file, (), KEYS | {"schema", "version"}, KEYS)
    check_keys(file, ("kinds",), KINDS, KINDS)
    kinds = {name: texts(file, ("kinds", name)) for name in KINDS}
    if sorted(kind for group in kinds.values() for kind in group) != sorted(
        load_codebook().vocabulary("claim_kind").terms
    ):
        raise wrong(CodeNotKnown, file, ("kinds",), "every kind of claim of the codebook must stand here once")
    said_of_all, of_actors, of_persons = (_facts(file, name) for name in ("said_of_all", "of_actors", "of_persons"))
    stages = {name: _stages(file, name) for name in mapping(file, ("stages",))}
    vocabularies = {name: text(file, ("vocabularies", name)) for name in mapping(file, ("vocabularies",))}
    for name, fact in vocabularies.items():
        if fact not in load_facts() or load_facts()[fact].vocabulary != name:
            raise wrong(FactNotKnown, file, ("vocabularies", name), "no fact of this name takes this vocabulary")
    terms = mapping(file, ("terms",))
    for name in terms:
        _check_terms(file, ("terms", name), name)
    states, disputes = frozenset(kinds["states"]), frozenset(kinds["disputes"])
    return ClaimMap(states, disputes, said_of_all, of_actors, of_persons, stages, vocabularies, terms)


def _facts(file: DataFile, name: str) -> frozenset[str]:
    facts = texts(file, (name,))
    for index, fact in enumerate(facts):
        if fact not in load_facts():
            raise wrong(FactNotKnown, file, (name, index), "there is no fact of this name")
    return frozenset(facts)


def _stages(file: DataFile, name: str) -> tuple[str, ...]:
    fact, terms = load_facts().get(name), tuple(texts(file, ("stages", name)))
    if fact is None or fact.is_list or fact.vocabulary is None:
        raise wrong(FactNotKnown, file, ("stages", name), "there is no fact of this name that takes one term")
    for index, term in enumerate(terms):
        if term not in load_codebook().vocabulary(fact.vocabulary).terms:
            raise wrong(CodeNotKnown, file, ("stages", name, index), "the fact's vocabulary has no such term")
    return terms


def _check_terms(file: DataFile, place: Place, vocabulary: str) -> None:
    book = load_codebook()
    if vocabulary not in book.vocabularies:
        raise wrong(KeyNotKnown, file, place, "the codebook has no vocabulary of this name")
    for term in mapping(file, place):
        if term not in book.vocabulary(vocabulary).terms:
            raise wrong(CodeNotKnown, file, (*place, term), "the vocabulary has no such term")
        for fact in mapping(file, (*place, term)):
            if fact not in load_facts():
                raise wrong(FactNotKnown, file, (*place, term, fact), "there is no fact of this name")
            try:
                read_value(fact, text(file, (*place, term, fact)))
            except (NotInCodebook, ValueWrong) as error:
                raise wrong(CodeNotKnown, file, (*place, term, fact), "the fact has no such value") from error
