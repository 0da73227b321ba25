"""What a member typed stands in an entry as it can be read, or not at all."""

import pytest

from onrecord.casework.texts import typed


@pytest.mark.parametrize(
    ("text", "stands"),
    [("", ""), (" \n\u200b\u3164", ""), (" — ", "—"), ("\u200bأ", "\u200bأ"), ("e\u0301\x00", "é[U+0000]")],
)
def test_blanks_and_hidden_characters_alone_are_nothing_to_read(text: str, stands: str) -> None:
    assert typed(text) == stands
