"""The sentences that the door itself shows, in English, by name; `text.yaml` holds them with notes for translators."""

from pathlib import Path
from typing import Any, Final

from onrecord.words.strict_yaml import read_data_file

FILE: Final = Path(__file__).with_name("text.yaml")
_ENTRIES: Final[dict[str, dict[str, Any]]] = read_data_file(FILE).values

TEXT: Final = {name: entry["say"] for name, entry in _ENTRIES.items() if "say" in entry}
# Sentences with a number, in their two English forms.
COUNTED: Final = {name: (entry["one"], entry["many"]) for name, entry in _ENTRIES.items() if "one" in entry}
