"""An encrypted database opens with its key and with nothing else, and forgets what is deleted."""

import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from decrypted_pages import decrypted_pages
from onrecord.store.sqlcipher.connect import (
    DatabaseKeyWrong,
    DeletedNotWiped,
    PlaintextDatabase,
    connect,
    wipe_deleted,
)
from onrecord.store.sqlcipher.keys import NotADatabaseKey

KEY = bytes(range(32))
WORD = "Перепелиця"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "docket.db"


def test_what_is_written_is_read_again_with_the_same_key(path):
    with connect(path, KEY) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("INSERT INTO words VALUES (?)", (WORD,))

    rows = connect(path, KEY).execute("SELECT word FROM words").fetchall()

    assert rows == [(WORD,)]


def test_no_word_and_no_sqlite_header_is_in_the_file_or_its_journal(path):
    connection = connect(path, KEY)
    with connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("INSERT INTO words VALUES (?)", (WORD,))

    raw = b"".join(file.read_bytes() for file in path.parent.iterdir())

    assert WORD.encode() not in raw
    assert b"SQLite format 3" not in raw
    assert b"CREATE TABLE" not in raw


def test_a_plain_sqlite_file_is_refused_and_not_changed(path):
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE planted (row)")
    before = path.read_bytes()

    with pytest.raises(PlaintextDatabase):
        connect(path, KEY)

    assert path.read_bytes() == before


def test_a_wrong_key_is_refused_and_nothing_is_changed_or_said_on_standard_error(path, capfd):
    with connect(path, KEY) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(DatabaseKeyWrong):
        connect(path, bytes(32))

    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""


def test_a_damaged_first_page_is_refused(path):
    with connect(path, KEY) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")
    connection.close()
    path.write_bytes(b"\x00" * 100 + path.read_bytes()[100:])

    with pytest.raises(DatabaseKeyWrong):
        connect(path, KEY)


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_of_another_length_is_refused(path, key):
    with pytest.raises(NotADatabaseKey):
        connect(path, key)

    assert not path.exists()


def test_nobody_else_on_the_machine_may_read_the_files(path):
    connection = connect(path, KEY)
    with connection:
        connection.execute("CREATE TABLE words (word TEXT)")

    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}

    assert set(modes) >= {"docket.db", "docket.db-wal"}
    assert set(modes.values()) == {0o600}


def test_the_habits_that_protect_the_dead_are_on(path):
    connection = connect(path, KEY)

    habits = {
        pragma: str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
        for pragma in ("journal_mode", "secure_delete", "temp_store", "foreign_keys", "synchronous", "busy_timeout")
    }

    assert habits == {
        "journal_mode": "wal",
        "secure_delete": "1",
        "temp_store": "2",
        "foreign_keys": "1",
        "synchronous": "2",
        "busy_timeout": "30000",
    }


def test_a_database_in_memory_takes_a_key_and_makes_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with connect(":memory:", KEY) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")

    assert connection.execute("SELECT count(*) FROM words").fetchone() == (0,)
    assert list(tmp_path.iterdir()) == []


def test_the_decrypted_pages_show_what_is_stored_in_file_and_journal(path):
    connection = connect(path, KEY)
    with connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("INSERT INTO words VALUES (?)", (WORD,))

    in_journal = decrypted_pages(path, KEY)
    wipe_deleted(connection)
    in_file = decrypted_pages(path, KEY)

    assert WORD.encode() in in_journal
    assert WORD.encode() in in_file
    assert in_file.startswith(b"\x10\x00")  # SQLite's page size, right after the salt


def test_a_deleted_word_is_in_no_decrypted_page_and_not_in_the_search_index(path):
    connection = connect(path, KEY)
    _fill_search(connection)

    with connection:
        connection.execute("DELETE FROM words WHERE rowid = 500")
        connection.execute("DELETE FROM search WHERE rowid = 500")
    wipe_deleted(connection)

    pages = decrypted_pages(path, KEY)
    assert "слово499".encode() in pages
    assert WORD.lower().encode() not in pages
    assert WORD.encode() not in pages


def test_wiping_says_so_when_a_reader_still_holds_the_old_pages(path):
    connection = connect(path, KEY, timeout=0.1)
    _fill_search(connection)
    reader = connect(path, KEY, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM words").fetchone()
    with connection:
        connection.execute("DELETE FROM words WHERE rowid = 500")

    with pytest.raises(DeletedNotWiped):
        wipe_deleted(connection)


def _fill_search(connection: dbapi2.Connection) -> None:
    words = [(number, WORD if number == 500 else f"слово{number}") for number in range(1, 1001)]
    with connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(word, tokenize = 'unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 1)")
        connection.executemany("INSERT INTO words(rowid, word) VALUES (?, ?)", words)
        connection.executemany("INSERT INTO search(rowid, word) VALUES (?, ?)", words)
