"""Django works on an encrypted database as on its own SQLite (tried by a program that runs apart with its settings)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def saw(tmp_path_factory) -> dict[str, object]:
    program = Path(__file__).with_name("django_on_sqlcipher.py")
    database = tmp_path_factory.mktemp("docket") / "docket.db"
    done = subprocess.run([sys.executable, program, database], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_without_a_key_nothing_opens_and_no_file_appears(saw):
    assert saw["without a key"] == "DatabaseLocked"
    assert saw["a file appeared without a key"] is False


def test_a_forgotten_key_closes_the_door_again(saw):
    assert saw["after forgetting"] == "DatabaseLocked"


def test_searching_compares_cyrillic_in_any_case(saw):
    assert saw["cyrillic, any case"] == 1
    assert saw["literal percent"] == 0


def test_dates_decimals_truths_and_json_come_back_as_they_went_in(saw):
    assert saw["values come back"] is True


def test_raw_statements_take_named_values_and_many_rows(saw):
    assert saw["named values"] == "x%y"
    assert saw["many rows"] == 2


def test_a_taken_name_is_an_integrity_error(saw):
    assert saw["taken name"] == "IntegrityError"


def test_a_transaction_takes_the_write_lock_when_it_begins(saw):
    assert saw["second writer"] == "OperationalError"


def test_two_writers_at_once_wait_for_each_other_and_lose_nothing(saw):
    assert saw["rows of two writers at once"] == 50


def test_a_database_in_memory_needs_no_key(saw):
    assert saw["in memory"] == 1
