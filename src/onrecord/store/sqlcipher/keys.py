"""Hold the keys of open databases in this process and nowhere else.

A database key is never in a settings file, a URL, the environment or an argument of a process: whoever unwrapped it
hands it over here, and connections made later in the same process find it by the database's path.

LIMIT: `forget` overwrites our copy. Python and SQLCipher make others (the text of a PRAGMA, a connection that is still
open), so a key that was used may remain in this process's memory until the process ends.
"""

from pathlib import Path

from onrecord.errors import BadInput, Refused

KEY_BYTES = 32

_held: dict[Path, bytearray] = {}


class DatabaseLocked(Refused):
    """The database is locked: its key has not been unlocked in this program."""

    next_step = "Start it with `onrecord up` and the operator's passphrase, then try again."


class NotADatabaseKey(BadInput):
    """A database key must be 32 bytes."""

    next_step = "This is a fault in the program, not in what you did. Tell your operator the id shown here."


def hold(path: str | Path, key: bytes) -> None:
    """Keep a database's raw key until it is forgotten."""
    if len(key) != KEY_BYTES:
        raise NotADatabaseKey
    _held[_place(path)] = bytearray(key)


def forget(path: str | Path) -> None:
    """Forget a database's key; connections that are already open stay open."""
    key = _held.pop(_place(path), None)
    if key is not None:
        key[:] = bytes(KEY_BYTES)


def key_of(path: str | Path) -> bytes:
    """Return the key held for a database; raise DatabaseLocked if there is none."""
    key = _held.get(_place(path))
    if key is None:
        raise DatabaseLocked
    return bytes(key)


def _place(path: str | Path) -> Path:
    return Path(path).resolve()
