"""A docket is opened from wherever it was named, and everything that is wrong with it is said in one sentence."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from invented_commands import Filled, Onrecord

LIST = ("case", "list", "--json")


def test_the_docket_is_named_before_the_noun_after_the_verb_or_by_the_environment(
    filled: Filled, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_environment = onrecord(*LIST)
    monkeypatch.setenv("ONRECORD_DOCKET", "elsewhere")
    after = onrecord(*LIST, "-d", filled.folder)
    before = onrecord("-d", filled.folder, *LIST)

    assert [answer.code for answer in (by_environment, after, before)] == [0, 0, 0]
    assert by_environment.json == after.json == before.json


def test_a_docket_that_is_not_named_is_asked_for(onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_DOCKET", raising=False)

    answer = onrecord(*LIST)

    assert (answer.code, answer.error["error"]) == (2, "No docket was named.")


def test_an_error_is_one_json_object_with_an_id_and_nothing_on_standard_output(
    filled: Filled, onrecord: Onrecord
) -> None:
    answer = onrecord("case", "show", "0" * 32, "--json")

    assert (answer.code, answer.out) == (2, "")
    assert answer.error.keys() == {"error", "next_step", "id"}


@pytest.mark.parametrize(
    ("file", "content", "code", "sentence"),
    [
        ("docket.toml", None, 2, "This folder is not a docket: it has no docket.toml."),
        ("docket.toml", b"name = ", 2, "The settings file cannot be read as TOML."),
        ("docket.toml", b"\xff\xfe", 2, "The settings file cannot be read as TOML."),
        ("docket.toml", b'name = "x"\norigin = "y"\ncolour = 1\n', 2, "a key that Onrecord does not know"),
        ("docket.toml", b'name = "x"\norigin = 1\n', 2, "a value of the wrong kind"),
        ("keys/database.age", None, 4, "A file is missing without which this docket cannot be opened"),
        ("keys/database.age", b"not a key", 4, "A file in the keys folder is damaged."),
        ("keys/keyset.json", None, 4, "A file is missing without which this docket cannot be opened"),
        ("keys/keyset.json", b"{}", 4, "This file is not a keyset."),
        ("db/onrecord.db", None, 4, "A database of this docket is missing"),
        ("db/subjects.db", b"", 4, "A database of this docket is missing"),
        ("db/onrecord.db", b"SQLite format 3\0" + bytes(4080), 4, "The database is a plain file"),
        ("db/onrecord.db", b"x" * 4096, 4, "The database does not open with this docket's key"),
        ("db/subjects.db", b"x" * 4096, 4, "The database does not open with this docket's key"),
    ],
)
def test_a_damaged_docket_is_named_and_left_as_it_is(
    filled: Filled, onrecord: Onrecord, file: str, content: bytes | None, code: int, sentence: str
) -> None:
    for journal in filled.folder.glob("db/*-*"):
        journal.unlink()
    (filled.folder / file).unlink()
    if content is not None:
        (filled.folder / file).write_bytes(content)

    answer = onrecord(*LIST)

    assert answer.code == code
    assert sentence in answer.error["error"]
    assert (filled.folder / file).exists() == (content is not None)


def test_a_damaged_key_of_a_member_is_named(filled: Filled, onrecord: Onrecord) -> None:
    for record in filled.folder.glob("keys/principals/*.json"):
        record.write_bytes(record.read_bytes()[:-40])

    answer = onrecord(*LIST)

    assert (answer.code, answer.error["error"]) == (4, "A file in the keys folder is damaged.")


def test_a_database_damaged_in_the_middle_is_named(filled: Filled, onrecord: Onrecord) -> None:
    for journal in filled.folder.glob("db/*-*"):
        journal.unlink()
    database = filled.folder / "db" / "onrecord.db"
    content = bytearray(database.read_bytes())
    content[4096 + 64 :] = bytes(len(content) - 4096 - 64)
    database.write_bytes(content)

    answer = onrecord(*LIST)

    assert (answer.code, answer.error["error"]) == (4, "The docket's database is damaged.")


def test_a_folder_that_is_no_docket_is_refused(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    answers = [onrecord(*LIST, "-d", place) for place in ("empty", "missing", "passphrase")]

    assert [answer.code for answer in answers] == [2, 2, 2]


def test_a_wrong_passphrase_is_refused(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("another passphrase\n", encoding="utf-8")

    answer = onrecord(*LIST)

    assert (answer.code, answer.error["error"]) == (3, "This passphrase does not open the key.")


def test_only_the_first_line_of_the_passphrase_file_counts(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    text = (tmp_path / "passphrase").read_text(encoding="utf-8")
    (tmp_path / "passphrase").write_text(text.replace("\n", "\r\n") + "a note\n", encoding="utf-8", newline="")

    assert onrecord(*LIST).code == 0


def test_a_passphrase_file_that_cannot_be_read_is_named(
    filled: Filled, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_PASSPHRASE_FILE", "missing")

    answer = onrecord(*LIST)

    assert (answer.code, answer.error["error"]) == (2, "The passphrase file cannot be read.")


def test_a_program_without_a_terminal_is_told_that_nobody_can_type(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_PASSPHRASE_FILE")

    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *LIST],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert json.loads(done.stderr)["error"] == "A passphrase is needed, and there is nobody here to type it."


def test_an_id_may_be_shortened_to_what_is_unambiguous(filled: Filled, onrecord: Onrecord) -> None:
    whole = onrecord("case", "show", filled.case, "--json")

    assert onrecord("case", "show", filled.case[:6], "--json").json == whole.json
    assert onrecord("case", "show", filled.case[:5], "--json").code == 2


def test_digits_that_several_ids_begin_with_are_refused(
    filled: Filled, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter(["abcdef" + "0" * 26, "abcdef" + "1" * 26])
    monkeypatch.setattr("onrecord.casework.opening.new_id", lambda: next(ids))
    onrecord("case", "new", "Reed")
    onrecord("case", "new", "Heron")

    answer = onrecord("case", "show", "abcdef", "--json")

    assert (answer.code, answer.error["error"]) == (2, "Several identifiers begin with these digits.")
    assert onrecord("case", "show", "abcdef0", "--json").json["name"] == "Reed"


def test_a_copy_of_a_docket_elsewhere_opens_as_well(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    shutil.copytree(filled.folder, tmp_path / "copy")

    assert onrecord(*LIST, "-d", "copy").json == onrecord(*LIST).json
