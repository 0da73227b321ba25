"""How many independent origins stand behind many sources."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from onrecord.casework.corroboration.provenance import ONE_ORIGIN, Kind, Origin, Relation, count_origins, origins
from onrecord.words.codebook import load_codebook


def named(*ids: str) -> list[Origin]:
    return [Origin(id_) for id_ in ids]


def test_three_outlets_that_quote_one_press_office_are_one_origin() -> None:
    sources = named("press office", "post", "herald", "radio")
    relations = [Relation(outlet, "derived_from", "press office") for outlet in ("post", "herald", "radio")]

    assert count_origins(sources, relations) == 1


def test_two_retellings_of_a_page_that_is_not_on_file_are_one_origin() -> None:
    relations = [
        Relation("post", "derived_from", "a page nobody kept"),
        Relation("a page nobody kept", "source_of", "herald"),
    ]

    assert origins(named("post", "herald"), relations) == (frozenset({"post", "herald"}),)


def test_sources_that_share_only_a_topic_stay_apart() -> None:
    relations = [
        Relation("post", kind, "herald") for kind in ("same_event", "same_situation", "follow_up", "contradicts")
    ]

    assert count_origins(named("post", "herald"), relations) == 2


def test_anonymous_letters_are_one_origin_until_a_documenter_records_why_one_is_not() -> None:
    letters = [Origin(f"letter {number}", Kind.ANONYMOUS) for number in range(3)]
    recorded = Origin("letter 3", Kind.ANONYMOUS, is_recorded_independent=True)

    assert count_origins(letters, []) == 1
    assert count_origins([*letters, recorded], []) == 2


def test_a_letter_that_repeats_another_is_one_origin_with_it_whatever_was_recorded() -> None:
    letters = [Origin(name, Kind.ANONYMOUS, is_recorded_independent=True) for name in ("one", "two")]

    assert count_origins(letters, [Relation("two", "duplicate_of", "one")]) == 1


def test_what_a_machine_made_is_no_origin_and_still_ties_two_sources() -> None:
    summary = Origin("summary", Kind.MACHINE)
    relations = [Relation("summary", "derived_from", "post"), Relation("herald", "derived_from", "summary")]

    assert count_origins([summary], []) == 0
    assert origins([summary, *named("post", "herald")], relations) == (frozenset({"herald", "post", "summary"}),)


def test_nothing_on_file_has_no_origin() -> None:
    assert count_origins([], [Relation("a", "derived_from", "b")]) == 0


def test_every_relation_that_joins_is_a_word_of_the_codebook() -> None:
    assert set(load_codebook().vocabulary("source_relation").terms) >= ONE_ORIGIN


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))), st.randoms())
def test_the_order_of_telling_changes_nothing(pairs: list[tuple[int, int]], shuffle: object) -> None:
    sources = named(*(str(number) for number in range(10)))
    relations = [Relation(str(one), "shares_source", str(other)) for one, other in pairs]
    shuffled = relations.copy()
    shuffle.shuffle(shuffled)  # type: ignore[attr-defined]

    assert origins(sources, relations) == origins(list(reversed(sources)), shuffled)
    assert sum(len(group) for group in origins(sources, relations)) == 10


def test_an_article_and_its_sibling_that_retell_one_statement_are_one_origin(shared: Path) -> None:
    cases = [json.loads((shared / f"cases/{number}.json").read_text(encoding="utf-8")) for number in ("00", "01", "02")]
    relations = [
        Relation(case["id"], relation["kind"], relation["to"])
        for case in cases
        for relation in case["coding"]["relations"]
        if relation["to"]
    ]

    assert count_origins(named("00", "01", "02"), relations) == 1
    assert count_origins(named("00", "02"), relations) == 1
    assert count_origins(named("00", "02"), []) == 2
