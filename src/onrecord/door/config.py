"""What a door needs to know, as `onrecord door export` writes it: a keyset and a few settings, nothing secret.

The folder holds `door.toml` and `keyset.json`. Whoever takes the whole server takes public keys and sealed letters.
"""

import tomllib
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Self

from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import LETTER_BYTES
from onrecord.ground.files import replace_file
from onrecord.seal.keyset import Keyset, raw_key, read_keyset

SETTINGS_FILE: Final = "door.toml"
KEYSET_FILE: Final = "keyset.json"
_PLAIN: Final = '"\\\n'


class DoorSettingsWrong(BadInput):
    """The door's settings cannot be read: a key is unknown, missing or of the wrong kind."""

    next_step = "Write them again with `onrecord door export`, or mend door.toml by hand."


class NotADoorFolder(BadInput):
    """This folder does not hold what a door needs."""

    next_step = "Make it with `onrecord door export` and name it with --config."


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """What an operator may choose for one door."""

    root_key: str
    example: bool = False
    letter_bytes: int = LETTER_BYTES
    # Where "Leave this page" goes. An empty page needs no line; a page of somebody else's would need one.
    leave: str = "about:blank"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read door.toml; raise DoorSettingsWrong."""
        try:
            values: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            raise DoorSettingsWrong from None
        kinds = {setting.name: setting.type for setting in fields(cls)}
        if any(type(value) is not kinds.get(name) for name, value in values.items()) or "root_key" not in values:
            raise DoorSettingsWrong
        return cls(**values)

    def write(self) -> str:
        """Return door.toml."""
        if any(character in _PLAIN for character in self.root_key + self.leave):
            raise DoorSettingsWrong
        return (
            f'root_key = "{self.root_key}"\n'
            f"example = {str(self.example).lower()}\n"
            f"letter_bytes = {self.letter_bytes}\n"
            f'leave = "{self.leave}"\n'
        )


class ServedKeyset:
    """The keyset that letters are sealed to: the newest that was put into the door's folder, also while it is open.

    A file that is missing, broken, forged or older than the one in use is not taken; the one in use stays.
    """

    def __init__(self, path: Path, root_key: bytes) -> None:
        self._path = path
        self._root_key = root_key
        self._seen = _change(path)
        self._file = path.read_bytes()
        self._keyset = read_keyset(self._file, root_key=root_key, now=None)

    def newest(self) -> tuple[Keyset, bytes]:
        """Return the keyset in use and its file, after a look whether the folder holds a newer one."""
        with suppress(OSError, Damaged):
            seen = _change(self._path)
            if seen != self._seen:
                self._seen = seen
                file = self._path.read_bytes()
                keyset = read_keyset(file, root_key=self._root_key, now=None)
                if keyset.number > self._keyset.number:
                    self._keyset, self._file = keyset, file
        return self._keyset, self._file


@dataclass(frozen=True, slots=True)
class DoorConfig:
    """One door: its settings, the docket's public keys, and the folder it writes to."""

    settings: DoorSettings
    served: ServedKeyset
    spool: Path
    languages: tuple[str, ...] = ("en",)

    @property
    def keyset(self) -> Keyset:
        """Return the keyset to which a letter is sealed now."""
        return self.served.newest()[0]

    @property
    def keyset_file(self) -> bytes:
        """Return the file of that keyset, as it is published."""
        return self.served.newest()[1]


def write_config(folder: Path, settings: DoorSettings, keyset_file: bytes) -> None:
    """Write what a door needs into a folder; raise KeysetForged if the keyset is not signed by the root key named."""
    read_keyset(keyset_file, root_key=raw_key(settings.root_key), now=None)
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / KEYSET_FILE, keyset_file, mode=0o644)
    replace_file(folder / SETTINGS_FILE, settings.write().encode("utf-8"), mode=0o644)


def read_config(folder: Path, *, spool: Path) -> DoorConfig:
    """Read a door's folder; an expired keyset is read too, since the door then says so in words."""
    try:
        settings = DoorSettings.parse((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
        return DoorConfig(settings, ServedKeyset(folder / KEYSET_FILE, raw_key(settings.root_key)), spool)
    except (FileNotFoundError, NotADirectoryError):
        raise NotADoorFolder from None
    except UnicodeDecodeError:
        raise DoorSettingsWrong from None


def _change(path: Path) -> tuple[int, int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_ino, state.st_size
