"""A keyset is believed when the root key signed it, and only until it ends."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from invented_keys import AFTER, DURING, InventedKeys
from onrecord.ground.canon import canonical
from onrecord.seal.keyset import (
    KeysetExpired,
    KeysetForged,
    KeysetMalformed,
    WrongRootKey,
    raw_key,
    read_keyset,
    sign_keyset,
)

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/keyset/keyset.json").read_text())


@pytest.fixture(scope="module")
def keys() -> InventedKeys:
    return InventedKeys()


def test_a_signed_keyset_reads_back_as_it_was(keys):
    file = sign_keyset(keys.keyset, keys.root)

    assert read_keyset(file, root_key=raw_key(keys.keyset.root_key), now=DURING) == keys.keyset


def test_a_keyset_signed_by_another_root_is_refused(keys):
    with pytest.raises(KeysetForged):
        read_keyset(keys.file, root_key=Ed25519PrivateKey.generate().public_key().public_bytes_raw(), now=DURING)


def test_a_keyset_with_one_recipient_exchanged_is_refused(keys):
    stranger = InventedKeys().keyset.letter_recipients
    forged = keys.file.replace(keys.keyset.letter_recipients[0].encode(), stranger[0].encode())

    with pytest.raises(KeysetForged):
        read_keyset(forged, root_key=None, now=DURING)


def test_a_keyset_ends_at_the_second_it_names(keys):
    with pytest.raises(KeysetExpired):
        read_keyset(keys.file, root_key=None, now=AFTER)

    assert read_keyset(keys.file, root_key=None, now=None) == keys.keyset


def test_only_the_root_it_names_can_sign_a_keyset(keys):
    with pytest.raises(WrongRootKey):
        sign_keyset(keys.keyset, Ed25519PrivateKey.generate())


@pytest.mark.parametrize(
    "change",
    [
        {"expires": "2026-05-31T00:00:00Z"},
        {"expires": "2026-02-01T00:00:00Z"},
        {"expires": "tomorrow"},
        {"letter_recipients": ()},
        {"letter_recipients": ("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",)},
        {"number": 0},
        {"log_key": "c2hvcnQ="},
    ],
    ids=[
        "longer than an epoch",
        "ends before it begins",
        "no time",
        "nobody to read",
        "not hybrid",
        "no number",
        "short key",
    ],
)
def test_a_keyset_that_could_harm_is_not_signed(keys, change):
    with pytest.raises(KeysetMalformed):
        sign_keyset(replace(keys.keyset, **change), keys.root)


def test_an_unknown_key_in_a_keyset_is_refused(keys):
    value = json.loads(keys.file)
    value["keyset"]["note"] = "trust me"

    with pytest.raises(KeysetMalformed):
        read_keyset(canonical(value), root_key=None, now=DURING)


def test_a_keyset_that_is_not_in_its_canonical_form_is_refused(keys):
    with pytest.raises(KeysetMalformed):
        read_keyset(keys.file + b"\n", root_key=None, now=DURING)


def test_the_good_vector_is_read():
    good = VECTORS["good"]

    keyset = read_keyset(canonical(good["file"]), root_key=raw_key(good["root_key"]), now=DURING)

    assert keyset.docket == "practice.example"


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_each_vector_to_refuse_is_refused(vector):
    errors = {"forged": KeysetForged, "malformed": KeysetMalformed, "expired": KeysetExpired}

    with pytest.raises(errors[vector["as"]]):
        read_keyset(vector["text"].encode(), root_key=raw_key(VECTORS["good"]["root_key"]), now=DURING)
