"""Read the classes of means: which means count as force, as a grave threat, as pressure."""

from typing import Any

from onrecord.law.conditions import TWO_MODES
from onrecord.law.reading.condition import EVERY_MODE, Classes, Reader, Wanted, merge
from onrecord.law.reading.sections import mapping, texts
from onrecord.law.reading.wrong import CodeNotKnown, ReferenceDangling, wrong
from onrecord.words.strict_yaml import Place


def read_classes(reader: Reader, place: Place = ("classes",)) -> Classes:
    """Return the classes of means with narrower terms; a class may join classes that stand above it."""
    classes: dict[str, dict[str, Wanted]] = {}
    for name in mapping(reader.file, place):
        here: Place = (*place, name)
        facts: dict[str, Wanted] = {}
        for fact, lists in mapping(reader.file, here).items():
            if fact == "classes":
                _join(reader, facts, classes, lists, (*here, fact))
                continue
            reader.kind(fact, (*here, fact))
            by_mode = lists if isinstance(lists, dict) else {None: lists}
            for mode, terms in by_mode.items():
                if mode not in (None, *TWO_MODES):
                    raise wrong(CodeNotKnown, reader.file, (*here, fact), "this fact has no such mode")
                codes = reader.codes(fact, reader.several(terms, (*here, fact)), (*here, fact))
                modes = frozenset(EVERY_MODE if mode is None else (mode,))
                merge(facts.setdefault(fact, {}), dict.fromkeys(codes, modes))
        classes[name] = facts
    for vocabulary in mapping(reader.file, ("no_weight",)):
        texts(reader.file, ("no_weight", vocabulary))
    return classes


def _join(reader: Reader, facts: dict[str, Wanted], classes: Classes, names: Any, place: Place) -> None:
    for name in reader.several(names, place):
        if not isinstance(name, str) or name not in classes:
            raise wrong(ReferenceDangling, reader.file, place, "there is no class of this name above this one")
        for fact, wanted in classes[name].items():
            merge(facts.setdefault(fact, {}), wanted)
