"""Say how strong the evidence of a fact is beside one element: what states it, how independently, and how graded.

Of what is known only the conditions that decided the element count, and of the evidence only what by itself answers
one of these as the whole fact does: a threat of detention, not the loss of a job told beside it; not who denies it, nor
who does not know. Where nothing decided, whatever states the fact counts. A derived fact is as strong as the weakest of
what it rests on.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from onrecord.law.conditions import All, Any, ElementIs, Not, OfFact, ProvisionIs
from onrecord.law.model import (
    FALSE,
    OPEN,
    TRUE,
    Condition,
    Derived,
    Element,
    Fact,
    Facts,
    Law,
    Seen,
    Statement,
    Truth,
    UsedFact,
)


class Strengths:
    """The strength of every fact of one assessment, beside each element that reads it."""

    def __init__(self, law: Law, facts: Facts, seen: Seen, derived: Mapping[str, Derived]) -> None:
        self._law, self._facts, self._seen, self._derived = law, facts, seen, derived
        self._whole = {name: self._of_whole(name) for name in (*seen.facts, *facts.facts) if self._is_shown(name)}

    def beside(self, element: Element) -> tuple[UsedFact, ...]:
        """Return what an element reads that is known, or that somebody denies."""
        used = [self._whole[name] for name in element.facts if name in self._whole]
        if not any(self._has_several(one) for one in used):
            return tuple(used)
        deciding = list(self._deciding(element))
        return tuple(self._of_deciding(one.name, deciding) if self._has_several(one) else one for one in used)

    def _is_shown(self, name: str) -> bool:
        return name in self._seen.facts or bool(self._facts.facts[name].denied_by)

    def _has_several(self, used: UsedFact) -> bool:
        return not used.derived and used.name in self._seen.facts and len(self._seen.facts[used.name].said) > 1

    def _of_whole(self, name: str) -> UsedFact:
        if name in self._derived:
            return self._of_bases(name)
        fact = self._seen.facts.get(name, self._facts.facts.get(name, Fact()))
        return self._used(name, fact, _stating(fact))

    def _of_bases(self, name: str) -> UsedFact:
        fact = self._seen.facts[name]
        bases = [self._of_whole(base) for base in self._derived[name].rests_on if base in self._seen.facts]
        if fact.table_basis:
            # Of several events, what is said of those counts of which it was drawn.
            bases = [used for used in map(partial(self._within, fact.evidence), bases) if used.evidence]
        grades = [base.best_grade for base in bases if base.best_grade]
        return UsedFact(
            name,
            evidence=tuple(dict.fromkeys(item for base in bases for item in base.evidence)),
            origins=min((base.origins for base in bases), default=0),
            best_grade=max(grades, default=None) if len(grades) == len(bases) else None,
            derived=True,
            against=tuple(dict.fromkeys((*(item for base in bases for item in base.against), *fact.denied_by))),
        )

    def _within(self, evidence: Collection[str], used: UsedFact) -> UsedFact:
        """Return the strength of a fact by some of its evidence alone."""
        some = self._used(
            used.name, self._seen.facts[used.name], tuple(one for one in used.evidence if one in evidence)
        )
        return replace(some, derived=used.derived, against=tuple(one for one in used.against if one in evidence))

    def _of_deciding(self, name: str, deciding: Iterable[OfFact]) -> UsedFact:
        fact = self._seen.facts[name]
        answers = [(leaf, leaf.value(self._seen)) for leaf in deciding if leaf.fact == name]
        said = [one for one in fact.said if any(_answers(one, leaf, truth) for leaf, truth in answers)]
        return self._used(name, fact, tuple(dict.fromkeys(one.claim for one in said)) or _stating(fact))

    def _used(self, name: str, fact: Fact, evidence: tuple[str, ...]) -> UsedFact:
        declared = [self._facts.evidence[item] for item in evidence if item in self._facts.evidence]
        origins = {item.origin for item in declared}
        # What rests on nothing that was declared rests on somebody's word all the same: one origin, without a grade.
        if len(declared) < len(evidence) or not (declared or fact.by_hand or fact.said):
            origins.add("")
        best = min((item.grade for item in declared if item.grade), default=None)
        return UsedFact(name, evidence, len(origins), best, derived=False, against=fact.denied_by)

    def _deciding(self, element: Element) -> Iterator[OfFact]:
        """Yield the conditions on facts that made an element what it is; all of them while it is not known."""
        status = self._seen.elements[element.id]
        if element.supported_if is not None and status != FALSE:
            yield from self._leaves(element.supported_if)
        if element.contradicted_if is not None and status != TRUE:
            yield from self._leaves(element.contradicted_if)

    def _leaves(self, condition: Condition) -> Iterator[OfFact]:
        if isinstance(condition, OfFact):
            yield condition
        elif isinstance(condition, Not):
            yield from self._leaves(condition.part)
        elif isinstance(condition, All | Any):
            value = condition.value(self._seen)
            for part in condition.parts:
                if value == OPEN or part.value(self._seen) == value:
                    yield from self._leaves(part)
        elif isinstance(condition, ElementIs):
            yield from self._deciding(self._law.elements[condition.name])
        elif isinstance(condition, ProvisionIs):
            for name in self._law.provisions[condition.name].elements:
                yield from self._deciding(self._law.elements[name])


def _stating(fact: Fact) -> tuple[str, ...]:
    """Return the evidence that states something of a fact: without any that says which, all of it."""
    stating = (one.claim for one in fact.said if not one.denies and (not one.closes or not fact.values))
    return tuple(dict.fromkeys(stating)) if fact.said else fact.evidence


def _answers(said: Statement, leaf: OfFact, truth: Truth) -> bool:
    if truth == OPEN or said.denies:
        return False
    # A complete list says no for all that does not stand on it, and that it is complete is what says so.
    return truth == FALSE if said.closes else leaf.alone(said.value) == truth
