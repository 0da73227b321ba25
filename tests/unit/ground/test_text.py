"""A stranger's text hides nothing, and a stranger's file name harms nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.bounds import FILE_NAME_BYTES
from onrecord.ground.text import is_hidden, kept, nfc, safe_file_name, visible


def test_what_turns_the_reading_direction_is_written_out() -> None:
    assert visible("invoice\u202egpj.exe") == "invoice[U+202E]gpj.exe"


@pytest.mark.parametrize("hidden", "\u200b\u200d\ufeff\u2066\u00ad\u2028\u3164\u0000\u007f\u180e\U000e0041\ud800")
def test_what_nobody_can_see_is_written_out(hidden: str) -> None:
    assert visible(f"a{hidden}b") == f"a[U+{ord(hidden):04X}]b"


@pytest.mark.parametrize("text", ["one\ntwo\tend", "Жанна Вигадана", "شخص مخترع", "एक काल्पनिक नाम", "\u0601١٢", "é"])
def test_an_honest_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_line_ends_of_windows_are_line_ends_and_a_lone_return_is_not() -> None:
    assert visible("one\r\ntwo\rthree") == "one\ntwo[U+000D]three"


def test_what_was_typed_is_kept_but_for_line_ends_and_control_characters() -> None:
    assert kept("И\u0306ожа\r\n\tone\x00\r\x85\u200b") == "Йожа\n\tone[U+0000][U+000D][U+0085]\u200b"


def test_a_name_has_one_form() -> None:
    assert nfc("И\u0306ожа") == "Йожа"


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\temp\\list.doc", "C__temp_list.doc"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("повістка 1.pdf", "повістка 1.pdf"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("con.txt", "_con.txt"),
        ("line\nbreak.txt", "line_break.txt"),
        ("trailing. . ", "trailing"),
        ("\u200b", "unnamed"),
        ("", "unnamed"),
        ("...", "unnamed"),
    ],
)
def test_a_file_name_becomes_harmless_and_stays_recognisable(given_name: str, safe: str) -> None:
    assert safe_file_name(given_name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    shortened = safe_file_name("протокол " * 60 + ".pdf")

    assert shortened.endswith(".pdf")
    assert len(shortened.encode()) <= FILE_NAME_BYTES


@given(st.text())
def test_whatever_a_stranger_calls_a_file_one_safe_part_comes_out(name: str) -> None:
    safe = safe_file_name(name)

    assert safe
    assert not set(safe) & set('/\\\0\n:*?"<>|')
    assert not any(is_hidden(character) for character in safe)
    assert safe not in (".", "..")
    assert safe[0] not in ".-~ "
    assert len(safe.encode()) <= FILE_NAME_BYTES
    assert safe_file_name(safe) == safe
