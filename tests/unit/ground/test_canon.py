"""One sequence of bytes for one value: written as RFC 8785 says, and nothing else is read."""

import json
import unicodedata
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.canon import LARGEST_INTEGER, NotCanonical, canonical, parse_canonical

normal = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
whole = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
keys = st.text(st.characters(max_codepoint=127))
values = st.recursive(
    st.none() | st.booleans() | whole | normal,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
)


@given(values)
def test_a_value_is_written_as_the_standard_says_and_read_back(value: Any) -> None:
    data = canonical(value)

    assert data == rfc8785.dumps(value)
    assert parse_canonical(data) == value


@given(st.recursive(st.floats() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_what_is_read_is_always_what_would_be_written(value: Any) -> None:
    data = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()

    try:
        read = parse_canonical(data)
    except NotCanonical:
        return

    assert canonical(read) == data


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), 2**53, -(2**53), {"é": 1}, {1: "a"}, "e\u0301", "\ud800", ["e\u0301"], b"bytes", {"a": {1, 2}}],
)
def test_what_has_no_one_form_is_not_written(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"1.0",
        b"1e5",
        b"-0",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"9" * 5000,
        b"[" * 100_000,
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'"\\u00e9"',
        b'{"\\u00e9":1}',
        b'"\\ud800"',
        b'"\\/"',
        '"e\u0301"'.encode(),
        '{"é":1}'.encode(),
        b'"\xff"',
        b"",
    ],
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(data)
