"""Whatever claims say, and in whatever order: nothing is invented, nothing disputed is decided."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from onrecord.law.claims.combining import Hearing, combine
from onrecord.law.model import Means, Range, Statement, Value, is_unknown

VALUES: dict[str, list[Value]] = {
    "oath.demanded": ["yes", "no", "unknown"],
    "actor.kind": ["police", "police_or_security", "armed_forces", "unknown"],
    "victim.age": [15, 17, 18, Range(14, 17), Range(16, None), "unknown"],
    "event.date": ["2025-02-09", Range("2025-02-01", "2025-02-28"), Range(None, None), "unknown"],
    "victim.nationality": ["UA", "TJ", "unknown"],
    "coercion.means": [
        Means("detention", "threatened"),
        Means("detention", "both"),
        Means("violence", "carried_out"),
        Means("unknown", "unknown"),
    ],
}

LISTS = {"victim.nationality", "coercion.means"}


def is_same_term(one: Value, other: Value) -> bool:
    """Tell whether two values of VALUES, among whose list items none is broader than another, speak of one thing."""
    return one.term == other.term if isinstance(one, Means) and isinstance(other, Means) else one == other


def apart(values: Iterable[Value]) -> set[Value]:
    """Return values with a means that was threatened and done as the two that it is."""
    both = {value.term for value in values if isinstance(value, Means) and value.mode == "both"}
    others = {value for value in values if not (isinstance(value, Means) and value.mode == "both")}
    return others | {Means(term, mode) for term in both for mode in ("threatened", "carried_out")}


@st.composite
def said(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    """Draw a fact and up to five claims about it."""
    name = draw(st.sampled_from(sorted(VALUES)))
    count = draw(st.integers(0, 5))
    return name, [
        Statement(
            fact=name,
            value=draw(st.sampled_from(VALUES[name])),
            claim=f"{number}",
            entry=number,
            denies=draw(st.booleans()),
            inferred=draw(st.booleans()),
        )
        for number in range(count)
    ]


@given(said(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_no_fact(about: tuple[str, list[Statement]], random: object) -> None:
    name, statements = about
    turned = list(statements)
    random.shuffle(turned)  # type: ignore[attr-defined]

    one, other = combine(name, statements), combine(name, turned)

    assert set(one.values) == set(other.values) and set(one.evidence) == set(other.evidence)
    assert set(one.disputed) == set(other.disputed)
    assert (one.conflict, one.asked, one.closed) == (other.conflict, other.asked, other.closed)


@given(said())
def test_what_is_asked_is_missing_and_no_unknown_is_ever_a_value(about: tuple[str, list[Statement]]) -> None:
    fact = combine(*about)

    assert not any(is_unknown(value) for value in fact.values)
    assert not fact.asked or (fact.is_missing and not fact.values)


@given(said(), st.integers(0, 4))
def test_one_more_denial_never_settles_a_dispute(about: tuple[str, list[Statement]], chosen: int) -> None:
    name, statements = about
    value = VALUES[name][chosen % len(VALUES[name])]
    before = combine(name, statements)

    now = combine(name, [*statements, Statement(name, value, "denial", 9, denies=True)])

    assert now.conflict or not before.conflict
    assert apart(before.disputed) <= apart(now.disputed)


@given(said(), st.integers(0, 4))
def test_of_a_list_a_denial_disputes_only_what_it_denies(about: tuple[str, list[Statement]], chosen: int) -> None:
    name, statements = about
    value = VALUES[name][chosen % len(VALUES[name])]
    before = combine(name, statements)

    now = combine(name, [*statements, Statement(name, value, "denial", 9, denies=True)])

    others = apart(before.values) - apart(now.disputed)
    assert not now.conflict or name not in LISTS
    assert others <= apart(now.values) or name not in LISTS
    assert set(now.disputed) <= set(now.values)
    assert name not in LISTS or all(is_same_term(value, one) for one in set(now.disputed) - set(before.disputed))


@given(said())
def test_every_claim_that_was_heard_is_named_as_evidence(about: tuple[str, list[Statement]]) -> None:
    name, statements = about

    fact = combine(name, statements)

    heard = {one.claim for one in statements if not one.inferred}
    assert heard <= set(fact.evidence)


def test_of_a_means_that_was_threatened_and_done_a_broader_denial_disputes_the_half_that_it_denies() -> None:
    name, both = "coercion.means", Means("beating", "both")
    denied = Statement(name, Means("violence", "threatened"), "two", 2, denies=True)

    fact = combine(name, [Statement(name, both, "one", 1), denied])

    assert fact.values == (Means("beating", "threatened"), Means("beating", "carried_out"))
    assert fact.disputed == (Means("beating", "threatened"),)


def test_a_means_of_which_nobody_knows_whether_it_was_done_is_disputed_by_who_denies_it_altogether() -> None:
    name, stated = "coercion.means", Statement("coercion.means", Means("detention", "unknown"), "one", 1)
    half, whole = (
        combine(name, [stated, Statement(name, Means("detention", mode), "two", 2, denies=True)])
        for mode in ("threatened", "both")
    )

    assert (half.disputed, whole.disputed) == ((), whole.values)


def test_for_a_danger_what_follows_from_a_word_counts_beside_what_is_stated() -> None:
    name, child = "victim.age", Statement("victim.age", Range(0, 17), "one", 1, inferred=True)
    vague, adult = Statement(name, Range(16, 30), "two", 2), Statement(name, 30, "three", 3)

    assert combine(name, [child, vague]).values == (Range(16, 30),)
    assert combine(name, [child, vague], hearing=Hearing.ALL).values == (Range(16, 17),)
    assert combine(name, [child, adult], hearing=Hearing.ALL).conflict


def test_a_list_is_closed_by_who_lists_it_and_opened_by_a_later_value_alone() -> None:
    name = "coercion.means"
    listed = Statement(name, Means("detention", "threatened"), "one", 4)
    closes = Statement(name, "", "one", 4, closes=True)
    before, later = (Statement(name, Means("violence", "carried_out"), "two", entry) for entry in (3, 5))
    denied = Statement(name, Means("detention", "threatened"), "three", 6, denies=True)

    found = [combine(name, [listed, closes, *more]) for more in ((), (before,), (later,), (denied,))]

    assert [fact.closed for fact in found] == [True, True, False, True]
    assert found[3].disputed == (Means("detention", "threatened"),)
