"""Give every claim the letter under which it is shown: act, means, person, place, time or paper.

The letter follows the field of the first value, else the kind of claim. It orders what is shown and means nothing in
law.
"""

from onrecord.casework.overview import ClaimShown

ACT, MEANS, PERSON, PLACE, TIME, PAPER = "A", "M", "P", "L", "T", "D"

_BY_START = {
    "coercion": MEANS,
    "deception": MEANS,
    "inducement": MEANS,
    "force": MEANS,
    "victim": PERSON,
    "actor": PERSON,
    "perp": PERSON,
    "hands": PERSON,
    "holder": PERSON,
    "age": PERSON,
    "legal": PERSON,
    "national": PERSON,
    "nationality": PERSON,
    "allegation": PERSON,
    "involvement": PERSON,
    "place": PLACE,
    "movement": PLACE,
    "event": TIME,
    "date": TIME,
    "document": PAPER,
    "signature": PAPER,
    "source": PAPER,
    "oath": PAPER,
    "closed": PAPER,
}
_BY_KIND = {"caption": PAPER, "context": PAPER, "legal_view": PAPER, "opinion": PAPER, "call": PAPER, "motive": PERSON}


def letter_of_field(field: str) -> str:
    """Return the letter of a field; what is none of the others is about the act."""
    return _BY_START.get(field.split(".")[0].split("_")[0], ACT)


def letter_of(claim: ClaimShown) -> str:
    """Return the letter of a claim."""
    return letter_of_field(claim.values[0].field) if claim.values else _BY_KIND.get(claim.kind, ACT)


def is_trick(claim: ClaimShown) -> bool:
    """Tell whether a means is deception, which is underlined in dashes."""
    return any(value.field.startswith("deception") for value in claim.values)
