"""A checkpoint: five lines, one spelling, and only the ledger's own signature counts."""

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.entry import SignatureWrong
from onrecord.ledger.note import (
    Checkpoint,
    NoteMalformed,
    NotSignedByThisLedger,
    key_id,
    open_checkpoint,
    open_note,
    read_checkpoint_without_checking,
    sign_checkpoint,
    sign_note,
    signature_line,
    verifier_text,
)
from unit.ledger.plain import vectors

CHECKPOINTS = vectors("checkpoints")
ORIGIN = CHECKPOINTS["ledger"]["origin"]
KEY = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(CHECKPOINTS["ledger"]["seed"]))
LOG_KEY = KEY.public_key()
GOOD = CHECKPOINTS["accepted"][0]
ERRORS = {error.__name__: error for error in (NoteMalformed, NotSignedByThisLedger, SignatureWrong)}


@pytest.mark.parametrize("case", CHECKPOINTS["accepted"], ids=lambda case: case["about"])
def test_a_checkpoint_of_the_vectors_opens(case: dict) -> None:
    checkpoint = open_checkpoint(case["note"].encode(), origin=ORIGIN, log_key=LOG_KEY)

    assert checkpoint == Checkpoint(ORIGIN, case["size"], bytes.fromhex(case["root"]))
    assert read_checkpoint_without_checking(case["note"].encode()) == checkpoint


@pytest.mark.parametrize("case", CHECKPOINTS["refused"], ids=lambda case: case["why"])
def test_what_this_ledger_did_not_sign_is_refused(case: dict) -> None:
    note = base64.b64decode(case["note"])

    with pytest.raises(ERRORS[case["error"]]):
        open_checkpoint(note, origin=ORIGIN, log_key=LOG_KEY)


def test_a_checkpoint_is_signed_byte_for_byte_as_in_the_vectors() -> None:
    checkpoint = Checkpoint(ORIGIN, GOOD["size"], bytes.fromhex(GOOD["root"]))

    assert sign_checkpoint(checkpoint, KEY).decode() == GOOD["note"]


def test_a_key_is_named_as_other_tools_of_the_family_name_it() -> None:
    assert key_id(ORIGIN, LOG_KEY).hex() == CHECKPOINTS["ledger"]["key_id"]
    assert verifier_text(ORIGIN, LOG_KEY) == CHECKPOINTS["ledger"]["verifier_text"]


def test_openssl_alone_verifies_a_checkpoint(tmp_path: Path) -> None:
    text, _, tail = GOOD["note"].partition("\n\n")
    signature = base64.b64decode(tail.split()[2])[4:]
    (tmp_path / "text").write_text(text + "\n", encoding="utf-8")
    (tmp_path / "signature").write_bytes(signature)
    (tmp_path / "log.pem").write_bytes(LOG_KEY.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    command = "openssl pkeyutl -verify -rawin -pubin -inkey log.pem -in text -sigfile signature"
    result = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)

    assert result.returncode == 0, result.stderr


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_in_a_checkpoint_is_refused(at: int, bit: int) -> None:
    note = bytearray(GOOD["note"].encode())
    note[at % len(note)] ^= 1 << bit

    with pytest.raises((NoteMalformed, NotSignedByThisLedger, SignatureWrong)):
        open_checkpoint(bytes(note), origin=ORIGIN, log_key=LOG_KEY)


@given(size=st.integers(0, 2**53), root=st.binary(min_size=32, max_size=32))
def test_every_checkpoint_that_is_signed_can_be_opened(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root)

    assert open_checkpoint(sign_checkpoint(checkpoint, KEY), origin=ORIGIN, log_key=LOG_KEY) == checkpoint


def test_a_cosigner_adds_a_line_and_both_signatures_count() -> None:
    cosigner = Ed25519PrivateKey.generate()
    text = open_note(GOOD["note"].encode(), ORIGIN, LOG_KEY)

    note = GOOD["note"].encode() + signature_line(text, "cosigner.example/one", cosigner)

    assert open_note(note, ORIGIN, LOG_KEY) == text
    assert open_note(note, "cosigner.example/one", cosigner.public_key()) == text


def test_a_note_may_have_empty_lines_in_its_text() -> None:
    text = "one\n\n— not a signature\n\nthree\n".encode()

    note = sign_note(text, ORIGIN, KEY)

    assert open_note(note, ORIGIN, LOG_KEY) == text


@pytest.mark.parametrize("origin", ["", "two words", "plus+sign", "a\u00a0b", "a\nb", "x" * 201], ids=repr)
def test_an_origin_that_a_note_cannot_hold_is_not_signed(origin: str) -> None:
    with pytest.raises(NoteMalformed):
        sign_checkpoint(Checkpoint(origin, 1, bytes(32)), KEY)
