"""A docket is made, backed up and restored wholly or not at all, and served by one program at a time."""

import socket
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from invented_commands import PASSPHRASE, Filled, Onrecord


def test_a_docket_that_could_not_be_made_leaves_nothing_in_the_way_of_the_next_try(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    (tmp_path / "passphrase").write_text("short\n", encoding="utf-8")
    refused = onrecord("init", "new", "--member", "Vira Example", "--json")
    was_left = (tmp_path / "new").exists()
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")

    made = onrecord("init", "new", "--member", "Vira Example", "--json")

    assert (refused.code, was_left, made.code) == (2, False, 0)
    assert made.json.keys() == {"docket", "origin", "root_key"}


def test_a_folder_that_holds_something_is_not_touched(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()

    answers = [
        onrecord("init", "mine", "--member", "Vira Example", "--json"),
        onrecord("backup", "mine", "--json"),
        onrecord("restore", "docket", "mine", "--json"),
    ]

    assert [answer.code for answer in answers] == [2, 2, 2]
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_backup_is_restored_and_says_which_checkpoint_it_expects(filled: Filled, onrecord: Onrecord) -> None:
    backup = onrecord("backup", "backup", "--json")

    restored = onrecord("restore", "backup", "restored", "--json")

    assert (backup.code, restored.code) == (0, 0)
    assert restored.json["checkpoint"] == backup.json["checkpoint"]
    assert onrecord("case", "list", "--json", "-d", "restored").json == onrecord("case", "list", "--json").json


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("init", "file", "--member", "Vira Example"), "There is something of this name already"),
        (("init", "file/docket", "--member", "Vira Example"), "What should be a folder is a file."),
        (("backup", "file"), "There is something of this name already"),
        (("restore", "backup", "file"), "There is something of this name already"),
        (("restore", "backup", "link"), "There is something of this name already"),
        (("restore", "backup", "restored", "--checkpoint", "missing"), "A file or a folder that this needs is not"),
        (("bundle", "key", "-o", "missing/root.pem"), "A file or a folder that this needs is not there."),
        (("bundle", "key", "-o", "file/root.pem"), "What should be a folder is a file."),
        (("bundle", "key", "-o", "file"), "A file of this name is already there"),
    ],
)
def test_a_name_that_cannot_be_written_to_is_explained_in_one_sentence_and_stays_as_it_was(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, command: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to("nowhere")
    onrecord("backup", "backup")
    before = sorted(tmp_path.iterdir())

    answer = onrecord(*command, "--json")

    assert (answer.code, answer.out) == (2, "")
    assert answer.error["error"].startswith(sentence) and answer.error.keys() == {"error", "next_step", "id"}
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("spoil", [lambda data: data[:5000], lambda data: data[:-1] + b"\1"])
def test_a_backup_that_was_cut_short_or_has_changed_restores_nothing(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    onrecord("backup", "backup")
    tar = tmp_path / "backup" / "docket.tar"
    tar.write_bytes(spoil(tar.read_bytes()))

    answer = onrecord("restore", "backup", "restored", "--json")

    assert answer.code == 4
    assert answer.error["error"] == "This backup is not whole, or bytes of it have changed since it was made."
    assert not (tmp_path / "restored").exists()


def test_a_docket_is_served_by_one_program(filled: Filled, onrecord: Onrecord) -> None:
    with (filled.folder / "db" / "serving.lock").open("w") as lock:
        flock(lock, LOCK_EX)

        answer = onrecord("up", filled.folder)

    assert answer.code == 3
    assert answer.err.startswith("Another Onrecord program")


def test_a_door_whose_port_is_taken_says_so(filled: Filled, onrecord: Onrecord) -> None:
    onrecord("door", "export", "-o", "door")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        answer = onrecord("door", "serve", "--config", "door", "--spool", "spool", "--port", other.getsockname()[1])

    assert answer.code == 2
    assert answer.err.startswith("The door cannot listen at this address")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("0" * 32, "--reason", "mistake"), "There is nothing of this kind to erase"),
        (("LETTER", "--reason", "because"), "An erasure needs one of the reasons"),
    ],
)
def test_an_erasure_that_is_not_understood_changes_nothing(
    filled: Filled, onrecord: Onrecord, options: tuple[str, ...], sentence: str
) -> None:
    answer = onrecord("erase", *(filled.letter if part == "LETTER" else part for part in options), "--yes", "--json")

    assert answer.code == 2
    assert answer.error["error"].startswith(sentence)
    assert onrecord("letter", "read", filled.letter, "--json").code == 0


def test_an_erasure_takes_the_whole_id_because_nobody_can_take_it_back(filled: Filled, onrecord: Onrecord) -> None:
    assert onrecord("erase", filled.letter[:8], "--reason", "mistake", "--yes", "--json").code == 2
    assert onrecord("erase", filled.letter, "--reason", "mistake", "--json").code == 3
    assert onrecord("erase", filled.letter, "--reason", "mistake", "--yes", "--json").code == 0
