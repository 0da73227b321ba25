"""An entry: one form, one signature, one leaf, and no other."""

import base64
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.bounds import ENTRY_BYTES
from onrecord.ground.canon import NotCanonical
from onrecord.ledger.entry import (
    SALT_BYTES,
    EntryMalformed,
    EntryTooLarge,
    Event,
    SignatureWrong,
    commit,
    commit_keyset,
    event_bytes,
    new_salt,
    open_envelope,
    read_without_checking,
    sign_event,
)
from unit.ledger.plain import vectors

ENTRIES = vectors("entries")
KEY = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(ENTRIES["actor"]["seed"]))
VERIFY_KEY = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ENTRIES["actor"]["verify_key"]))
EVENT = Event(**ENTRIES["accepted"][0]["event"])
ERRORS = {"EntryMalformed": EntryMalformed, "SignatureWrong": SignatureWrong}


@pytest.mark.parametrize("case", ENTRIES["accepted"], ids=lambda case: case["about"])
def test_an_entry_is_signed_committed_and_opened_as_in_the_vectors(case: dict) -> None:
    event = Event(**case["event"])

    envelope = sign_event(event, KEY)

    assert envelope.decode() == case["envelope"]
    assert commit(bytes.fromhex(case["salt"]), envelope).hex() == case["leaf"]
    assert open_envelope(envelope, VERIFY_KEY) == event


@pytest.mark.parametrize("case", ENTRIES["refused"], ids=lambda case: case["why"])
def test_what_is_not_an_entry_of_this_actor_is_refused(case: dict) -> None:
    envelope = base64.b64decode(case["envelope"])

    with pytest.raises(ERRORS[case["error"]]):
        open_envelope(envelope, VERIFY_KEY)


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_in_an_envelope_is_refused(at: int, bit: int) -> None:
    envelope = bytearray(sign_event(EVENT, KEY))
    envelope[at % len(envelope)] ^= 1 << bit

    with pytest.raises((EntryMalformed, SignatureWrong)):
        open_envelope(bytes(envelope), VERIFY_KEY)


@given(cut=st.integers(0, 10_000))
def test_a_cut_envelope_is_refused(cut: int) -> None:
    envelope = sign_event(EVENT, KEY)

    with pytest.raises((EntryMalformed, SignatureWrong)):
        open_envelope(envelope[: cut % len(envelope)], VERIFY_KEY)


def test_an_entry_may_be_as_large_as_the_bound_and_not_one_letter_larger() -> None:
    fits = ENTRIES["too_large"]["letters"]

    assert len(sign_event(replace(EVENT, body={"text": "x" * fits}), KEY)) == ENTRY_BYTES
    with pytest.raises(EntryTooLarge):
        sign_event(replace(EVENT, body={"text": "x" * (fits + 1)}), KEY)


def test_a_larger_envelope_is_refused_before_anything_is_read() -> None:
    envelope = b"{" * (ENTRY_BYTES + 1)

    with pytest.raises(EntryMalformed):
        read_without_checking(envelope)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "short"},
        {"kind": "lower"},
        {"actor_seq": 0},
        {"subject_seq": True},
        {"at": "yesterday"},
        {"body": []},
        {"v": 0},
    ],
    ids=str,
)
def test_an_event_that_could_not_be_read_back_is_not_signed(wrong: dict) -> None:
    event = replace(EVENT, **wrong)

    with pytest.raises(EntryMalformed):
        sign_event(event, KEY)


def test_an_event_without_a_canonical_form_is_not_signed() -> None:
    event = replace(EVENT, body={"share": 0.5})

    with pytest.raises(NotCanonical):
        event_bytes(event)


def test_reading_without_checking_tells_whose_key_must_open_it() -> None:
    forged = sign_event(EVENT, Ed25519PrivateKey.generate())

    assert read_without_checking(forged).actor == EVENT.actor
    with pytest.raises(SignatureWrong):
        open_envelope(forged, VERIFY_KEY)


def test_one_envelope_has_another_leaf_under_every_salt() -> None:
    envelope = sign_event(EVENT, KEY)

    assert commit(new_salt(), envelope) != commit(new_salt(), envelope)


def test_a_leaf_can_be_checked_with_nothing_but_sha256() -> None:
    envelope, salt = sign_event(EVENT, KEY), new_salt()

    assert commit(salt, envelope) == sha256(salt + envelope).digest()


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    # With salts of any length, bytes could be moved from the envelope into the salt under one leaf.
    with pytest.raises(EntryMalformed):
        commit(b"s" * length, b"envelope")


def test_a_salt_is_as_long_as_the_hash() -> None:
    asked: list[int] = []

    new_salt(lambda count: bytes(asked.append(count) or count))

    assert asked == [SALT_BYTES] == [32]


def test_the_leaf_of_a_keyset_is_its_plain_hash() -> None:
    file = b'{"keyset":{}}'

    assert commit_keyset(file) == sha256(file).digest()
