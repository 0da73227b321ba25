"""Every kind of recipient wraps what its own identity unwraps, and nobody else's does."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from onrecord.seal.age import NotAnAgeFile, Stanza, encode_base64
from onrecord.seal.recipients import (
    HybridIdentity,
    HybridRecipient,
    NotAnIdentity,
    NotARecipient,
    PassphraseIdentity,
    PassphraseRecipient,
    WorkFactorTooHigh,
    X25519Identity,
    X25519Recipient,
    parse_identity,
    parse_recipient,
)

KEYS = json.loads((Path(__file__).parents[2] / "vectors" / "age" / "keys.json").read_text(encoding="utf-8"))
FILE_KEY = bytes(range(16))
KINDS = [HybridIdentity, X25519Identity]


@pytest.mark.parametrize("key", KEYS, ids=["the specification's hybrid", "its X25519", "our hybrid", "our X25519"])
def test_a_secret_key_has_the_public_half_that_every_age_program_finds(key: dict[str, str]) -> None:
    identity = parse_identity(key["identity"])

    assert isinstance(identity, HybridIdentity | X25519Identity)
    assert identity.seed.hex() == key["seed"]
    assert str(identity) == key["identity"]
    assert str(identity.recipient) == key["recipient"]
    assert parse_recipient(key["recipient"]) == identity.recipient


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_identity_it_was_wrapped_for_unwraps(kind: type[HybridIdentity | X25519Identity]) -> None:
    mine, other = kind.generate(), kind.generate()

    stanza = mine.recipient.wrap(FILE_KEY)

    assert mine.unwrap(stanza) == FILE_KEY
    assert other.unwrap(stanza) is None


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_stanzas_for_one_recipient_look_alike(kind: type[HybridIdentity | X25519Identity]) -> None:
    recipient = kind.generate().recipient

    first, second = recipient.wrap(FILE_KEY), recipient.wrap(FILE_KEY)

    assert first.arguments[1] != second.arguments[1]
    assert first.body != second.body


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_grows_from_its_seed_alone(kind: type[HybridIdentity | X25519Identity]) -> None:
    identity = kind.generate()

    again = kind.from_seed(identity.seed)

    assert again == identity
    assert again.recipient == identity.recipient
    with pytest.raises(NotAnIdentity):
        kind.from_seed(identity.seed[1:])


def test_a_secret_is_not_shown_by_printing_the_object_that_holds_it() -> None:
    holders = [HybridIdentity.generate(), X25519Identity.generate(), PassphraseIdentity("an invented passphrase")]

    shown = " ".join(repr(holder) for holder in [*holders, PassphraseRecipient("an invented passphrase")])

    assert "SECRET" not in shown
    assert "invented" not in shown
    assert all(holder.seed.hex() not in shown and repr(holder.seed) not in shown for holder in holders[:2])  # type: ignore[union-attr]


@pytest.mark.parametrize("key", KEYS[:2], ids=["hybrid", "X25519"])
def test_a_key_in_the_wrong_case_cut_short_or_of_the_wrong_sort_is_refused(key: dict[str, str]) -> None:
    for text in [key["recipient"].upper(), key["recipient"][:-1], key["identity"], "", "age1", " " + key["recipient"]]:
        with pytest.raises(NotARecipient):
            parse_recipient(text)
    for text in [key["identity"].lower(), key["identity"][:-1], key["recipient"], "", "AGE-SECRET-KEY-"]:
        with pytest.raises(NotAnIdentity):
            parse_identity(text)


def test_a_hybrid_key_with_an_impossible_lattice_half_is_refused() -> None:
    with pytest.raises(NotARecipient):
        HybridRecipient(b"\xff" * 1216)


def test_a_public_key_that_would_let_anyone_open_is_refused() -> None:
    with pytest.raises(NotARecipient):
        X25519Recipient(bytes(32)).wrap(FILE_KEY)


def test_a_share_that_would_make_the_secret_known_is_refused() -> None:
    x25519, hybrid = X25519Identity.generate(), HybridIdentity.generate()
    mlkem_share = hybrid._mlkem.public_key().encapsulate()[1]

    with pytest.raises(NotAnAgeFile):
        x25519.unwrap(Stanza(("X25519", encode_base64(bytes(32))), bytes(32)))
    with pytest.raises(NotAnAgeFile):
        hybrid.unwrap(Stanza(("mlkem768x25519", encode_base64(mlkem_share + bytes(32))), bytes(32)))


def test_a_body_that_could_open_under_several_keys_is_refused_before_it_is_tried() -> None:
    share = encode_base64(X25519PrivateKey.generate().public_key().public_bytes_raw())

    with pytest.raises(NotAnAgeFile):
        X25519Identity.generate().unwrap(Stanza(("X25519", share), bytes(48)))


def test_a_passphrase_opens_what_it_sealed_and_a_wrong_one_does_not() -> None:
    stanza = PassphraseRecipient("an invented passphrase", work_factor=10).wrap(FILE_KEY)

    assert PassphraseIdentity("an invented passphrase").unwrap(stanza) == FILE_KEY
    assert PassphraseIdentity("another").unwrap(stanza) is None


@pytest.mark.parametrize("factor", ["21", "64", "99999999999999999999"])
def test_a_stranger_cannot_make_this_machine_work_for_minutes(factor: str) -> None:
    stanza = Stanza(("scrypt", encode_base64(bytes(16)), factor), bytes(32))

    with pytest.raises(WorkFactorTooHigh):
        PassphraseIdentity("an invented passphrase").unwrap(stanza)


def test_an_identity_passes_over_what_is_for_another_kind() -> None:
    stanza = Stanza(("example.com/enigma", "x"), b"")

    for identity in [HybridIdentity.generate(), X25519Identity.generate(), PassphraseIdentity("x")]:
        assert identity.unwrap(stanza) is None
