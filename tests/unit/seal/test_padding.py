"""Sizes say nothing about content: the ladder of paddings."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.bounds import KIB, MIB
from onrecord.seal.letter.padding import is_padded, padded_size, zeros

SIZES = st.integers(min_value=0, max_value=2**40)


def test_a_few_words_and_a_few_pages_have_the_same_size():
    few, many = 300, 60_000

    assert padded_size(few) == padded_size(many) == 64 * KIB


def test_the_rungs_below_one_mebibyte_are_three():
    sizes = {padded_size(size) for size in range(0, MIB + 1, 97)}

    assert sizes == {64 * KIB, 256 * KIB, MIB}


def test_one_byte_more_than_a_rung_needs_the_next():
    assert padded_size(64 * KIB) == 64 * KIB
    assert padded_size(64 * KIB + 1) == 256 * KIB
    assert padded_size(MIB + 1) == MIB + 32 * KIB


@given(SIZES)
def test_padding_never_shortens_and_wastes_at_most_twelve_percent_above_one_mebibyte(size):
    padded = padded_size(size)

    assert padded >= size
    assert size <= MIB or padded <= size * 1.12


@given(SIZES)
def test_what_was_padded_once_is_not_padded_further(size):
    assert is_padded(padded_size(size))


@given(SIZES, SIZES)
def test_a_longer_letter_never_has_a_smaller_size(one, other):
    shorter, longer = sorted((one, other))

    assert padded_size(shorter) <= padded_size(longer)


@given(st.integers(min_value=0, max_value=200_000))
def test_zeros_come_in_chunks_and_sum_up(size):
    assert b"".join(zeros(size)) == bytes(size)
