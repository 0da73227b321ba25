"""Read the classes of means: which means count as force, as a grave threat, as pressure."""

from collections.abc import Container, Mapping

from onrecord.law.conditions import TWO_MODES
from onrecord.law.model import Element
from onrecord.law.reading.condition import EVERY_MODE, Classes, Reader, Wanted, merge
from onrecord.law.reading.sections import check_keys, items, mapping, text, texts
from onrecord.law.reading.wrong import CodeNotKnown, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.strict_yaml import Place

PLACED: Place = ("placed_for_review",)


def read_classes(reader: Reader, place: Place = ("classes",)) -> Classes:
    """Return the classes of means with narrower terms; a class may join classes that stand above it."""
    classes: dict[str, dict[str, Wanted]] = {}
    for name in mapping(reader.file, place):
        here: Place = (*place, name)
        facts: dict[str, Wanted] = {}
        for fact, lists in mapping(reader.file, here).items():
            if fact == "classes":
                _join(reader, facts, classes, (*here, fact))
                continue
            reader.kind(fact, (*here, fact))
            by_mode = lists if isinstance(lists, dict) else {None: lists}
            for mode in by_mode:
                if mode not in (None, *TWO_MODES):
                    raise wrong(CodeNotKnown, reader.file, (*here, fact), "this fact has no such mode")
                there: Place = (*here, fact) if mode is None else (*here, fact, mode)
                codes = reader.codes(fact, items(reader.file, there), there)
                modes = frozenset(EVERY_MODE if mode is None else (mode,))
                merge(facts.setdefault(fact, {}), dict.fromkeys(codes, modes))
        if not facts:
            raise wrong(KeyNotKnown, reader.file, here, "a class must name at least one means")
        classes[name] = facts
    for name in mapping(reader.file, ("no_weight",)):
        if name not in reader.book.vocabularies:
            raise wrong(CodeNotKnown, reader.file, ("no_weight", name), "the codebook has no vocabulary of this name")
        _check_terms(reader, ("no_weight", name), reader.book.vocabulary(name).terms)
    return classes


def check_placed(reader: Reader, classes: Classes, elements: Mapping[str, Element]) -> None:
    """Raise LawWrong for a term placed for review that the class, or the facts of the element, named there have not."""
    for index, _given in enumerate(items(reader.file, PLACED, may_be_empty=True)):
        place: Place = (*PLACED, index)
        values = check_keys(reader.file, place, {"terms", "classes", "elements", "why"}, {"terms", "why"})
        text(reader.file, (*place, "why"))
        if ("classes" in values) == ("elements" in values):
            raise wrong(KeyNotKnown, reader.file, place, "either classes or elements must stand here")
        section, known = ("classes", classes) if "classes" in values else ("elements", elements)
        terms: set[str] = set()
        for number, name in enumerate(texts(reader.file, (*place, section))):
            if name not in known:
                reason = f"there is none of this name among the {section}"
                raise wrong(ReferenceDangling, reader.file, (*place, section, number), reason)
            terms |= _terms_of_class(classes[name]) if section == "classes" else _terms_read(reader, elements[name])
        _check_terms(reader, (*place, "terms"), terms)


def _terms_of_class(facts: Mapping[str, Wanted]) -> set[str]:
    return {term for wanted in facts.values() for term in wanted}


def _terms_read(reader: Reader, element: Element) -> set[str]:
    """Return the terms of every fact that an element reads itself."""
    clauses = [clause for clause in (element.supported_if, element.contradicted_if) if clause is not None]
    words = [reader.vocabulary(fact) for clause in clauses for fact in clause.needs().facts]
    return {term for one in words if one is not None for term in one.terms}


def _check_terms(reader: Reader, place: Place, known: Container[str]) -> None:
    for index, term in enumerate(texts(reader.file, place)):
        if term not in known:
            raise wrong(CodeNotKnown, reader.file, (*place, index), "there is no such term in what is named here")


def _join(reader: Reader, facts: dict[str, Wanted], classes: Classes, place: Place) -> None:
    for name in items(reader.file, place):
        if not isinstance(name, str) or name not in classes:
            raise wrong(ReferenceDangling, reader.file, place, "there is no class of this name above this one")
        for fact, wanted in classes[name].items():
            merge(facts.setdefault(fact, {}), wanted)
