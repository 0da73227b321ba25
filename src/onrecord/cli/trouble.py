"""Say in words what the disk and the databases answer when they fail.

This is done at the command line, because only there it is known that nobody below could do better.
"""

import sys

from onrecord.errors import BadInput, CheckFailed, Damaged, OnrecordError, Refused, place_of
from onrecord.ground.files import FileAlreadyThere, NoSpaceLeft, is_no_space


class FileTrouble(BadInput):
    """A file, a folder or a connection that this needs cannot be used."""

    next_step = "Check the names that you gave, that each is there, and that you may read and write it."

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint


class NotFound(BadInput):
    """A file or a folder that this needs is not there."""

    next_step = "Check the names that you gave. A new file goes into a folder that is there: make that first."


class NotAFolder(BadInput):
    """What should be a folder is a file."""

    next_step = "Check the names that you gave, and name a folder."


class NotAFile(BadInput):
    """What should be a file is a folder."""

    next_step = "Check the names that you gave, and name a file."


class NotAllowed(BadInput):
    """You may not read or write a file or a folder that this needs."""

    next_step = "Check the names that you gave, and whom it belongs to."


class DiskFails(OnrecordError):
    """The disk is full or fails; what you asked for was not recorded."""

    next_step = "Free some space, then do it again. If it happens again, look at the disk."


class DatabaseBusy(Refused):
    """Another program is writing to this docket and did not finish in time; nothing was recorded."""

    next_step = "Wait a moment, then do it again."


class DatabaseDamaged(Damaged):
    """The docket's database is damaged."""

    next_step = "Keep every file as it is. Restore the newest backup into a new folder with `onrecord restore`."


class DatabaseSilent(CheckFailed):
    """The database does not answer."""

    next_step = "Check that PostgreSQL runs and that `postgres` in docket.toml is right, then do it again."


# Words of SQLite and psycopg, in small letters, and what they mean for the person who reads them.
DATABASE_WORDS: tuple[tuple[str, type[OnrecordError]], ...] = (
    ("is full", NoSpaceLeft),
    ("no space left", NoSpaceLeft),
    ("disk i/o error", DiskFails),
    ("unable to open", DiskFails),
    ("locked", DatabaseBusy),
    ("malformed", DatabaseDamaged),
    ("not a database", DatabaseDamaged),
    ("no such table", DatabaseDamaged),
    ("connection", DatabaseSilent),
)


# What the disk answers where a name is wrong, and what it means for the person who gave it.
DISK_ERRORS: tuple[tuple[type[OSError], type[OnrecordError]], ...] = (
    (FileNotFoundError, NotFound),
    (NotADirectoryError, NotAFolder),
    (IsADirectoryError, NotAFile),
    (FileExistsError, FileAlreadyThere),
    (PermissionError, NotAllowed),
)


def of_the_disk(error: OSError) -> OnrecordError:
    """Return what an error of the disk means."""
    if is_no_space(error):
        return NoSpaceLeft()
    for kind, meaning in DISK_ERRORS:
        if isinstance(error, kind):
            return meaning()
    return FileTrouble(f"{error.strerror or 'no answer'} ({place_of(error)})")


def database_errors() -> tuple[type[Exception], ...]:
    """Return the errors of the databases that this command has loaded; a command that loaded none raises none."""
    loaded = (sys.modules.get(name) for name in ("django.db", "sqlcipher3.dbapi2"))
    return tuple(module.DatabaseError for module in loaded if module is not None)


def of_the_database(error: Exception) -> OnrecordError:
    """Return what a database's error means; raise it again if nobody foresaw it."""
    says = str(error).lower()
    for words, meaning in DATABASE_WORDS:
        if words in says:
            return meaning()
    raise error
