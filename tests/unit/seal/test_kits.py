"""A list of kits holds only what the root key signed, and a folder gives out no kit that its list does not name."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.ground.canon import canonical, parse_canonical
from onrecord.seal.kits import (
    LIST_NAME,
    Kits,
    KitsForged,
    KitsMalformed,
    listed_kit,
    read_kits,
    sign_kits,
)

ROOT = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ROOT_KEY = ROOT.public_key().public_bytes_raw()
KIT = b"<!doctype html>an invented kit"
KITS = Kits(7, {"en": hashlib.sha256(KIT).hexdigest(), "uz-Latn": "0" * 64})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en.html").write_bytes(KIT)
    (tmp_path / LIST_NAME).write_bytes(sign_kits(KITS, ROOT))
    return tmp_path


def test_a_list_reads_back_as_it_was_signed():
    assert read_kits(sign_kits(KITS, ROOT), root_key=ROOT_KEY) == KITS


def test_the_same_list_is_the_same_bytes():
    assert sign_kits(KITS, ROOT) == sign_kits(Kits(7, dict(reversed(KITS.kits.items()))), ROOT)


def test_a_list_that_another_key_signed_is_forged():
    with pytest.raises(KitsForged):
        read_kits(sign_kits(KITS, Ed25519PrivateKey.generate()), root_key=ROOT_KEY)


def test_a_list_that_was_changed_is_forged():
    changed = sign_kits(KITS, ROOT).replace(b'"keyset":7', b'"keyset":8')

    with pytest.raises(KitsForged):
        read_kits(changed, root_key=ROOT_KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"keyset": 0},
        {"keyset": "7"},
        {"kits": []},
        {"kits": {"../en": "0" * 64}},
        {"kits": {"en": "0" * 63}},
        {"kits": {"en": 7}},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_no_list_is_refused(change: dict[str, object]):
    file = parse_canonical(sign_kits(KITS, ROOT))

    with pytest.raises(KitsMalformed):
        read_kits(canonical(file | {"kits": file["kits"] | change}), root_key=ROOT_KEY)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"kits":{},"signature":"x"}', b'{"kits":{},"signature":1}'])
def test_another_file_is_refused(data: bytes):
    with pytest.raises(KitsMalformed):
        read_kits(data, root_key=ROOT_KEY)


def test_a_kit_that_the_list_names_is_given_out(folder: Path):
    assert listed_kit(folder, "en", root_key=ROOT_KEY) == KIT


def test_a_kit_that_was_changed_is_not_given_out(folder: Path):
    (folder / "en.html").write_bytes(KIT + b" ")

    assert listed_kit(folder, "en", root_key=ROOT_KEY) is None


@pytest.mark.parametrize("language", ["uk", "uz-Latn", "../en", ""])
def test_a_kit_that_is_not_there_or_not_named_is_not_given_out(folder: Path, language: str):
    (folder / "uk.html").write_bytes(KIT)

    assert listed_kit(folder, language, root_key=ROOT_KEY) is None


def test_a_door_cannot_vouch_for_a_kit_of_its_own(folder: Path):
    (folder / LIST_NAME).write_bytes(sign_kits(KITS, Ed25519PrivateKey.generate()))

    assert listed_kit(folder, "en", root_key=ROOT_KEY) is None


def test_a_folder_without_a_list_has_no_kit(folder: Path):
    (folder / LIST_NAME).unlink()

    assert listed_kit(folder, "en", root_key=ROOT_KEY) is None
    assert listed_kit(folder / "nowhere", "en", root_key=ROOT_KEY) is None
