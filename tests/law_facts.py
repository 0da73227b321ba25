"""Random facts for the law's tests: anything that may be coded, in any mixture, with what is missing and disputed."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from onrecord.law.model import Evidence, Fact, Facts, Means, Range, Value
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_facts

COUNTRIES = st.sampled_from(["UA", "RU", "KP", "BY", "GE", "IN", "TJ", "UZ", "unknown"])
DAYS = st.dates(date(2013, 1, 1), date(2026, 1, 1)).map(date.isoformat)
AGES = st.integers(8, 60)
EVIDENCE = {
    "E1": Evidence("E1", "a witness", "B3"),
    "E2": Evidence("E2", "a witness", "B2"),
    "E3": Evidence("E3", "a paper", "A2"),
}


def value_of(name: str) -> st.SearchStrategy[Value]:
    """Return values that a fact may take."""
    kind = load_facts()[name]
    if kind.vocabulary is not None:
        vocabulary = load_codebook().vocabulary(kind.vocabulary)
        codes = st.sampled_from(sorted(vocabulary.terms))
        if vocabulary.mode is None:
            return codes
        modes = st.sampled_from(["threatened", "carried_out", "both", "unknown"])
        return codes.flatmap(lambda code: _means(code, vocabulary.terms[code].modes, modes))
    if kind.form == "yesno":
        return st.sampled_from(["yes", "no", "unknown"])
    if kind.form == "country":
        return COUNTRIES
    ends = DAYS if kind.form == "date_or_range" else AGES
    return ends | st.tuples(ends, ends).map(lambda pair: Range(*sorted(pair)))


def _means(code: str, modes: tuple[str, ...], any_mode: st.SearchStrategy[str]) -> st.SearchStrategy[Means]:
    return (st.sampled_from([*modes, "unknown"]) if modes else any_mode).map(lambda mode: Means(code, mode))


def fact_of(name: str) -> st.SearchStrategy[Fact]:
    """Return facts of a name: known, disputed whole or by item, asked for in vain, a list that is complete or not."""
    is_list = load_facts()[name].is_list
    values = st.lists(value_of(name), max_size=4 if is_list else 1, min_size=0 if is_list else 1, unique=True)
    evidence = st.lists(st.sampled_from(["E1", "E2", "E3", "undeclared"]), max_size=3, unique=True).map(tuple)
    coded = st.builds(Fact, values.map(tuple), evidence, closed=st.booleans() if is_list else st.just(False))
    disputed = st.builds(Fact, st.lists(value_of(name), max_size=2).map(tuple), evidence, conflict=st.just(True))
    by_item = coded.flatmap(_with_items_disputed) if is_list else coded
    return st.one_of(coded, coded, coded, coded, by_item, disputed, st.just(Fact(asked=True)))


def _with_items_disputed(fact: Fact) -> st.SearchStrategy[Fact]:
    if not fact.values:
        return st.just(fact)
    items = st.lists(st.sampled_from(fact.values), min_size=1, max_size=3, unique=True)
    return items.map(lambda some: replace(fact, disputed=tuple(some)))


@st.composite
def any_facts(draw: st.DrawFn, some_of: tuple[str, ...] = ()) -> Facts:
    """Return what might be coded about one person: from nothing to nearly everything, or to some facts alone."""
    names = draw(st.lists(st.sampled_from(sorted(some_of or load_facts())), max_size=40, unique=True))
    return Facts({name: draw(fact_of(name)) for name in names}, EVIDENCE)
