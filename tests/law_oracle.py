"""A second evaluator of the law, naive and slow, written from `logic` in law/data/meta.yaml and from nothing else.

It shares no code with law/: it walks the data as it stands, says T, F and U, and thinks of an unknown mode as several
possible worlds. What both say alike, two different readings of the logic say alike.
"""

from functools import cache, cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from onrecord.law.model import Fact, Facts, Means, Range
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_facts

DATA = Path(__file__).parents[1] / "src" / "onrecord" / "law" / "data"
WORST_FIRST = "FUT"
WORDS = {"T": "supported", "F": "contradicted", "U": "unknown"}


@cache
def data(name: str) -> Any:
    return YAML(typ="safe", pure=True).load(DATA / f"{name}.yaml")


class Oracle:
    """What the law says about facts, worked out as a patient reader would."""

    def __init__(self, facts: Facts, forced: dict[str, str] | None = None) -> None:
        self.facts = {name: fact for name, fact in facts.facts.items() if not self.says_nothing(fact)}
        self.memory: dict[str, str] = dict(forced or {})
        self.derive()

    @staticmethod
    def says_nothing(fact: Any) -> bool:
        only_unknown = bool(fact.values) and all(term_of(value) == "unknown" for value in fact.values)
        return not fact.conflict and (only_unknown or (not fact.values and not fact.closed))

    # ---- derivations

    def derive(self) -> None:
        coded = dict(self.facts)
        held, place, day = (coded.get(name) for name in ("victim.nationality", "place.region", "event.date"))
        self.derive_citizenship_of_power(coded)
        if held is not None:
            several = [self.of_citizenship(side) if side else {} for side in readings_of(held)]
            self.fill(["victim.home_diplomatic_relations"], several, coded)
            # Only where one may hold nothing else does it matter since when the citizenship of the power was held.
            power = {data("conflicts/ua_ru")["power"]}
            matters = any(set(side.values) - {"unknown"} == power for side in sides_of(held))
            stories = self.stories(coded) if matters else [(None, None)]
            several = [self.bond(given, *story) for given in several for story in stories]
            self.fill(["victim.bond"], several, coded)
        if place is not None and day is not None:
            lines = data("conflicts/ua_ru")["situations"]
            pairs = [(where, when) for where in readings_of(place) for when in readings_of(day)]
            several = [self.of_place(where, when) if where and when else {} for where, when in pairs]
            self.fill([name for line in lines for name in line["gives"]], several, coded)

    def derive_citizenship_of_power(self, coded: dict[str, Any]) -> None:
        name = "victim.power_citizenship_on_day"
        stories = self.stories({one: fact for one, fact in coded.items() if one != name})
        self.fill([name], [self.on_day(*story) for story in stories], coded)

    def stories(self, coded: dict[str, Any]) -> list[tuple[str | None, str | None]]:
        """Return how and when the citizenship may have come. "Not held" and "had come by then" are two stories."""
        by_hand = coded.get("victim.power_citizenship_on_day")
        if by_hand is not None:
            return [(side.values[0] if side else None, None) for side in readings_of(by_hand)]
        told = list[tuple[str | None, str | None]]()
        for side in readings_of(coded.get("victim.power_citizenship")):
            how = side.values[0] if side else None
            for time in self.times(coded):
                told += [("none", None), (None, "yes")] if (how, time) == ("none", "yes") else [(how, time)]
        return told

    @staticmethod
    def times(coded: dict[str, Any]) -> list[str | None]:
        """Return whether the citizenship stood on the day, for each side: yes, no, open, None where nobody says."""
        since, day = coded.get("victim.power_citizenship_since"), coded.get("event.date")
        days = readings_of(day if since else None)
        return [stood(one, other) if one else None for one in readings_of(since) for other in days]

    @staticmethod
    def on_day(how: str | None, time: str | None) -> dict[str, str]:
        stood = {"no": "none", "open": how if how in ("none", "imposed") else None}.get(time or "", how)
        return {} if stood is None else {"victim.power_citizenship_on_day": stood}

    @staticmethod
    def bond(given: dict[str, str], how: str | None, time: str | None) -> dict[str, str]:
        is_lost = how in ("none", "imposed") or time in ("no", "open")
        return {} if is_lost and given.get("victim.bond") == "own_national" else given

    def fill(self, names: list[str], several: list[dict[str, str]], coded: dict[str, Any]) -> None:
        for name in names:
            values = [given[name] for given in several if name in given]
            if name not in coded and values:  # each side gives its own; what none gives is not known
                self.facts[name] = Derived(values, disputed=len({given.get(name) for given in several}) > 1)

    @staticmethod
    def of_place(place: Any, day: Any) -> dict[str, str]:
        given: dict[str, str] = {}
        for line in data("conflicts/ua_ru")["situations"]:
            begun = ends(day.values[0])[0]
            if place.values[0] == line["region"] and begun is not None and begun >= line["since"]:
                given |= line["gives"]
        return given

    def of_citizenship(self, held: Any) -> dict[str, str]:
        table = data("conflicts/ua_ru")
        states = [state for state in held.values if state != "unknown"]
        sure = len(states) == len(held.values)
        given = {}
        for bond in table["bond"]["order"]:
            of = table["bond"]["countries"][bond]
            if of == "any_other":
                named = [one for some in table["bond"]["countries"].values() if some != of for one in some]
                fits = any(state not in named and state not in table["bond"]["by_hand"] for state in states)
            elif bond == "own_national":
                fits = bool(states) and all(state in of for state in states)
            else:
                fits = any(state in of for state in states)
            if fits and (sure or bond == table["bond"]["order"][0]):
                given["victim.bond"] = bond
                break
        without = table["no_diplomatic_relations_with_power"]
        answers = {"no" if state in without else "yes" for state in states if state != table["power"]}
        if sure and len(answers) == 1:
            given["victim.home_diplomatic_relations"] = answers.pop()
        return given

    # ---- statuses

    def element(self, name: str) -> str:
        if name not in self.memory:
            supports, contradicts = self.clauses(name)
            self.memory[name] = {("T", "F"): "T", ("T", "U"): "T", ("F", "T"): "F", ("U", "T"): "F"}.get(
                (supports, contradicts), "U"
            )
        return self.memory[name]

    def clauses(self, name: str) -> tuple[str, str]:
        spec = data("elements")["elements"][name]
        return tuple(self.ask(spec[key]) if key in spec else "U" for key in ("supported_if", "contradicted_if"))

    def provision(self, name: str) -> str:
        entries = data("provisions")["provisions"][name]["elements"]
        members = [entry["any_of"] if isinstance(entry, dict) else [entry] for entry in entries]
        return worst(best(self.element(one) for one in some) for some in members)

    def flags(self, name: str) -> set[str]:
        spec = data("elements")["elements"][name]
        raised = {one["flag"] for one in spec.get("flags", []) if self.ask(one["if"]) == "T"}
        disputed = any(fact in self.facts and self.facts[fact].conflict for fact in read_by(name))
        if disputed or len(self.doubter.of_element(name)) > 1:
            raised.add("conflicting_evidence")
        if self.clauses(name) == ("T", "T"):
            raised.add("conflicting_indicia")
        return raised

    @cached_property
    def doubter(self) -> "Doubter":
        return Doubter(self)

    def risks(self) -> set[str]:
        return {rule["id"] for rule in data("risks")["risks"] if "T" in self.doubter.answers(rule["if"])}

    # ---- conditions

    def ask(self, asked: Any) -> str:
        if "all" in asked:
            return worst(map(self.ask, asked["all"]))
        if "any" in asked:
            return best(map(self.ask, asked["any"]))
        if "not" in asked:
            return {"T": "F", "F": "T", "U": "U"}[self.ask(asked["not"])]
        if "not_shown" in asked:
            return "F" if self.ask(asked["not_shown"]) == "T" else "T"
        if "element" in asked:
            return self.element(asked["element"])
        if "provision" in asked:
            return self.provision(asked["provision"])
        if "has_means" in asked:
            wanted = [one for name in asked["has_means"] for one in members_of(name)]
            return best(self.has(fact, [w[1:] for w in wanted if w[0] == fact]) for fact in {w[0] for w in wanted})
        return self.of_fact(asked)

    def of_fact(self, asked: Any) -> str:
        name = asked["fact"]
        if "has" in asked:
            return self.has(name, [(asked.get("mode"), term) for term in asked["has"]])
        fact = self.facts.get(name)
        if fact is None or fact.conflict:
            return "U"
        if fact.disputed:
            return agreed(Oracle(Facts({name: side})).of_fact(asked) for side in sides_of(fact))
        if "count_in" in asked:
            there = sum(any(below(name, item, term) for item in fact.values) for term in asked["count_in"])
            return "T" if there >= asked["gte"] else self.if_none(fact)
        if "is" in asked or "in" in asked:
            codes = asked["in"] if "in" in asked else [asked["is"]]
            return "T" if any(below(name, fact.values[0], code) for code in codes) else "F"
        low, high = ends(fact.values[0])
        bound = next(asked[key] for key in ("lt", "gte", "before", "on_or_after") if key in asked)
        later, earlier = ("T", "F") if "gte" in asked or "on_or_after" in asked else ("F", "T")
        return later if low >= bound else earlier if high < bound else "U"

    def has(self, name: str, wanted: list[tuple[str | None, str]]) -> str:
        fact = self.facts.get(name)
        if fact is None or fact.conflict:
            return "U"
        if fact.disputed:
            return agreed(Oracle(Facts({name: side})).has(name, wanted) for side in sides_of(fact))
        found = best(["F", *(self.item(name, item, wanted) for item in fact.values)])
        return found if found != "F" else self.if_none(fact)

    def item(self, name: str, item: Any, wanted: list[tuple[str | None, str]]) -> str:
        fits = [
            any(below(name, term_of(item), term) and (mode is None or mode in world) for mode, term in wanted)
            for world in worlds(name, item)
        ]
        return "T" if all(fits) else "U" if any(fits) else "F"

    @staticmethod
    def if_none(fact: Any) -> str:
        return "F" if fact.closed and all(term_of(item) != "unknown" for item in fact.values) else "U"


class Doubter:
    """What dangers look at: every answer that a condition may have, each disputed fact being any one of its sides."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle, self.memory = oracle, dict[str, set[str]]()

    def answers(self, asked: Any) -> set[str]:
        if "all" in asked:
            return self.together(worst, map(self.answers, asked["all"]))
        if "any" in asked:
            return self.together(best, map(self.answers, asked["any"]))
        if "not" in asked:
            return {{"T": "F", "F": "T", "U": "U"}[one] for one in self.answers(asked["not"])}
        if "not_shown" in asked:
            return {"F" if one == "T" else "T" for one in self.answers(asked["not_shown"])}
        if "element" in asked:
            return self.of_element(asked["element"])
        if "provision" in asked:
            return self.of_provision(asked["provision"])
        if "has_means" in asked:
            facts = {fact for name in asked["has_means"] for fact, _mode, _term in members_of(name)}
            return self.together(best, (self.of_means(fact, asked["has_means"]) for fact in sorted(facts)))
        return {one.ask(asked) for one in self.worlds(asked["fact"])}

    def of_means(self, fact: str, names: list[str]) -> set[str]:
        wanted = [one[1:] for name in names for one in members_of(name) if one[0] == fact]
        return {one.has(fact, wanted) for one in self.worlds(fact)}

    def of_element(self, name: str) -> set[str]:
        if name not in self.memory:
            spec = data("elements")["elements"][name]
            supports, contradicts = (
                self.answers(spec[key]) if key in spec else {"U"} for key in ("supported_if", "contradicted_if")
            )
            self.memory[name] = {
                {("T", "F"): "T", ("T", "U"): "T", ("F", "T"): "F", ("U", "T"): "F"}.get((yes, no), "U")
                for yes in supports
                for no in contradicts
            }
        return self.memory[name]

    def of_provision(self, name: str) -> set[str]:
        entries = data("provisions")["provisions"][name]["elements"]
        members = [entry["any_of"] if isinstance(entry, dict) else [entry] for entry in entries]
        return self.together(worst, (self.together(best, map(self.of_element, some)) for some in members))

    @staticmethod
    def together(choose: Any, several: Any) -> set[str]:
        found: set[str] = set()
        for answers in several:
            found = {choose([one, other]) for one in found for other in answers} if found else set(answers)
        return found

    def worlds(self, name: str) -> list[Oracle]:
        """Return an oracle for each way in which a fact may be; one alone where nobody disputes it."""
        fact = self.oracle.facts.get(name)
        if fact is None or not (fact.conflict or fact.disputed):
            return [self.oracle]
        nothing = [Oracle(Facts({}))] if fact.conflict else []
        return [*nothing, *(Oracle(Facts({name: side})) for side in sides_of(fact))]


class Derived:
    """A fact out of the table; disputed where what it rests on is, with what each side would make of it."""

    def __init__(self, values: list[str], *, disputed: bool) -> None:
        self.values, self.conflict, self.closed, self.disputed = tuple(values), disputed, False, ()


def sides_of(fact: Any) -> list[Any]:
    """Return what a fact may be: in a conflict each value alone and all together; a list without some items."""
    if not fact.conflict:
        gone = [set(some) for n in range(len(fact.disputed) + 1) for some in combinations(fact.disputed, n)]
        lists = [tuple(item for item in fact.values if item not in some) for some in gone]
        return [Fact(items, closed=fact.closed) for items in lists]
    whole = [value for value in fact.values if term_of(value) != "unknown"]
    complete = fact.closed and len(whole) == len(fact.values)
    sides = [[value] for value in whole] + ([whole] if whole else [])
    return [Fact(tuple(side), closed=complete) for side in sides]


def readings_of(fact: Any) -> list[Any]:
    """Return what a table may read of a fact: its sides, or nothing: of none, or of one value alone that is denied."""
    whole = [value for value in fact.values if term_of(value) != "unknown"] if fact else []
    is_sure = fact and not (fact.conflict and len(whole) < 2)
    return sides_of(fact) if is_sure else [*(sides_of(fact) if fact else []), None]


def worlds(name: str, item: Any) -> list[set[str]]:
    """Return the modes in which a means was used, for each way it may have been."""
    if not isinstance(item, Means):
        return [set()]
    if item.mode in (None, "unknown"):
        may = load_codebook().vocabulary(load_facts()[name].vocabulary or "").term(item.term).modes
        return [{mode} for mode in may or ("threatened", "carried_out")]
    return [{"threatened", "carried_out"}] if item.mode == "both" else [{item.mode}]


def members_of(name: str) -> list[tuple[str, str | None, str]]:
    """Return the facts, modes and terms that a class of means wants."""
    members: list[tuple[str, str | None, str]] = []
    for fact, lists in data("classes")["classes"][name].items():
        if fact == "classes":
            members += [one for other in lists for one in members_of(other)]
        elif isinstance(lists, dict):
            members += [(fact, mode, term) for mode, terms in lists.items() for term in terms]
        else:
            members += [(fact, None, term) for term in lists]
    return members


def below(name: str, code: Any, broad: str) -> bool:
    """Tell whether a code is this one or one of its narrower terms."""
    vocabulary = load_facts()[name].vocabulary
    return code == broad or (
        vocabulary is not None and code != "unknown" and broad in load_codebook().vocabulary(vocabulary).lineage(code)
    )


@cache
def read_by(name: str) -> frozenset[str]:
    """Return every fact that an element's clauses read, also through others."""
    spec = data("elements")["elements"][name]
    return frozenset(fact for key in ("supported_if", "contradicted_if") if key in spec for fact in facts_in(spec[key]))


def facts_in(asked: Any) -> set[str]:
    """Return every fact that a condition reads."""
    if isinstance(asked, list):
        return {fact for one in asked for fact in facts_in(one)}
    if "fact" in asked:
        return {asked["fact"]}
    if "has_means" in asked:
        return {fact for one in asked["has_means"] for fact, _mode, _term in members_of(one)}
    if "element" in asked:
        return set(read_by(asked["element"]))
    if "provision" in asked:
        entries = data("provisions")["provisions"][asked["provision"]]["elements"]
        names = [one for entry in entries for one in (entry["any_of"] if isinstance(entry, dict) else [entry])]
        return {fact for one in names for fact in read_by(one)}
    return facts_in(list(asked.values()))


def term_of(value: Any) -> Any:
    return value.term if isinstance(value, Means) else value


def ends(value: Any) -> tuple[Any, Any]:
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def stood(since: Any, day: Any) -> str:
    """Return whether what came then had come by a day: yes, no, or open."""
    spans = [ends(one.values[0]) if one else (None, None) for one in (since, day)]
    taken, happened = ((first or "0000", last or "9999") for first, last in spans)
    answers = {"no" if one > other else "yes" for one in taken for other in happened}
    return answers.pop() if len(answers) == 1 else "open"


def agreed(answers: Any) -> str:
    every = set(answers)
    return every.pop() if len(every) == 1 else "U"


def worst(values: Any) -> str:
    return min(values, key=WORST_FIRST.index)


def best(values: Any) -> str:
    return max(values, key=WORST_FIRST.index)
