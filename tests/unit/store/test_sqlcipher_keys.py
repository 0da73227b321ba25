"""A database key is held by this process until it is forgotten."""

import pytest

from onrecord.store.sqlcipher import keys
from onrecord.store.sqlcipher.keys import DatabaseLocked, NotADatabaseKey


def test_a_held_key_is_found_by_any_way_of_writing_the_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keys.hold("docket.db", bytes(32))

    found = keys.key_of(tmp_path / "x" / ".." / "docket.db")

    assert found == bytes(32)


def test_a_forgotten_key_leaves_the_database_locked(tmp_path):
    keys.hold(tmp_path / "docket.db", bytes(32))

    keys.forget(tmp_path / "docket.db")
    keys.forget(tmp_path / "docket.db")

    with pytest.raises(DatabaseLocked):
        keys.key_of(tmp_path / "docket.db")


def test_a_key_that_is_too_short_is_not_held(tmp_path):
    with pytest.raises(NotADatabaseKey):
        keys.hold(tmp_path / "docket.db", b"passphrase")
