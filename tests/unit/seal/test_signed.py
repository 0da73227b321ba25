"""What is signed inside a seal cannot be forged, redirected or sent again under another number."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.seal.letter.signed import LaterLetter, Reply, SignatureWrong, check_body, sign_body, signed_bytes

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/letter/signed.json").read_text())
LETTER = LaterLetter(first_letter_sha256="1" * 64, counter=1, body_sha256="2" * 64)
REPLY = Reply(recipient="age1pq1example", letter_sha256="1" * 64, counter=1, body_sha256="2" * 64)


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.mark.parametrize("statement", [LETTER, REPLY])
def test_what_was_signed_is_accepted(key, statement):
    check_body(statement, sign_body(statement, key), key.public_key())


@pytest.mark.parametrize(
    "statement, change",
    [
        (LETTER, {"counter": 2}),
        (LETTER, {"first_letter_sha256": "3" * 64}),
        (LETTER, {"body_sha256": "3" * 64}),
        (REPLY, {"recipient": "age1pq1somebodyelse"}),
        (REPLY, {"letter_sha256": "3" * 64}),
        (REPLY, {"counter": 2}),
        (REPLY, {"body_sha256": "3" * 64}),
    ],
)
def test_a_signature_holds_for_nothing_else(key, statement, change):
    signature = sign_body(statement, key)

    with pytest.raises(SignatureWrong):
        check_body(replace(statement, **change), signature, key.public_key())


def test_a_letters_signature_is_never_a_replys():
    assert not signed_bytes(LETTER).startswith(signed_bytes(REPLY)[:16])


def test_a_strangers_signature_is_refused(key):
    with pytest.raises(SignatureWrong):
        check_body(REPLY, sign_body(REPLY, Ed25519PrivateKey.generate()), key.public_key())


@pytest.mark.parametrize("vector", VECTORS["good"], ids=lambda vector: vector["kind"])
def test_each_vector_has_its_bytes_and_its_signature(vector):
    statement = (LaterLetter if vector["kind"] == "letter" else Reply)(**vector["statement"])
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key"]))

    assert signed_bytes(statement).hex() == vector["signed"]
    assert sign_body(statement, key).hex() == vector["signature"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_each_vector_to_refuse_is_refused(vector):
    statement = (LaterLetter if vector["kind"] == "letter" else Reply)(**vector["statement"])
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["public_key"]))

    with pytest.raises(SignatureWrong):
        check_body(statement, bytes.fromhex(vector["signature"]), key)
