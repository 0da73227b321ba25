"""A box shows a reporter what a member of the docket wrote to them, and nothing that anybody else put there."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_keys import InventedKeys
from onrecord.ground.bounds import BOX_BYTES, BOX_TEXT_BYTES
from onrecord.seal.keyset import read_keyset
from onrecord.seal.letter.box import (
    Box,
    BoxFull,
    BoxMalformed,
    Message,
    MessageEmpty,
    read_box,
    seal_box,
)
from onrecord.seal.letter.signed import SignatureWrong
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import Receipt

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/letter/box.json").read_text())
REFUSALS = {"signature": SignatureWrong, "malformed": BoxMalformed}
KEYS = InventedKeys()
REPORTER = Receipt(bytes(range(11))).keys()
RECIPIENT = str(REPORTER.identity.recipient)
EMPTY = Box("1" * 64, 1, "2026-03", "2026-03", (), "a" * 32)
QUESTION = Message(1, "question", "Which month was it?", "A court asks when.")


def plaintext(vector):
    return vector["text"].encode().ljust(vector.get("size_bytes", VECTORS["size_bytes"]), b"\x00")


def read(data):
    return read_box(data, keyset=KEYS.keyset, recipient=RECIPIENT)


@pytest.mark.parametrize("messages", [(), (QUESTION,), (Message(1, "note", "a" * BOX_TEXT_BYTES),)])
def test_what_was_sealed_is_read_by_the_reporter_and_every_box_has_one_size(messages):
    box = replace(EMPTY, messages=messages)

    sealed = seal_box(box, KEYS.member, RECIPIENT)

    assert read(open_sealed(sealed, [REPORTER.identity])) == box
    assert len(sealed) == len(seal_box(EMPTY, KEYS.member, RECIPIENT))


@pytest.mark.parametrize("vector", VECTORS["good"], ids=["no message", "two messages"])
def test_each_vector_is_read(vector):
    keyset = read_keyset(VECTORS["keyset"].encode(), root_key=None, now=None)

    box = read_box(plaintext(vector), keyset=keyset, recipient=VECTORS["recipient"])

    messages = tuple(Message(**message) for message in vector["box"]["messages"])
    assert box == Box(**vector["box"] | {"messages": messages})


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_each_vector_to_refuse_is_refused(vector):
    keyset = read_keyset(VECTORS["keyset"].encode(), root_key=None, now=None)

    with pytest.raises(REFUSALS[vector["as"]]):
        read_box(plaintext(vector), keyset=keyset, recipient=VECTORS["recipient"])


@given(st.binary(max_size=200))
def test_no_bytes_of_a_stranger_are_a_box(data):
    with pytest.raises((BoxMalformed, SignatureWrong)):
        read(data.ljust(BOX_BYTES, b"\x00"))


@pytest.mark.parametrize(
    "message, refusal",
    [
        (Message(1, "note", "a" * (BOX_TEXT_BYTES + 1)), BoxFull),
        (Message(1, "note", "<" * (BOX_TEXT_BYTES // 4 + 1)), BoxFull),
        (Message(1, "note", "\n" * BOX_TEXT_BYTES + "a"), BoxFull),
        (Message(1, "note", "  "), MessageEmpty),
        (Message(1, "question", "When?"), MessageEmpty),
    ],
)
def test_a_message_that_no_box_holds_is_refused_before_it_is_sealed(message, refusal):
    with pytest.raises(refusal):
        seal_box(replace(EMPTY, messages=(message,)), KEYS.member, RECIPIENT)
