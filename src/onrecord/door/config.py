"""What a door needs to know, as `onrecord door export` writes it: a keyset and a few settings, nothing secret.

The folder holds `door.toml` and `keyset.json`. Whoever takes the whole server takes public keys and sealed letters.
"""

import json
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Self

from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import LETTER_BYTES, SPOOL_BYTES
from onrecord.ground.files import replace_file
from onrecord.seal.keyset import Keyset, raw_key, read_keyset
from onrecord.seal.kits import listed_kit
from onrecord.words.catalogue import declared_languages
from onrecord.words.review import Review, standing_review

SETTINGS_FILE: Final = "door.toml"
KEYSET_FILE: Final = "keyset.json"
ROTAS: Final = ("", "daily", "weekdays")


class DoorSettingsWrong(BadInput):
    """The door's settings cannot be read: a key is unknown, missing or of the wrong kind."""

    next_step = "Mend door.toml by hand, or remove it and write it again with `onrecord door export`."


class NotADoorFolder(BadInput):
    """This folder does not hold what a door needs."""

    next_step = "Make it with `onrecord door export` and name it with --config."


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """What an operator may choose for one door."""

    root_key: str
    example: bool = False
    letter_bytes: int = LETTER_BYTES
    # What may wait in the spool in all; in a bucket, what one process takes in within an hour.
    spool_bytes: int = SPOOL_BYTES
    # Where "Leave this page" goes. An empty page needs no line; a page of somebody else's would need one.
    leave: str = "about:blank"
    # Whether somebody reads letters "daily" or on "weekdays". Only then is danger asked about.
    rota: str = ""
    # The address of the same door as an onion service, such as "http://example.onion".
    onion: str = ""
    # Languages in which no kit is offered.
    kits_off: list[str] = field(default_factory=list)
    # Who checked which language (words.review).
    review: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read door.toml; raise DoorSettingsWrong."""
        try:
            settings = cls(**tomllib.loads(text))
            settings.reviews()
        except (tomllib.TOMLDecodeError, TypeError):
            raise DoorSettingsWrong from None
        plain = {setting.name: setting.type for setting in fields(cls) if setting.type in (str, bool, int)}
        if any(type(getattr(settings, name)) is not kind for name, kind in plain.items()) or settings.rota not in ROTAS:
            raise DoorSettingsWrong
        return settings

    def write(self) -> str:
        """Return door.toml."""
        values = {name: getattr(self, name) for name in self.__slots__ if name != "review"}
        tables = ["\n[[review]]\n" + _lines(review) for review in self.review]
        return "".join([_lines(values), *tables])

    def reviews(self) -> list[Review]:
        """Return who checked which language; raise TypeError for what is none."""
        return [Review(**review) for review in self.review]


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
    """One door: its settings, the docket's public keys, and what it shows."""

    settings: DoorSettings
    served: ServedKeyset
    # The languages that are shown, and those of them that nobody has checked as they are.
    languages: tuple[str, ...]
    drafts: frozenset[str]
    # An operator's own safety texts and kits, if there are any.
    safety: Path
    kits: Path

    @property
    def keyset(self) -> Keyset:
        """Return the keyset to which a letter is sealed now."""
        return self.served.newest()[0]

    @property
    def keyset_file(self) -> bytes:
        """Return the file of that keyset, as it is published."""
        return self.served.newest()[1]

    def kit(self, language: str) -> bytes | None:
        """Return the kit of a language, if it is on the root-signed list and not switched off."""
        if language in self.settings.kits_off or language not in self.languages:
            return None
        return listed_kit(self.kits, language, root_key=raw_key(self.settings.root_key))


def write_config(folder: Path, settings: DoorSettings, keyset_file: bytes) -> None:
    """Write what a door needs into a folder; raise KeysetForged if the keyset is not signed by the root key named."""
    read_keyset(keyset_file, root_key=raw_key(settings.root_key), now=None)
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / KEYSET_FILE, keyset_file, mode=0o644)
    replace_file(folder / SETTINGS_FILE, settings.write().encode("utf-8"), mode=0o644)


def read_settings(folder: Path) -> DoorSettings:
    """Read a door's settings; raise NotADoorFolder or DoorSettingsWrong."""
    try:
        return DoorSettings.parse((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NotADoorFolder from None
    except UnicodeDecodeError:
        raise DoorSettingsWrong from None


def read_config(folder: Path) -> DoorConfig:
    """Read a door's folder; an expired keyset is read too, since the door then says so in words."""
    settings = read_settings(folder)
    try:
        served = ServedKeyset(folder / KEYSET_FILE, raw_key(settings.root_key))
    except FileNotFoundError:
        raise NotADoorFolder from None
    safety, declared = folder / "safety", tuple(declared_languages())
    drafts = frozenset(tag for tag in declared if standing_review(tag, settings.reviews(), safety) is None)
    # What nobody has checked is for practice only.
    languages = declared if settings.example else tuple(tag for tag in declared if tag not in drafts)
    return DoorConfig(settings, served, languages, drafts, safety, folder / "kits")


def _lines(values: Mapping[str, object]) -> str:
    # JSON's texts, numbers, truths and lists of texts are TOML's too.
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())


def _change(path: Path) -> tuple[int, int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_ino, state.st_size
