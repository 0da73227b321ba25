"""What an operator may set for one docket: one TOML file, unknown keys refused.

`docket.toml` holds nothing secret. The database's password for PostgreSQL is given by the operator's own means
(a service file or peer authentication), never in this file.
"""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self, get_origin

from onrecord.errors import BadInput

FILE_NAME = "docket.toml"
REVIEW_KEYS = {"language", "reviewer", "organisation", "on", "sha256"}


class SettingsUnreadable(BadInput):
    """The settings file cannot be read as TOML."""

    next_step = "Open docket.toml, mend the line that is wrong, and try again."


class SettingUnknown(BadInput):
    """The settings file holds a key that Onrecord does not know."""

    next_step = "Compare docket.toml with docs/guide/settings.md and remove or correct the key."


class SettingWrong(BadInput):
    """A key in the settings file has a value of the wrong kind."""

    next_step = "Compare docket.toml with docs/guide/settings.md and correct the value."


class NotADocket(BadInput):
    """This folder is not a docket: it has no docket.toml."""

    next_step = "Name the docket's folder with -d, or make one with `onrecord init DIR --member NAME`."


@dataclass(frozen=True, slots=True)
class DocketSettings:
    """One docket's settings, as read from docket.toml."""

    name: str
    origin: str
    example: bool = False
    database: str = "sqlcipher"
    postgres: str = ""
    door_address: str = "http://localhost:8470"
    desk_port: int = 8471
    door_port: int = 8470
    letter_bytes: int = 512 * 1024 * 1024
    idle_minutes: int = 20
    # Where doors leave letters, if not in the docket: a folder, or s3://BUCKET/FOLDER?endpoint=URL&region=NAME.
    spool: str = ""
    # Who checked which language (docs/guide/translator.md).
    review: list[dict[str, str]] = field(default_factory=list)
    law: dict[str, str] = field(default_factory=dict)  # by which conflict's table the law is read (docs/LAW.md)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the settings of the docket in a folder."""
        try:
            text = (folder / FILE_NAME).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            raise NotADocket from None
        except UnicodeDecodeError:
            raise SettingsUnreadable from None
        try:
            return cls.parse(tomllib.loads(text))
        except tomllib.TOMLDecodeError:
            raise SettingsUnreadable from None

    @classmethod
    def parse(cls, values: dict[str, Any]) -> Self:
        """Check a table of settings: every key known, every value of its kind."""
        known = {setting.name: get_origin(setting.type) or setting.type for setting in fields(cls)}
        if not values.keys() <= known.keys():
            raise SettingUnknown
        if any(type(value) is not known[key] for key, value in values.items()):
            raise SettingWrong
        for review in values.get("review", []):
            if not isinstance(review, dict) or review.keys() != REVIEW_KEYS or {*map(type, review.values())} != {str}:
                raise SettingWrong
        if not {"name", "origin"} <= values.keys() or values.get("database") not in (None, "sqlcipher", "postgresql"):
            raise SettingWrong
        return cls(**values)
