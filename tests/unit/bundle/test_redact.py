"""What rests on something that stays, stays with it, and the list of what stayed says nothing of it."""

from dataclasses import replace

import pytest

from onrecord.bundle.basis import Withheld
from onrecord.bundle.content import Basis, BasisLine
from onrecord.bundle.redact import LeavesWithoutBasis, NothingMayLeave, check_bases, keep_what_may_leave
from unit.bundle.invented_docket import (
    ARTICLE,
    CASE,
    COURT,
    LETTER,
    PHOTO,
    READING,
    WORDS,
    InventedDocket,
    decisions,
    fill,
    make_id,
    openings,
)  # fmt: skip


def test_all_that_has_a_basis_leaves_with_the_entry_that_carries_it(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(content, decisions(content))

    assert (kept.exhibits, kept.claims, kept.withheld, kept.left_out) == (content.exhibits, content.claims, (), ())
    by_letter = {"basis": Basis.CONSENT, "reason": f"{COURT}:given", "entry": "7"}
    by_page = {"basis": Basis.PUBLIC_SOURCE, "reason": "captured_publication", "entry": "9"}
    assert kept.basis_lines == (
        BasisLine(exhibit=WORDS, **by_letter),
        BasisLine(exhibit=PHOTO, **by_letter),
        BasisLine(exhibit=ARTICLE, **by_page),
        BasisLine(exhibit=READING, **by_page),
    )


def test_a_consent_given_in_a_later_letter_is_named_as_one_that_the_reader_cannot_see(docket: InventedDocket):
    content = fill(docket, consent="ask_first")

    kept = keep_what_may_leave(content, decisions(content, letter="given"))

    assert [(line.reason, line.entry) for line in kept.basis_lines[:2]] == [(f"{COURT}:given_later", "")] * 2


def test_a_yes_that_a_member_recorded_is_named_with_that_entry(docket: InventedDocket):
    content = fill(docket, consent="ask_first")
    index = docket.record("ConsentConfirmed", LETTER, letter=LETTER, purpose=COURT, said_in=make_id("later letter"))
    docket.record("ConsentConfirmed", LETTER, letter=LETTER, purpose="share_un", said_in=make_id("later letter"))
    content = replace(content, opened=openings(docket))

    kept = keep_what_may_leave(content, decisions(content, letter="given"))

    assert [(line.reason, line.entry) for line in kept.basis_lines[:2]] == [(f"{COURT}:confirmed", str(index))] * 2


@pytest.mark.parametrize(
    "kind", ["ReplyWritten", "LetterAcknowledged", "HoldLifted", "ErasureAsked", "ClaimWithdrawn", "Later"]
)
def test_what_is_not_for_readers_is_counted_and_never_opened(kind: str, docket: InventedDocket):
    content = fill(docket)
    index = docket.record(kind, LETTER, letter=LETTER, text="a sentence for the reporter alone", mailbox="0" * 32)

    kept = keep_what_may_leave(replace(content, opened=openings(docket)), decisions(content))

    assert [entry.index for entry in kept.withheld] == [index]
    assert [(line.id, line.reason) for line in kept.left_out] == [(str(index), "kept_by_the_desk")]


def test_a_claim_stays_where_the_exhibit_of_its_passage_stays(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(content, decisions(content, letter="refused"))

    assert [exhibit.id for exhibit in kept.exhibits] == [ARTICLE, READING]
    assert [claim.id for claim in kept.claims] == [make_id("eleven"), make_id("nothing")]
    assert [(line.thing, line.id, line.reason) for line in kept.left_out] == [
        ("exhibit", WORDS, "consent_refused"),
        ("exhibit", PHOTO, "consent_refused"),
        ("claim", make_id("threat"), "rests_on_withheld_exhibit"),
        ("entry", "6", "rests_on_withheld_exhibit"),
        ("entry", "7", "rests_on_withheld_exhibit"),
        ("entry", "13", "rests_on_withheld_exhibit"),
        ("entry", "14", "rests_on_withheld_exhibit"),
    ]


def test_an_entry_that_repeats_withheld_words_is_counted_and_not_opened(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(content, decisions(content, letter="refused"))

    assert (7, LETTER, 2) in [(entry.index, entry.subject, entry.subject_seq) for entry in kept.withheld]
    assert kept.counts == content.counts


def test_an_act_stays_where_no_claim_about_it_leaves(docket: InventedDocket):
    content = fill(docket)
    claims = tuple(replace(claim, act="" if claim.exhibit == READING else claim.act) for claim in content.claims)

    kept = keep_what_may_leave(replace(content, claims=claims), decisions(content, letter="refused"))

    assert {12, 21} <= {entry.index for entry in kept.withheld}


def test_a_withdrawn_claim_is_named_as_withdrawn_and_its_entry_is_not_opened(docket: InventedDocket):
    content = fill(docket)

    kept = keep_what_may_leave(replace(content, claims=content.claims[1:]), decisions(content))

    assert [(line.thing, line.id, line.reason) for line in kept.left_out] == [("entry", "14", "withdrawn")]
    assert [entry.index for entry in kept.withheld] == [14]


def test_an_earlier_bundle_of_the_case_is_counted_and_not_shown(docket: InventedDocket):
    content = fill(docket)
    index = docket.record("BundleMade", CASE, bundle=make_id("earlier"), reason="order of somebody else's court")
    content = replace(content, opened=openings(docket))

    kept = keep_what_may_leave(content, decisions(content))

    assert [entry.index for entry in kept.withheld] == [index]
    assert [(line.id, line.reason) for line in kept.left_out] == [(str(index), "kept_by_the_desk")]


def test_an_exhibit_nobody_decided_about_stays(docket: InventedDocket):
    content = fill(docket)
    decided = {id: decision for id, decision in decisions(content).items() if id != PHOTO}

    kept = keep_what_may_leave(content, decided)

    assert PHOTO not in [exhibit.id for exhibit in kept.exhibits]
    assert ("exhibit", PHOTO, "not_decided") in [(line.thing, line.id, line.reason) for line in kept.left_out]


def test_a_claim_that_holds_identity_stays_whole_unless_identity_may_pass(docket: InventedDocket):
    content = fill(docket)
    claims = (replace(content.claims[0], holds_identity=True), *content.claims[1:])
    opened = tuple(replace(entry, holds_identity=entry.index == 14) for entry in content.opened)
    content = replace(content, claims=claims, opened=opened)

    without = keep_what_may_leave(content, decisions(content))
    passed = keep_what_may_leave(content, decisions(content), with_identity=True)

    assert without.claims == claims[1:]
    named = [(line.thing, line.id, line.reason) for line in without.left_out]
    assert named == [("claim", make_id("threat"), "identity"), ("entry", "14", "identity")]
    assert [entry.index for entry in without.withheld] == [14]
    assert (passed.claims, passed.withheld, passed.left_out) == (claims, (), ())


def test_no_bundle_is_made_of_nothing(docket: InventedDocket):
    content = fill(docket)

    with pytest.raises(NothingMayLeave):
        keep_what_may_leave(content, dict.fromkeys(decisions(content), Withheld("consent_refused")))


def test_content_that_was_not_redacted_is_refused(docket: InventedDocket):
    content = fill(docket)
    kept = keep_what_may_leave(content, decisions(content, letter="refused"))
    unbased = [content, replace(kept, claims=content.claims), replace(kept, basis_lines=kept.basis_lines[1:])]
    unbased += [replace(kept, opened=content.opened), replace(kept, bases=(Basis.CONSENT,))]

    for one in unbased:
        with pytest.raises(LeavesWithoutBasis):
            check_bases(one)
    check_bases(kept)
