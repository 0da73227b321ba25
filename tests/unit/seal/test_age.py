"""A header is read back as it was written, and any other byte in it is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.bounds import AGE_HEADER_BYTES, AGE_STANZAS
from onrecord.seal.age import (
    VERSION_LINE,
    HeaderForged,
    NotAnAgeFile,
    Stanza,
    decode_base64,
    encode_base64,
    header_end,
    parse_header,
    payload_key,
    write_header,
)

FILE_KEY = bytes(range(16))
ARGUMENT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
STANZA = st.builds(
    Stanza,
    st.lists(ARGUMENT, min_size=1, max_size=4).filter(lambda words: words[0] != "scrypt").map(tuple),
    st.binary(max_size=150),
)
STANZAS = st.lists(STANZA, min_size=1, max_size=5)


@given(STANZAS)
def test_a_header_is_read_back_as_it_was_written(stanzas: list[Stanza]) -> None:
    written = write_header(stanzas, FILE_KEY)

    header = parse_header(written)

    assert header.stanzas == tuple(stanzas)
    assert header_end(written + b"payload") == len(written)
    header.check(FILE_KEY)


@given(STANZAS, st.data())
def test_a_changed_header_is_refused_or_does_not_verify(stanzas: list[Stanza], data: st.DataObject) -> None:
    written = bytearray(write_header(stanzas, FILE_KEY))
    place = data.draw(st.integers(0, len(written) - 1))

    written[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises((NotAnAgeFile, HeaderForged)):
        parse_header(bytes(written)).check(FILE_KEY)


@given(STANZAS, st.data())
def test_a_header_with_bytes_put_in_or_taken_out_is_refused(stanzas: list[Stanza], data: st.DataObject) -> None:
    written = write_header(stanzas, FILE_KEY)
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, min(len(written), start + 70)))
    other = data.draw(st.binary(max_size=70).filter(lambda text: text != written[start:end]))

    mutated = written[:start] + other + written[end:]

    with pytest.raises((NotAnAgeFile, HeaderForged)):
        parse_header(mutated).check(FILE_KEY)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    for text in (data, VERSION_LINE + data, VERSION_LINE + b"-> x\n" + data):
        with suppress(NotAnAgeFile):
            parse_header(text)


def test_the_wrong_file_key_does_not_verify() -> None:
    header = parse_header(write_header([Stanza(("x",), b"")], FILE_KEY))

    with pytest.raises(HeaderForged):
        header.check(bytes(16))


@pytest.mark.parametrize("size", [0, 47, 48, 49, 96, 1000])
def test_a_body_ends_with_a_short_line(size: int) -> None:
    lines = Stanza(("x",), bytes(size)).write().split(b"\n")[1:-1]

    assert all(len(line) == 64 for line in lines[:-1])
    assert len(lines[-1]) < 64


def test_a_file_that_begins_otherwise_is_refused_at_its_first_wrong_byte() -> None:
    assert header_end(b"") is None
    assert header_end(b"age-encryption.org/v1") is None
    for start in (b"P", b"age-encryption.org/v2\n", b"\xef\xbb\xbfage"):
        with pytest.raises(NotAnAgeFile):
            header_end(start)


def test_a_header_without_end_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(NotAnAgeFile):
        header_end(VERSION_LINE + b"x" * AGE_HEADER_BYTES)


def test_a_header_of_more_ways_in_than_anyone_needs_is_refused() -> None:
    allowed = write_header([Stanza(("x",), b"")] * AGE_STANZAS, FILE_KEY)
    too_many = write_header([Stanza(("x",), b"")] * (AGE_STANZAS + 1), FILE_KEY)

    assert len(parse_header(allowed).stanzas) == AGE_STANZAS
    with pytest.raises(NotAnAgeFile):
        parse_header(too_many)


def test_a_passphrase_beside_another_way_in_is_refused() -> None:
    with pytest.raises(NotAnAgeFile):
        parse_header(write_header([Stanza(("x",), b""), Stanza(("scrypt", "a", "10"), b"")], FILE_KEY))


@given(st.binary(max_size=100))
def test_base64_has_one_form(data: bytes) -> None:
    text = encode_base64(data).encode()

    assert decode_base64(text) == data
    for other in (text + b"=", text + b"\n", b" " + text, text + b"A" * (5 - len(text) % 4)):
        with pytest.raises(NotAnAgeFile):
            decode_base64(other)


def test_each_nonce_gives_another_payload_key() -> None:
    assert payload_key(FILE_KEY, bytes(16)) != payload_key(FILE_KEY, bytes(15) + b"\1")
