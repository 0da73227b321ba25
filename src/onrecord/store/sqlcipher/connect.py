"""Open an encrypted database, and refuse one that is not.

SQLCipher 4 with a raw 256-bit key: AES-256-CBC and HMAC-SHA512 on every page. Without a key it would silently make a
plain file, so a file with SQLite's own header is refused and a wrong key is found out before anything is written.
"""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from onrecord.errors import Damaged, Refused
from onrecord.store.sqlcipher.keys import KEY_BYTES, NotADatabaseKey

PLAINTEXT_HEADER = b"SQLite format 3\x00"

# A writer holds the lock for one short transaction; waiting this long means that something else is wrong.
BUSY_SECONDS = 30.0

IN_MEMORY = ":memory:"

# What is deleted is overwritten in its page, temporary tables never reach the disk, and a commit that returned survives
# a power cut. LIMIT: SQLCipher does not wipe its buffers (cipher_memory_security is off): that made a row of a table
# with seven indexes ten times slower, while Python's own copies of the same words are never wiped. A page that is not
# in memory has to be opened and its seal checked: 64 MiB hold those in use of a large docket, and a small one never
# fills them.
_HABITS = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
)


class PlaintextDatabase(Damaged):
    """The database is a plain file that anybody could read; it was not opened."""

    next_step = "Move it away and keep it as evidence of tampering; restore the encrypted one from a backup."


class DatabaseKeyWrong(Damaged):
    """The database does not open with this docket's key: it is damaged or belongs to another docket."""

    next_step = "Check that the docket's folder is whole. If it is, restore the database from the newest backup."


class DeletedNotWiped(Refused):
    """Something else is reading the database, so what was deleted could not be wiped from its journal yet."""

    next_step = "Close the other programs that use this docket, then do it again."


def connect(path: str | Path, key: bytes, **options: Any) -> dbapi2.Connection:
    """Open or create an encrypted database; raise PlaintextDatabase or DatabaseKeyWrong and change nothing."""
    if len(key) != KEY_BYTES:
        raise NotADatabaseKey
    if not is_in_memory(path):
        _refuse_plaintext(Path(path))
        _create_private(Path(path))
    connection = dbapi2.connect(str(path), **{"timeout": BUSY_SECONDS, "isolation_level": "IMMEDIATE", **options})
    try:
        _unlock(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def is_in_memory(path: str | Path) -> bool:
    """Tell whether a database's name means one that has no file."""
    return isinstance(path, str) and (path == IN_MEMORY or "mode=memory" in path)


def wipe_deleted(connection: Any) -> None:
    """Empty the journal, where pages live on as they were before a deletion; raise DeletedNotWiped if it is in use.

    LIMIT: the journal's blocks are freed, not overwritten; they hold ciphertext under the database's key.
    """
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DeletedNotWiped


def _refuse_plaintext(path: Path) -> None:
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(PLAINTEXT_HEADER)) == PLAINTEXT_HEADER:
                raise PlaintextDatabase


def _create_private(path: Path) -> None:
    # SQLite would let the group read a new file, and gives its journal the same rights as the file.
    if not path.exists():
        path.touch(mode=0o600)


def _unlock(connection: dbapi2.Connection, key: bytes) -> None:
    # SQLCipher writes to standard error when a key is wrong; our own sentence is enough.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        raise DatabaseKeyWrong from None
    for habit in _HABITS:
        connection.execute(habit)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
