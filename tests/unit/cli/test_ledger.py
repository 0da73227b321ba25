"""An audit at the command line: what it says of a docket that is whole, and of one whose database cannot be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from invented_commands import Filled, Onrecord

AUDIT = ("ledger", "audit", "--json")
ONLY_FILES = "The database cannot be read, so only the public tree"


def cut_the_middle(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096 + 64 :] = bytes(len(content) - 4096 - 64)
    database.write_bytes(content)


def without_database(filled: Filled, spoil: Callable[[Path], object], name: str = "onrecord.db") -> None:
    for journal in filled.folder.glob("db/*-*"):
        journal.unlink()
    spoil(filled.folder / "db" / name)


def make_older(onrecord: Onrecord) -> None:
    assert onrecord("case", "list").code == 0  # from here on Django's connection is to this docket
    call_command("migrate", "casework", "0006_law", verbosity=0)
    connections.close_all()


def test_tables_of_an_older_version_are_drawn_in_the_form_of_this_one(filled: Filled, onrecord: Onrecord) -> None:
    assert onrecord("law", "assess", filled.case, "--json").code == 0
    make_older(onrecord)

    drawn = onrecord("ledger", "redraw")

    assert drawn.code == 0
    assert onrecord("ledger", "redraw", "--check").code == 0
    assert onrecord("law", "assess", filled.case, "--json").code == 0


REFUSED_COMMANDS = [
    ("case", "list"),
    ("case", "new", "Harbour"),
    ("ledger", "audit"),
    ("ledger", "redraw", "--check"),
    ("letter", "collect"),
]


@pytest.mark.parametrize("command", REFUSED_COMMANDS)
def test_tables_of_an_older_version_are_named_with_the_step_that_helps(
    filled: Filled, onrecord: Onrecord, command: tuple[str, ...]
) -> None:
    make_older(onrecord)

    answer = onrecord(*command)

    assert answer.code == 3
    assert answer.err.startswith("The tables of this docket were made by an older version of Onrecord")
    assert "onrecord -d DIR ledger redraw" in answer.err


def test_an_older_docket_can_be_backed_up_before_it_is_redrawn(filled: Filled, onrecord: Onrecord) -> None:
    make_older(onrecord)

    assert onrecord("backup", "copy").code == 0
    assert onrecord("restore", "copy", "again").code == 0


@pytest.mark.parametrize("command", [*REFUSED_COMMANDS, ("ledger", "redraw")])
def test_tables_of_a_newer_version_are_left_alone(filled: Filled, onrecord: Onrecord, command: tuple[str, ...]) -> None:
    assert onrecord("case", "list").code == 0
    MigrationRecorder(connections["default"]).record_applied("casework", "9999_of_a_later_year")
    connections.close_all()

    answer = onrecord(*command)

    assert answer.code == 3
    assert answer.err.startswith("The tables of this docket were made by a newer version of Onrecord")


def test_a_whole_docket_is_said_to_be_whole(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord(*AUDIT)

    assert answer.code == 0
    assert answer.json["whole"] and answer.json["opened"] > 0
    assert "Whole: nothing wrong was found." in onrecord("ledger", "audit").out


@pytest.mark.parametrize(
    ("name", "spoil", "because"),
    [
        ("onrecord.db", cut_the_middle, "The docket's database is damaged."),
        ("onrecord.db", Path.unlink, "A database of this docket is missing, or emptied."),
        (
            "subjects.db",
            lambda path: path.write_bytes(b"x" * 4096),
            "The database does not open with this docket's key",
        ),
        ("onrecord.db", lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(4080)), "The database is a plain"),
    ],
)
def test_without_its_database_the_tree_and_the_exhibits_are_still_checked(
    filled: Filled, onrecord: Onrecord, name: str, spoil: Callable[[Path], object], because: str
) -> None:
    whole = onrecord(*AUDIT).json
    without_database(filled, spoil, name)

    answer = onrecord(*AUDIT)

    assert answer.code == 4
    assert answer.error["error"].startswith(ONLY_FILES)
    assert answer.error["hint"].startswith(because)
    found = answer.json
    assert (found["whole"], found["findings"]) == (False, [])
    assert (found["entries"], found["blobs"]) == (whole["entries"], whole["blobs"]) and found["opened"] == 0


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("where", "spoil", "named"),
    [
        ("tiles/tile/entries/000.p/*", flip, "checkpoint"),
        ("tiles/tile/entries/000.p/*", lambda path: path.write_bytes(b"short"), "tile/entries"),
        ("tiles/tile/0/000.p/*", Path.unlink, "tile/0/000.p/"),
        ("tiles/checkpoint", flip, "checkpoint"),
        ("tiles/checkpoint", Path.unlink, "checkpoint"),
        ("vault/*/*/*", flip, ""),
    ],
)
def test_what_was_changed_beside_a_lost_database_is_named(
    filled: Filled, onrecord: Onrecord, where: str, spoil: Callable[[Path], object], named: str
) -> None:
    without_database(filled, Path.unlink)
    path = next(filled.folder.glob(where))
    spoil(path)

    answer = onrecord(*AUDIT)

    assert answer.code == 4
    assert any(finding["where"].startswith(named or path.name) for finding in answer.json["findings"])


def test_a_person_reads_what_could_be_checked(filled: Filled, onrecord: Onrecord) -> None:
    without_database(filled, Path.unlink)

    answer = onrecord("ledger", "audit")

    assert "In what could be checked nothing wrong was found." in answer.out
    assert answer.err.startswith(ONLY_FILES)
