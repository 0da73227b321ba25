"""Claims to facts, told by vectors/law/claims.yaml and held against the law package as it is now imported.

Every name is imported late, so that a copy of the package with a fault planted is held against the same tales.
"""

from types import SimpleNamespace
from typing import Any

from invented_law import SCENARIOS

CLAIMS = SCENARIOS.parent / "claims.yaml"
EVENTS = {"act1": "event1", "act2": "event2", "act3": "event3", "case": ""}


def told_otherwise(law: Any, only: str = "") -> list[tuple[Any, ...]]:
    """Return where claims come to other facts or dangers than the author of a tale says; nothing when all is well."""
    from onrecord.words.strict_yaml import read_data_file

    tales = read_data_file(CLAIMS).values["claims"]
    return [(tale["id"], *one) for tale in tales if only in ("", tale["id"]) for one in _otherwise(tale, law)]


def _otherwise(tale: dict[str, Any], law: Any) -> list[tuple[Any, ...]]:
    from onrecord.law.assess import assess, risks_of
    from onrecord.law.derive import complete
    from onrecord.law.model import Facts

    telling, several = _telling(tale, law), _events(tale)
    events = [tale["event"]] if "event" in tale else several
    stated = telling.of("a", events)
    facts = {**stated, **complete(stated, law.conflict)[0]}
    shown = {name: _shown(facts.get(name)) for name in tale["facts"]}
    found = [(name, shown[name], wanted) for name, wanted in tale["facts"].items() if shown[name] != wanted]
    elements = assess(Facts(stated), law).elements
    for element, facts_beside in tale.get("beside", {}).items():
        beside = {used.name: _shown_beside(used) for used in elements[element].facts}
        found += [] if beside == facts_beside else [(element, beside, facts_beside)]
    if "dangers" in tale:
        dangers = {risk.id for risk in risks_of(map(Facts, telling.in_danger("a", several)), law)}
        found += [] if dangers == set(tale["dangers"]) else [("dangers", dangers, tale["dangers"])]
    differing = set(telling.differing("a", several))
    return found if set(tale.get("differing", differing)) == differing else [*found, ("differing", differing)]


def _telling(tale: dict[str, Any], law: Any) -> Any:
    from onrecord.law.claims.mapping import read_claim_map
    from onrecord.law.claims.statements import acts_not_done, statements
    from onrecord.law.claims.telling import Telling, Told

    table, claims = read_claim_map(law), [_claim(number, one) for number, one in enumerate(tale["told"])]
    not_done = acts_not_done(claims, table)
    told = tuple(Told(one.person, EVENTS[one.act or "case"], tuple(statements(one, table, not_done))) for one in claims)
    return Telling(told, tuple(tale.get("people", ["a"])), tale.get("places", {}), table, law.conflict)


def _claim(number: int, one: dict[str, Any]) -> SimpleNamespace:
    from onrecord.words.fields import check_value

    act, denies = one.get("on", "act1"), "denies" in one
    return SimpleNamespace(
        id=f"claim{number}",
        entry=number,
        act="" if act == "case" else act,
        person=one.get("of", "a"),
        kind=one.get("kind", "denial" if denies else "act"),
        stance="supports",
        values=[check_value(*pair.split("=", 1)) for pair in one["denies" if denies else "says"]],
    )


def _events(tale: dict[str, Any]) -> list[str]:
    acts = [one.get("on", "act1") for one in tale["told"] if one.get("of", "a") == "a"]
    return sorted({EVENTS[act] for act in acts if act != "case"}) or [""]


def _shown_beside(used: Any) -> str:
    return " ".join((*used.evidence, *(f"against:{claim}" for claim in used.against)))


def _shown(fact: Any) -> str:
    """Return a fact in a few signs: `?` behind what is disputed, `or` between values of which one is right."""
    if fact is None or fact.is_missing:
        return "asked" if fact and fact.asked else "missing"
    shown = [_value(value) + ("?" if value in fact.disputed else "") for value in fact.values]
    several = (" or " if fact.conflict else " & ").join(shown)
    return several + (" complete" if fact.closed else "")


def _value(value: Any) -> str:
    if hasattr(value, "term"):
        return f"{value.term}:{value.mode}"
    return f"{value.low}..{value.high}" if hasattr(value, "low") else str(value)
