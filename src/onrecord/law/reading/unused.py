"""Look for what the law data defines and nothing uses.

An element that no rule needs is reviewed by nobody, and a flag that nothing raises is a doubt that nobody sees.
"""

from collections.abc import Iterator

from onrecord.law.model import Law
from onrecord.law.reading.sections import mapping, texts
from onrecord.law.reading.signed_text import named
from onrecord.words.strict_yaml import DataFile, Place

# No condition raises these: law/assess.py does.
COMPUTED_FLAGS = ("conflicting_evidence", "conflicting_indicia")

STANDS_IN = {"groups": "elements", "things": "forums"}

Found = tuple[DataFile, Place, str]


def unused(law: Law) -> Iterator[Found]:
    """Return the places of elements, groups, classes, flags, instruments, things, safeguards, effects nobody uses."""
    values = {name.removesuffix(".yaml"): file.values for name, file in law.files.items()}
    rules = [values["elements"]["elements"], values["risks"]["risks"]]
    needed = {element for provision in law.provisions.values() for element in provision.elements}
    classes, instruments = values["classes"]["classes"], values["instruments"]
    used = {
        "elements": needed | {*named(rules, "element")},
        "groups": {element.group.id for element in law.elements.values()},
        "classes": {*named(rules, "has_means"), *named(list(classes.values()), "classes")},
        "flags": {*COMPUTED_FLAGS, *named(rules, "flag")},
        "instruments": {*named([values["provisions"]["provisions"], instruments["references"]], "instrument")},
        "things": {*named(values["forums"]["forums"], "needs")},
    }
    for section, names in used.items():
        file = law.files[f"{STANDS_IN.get(section, section)}.yaml"]
        for name in mapping(file, (section,)):
            if name not in names:
                yield file, (section, name), f"nothing uses {name}: use it or take it out"
    for name, provision in law.provisions.items():
        if provision.safeguard and name not in {*named(values["risks"]["risks"], "provision")}:
            yield law.files["provisions.yaml"], ("provisions", name), f"no danger speaks of the safeguard {name}"
    effects = law.files["risks.yaml"]
    for index, effect in enumerate(texts(effects, ("effects",))):
        if effect not in {*named(values["risks"]["risks"], "effect")}:
            yield effects, ("effects", index), f"no danger has the effect {effect}: use it or take it out"
