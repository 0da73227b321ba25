"""What is wrong with an exhibit is named: missing, changed, the wrong key, another file."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from onrecord.store.folder import FolderStore
from onrecord.vault.exhibit import (
    HEADER_BYTES,
    ExhibitChanged,
    ExhibitKeyWrong,
    ExhibitMissing,
    ExhibitNotAsRecorded,
    blob_name,
    check_exhibit,
    exhibit_key,
    open_exhibit,
)
from onrecord.vault.receive import Received, Vault

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "exhibit" / "exhibits.json").read_text(encoding="utf-8"))
VERDICTS = {"changed": ExhibitChanged, "key wrong": ExhibitKeyWrong, "not as recorded": ExhibitNotAsRecorded}
KEY = bytes(range(32))
FILE = b"an invented page. " * 10_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def received(folder: Path) -> Received:
    return Vault(FolderStore(folder)).receive([FILE], KEY)


def check(folder: Path, received: Received, key: bytes | None = KEY) -> None:
    check_exhibit(FolderStore(folder), received.ct_sha256, sha256=received.sha256, key=key)


def test_an_untouched_exhibit_passes_with_and_without_its_key(folder, received):
    check(folder, received)
    check(folder, received, key=None)


@pytest.mark.parametrize("key", [KEY, None])
def test_a_missing_exhibit_is_named_as_missing(folder, received, key):
    (folder / blob_name(received.ct_sha256)).unlink()

    with pytest.raises(ExhibitMissing):
        check(folder, received, key)


@pytest.mark.parametrize("key", [KEY, None])
@pytest.mark.parametrize("place", [0, 5, HEADER_BYTES - 1, HEADER_BYTES, 70_000, -1])
def test_a_changed_byte_anywhere_is_named_as_changed(folder, received, key, place):
    path = folder / blob_name(received.ct_sha256)
    stored = bytearray(path.read_bytes())
    stored[place] ^= 1
    path.write_bytes(stored)

    with pytest.raises(ExhibitChanged):
        check(folder, received, key)


@pytest.mark.parametrize("key", [KEY, None])
@pytest.mark.parametrize("size", [0, 10, HEADER_BYTES, 1_000, 65_588])
def test_an_exhibit_cut_short_is_named_as_changed(folder, received, key, size):
    path = folder / blob_name(received.ct_sha256)
    path.write_bytes(path.read_bytes()[:size])

    with pytest.raises(ExhibitChanged):
        check(folder, received, key)


def test_bytes_added_at_the_end_are_named_as_changed(folder, received):
    path = folder / blob_name(received.ct_sha256)
    path.write_bytes(path.read_bytes() + b"more")

    with pytest.raises(ExhibitChanged):
        check(folder, received)


def test_a_wrong_key_is_told_from_changed_bytes(folder, received):
    with pytest.raises(ExhibitKeyWrong):
        check(folder, received, key=bytes(32))


def test_another_file_than_the_recorded_one_is_named(folder, received):
    other = Received(received.ct_sha256, received.size_bytes, hashlib.sha256(b"another").hexdigest())

    with pytest.raises(ExhibitNotAsRecorded):
        check(folder, other)


def test_every_chunk_that_came_out_before_the_damage_is_authentic(folder, received):
    path = folder / blob_name(received.ct_sha256)
    stored = bytearray(path.read_bytes())
    stored[-1] ^= 1
    path.write_bytes(stored)
    opened = bytearray()

    with pytest.raises(ExhibitChanged):
        for chunk in open_exhibit(FolderStore(folder), received.ct_sha256, KEY):
            opened += chunk

    assert opened
    assert FILE.startswith(bytes(opened))


def test_an_exhibit_key_is_hkdf_sha256_of_the_subject_key_and_the_nonce():
    nonce = bytes(range(16))

    extracted = hmac.digest(nonce, KEY, "sha256")  # RFC 5869, section 2.2
    expanded = hmac.digest(extracted, b"onrecord-exhibit/v1" + b"\x01", "sha256")  # section 2.3, first block

    assert exhibit_key(KEY, nonce) == expanded


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_every_vector_gets_its_verdict(folder, vector):
    store, key = FolderStore(folder), bytes.fromhex(vector["subject_key"])
    store.create(blob_name(vector["ct_sha256"]), [bytes.fromhex(vector["blob"])])

    def check() -> None:
        check_exhibit(store, vector["ct_sha256"], sha256=vector["sha256"], key=key)

    if vector["verdict"] == "whole":
        check()
        assert b"".join(open_exhibit(store, vector["ct_sha256"], key)) == bytes.fromhex(vector["file"])
    else:
        with pytest.raises(VERDICTS[vector["verdict"]]):
            check()
