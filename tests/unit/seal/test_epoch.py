"""The keys of an epoch are made anew, for those whom the root key vouches for, and those of earlier epochs stay."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from invented_keys import InventedKeys, public_text
from onrecord.seal import keyring
from onrecord.seal.epoch import EpochKeysWrong, NextEpoch, check_opens, make_epoch_keys, next_keyset
from onrecord.seal.keyring import Keyring, create_docket_key, create_member, unlock
from onrecord.seal.keyset import Keyset, KeysetMalformed, Signer, sign_keyset

PASSPHRASE = "correct horse battery staple"
NOW = datetime(2026, 4, 20, tzinfo=UTC)
SAME_DOORS = NextEpoch((), 90)


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with little memory: what is tested here is whose keys are made."""
    monkeypatch.setattr(keyring, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(keyring, "ARGON2_PASSES", 1)


@pytest.fixture
def member(tmp_path: Path) -> Keyring:
    return create_member(tmp_path, kind="member", name="Vira", passphrase=PASSPHRASE, random=secrets.token_bytes)


@pytest.fixture
def before(tmp_path: Path, member: Keyring) -> Keyset:
    letters, names = make_epoch_keys(tmp_path, 1, [member.principal], secrets.token_bytes)
    signer = Signer(member.principal.id, "member", public_text(member.signing_key))
    return replace(InventedKeys().keyset, letter_recipients=letters, identity_recipients=names, signers=(signer,))


def follow(folder: Path, before: Keyset, wanted: NextEpoch = SAME_DOORS) -> Keyset:
    return next_keyset(folder, before, wanted, now=NOW, random=secrets.token_bytes)


def test_the_next_epoch_has_keys_of_its_own_and_those_of_the_one_before_still_open(tmp_path, member, before):
    after = follow(tmp_path, before)

    check_opens(member, before)
    check_opens(member, after)
    assert (after.number, after.epoch, after.doors) == (2, 2, before.doors)
    assert (after.issued, after.expires) == ("2026-04-20T00:00:00Z", "2026-07-19T00:00:00Z")
    assert {*after.letter_recipients, *after.identity_recipients}.isdisjoint(before.letter_recipients)


def test_doors_that_are_named_take_the_place_of_those_before(tmp_path, before):
    after = follow(tmp_path, before, NextEpoch(["https://one.example", "http://two.onion"], 30))

    assert after.doors == ("https://one.example", "http://two.onion")
    assert after.expires == "2026-05-20T00:00:00Z"


def test_no_epoch_is_longer_than_ninety_days(tmp_path, before):
    keys = InventedKeys()
    after = replace(follow(tmp_path, before, NextEpoch((), 91)), root_key=keys.keyset.root_key)

    with pytest.raises(KeysetMalformed):
        sign_keyset(after, keys.root)


def test_a_key_that_lies_there_already_is_never_used(tmp_path, member, before):
    known = {
        create_docket_key(tmp_path, f"{name}-2", may_use=[member.principal], random=secrets.token_bytes)
        for name in ("epoch", "identity")
    }

    follow(tmp_path, before)

    assert {member.docket_key("epoch", 2), member.docket_key("identity", 2)}.isdisjoint(known)


def test_who_stands_in_no_keyset_gets_no_key_though_their_file_lies_there(tmp_path, member, before):
    stranger = create_member(tmp_path, kind="member", name="Nobody", passphrase=PASSPHRASE, random=secrets.token_bytes)

    follow(tmp_path, before)

    assert member.holds("epoch", 2) and member.holds("identity", 2)
    assert not stranger.holds("epoch", 2) and not stranger.holds("identity", 2)


def test_keys_that_do_not_open_what_the_keyset_seals_are_found_out(tmp_path, member, before):
    after = follow(tmp_path, before)
    (tmp_path / "identity-2.age").write_bytes((tmp_path / "identity-1.age").read_bytes())

    with pytest.raises(EpochKeysWrong):
        check_opens(unlock(tmp_path, PASSPHRASE, kind="member"), after)
