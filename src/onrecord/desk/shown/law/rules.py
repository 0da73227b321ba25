"""Write out in words all that a signature under a provision binds, so that a lawyer reads it before signing.

What is read here is what is hashed (law/reading/signed_text.py), in the words of the printed review form
(law/reading/wording.py), with labels where the form has codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from onrecord.desk.shown.wording import field_name, mode_name, value_name
from onrecord.law.model import Law
from onrecord.law.reading.signed_text import needed, signed_text
from onrecord.law.reading.wording import Said, say, say_class

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, what it says, and when it is raised."""

    text: str
    when: Said


@dataclass(frozen=True, slots=True)
class Read:
    """One element as it is computed; `is_choice`: one of several of which one is enough."""

    id: str
    given: Raw
    is_choice: bool
    supported: Said
    contradicted: Said
    flags: tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class ReadProvision:
    """A provision as it is signed: its own words and elements, and all on which these rest."""

    text: Raw
    elements: tuple[Read, ...]
    rested_on: tuple[Read, ...]
    provisions: tuple[Said, ...]
    classes: tuple[Said, ...]


def read_provision(law: Law, provision: str) -> ReadProvision:
    """Return all that a signature under a provision binds."""
    signed, name = signed_text(law.files, provision), partial(_label, law)
    own = {element: len(group) > 1 for group in needed(signed["provision"]) for element in group}
    read = {
        element: Read(
            id=element,
            given=given,
            is_choice=own.get(element, False),
            supported=say(given["supported_if"], name),
            contradicted=say(given["contradicted_if"], name),
            flags=tuple(Raised(flag["text"], say(flag["if"], name)) for flag in given["flags"]),
        )
        for element, given in signed["elements"].items()
    }
    return ReadProvision(
        text=signed["provision"],
        elements=tuple(read[element] for element in own),
        rested_on=tuple(one for element, one in read.items() if element not in own),
        provisions=tuple(_provision(law, one, given) for one, given in signed["provisions"].items()),
        classes=tuple(
            Said(name("class", one), tuple(map(Said, say_class(given, name))))
            for one, given in signed["classes"].items()
        ),
    )


def _provision(law: Law, provision: str, given: Raw) -> Said:
    """Return a provision on which an element rests, with the elements that it needs."""
    parts = (" / ".join(f"{law.elements[one].short} ({one})" for one in group) for group in needed(given))
    return Said(f"{given['short']} ({provision}): {given['label']}", tuple(map(Said, parts)))


def _label(law: Law, kind: str, code: str) -> str:
    """Return what the desk calls a fact, a mode, an element, a provision, a class of means, or the value of a fact."""
    match kind:
        case "fact":
            return field_name(code)
        case "mode":
            return mode_name(code)
        case "element":
            return f"“{law.elements[code].short}”"
        case "provision":
            return f"“{law.provisions[code].short}”"
        case "class":
            return f"“{code.replace('_', ' ')}”"
    return value_name(kind, code)
