"""A file in text form comes back as the same bytes, and a text that was touched is refused."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.seal.armor import BEGIN, END, ArmorDamaged, ArmorReader, ArmorWriter

CUTS = st.lists(st.integers(1, 100), min_size=1, max_size=30)


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    found, start = [], 0
    while start < len(data):
        size = sizes[len(found) % len(sizes)]
        found.append(data[start : start + size])
        start += size
    return found


def write(data: bytes, sizes: list[int]) -> bytes:
    writer = ArmorWriter()
    return b"".join(writer.update(piece) for piece in pieces(data, sizes)) + writer.finish()


def read(text: bytes, sizes: list[int]) -> bytes:
    reader = ArmorReader()
    data = b"".join([reader.update(piece) for piece in pieces(text, sizes)])
    reader.finish()
    return data


@given(st.binary(max_size=300), CUTS, CUTS)
def test_what_is_written_is_read_back_however_it_is_cut(data: bytes, first: list[int], second: list[int]) -> None:
    assert read(write(data, first), second) == data


@given(st.binary(max_size=300), CUTS)
def test_the_text_is_what_every_pem_writer_writes(data: bytes, sizes: list[int]) -> None:
    text = base64.b64encode(data)
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]

    assert write(data, sizes) == b"\n".join([BEGIN, *lines, END, b""])


@given(st.binary(max_size=200))
def test_line_ends_of_either_kind_and_white_space_around_are_let_pass(data: bytes) -> None:
    text = write(data, [100])

    assert read(b"\r\n \t\n" + text.replace(b"\n", b"\r\n") + b"\n\t \n", [7]) == data
    assert read(text.rstrip(b"\n"), [7]) == data


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_touched_text_is_refused_or_gives_other_bytes(data: bytes, draw: st.DataObject) -> None:
    text = bytearray(write(data, [100]))
    place = draw.draw(st.integers(0, len(text) - 1))
    text[place] = draw.draw(st.integers(0, 255).filter(lambda byte: byte != text[place]))

    try:
        opened = read(bytes(text), [50])
    except ArmorDamaged:
        return

    # The only bytes that may change without changing the meaning are the line end and white space after the last line.
    assert opened != data or place == len(text) - 1


@given(st.binary(max_size=200))
def test_any_text_is_read_or_refused_and_nothing_else(data: bytes) -> None:
    for text in (data, BEGIN + b"\n" + data, BEGIN + b"\n" + data + b"\n" + END):
        with suppress(ArmorDamaged):
            read(text, [13])


def test_white_space_without_end_is_refused() -> None:
    for text in (b" " * 2000, b"\n" * 2000):
        with pytest.raises(ArmorDamaged):
            ArmorReader().update(text)


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(ArmorDamaged):
        ArmorReader().update(BEGIN + b"\n" + b"A" * 100)


def test_a_text_cut_anywhere_is_refused() -> None:
    text = write(bytes(100), [100]).rstrip(b"\n")

    for size in range(len(text)):
        with pytest.raises(ArmorDamaged):
            read(text[:size], [1000])
