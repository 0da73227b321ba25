"""What rests on something that stays, stays with it, and the list of what stayed says nothing of it."""

from dataclasses import replace

import pytest

from onrecord.bundle.basis import Withheld
from onrecord.bundle.content import ActValue, Basis, Value
from onrecord.bundle.redact import LeavesWithoutBasis, NothingMayLeave, check_bases, keep_what_may_leave
from unit.bundle.invented_docket import (
    ARTICLE,
    CASE,
    LETTER,
    PHOTO,
    WORDS,
    InventedDocket,
    claim,
    decisions,
    fill,
    make_id,
)  # fmt: skip


def test_all_that_has_a_basis_leaves_with_the_basis_named_for_each_value(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(content, decisions(content))

    assert (kept.exhibits, kept.claims, kept.withheld) == (content.exhibits, content.claims, ())
    bases = {(line.thing, line.id, line.field): line.basis for line in kept.basis_lines}
    assert bases["exhibit", WORDS, ""] == Basis.CONSENT
    assert bases["claim", make_id("eleven"), "act.victims"] == Basis.PUBLIC_SOURCE


def test_a_claim_stays_where_the_exhibit_of_its_passage_stays(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(content, decisions(content, letter="refused"))

    assert [exhibit.id for exhibit in kept.exhibits] == [ARTICLE]
    assert [claim.id for claim in kept.claims] == [make_id("eleven")]
    assert {(line.thing, line.id, line.reason) for line in kept.left_out} == {
        ("exhibit", WORDS, "consent_refused"),
        ("exhibit", PHOTO, "consent_refused"),
        ("claim", make_id("threat"), "rests_on_withheld_exhibit"),
    }


def test_an_act_keeps_only_what_claims_that_leave_carry(docket: InventedDocket):
    content = fill(docket)

    (act,) = keep_what_may_leave(content, decisions(content, letter="refused")).acts

    assert (act.claims, act.values, act.involvements) == ((make_id("eleven"),), (), ())


def test_an_entry_that_repeats_withheld_words_is_counted_and_not_opened(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(content, decisions(content, letter="refused"))

    assert [(entry.index, entry.subject, entry.subject_seq) for entry in kept.withheld] == [
        (7, LETTER, 2),
        (10, CASE, 2),
    ]
    assert kept.counts == content.counts


def test_an_earlier_bundle_of_the_case_is_counted_and_not_shown(docket: InventedDocket):
    content = fill(docket)
    index = docket.record("BundleMade", CASE, bundle=make_id("earlier"), reason="order of somebody else's court")
    content = replace(content, opened=(*content.opened, docket.opened(index)))

    kept = keep_what_may_leave(content, decisions(content))

    assert [entry.index for entry in kept.withheld] == [index]


def test_an_exhibit_nobody_decided_about_stays(docket: InventedDocket):
    content = fill(docket)
    decided = {id: decision for id, decision in decisions(content).items() if id != PHOTO}

    kept = keep_what_may_leave(content, decided)

    assert PHOTO not in [exhibit.id for exhibit in kept.exhibits]
    assert ("exhibit", PHOTO, "not_decided") in [(line.thing, line.id, line.reason) for line in kept.left_out]


def test_identity_stays_unless_it_may_pass_and_even_its_kind_is_not_told(docket: InventedDocket):
    content = fill(docket)
    named = claim("name", ARTICLE, 7, 12, "victim.name", "Олим Выдуманный")
    named = replace(named, values=(replace(named.values[0], is_identity=True), Value(field="person.age", value="31")))
    (act,) = content.acts
    act = replace(act, values=(*act.values, ActValue(field="victim.name", value="Олим", claims=(named.id,))))
    content = replace(content, claims=(*content.claims, named), acts=(replace(act, claims=(*act.claims, named.id)),))

    without = keep_what_may_leave(content, decisions(content))
    passed = keep_what_may_leave(content, decisions(content), with_identity=True)

    assert "Олим" not in repr((without.claims, without.acts, without.left_out))
    assert "victim.name" not in repr(without)
    assert [line.reason for line in without.left_out] == ["identity"]
    assert "Олим Выдуманный" in repr(passed.claims)
    assert passed.left_out == ()


def test_an_entry_that_holds_identity_is_not_opened_unless_identity_may_pass(docket: InventedDocket):
    content = fill(docket)
    opened = tuple(replace(entry, holds_identity=entry.index == 10) for entry in content.opened)
    content = replace(content, opened=opened)

    without = keep_what_may_leave(content, decisions(content))
    passed = keep_what_may_leave(content, decisions(content), with_identity=True)

    assert [entry.index for entry in without.withheld] == [10]
    assert passed.withheld == ()


def test_no_bundle_is_made_of_nothing(docket: InventedDocket):
    content = fill(docket)

    with pytest.raises(NothingMayLeave):
        keep_what_may_leave(content, dict.fromkeys(decisions(content), Withheld("consent_refused")))


def test_content_that_was_not_redacted_is_refused(docket: InventedDocket):
    content = fill(docket)
    kept = keep_what_may_leave(content, decisions(content, letter="refused"))
    unbased = [content, replace(kept, claims=content.claims), replace(kept, acts=content.acts)]
    unbased += [replace(kept, opened=content.opened), replace(kept, bases=(Basis.CONSENT,))]

    for one in unbased:
        with pytest.raises(LeavesWithoutBasis):
            check_bases(one)
    check_bases(kept)
