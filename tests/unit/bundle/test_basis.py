"""A thing leaves on a ground that was named and truly applies, or it stays."""

import pytest

from onrecord.bundle.basis import Allowed, Standing, Withheld, decide
from onrecord.bundle.content import Basis, Origin

COURT = "share_international_court"
LETTER, SOURCE = Origin.LETTER, Origin.SOURCE


def letter(state: str | None = None, **more: str) -> Standing:
    return Standing(origin=LETTER, consents={COURT: state, **more} if state else more)


def test_a_letter_leaves_with_the_consent_given_for_this_recipient():
    decision = decide(letter("given"), bases=[Basis.CONSENT], purpose=COURT)

    assert decision == Allowed(Basis.CONSENT, "share_international_court:given")


@pytest.mark.parametrize("state", ["not_asked", "ask_first", "refused", "never", "withdrawn", "expired", "cannot_ask"])
def test_no_other_answer_opens_a_purpose(state: str):
    assert decide(letter(state), bases=[Basis.CONSENT], purpose=COURT) == Withheld(f"consent_{state}")


def test_an_answer_that_is_not_known_here_opens_nothing_and_is_not_repeated():
    assert decide(letter("given by Олим"), bases=[Basis.CONSENT], purpose=COURT) == Withheld("consent_unknown")


def test_silence_is_no_consent():
    assert decide(letter(), bases=[Basis.CONSENT], purpose=COURT) == Withheld("consent_not_asked")


def test_consent_for_one_recipient_is_none_for_another():
    decision = decide(letter(share_un="given"), bases=[Basis.CONSENT], purpose=COURT)

    assert decision == Withheld("consent_not_asked")


def test_a_basis_that_was_not_named_does_not_apply():
    assert decide(letter("given"), bases=[Basis.PUBLIC_SOURCE], purpose=COURT) == Withheld("consent_not_named")
    assert decide(letter("given"), bases=[], purpose=COURT) == Withheld("no_basis_named")


def test_a_letter_is_never_a_public_source():
    assert isinstance(decide(letter("refused"), bases=[Basis.PUBLIC_SOURCE], purpose=COURT), Withheld)


def test_a_captured_page_leaves_as_a_public_source_and_needs_no_consent():
    page = Standing(origin=SOURCE, is_published=True)

    assert decide(page, bases=[Basis.PUBLIC_SOURCE], purpose=COURT) == Allowed(
        Basis.PUBLIC_SOURCE, "captured_publication"
    )
    assert decide(page, bases=[Basis.CONSENT], purpose=COURT) == Withheld("public_source_not_named")


def test_an_order_binds_whatever_was_said_and_is_named_as_an_order():
    decision = decide(letter("refused"), bases=[Basis.CONSENT, Basis.LAWFUL_ORDER], purpose=COURT)

    assert decision == Allowed(Basis.LAWFUL_ORDER, "named_by_operator")


def test_consent_is_named_before_an_order_where_both_apply():
    decision = decide(letter("given"), bases=[Basis.LAWFUL_ORDER, Basis.CONSENT], purpose=COURT)

    assert decision == Allowed(Basis.CONSENT, "share_international_court:given")


@pytest.mark.parametrize("state", ["not_asked", "ask_first", "expired", "cannot_ask"])
def test_to_save_a_life_does_not_wait_for_an_answer(state: str):
    decision = decide(letter(state), bases=[Basis.VITAL_INTEREST], purpose=COURT)

    assert decision == Allowed(Basis.VITAL_INTEREST, "named_by_operator")


@pytest.mark.parametrize("state", ["refused", "never", "withdrawn"])
def test_to_save_a_life_does_not_overrule_a_no(state: str):
    assert decide(letter(state), bases=[Basis.VITAL_INTEREST], purpose=COURT) == Withheld(f"consent_{state}")


@pytest.mark.parametrize("basis", list(Basis))
def test_identity_leaves_on_no_basis_without_its_own_yes(basis: Basis):
    named = Standing(origin=LETTER, consents={COURT: "given"}, holds_identity=True)

    assert decide(named, bases=[basis], purpose=COURT) == Withheld("identity")


def test_identity_leaves_with_its_own_yes_and_a_basis():
    consents = {COURT: "given", "pass_identity": "given"}
    named = Standing(origin=LETTER, consents=consents, holds_identity=True)

    assert isinstance(decide(named, bases=[Basis.CONSENT], purpose=COURT), Allowed)


@pytest.mark.parametrize("basis", list(Basis))
def test_what_its_reporter_asks_to_erase_leaves_on_no_basis_until_a_member_decided(basis: Basis):
    held = Standing(origin=LETTER, consents={COURT: "given"}, is_on_hold=True)

    assert decide(held, bases=[basis], purpose=COURT) == Withheld("on_hold")
