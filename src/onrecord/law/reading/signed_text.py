"""Give what a signature under a provision binds: what the review form prints, what the desk shows, and what is hashed.

All three read `signed_text` and nothing else, so that nobody signs what they could not see. Conditions stay in the form
they have in the data; the form and the desk say them in words. Short names are bound too, since a status stands beside
them. A signature does not bind what is outside: the dangers, the groups of a table, the questions, the forums, the
terms of the codebook, the conflict's tables, how claims become facts, and how a status is computed. The version and the
hash of the law data, which every signature also names, stand for those.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.ground.canon import canonical
from onrecord.law.reading.sections import text
from onrecord.words.strict_yaml import DataFile

Files = Mapping[str, DataFile]
Text = dict[str, Any]


def text_sha256(files: Files, provision: str) -> str:
    """Return the hash under which a provision is signed."""
    return hashlib.sha256(canonical(signed_text(files, provision))).hexdigest()


def signed_text(files: Files, provision: str) -> Text:
    """Return a provision with its elements, all that these rest on, and the classes of means that they use."""
    read = _read(files, provision)
    elements = {name: _element(files, name) for name in read if name in _section(files, "elements")}
    others = [name for name in read[1:] if name in _section(files, "provisions")]
    return {
        "provision": _provision(files, provision),
        "elements": elements,
        "provisions": {name: _label_and_elements(files, name) for name in others},
        "classes": classes_of(files, elements),
    }


def needed(provision: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return the elements that a provision needs, group by group: of a group, one is enough."""
    return tuple(tuple(one["any_of"]) if isinstance(one, dict) else (one,) for one in provision["elements"])


def _provision(files: Files, name: str) -> Text:
    given = _section(files, "provisions")[name]
    instrument = given["instrument"]
    title = text(files["instruments.yaml"], ("instruments", instrument, "title"))
    in_force = _section(files, "instruments")[instrument].get("in_force")
    head = {
        "id": name,
        "label": given["label"],
        "short": _short(files, name),
        "instrument": title,
        "in_force": in_force,
    }
    return head | {key: value for key, value in given.items() if key not in head}


def _label_and_elements(files: Files, name: str) -> Text:
    given = _section(files, "provisions")[name]
    return {"label": given["label"], "short": _short(files, name), "elements": given["elements"]}


def _short(files: Files, name: str) -> str:
    given = _section(files, "provisions")[name]
    return f"{_section(files, 'instruments')[given['instrument']]['short']} {given['short']}"


def _element(files: Files, name: str) -> Text:
    given = _section(files, "elements")[name]
    texts = _section(files, "flags")
    return {
        "short": given["short"],
        "q": given["q"],
        "check": given["check"],
        "notes": given.get("notes", ""),
        "reach": given.get("reach", False),
        "supported_if": given.get("supported_if"),
        "contradicted_if": given.get("contradicted_if"),
        "flags": [{"text": texts[one["flag"]], "if": one["if"]} for one in given.get("flags", ())],
    }


def _read(files: Files, provision: str) -> list[str]:
    """Return the provision and every element and provision that it rests on, each once."""
    found = [provision]
    for name in found:  # it grows while it is walked
        if name in _section(files, "provisions"):
            names = [one for group in needed(_section(files, "provisions")[name]) for one in group]
        else:
            given = _section(files, "elements")[name]
            names = [*named(given, "element"), *named(given, "provision")]
        found += [one for one in dict.fromkeys(names) if one not in found]
    return found


def classes_of(files: Files, elements: Text) -> Text:
    """Return the classes of means that the conditions of elements name, and the classes that these take in."""
    known = _section(files, "classes")
    found = list(dict.fromkeys(named(list(elements.values()), "has_means")))
    for name in found:
        found += [one for one in known[name].get("classes", ()) if one not in found]
    return {name: known[name] for name in found}


def named(given: Any, key: str) -> Iterator[str]:
    """Return the names that stand under a key, however deep."""
    if isinstance(given, list):
        for one in given:
            yield from named(one, key)
    elif isinstance(given, dict):
        for word, value in given.items():
            if word == key:
                yield from value if isinstance(value, list) else [value]
            else:
                yield from named(value, key)


def _section(files: Files, name: str) -> Mapping[str, Any]:
    values: Mapping[str, Any] = files[f"{name}.yaml"].values[name]
    return values
