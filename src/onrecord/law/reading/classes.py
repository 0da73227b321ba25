"""Read the classes of means: which means count as force, as a grave threat, as pressure."""

from onrecord.law.conditions import TWO_MODES
from onrecord.law.reading.condition import EVERY_MODE, Classes, Reader, Wanted, merge
from onrecord.law.reading.sections import items, mapping, texts
from onrecord.law.reading.wrong import CodeNotKnown, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.strict_yaml import Place


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
    for vocabulary in mapping(reader.file, ("no_weight",)):
        texts(reader.file, ("no_weight", vocabulary))
    return classes


def _join(reader: Reader, facts: dict[str, Wanted], classes: Classes, place: Place) -> None:
    for name in items(reader.file, place):
        if not isinstance(name, str) or name not in classes:
            raise wrong(ReferenceDangling, reader.file, place, "there is no class of this name above this one")
        for fact, wanted in classes[name].items():
            merge(facts.setdefault(fact, {}), wanted)
