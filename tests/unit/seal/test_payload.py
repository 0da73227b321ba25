"""A sealed stream opens to the same bytes however it is cut, and no chunk can be changed, moved, dropped or added."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ground.bounds import CHUNK_BYTES
from onrecord.seal.payload import (
    SEALED_CHUNK_BYTES,
    AlreadyFinished,
    PayloadContinues,
    PayloadDamaged,
    PayloadOpener,
    PayloadSealer,
    PayloadTruncated,
)

KEY = bytes(range(32))
EDGES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17]
CUTS = st.lists(st.integers(500, 2 * SEALED_CHUNK_BYTES), min_size=1, max_size=8)


def content(size: int) -> bytes:
    return (b"an invented sentence; " * (size // 22 + 1))[:size]


def seal(data: bytes, sizes: list[int] | None = None) -> bytes:
    sealer = PayloadSealer(KEY)
    return b"".join(sealer.update(piece) for piece in pieces(data, sizes)) + sealer.finish()


def open_all(sealed: bytes, sizes: list[int] | None = None) -> tuple[bytes, PayloadDamaged | None]:
    """Return what came out, and the refusal that ended it if there was one."""
    opener, opened = PayloadOpener(KEY), bytearray()
    try:
        for piece in pieces(sealed, sizes):
            opened += opener.update(piece)
        opened += opener.finish()
    except PayloadDamaged as refusal:
        return bytes(opened), refusal
    return bytes(opened), None


def pieces(data: bytes, sizes: list[int] | None) -> list[bytes]:
    found, start = [], 0
    while start < len(data):
        size = sizes[len(found) % len(sizes)] if sizes else len(data)
        found.append(data[start : start + size])
        start += size
    return found


@pytest.mark.parametrize("size", EDGES)
def test_what_is_sealed_opens_to_the_same_bytes(size: int) -> None:
    sealed = seal(content(size))

    assert len(sealed) == size + 16 * max(1, -(-size // CHUNK_BYTES))
    assert open_all(sealed) == (content(size), None)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(EDGES), CUTS, CUTS)
def test_how_the_bytes_are_cut_changes_nothing(size: int, first: list[int], second: list[int]) -> None:
    sealed = seal(content(size), first)

    assert sealed == seal(content(size))
    assert open_all(sealed, second) == (content(size), None)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(EDGES), CUTS, st.data())
def test_a_changed_byte_is_refused_and_nothing_behind_it_comes_out(
    size: int, cuts: list[int], data: st.DataObject
) -> None:
    sealed = bytearray(seal(content(size)))
    place = data.draw(st.integers(0, len(sealed) - 1))

    sealed[place] ^= data.draw(st.integers(1, 255))
    opened, refusal = open_all(bytes(sealed), cuts)

    assert isinstance(refusal, PayloadDamaged)
    assert opened == content(size)[: place // SEALED_CHUNK_BYTES * CHUNK_BYTES]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(EDGES), CUTS, st.data())
def test_a_stream_cut_short_anywhere_is_refused(size: int, cuts: list[int], data: st.DataObject) -> None:
    sealed = seal(content(size))
    kept = data.draw(st.integers(0, len(sealed) - 1))

    opened, refusal = open_all(sealed[:kept], cuts)

    assert isinstance(refusal, PayloadTruncated)
    assert content(size).startswith(opened)


@settings(deadline=None)
@given(st.sampled_from(EDGES[:4]), st.binary(min_size=1, max_size=100))
def test_a_stream_with_something_after_its_end_is_refused(size: int, more: bytes) -> None:
    _, refusal = open_all(seal(content(size)) + more)

    assert isinstance(refusal, PayloadDamaged)


def test_something_after_a_full_last_chunk_is_named_as_such() -> None:
    opened, refusal = open_all(seal(content(CHUNK_BYTES)) + b"more")

    assert opened == content(CHUNK_BYTES)
    assert isinstance(refusal, PayloadContinues)


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 2], [0, 0, 1, 2], [0, 1, 1, 2], [2], [0, 1]])
def test_chunks_in_another_order_or_number_are_refused(order: list[int]) -> None:
    sealed = seal(content(2 * CHUNK_BYTES + 5))
    chunks = pieces(sealed, [SEALED_CHUNK_BYTES])

    opened, refusal = open_all(b"".join(chunks[index] for index in order))

    assert isinstance(refusal, PayloadDamaged)
    assert content(2 * CHUNK_BYTES + 5).startswith(opened)


def test_an_empty_last_chunk_is_refused_unless_all_is_empty() -> None:
    first = seal(content(CHUNK_BYTES + 1))[:SEALED_CHUNK_BYTES]
    empty_end = ChaCha20Poly1305(KEY).encrypt((1 << 8 | 1).to_bytes(12), b"", None)

    opened, refusal = open_all(first + empty_end)

    assert opened == content(CHUNK_BYTES)
    assert isinstance(refusal, PayloadDamaged)


def test_once_refused_a_stream_stays_refused() -> None:
    opener = PayloadOpener(KEY)
    with pytest.raises(PayloadDamaged):
        opener.update(bytes(SEALED_CHUNK_BYTES))

    with pytest.raises(PayloadDamaged):
        opener.update(seal(b""))
    with pytest.raises(PayloadDamaged):
        opener.finish()


def test_another_key_opens_nothing() -> None:
    opener = PayloadOpener(bytes(32))

    opener.update(seal(b"an invented sentence"))

    with pytest.raises(PayloadDamaged):
        opener.finish()


def test_nothing_can_be_sealed_after_the_end() -> None:
    sealer = PayloadSealer(KEY)
    sealer.finish()

    with pytest.raises(AlreadyFinished):
        sealer.update(b"more")
    with pytest.raises(AlreadyFinished):
        sealer.finish()
