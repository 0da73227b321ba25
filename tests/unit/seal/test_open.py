"""Only the right key opens, only a whole file counts, and nothing unauthenticated is left on disk."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import Damaged, OnrecordError
from onrecord.ground.bounds import AGE_HEADER_BYTES, CHUNK_BYTES
from onrecord.ground.files import FileAlreadyThere
from onrecord.seal.age import HeaderForged, NotAnAgeFile
from onrecord.seal.armor import ArmorDamaged
from onrecord.seal.close import seal
from onrecord.seal.open import NoKeyFits, Opener, open_file, open_sealed
from onrecord.seal.payload import PayloadDamaged
from onrecord.seal.recipients import HybridIdentity, PassphraseIdentity, X25519Identity

TEXT = b"Invented Person 7 was told to sign."
IDENTITY = HybridIdentity.from_seed(bytes(32))
LONG = TEXT * 10_000
SEALED = seal(LONG, [IDENTITY.recipient])
ARMORED = seal(TEXT, [IDENTITY.recipient], armored=True)
REFUSALS = (NotAnAgeFile, HeaderForged, NoKeyFits, PayloadDamaged, ArmorDamaged)


def test_a_file_for_somebody_else_stays_closed() -> None:
    for identities in ([], [HybridIdentity.generate(), X25519Identity.generate(), PassphraseIdentity("x")]):
        with pytest.raises(NoKeyFits):
            open_sealed(SEALED, identities)


def test_one_fitting_key_among_many_opens() -> None:
    assert open_sealed(SEALED, [X25519Identity.generate(), HybridIdentity.generate(), IDENTITY]) == LONG


@pytest.mark.parametrize("data", [b"", b"\n", b"an ordinary text", bytes(10), b"-----BEGIN CERTIFICATE-----\n"])
def test_what_is_no_sealed_file_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnAgeFile):
        open_sealed(data, [IDENTITY])


def test_endless_input_that_is_no_sealed_file_is_refused_early() -> None:
    opener = Opener([IDENTITY])
    opener.update(b"age-encryption.org/v1\n-> x")

    with pytest.raises(NotAnAgeFile):
        for _ in range(AGE_HEADER_BYTES // 1000 + 1):
            opener.update(b"y" * 1000)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from([SEALED, ARMORED]))
def test_a_mutated_file_is_refused_in_words_of_ours_and_never_gives_other_bytes(
    data: st.DataObject, whole: bytes
) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 100)))
    mutated = whole[:start] + data.draw(st.binary(max_size=100)) + whole[end:]

    try:
        opened = open_sealed(mutated, [IDENTITY])
    except REFUSALS:
        return

    # White space around the text form is let pass; everything else must be as it was sealed.
    assert mutated == whole or (whole is ARMORED and mutated.split() == whole.split())
    assert opened in (TEXT, LONG)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_opened_or_refused_and_nothing_else(data: bytes) -> None:
    for text in (data, b"age-encryption.org/v1\n" + data, SEALED[:1700] + data, ARMORED[:500] + data):
        with pytest.raises(REFUSALS):
            open_sealed(text, [IDENTITY])


def test_once_refused_a_file_stays_refused() -> None:
    opener = Opener([IDENTITY])
    with pytest.raises(NotAnAgeFile):
        opener.update(b"x")

    with pytest.raises(NotAnAgeFile):
        opener.update(SEALED)
    with pytest.raises(NotAnAgeFile):
        opener.finish()


def test_a_file_opens_into_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "sealed").write_bytes(SEALED)

    open_file(tmp_path / "sealed", tmp_path / "opened", [IDENTITY])

    assert (tmp_path / "opened").read_bytes() == LONG
    assert (tmp_path / "opened").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kept", [0, 100, len(SEALED) - CHUNK_BYTES, len(SEALED) - 1])
def test_a_truncated_file_leaves_nothing_on_disk(tmp_path: Path, kept: int) -> None:
    (tmp_path / "sealed").write_bytes(SEALED[:kept])

    with pytest.raises(OnrecordError):
        open_file(tmp_path / "sealed", tmp_path / "opened", [IDENTITY])

    assert [path.name for path in tmp_path.iterdir()] == ["sealed"]


def test_a_file_changed_in_its_last_chunk_leaves_nothing_on_disk(tmp_path: Path) -> None:
    (tmp_path / "sealed").write_bytes(SEALED[:-1] + bytes([SEALED[-1] ^ 1]))

    with pytest.raises(Damaged):
        open_file(tmp_path / "sealed", tmp_path / "opened", [IDENTITY])

    assert [path.name for path in tmp_path.iterdir()] == ["sealed"]


def test_an_older_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "sealed").write_bytes(SEALED)
    (tmp_path / "opened").write_bytes(b"older")

    with pytest.raises(FileAlreadyThere):
        open_file(tmp_path / "sealed", tmp_path / "opened", [IDENTITY])

    assert (tmp_path / "opened").read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["opened", "sealed"]
