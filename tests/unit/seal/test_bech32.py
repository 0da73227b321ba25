"""Keys written as words come back as the same bytes, and a slip of the hand is noticed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.seal import bech32
from onrecord.seal.bech32 import ALPHABET, KeyTextMalformed

# BIP 173, section "Test vectors".
VALID = [
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "?1ezyfcl",
]
INVALID = {
    "character below the printable ones": " 1nwldj5",
    "character above ASCII": "\x801eym55h",
    "no separator": "pzry9x0s0muk",
    "empty prefix": "1pzry9x0s0muk",
    "character outside the alphabet": "x1b4n0q5v",
    "check too short": "li1dgmt3",
    "character above ASCII in the check": "de1lg7wt\xff",
    "check over an upper-case prefix": "A1G7SGD8",
    "empty prefix and no data": "10a06t8",
    "empty": "",
    "mixed case": "A12uEL5L",
    "digits of another script": "a12uel5\u0665",
}


@pytest.mark.parametrize("text", VALID)
def test_the_published_valid_texts_are_read(text: str) -> None:
    prefix, _ = bech32.decode(text)

    assert text.startswith(prefix)


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID.keys())
def test_the_published_invalid_texts_are_refused(text: str) -> None:
    with pytest.raises(KeyTextMalformed):
        bech32.decode(text)


@given(st.binary(max_size=200))
def test_what_is_written_is_read_back(data: bytes) -> None:
    text = bech32.encode("age", data)

    assert bech32.decode(text) == ("age", data)
    assert bech32.decode(text.upper()) == ("AGE", data)


@given(st.binary(min_size=32, max_size=32), st.data())
def test_up_to_four_wrong_characters_are_noticed(key: bytes, data: st.DataObject) -> None:
    text = list(bech32.encode("age", key))
    places = data.draw(st.sets(st.integers(4, len(text) - 1), min_size=1, max_size=4))

    for place in places:
        text[place] = data.draw(st.sampled_from([other for other in ALPHABET if other != text[place]]))

    with pytest.raises(KeyTextMalformed):
        bech32.decode("".join(text))


def test_a_key_has_one_text_only() -> None:
    # Seven characters hold four bytes and three bits of padding; if those were free, one key would have eight texts.
    padded = "age1" + "q" * 6 + "p"
    check = bech32._remainder("age", [ALPHABET.index(c) for c in padded[4:]] + [0] * 6) ^ 1
    text = padded + "".join(ALPHABET[check >> shift & 31] for shift in range(25, -1, -5))

    with pytest.raises(KeyTextMalformed):
        bech32.decode(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with suppress(KeyTextMalformed):
        bech32.decode(text)
