"""Show one element in full: its question, what stands for it and against it, what is missing, and what it rests on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.casework.law.facts import CaseFacts
from onrecord.casework.models import Exhibit, Letter, PlaceOverride, Source
from onrecord.desk.shown.claims import Card, Value, cards
from onrecord.desk.shown.law.marks import SOURCES_DISAGREE, Mark, mark_of_element
from onrecord.desk.shown.law.weighing import Held, NoLonger, Weighed, origins, weigh
from onrecord.desk.shown.wording import field_name, mode_name, value_name
from onrecord.law.claims.telling import PLACE_STATUS
from onrecord.law.model import Gap, Law, Means, Range
from onrecord.law.model import Value as Coded


@dataclass(frozen=True, slots=True)
class Text:
    """The letter or source in which a passage stands."""

    id: str
    is_letter: bool
    title: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage beside an element, with its grade and the number of its origin; `is_part`: the rule asks for more."""

    card: Card
    text: Text | None
    grade: str
    origin: int
    is_part: bool
    no_longer: NoLonger | None = None


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of one direction, and how many independent origins they have between them."""

    passages: tuple[Passage, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact that nobody coded: the conflict's table gives it, with its reason."""

    name: str
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list of which somebody denies a part: whether it is disputed itself."""

    field: str
    words: str
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """What the claims and the table of places alone say of an element, where a member set the place by hand."""

    mark: Mark
    passages: Passages


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to find out: the analyst's check, a reviewed question if there is one, and what it would move."""

    check: str
    ask: str
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """An element with everything that stands behind it."""

    id: str
    name: str
    question: str
    notes: str
    mark: Mark
    used_by: tuple[str, ...]
    speaks_for: Passages
    speaks_against: Passages
    bears: Passages
    flags: tuple[str, ...]
    missing: tuple[Missing, ...]
    asked: tuple[str, ...]
    derived: tuple[DerivedFact, ...]
    items: tuple[Item, ...]
    differs_by_event: bool  # sources disagree only because several events are taken together
    rests_on_place: bool


def detail(held: Held, element: str, weighed: Sequence[Weighed], differing: Collection[str] = ()) -> Detail:
    """Return an element in full; `differing` names the facts that only differ from event to event."""
    law, status, assessment = held.law, held.assessment.elements[element], held.assessment
    shown, behind = _passages(held, weighed), _behind(law, law.elements[element].facts)
    return Detail(
        id=element,
        name=law.elements[element].short,
        question=law.elements[element].question,
        notes=law.elements[element].notes,
        mark=mark_of_element(status),
        used_by=tuple(one.short for one in law.provisions.values() if element in one.elements),
        speaks_for=_side(shown, [one for one in weighed if one.speaks_for]),
        speaks_against=_side(shown, [one for one in weighed if one.speaks_against]),
        bears=_side(shown, [one for one in weighed if not one.speaks_for and not one.speaks_against]),
        flags=tuple(law.flag_texts[flag] for flag in status.flags),
        missing=tuple(_missing(held, gap) for gap in assessment.gaps if _is_of(held, gap, element)),
        asked=tuple(field_name(name) for name in law.elements[element].facts if _was_asked(held, name)),
        derived=tuple(
            DerivedFact(field_name(name), value_name(name, one.value), one.basis)
            for name, one in assessment.derived.items()
            if name in law.elements[element].facts
        ),
        items=tuple(_items(held, law.elements[element].facts)),
        differs_by_event=mark_of_element(status) == SOURCES_DISAGREE and not behind.isdisjoint(differing),
        rests_on_place=any(name.startswith("place.") for name in behind),
    )


def set_aside(held: Held, alone: Held, element: str) -> SetAside | None:
    """Return what an element would rest on without what a member said of places; None where that changes nothing."""
    before, now = (tuple(weigh(one, [element])[element]) for one in (alone, held))
    gone = [one for one in before if one.claim.id not in {other.claim.id for other in now}]
    mark = mark_of_element(alone.assessment.elements[element])
    if not gone and mark == mark_of_element(held.assessment.elements[element]):
        return None
    return SetAside(mark, _side(_passages(held, gone), gone))


def gaps_of(held: Held, most: int, shown: Iterable[str] | None = None) -> tuple[Missing, ...]:
    """Return what to find out first, over all elements or for some provisions alone."""
    gaps = held.assessment.gaps
    if shown is not None:
        named = set(shown)
        elements = {element for name in named for element in held.law.provisions[name].elements}
        gaps = tuple(gap for gap in gaps if gap.element in elements or named.intersection(gap.provisions))
    return tuple(_missing(held, gap) for gap in gaps[:most])


def _behind(law: Law, facts: Iterable[str]) -> set[str]:
    return {base for name in facts for base in (name, *law.conflict.rests_on.get(name, ()))}


def _is_of(held: Held, gap: Gap, element: str) -> bool:
    """Tell whether a gap closes this element: its own check, or one shared with another that lacks the same fact."""
    return gap.element == element or (
        gap.fact is not None and gap.fact in _behind(held.law, held.law.elements[element].facts)
    )


def _missing(held: Held, gap: Gap) -> Missing:
    moved = tuple(held.law.provisions[name].short for name in gap.provisions)
    return Missing(gap.check, gap.ask or "", moved)


def _was_asked(held: Held, name: str) -> bool:
    fact = held.facts.facts.get(name)
    return fact is not None and fact.is_missing and (fact.asked or (bool(fact.values) and not fact.by_hand))


def _items(held: Held, facts: Iterable[str]) -> Iterator[Item]:
    """Yield each item of the lists of which somebody denies one: the others stand."""
    for name in facts:
        fact = held.facts.facts.get(name)
        if fact is not None and fact.disputed and not fact.conflict:
            for value in fact.values:
                yield Item(field_name(name), in_words(name, value), value in fact.disputed)


def in_words(name: str, value: Coded) -> str:
    """Return a value of a fact as it is called."""
    if isinstance(value, Range):
        return "–".join(str(end) if end is not None else "" for end in (value.low, value.high))
    if not isinstance(value, Means):
        return value_name(name, str(value))
    mode = mode_name(value.mode or "")
    return f"{value_name(name, value.term)} ({mode})" if mode else value_name(name, value.term)


def _side(shown: Mapping[str, Passage], weighed: Sequence[Weighed]) -> Passages:
    return Passages(tuple(shown[one.claim.id] for one in weighed), origins(weighed))


def _passages(held: Held, weighed: Sequence[Weighed]) -> Mapping[str, Passage]:
    numbers = {origin: number for number, origin in enumerate(dict.fromkeys(one.origin for one in weighed), start=1)}
    texts = _texts(one.claim.exhibit for one in weighed)
    return {
        one.claim.id: Passage(
            card=replace(card, values=_values_on(held.law, card, one) or card.values),
            text=texts.get(one.claim.exhibit),
            grade=one.grade,
            origin=numbers[one.origin],
            is_part=one.is_part,
            no_longer=held.no_longer.get(one.claim.id),
        )
        for one, card in zip(weighed, cards([one.claim for one in weighed]), strict=True)
    }


def _values_on(law: Law, card: Card, weighed: Weighed) -> tuple[Value, ...]:
    """Return the values through which a claim bears on the element; it may state more."""
    facts = _behind(law, weighed.facts)
    return tuple(shown for shown, value in zip(card.values, weighed.claim.values, strict=True) if value.field in facts)


def _texts(exhibits: Iterable[str]) -> dict[str, Text]:
    rows = dict(Exhibit.objects.filter(pk__in=set(exhibits)).values_list("id", "origin"))
    letters = set(Letter.objects.filter(pk__in=rows.values()).values_list("id", flat=True))
    titles = {row.id: row.title for row in Source.objects.filter(pk__in=rows.values())}
    return {
        exhibit: Text(origin, is_letter=origin in letters, title=titles.get(origin, ""))
        for exhibit, origin in rows.items()
        if origin in letters or origin in titles
    }


@dataclass(frozen=True, slots=True)
class EventPlace:
    """One event of a person, and what a member said of its place, if anything."""

    event: str
    row: PlaceOverride | None

    @property
    def status(self) -> str:
        """Return what the place was set to, in words."""
        return value_name(PLACE_STATUS, self.row.status) if self.row else ""


def places_of(case: CaseFacts, person: str, event: str = "", *, until: int | None = None) -> tuple[EventPlace, ...]:
    """Return a person's events, or one of them, each with what was set by hand, up to an entry of the ledger."""
    events = (event,) if event else case.events_of(person)
    rows = PlaceOverride.objects.filter(case=case.case).order_by("entry")
    said = {row.event: row for row in rows if until is None or row.entry <= until}
    return tuple(EventPlace(one, said.get(one)) for one in events)


def by_hand(places: Iterable[EventPlace]) -> tuple[EventPlace, ...]:
    """Return those that a member set."""
    return tuple(place for place in places if place.row)


def reached(law: Law, set_by_hand: Iterable[EventPlace]) -> frozenset[str]:
    """Return the elements that read a place which a member set."""
    if not any(set_by_hand):
        return frozenset()
    return frozenset(name for name, element in law.elements.items() if PLACE_STATUS in element.facts)
