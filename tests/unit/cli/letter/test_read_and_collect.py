"""Letters at the desk: what cannot be opened is kept and listed, a replay is counted once, words are found again."""

from pathlib import Path

import pytest

from invented_commands import ACCOUNT, Filled, Onrecord
from invented_keys import InventedKeys
from onrecord.seal.close import seal
from onrecord.seal.recipients import HybridIdentity

ENDED = InventedKeys(issued="2024-01-01T00:00:00Z", expires="2024-03-01T00:00:00Z")


def put(filled: Filled, name: str, sealed: bytes) -> None:
    arrival = filled.folder / "spool" / (name * 32)
    arrival.mkdir()
    (arrival / "letter.age").write_bytes(sealed)


@pytest.fixture
def sealed(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> bytes:
    (tmp_path / "story.txt").write_text("They kept our passports.", encoding="utf-8")
    keyset = filled.folder / "keys" / "keyset.json"
    assert onrecord("letter", "write", "--text", "story.txt", "--keyset", keyset, "-o", "letter.age").code == 0
    return (tmp_path / "letter.age").read_bytes()


def test_what_cannot_be_opened_is_kept_in_quarantine_and_listed_with_the_reason(
    filled: Filled, onrecord: Onrecord, sealed: bytes
) -> None:
    put(filled, "1", sealed[:-1])
    put(filled, "2", seal(b"somebody else's", [HybridIdentity.generate().recipient]))
    put(filled, "3", b"this is not a letter")
    put(filled, "4", sealed)

    answer = onrecord("letter", "collect", "--open", "--json")

    found = {row["id"]: row for row in onrecord("letter", "list", "--json").json["items"]}
    assert (answer.code, len(answer.json["opened"]), len(answer.json["quarantined"])) == (0, 1, 3)
    assert {found[id]["reason"] for id in answer.json["quarantined"]} == {
        "PayloadTruncated",
        "NoKeyFits",
        "NotAnAgeFile",
    }


def test_a_person_reads_why_a_letter_is_in_quarantine(filled: Filled, onrecord: Onrecord, sealed: bytes) -> None:
    put(filled, "1", sealed[:-1])

    answer = onrecord("letter", "collect", "--open")

    assert "quarantined" in answer.out
    assert "The end of this sealed file is missing or was changed." in answer.out


def test_a_replayed_letter_is_a_copy(filled: Filled, onrecord: Onrecord, sealed: bytes) -> None:
    put(filled, "1", sealed)
    put(filled, "2", sealed)

    answer = onrecord("letter", "collect", "--open", "--json")

    assert (len(answer.json["received"]), answer.json["copies"]) == (1, 1)


def test_a_letter_is_read_with_the_characters_of_each_paragraph(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("letter", "read", filled.letter)

    second = ACCOUNT.index("The officer")
    assert f"1    0:19   {ACCOUNT[:19]}" in answer.out
    assert f"2   {second}:{len(ACCOUNT)}  The officer said" in answer.out
    assert "bus.jpg" in answer.out


def test_a_program_gets_the_whole_text(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("letter", "read", filled.letter[:8], "--json")

    assert answer.json["id"] == filled.letter
    assert answer.json["text"] == ACCOUNT


def test_an_unknown_letter_is_refused(filled: Filled, onrecord: Onrecord) -> None:
    assert onrecord("letter", "read", "0" * 32, "--json").code == 2


def test_nothing_is_sealed_to_a_keyset_that_has_ended(onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("a story", encoding="utf-8")
    (tmp_path / "keyset.json").write_bytes(ENDED.file)

    story, keyset, output = (tmp_path / name for name in ("story.txt", "keyset.json", "out"))
    answer = onrecord("letter", "write", "--text", story, "--keyset", keyset, "-o", output)

    assert answer.code == 3
    assert answer.err.startswith("The keys of this keyset have ended")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "This letter says nothing"),
        (("--file", "missing"), "A file named here cannot be read"),
        (("--file", "."), "A file named here cannot be read"),
        (("--file", "picture", "--language", "no code"), "This letter cannot be written"),
        (("--file", "picture", "--root-key", "x"), "This is not a root key."),
        (("--file", "picture", "--consent", "share_inter"), "The vocabulary has no term of this code."),
        (("--file", "picture", "-o", "passphrase"), "A file of this name is already there"),
        (("--file", "picture", "-o", "missing/out"), "A file or a folder that this needs is not there"),
    ],
)
def test_a_letter_that_cannot_be_written_is_explained_and_leaves_no_file(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "story.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "picture").write_bytes(b"an invented picture")
    before = sorted(tmp_path.iterdir())
    output = () if "-o" in options else ("-o", "out")

    answer = onrecord(
        *("letter", "write", "--text", "story.txt", "--keyset", filled.folder / "keys" / "keyset.json"),
        *output,
        *options,
    )

    assert answer.code == 2
    assert answer.err.startswith(sentence)
    assert sorted(tmp_path.iterdir()) == before
