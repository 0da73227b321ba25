"""The runner of the pages' commands notices what it should."""

from pathlib import Path

import pytest

from rules.console import Command, commands, run

ENVIRONMENT = {"PATH": "/usr/bin:/bin"}


def test_a_page_gives_its_commands_in_order_with_what_they_print() -> None:
    page = "Before.\n\n```console\n$ echo one \\\n    two\none two\n$ true\n```\n\n```sh\nnot this\n```\n"

    assert commands(page) == [Command("echo one two", "one two"), Command("true", "")]


def test_three_dots_stand_for_anything(tmp_path: Path) -> None:
    run([Command("printf 'a\\nb\\nc\\n'", "a\n...\nc")], folder=tmp_path, environment=ENVIRONMENT)


def test_a_page_that_shows_what_is_not_printed_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run([Command("echo is", "was")], folder=tmp_path, environment=ENVIRONMENT)


def test_a_page_whose_command_fails_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run([Command("(exit 3)", "")], folder=tmp_path, environment=ENVIRONMENT)


def test_a_variable_that_one_command_sets_is_there_for_the_next(tmp_path: Path) -> None:
    page = [Command("NAME=$(echo two words)", ""), Command('echo "$NAME"', "two words")]

    run(page, folder=tmp_path, environment=ENVIRONMENT)
