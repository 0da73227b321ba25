"""Every published vector gets its right verdict and releases exactly the right bytes, refusals included."""

import hashlib

import pytest

from age_vectors import Vector, cctv_vectors, own_vectors
from onrecord.errors import OnrecordError
from onrecord.seal.age import HeaderForged, NotAnAgeFile
from onrecord.seal.armor import ArmorDamaged
from onrecord.seal.open import NoKeyFits, Opener
from onrecord.seal.payload import PayloadDamaged
from onrecord.seal.recipients import WorkFactorTooHigh

ONE_GO = 1 << 30
# Megabytes in tiny pieces would take long and teach nothing new.
CASES = [
    pytest.param(vector, piece, id=f"{vector.name}-{piece}")
    for vector in [*cctv_vectors(), *own_vectors()]
    for piece in (ONE_GO, 65_521, 48, 1)
    if piece > 1000 or len(vector.sealed) < 200_000
]

VERDICTS: dict[str, tuple[type[OnrecordError], ...]] = {
    "success": (),
    "armor failure": (ArmorDamaged,),
    "header failure": (NotAnAgeFile, WorkFactorTooHigh),
    "HMAC failure": (HeaderForged,),
    "no match": (NoKeyFits,),
    "payload failure": (PayloadDamaged,),
}
# Garbage before the first line: we cannot know that it was meant to be text, so it is simply not an age file.
UNRECOGNISABLE = {"armor_garbage_leading": (NotAnAgeFile,)}


def test_all_published_vectors_are_there() -> None:
    assert len(cctv_vectors()) == 143


@pytest.mark.parametrize(("vector", "piece"), CASES)
def test_a_vector_gets_its_verdict_and_releases_its_bytes_however_it_arrives(vector: Vector, piece: int) -> None:
    released, refusal = open_in_pieces(vector, piece)

    expected = UNRECOGNISABLE.get(vector.name, VERDICTS[vector.expect])
    assert (refusal is None) if not expected else isinstance(refusal, expected)
    if vector.payload_sha256 is not None:
        assert hashlib.sha256(released).hexdigest() == vector.payload_sha256


def open_in_pieces(vector: Vector, piece: int) -> tuple[bytes, OnrecordError | None]:
    opener = Opener(vector.identities)
    released = bytearray()
    try:
        for start in range(0, len(vector.sealed), piece):
            released += opener.update(vector.sealed[start : start + piece])
        released += opener.finish()
    except OnrecordError as refusal:
        return bytes(released), refusal
    return bytes(released), None
