"""The languages of the pages: their names in their own script, their direction, and their catalogues.

A language is chosen by its address, never guessed and never remembered. Sentences come from gettext catalogues in
`words/locale`; one that is missing there is shown in English.
"""

import gettext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import onrecord.words

CATALOGUES: Final = Path(onrecord.words.__file__).parent / "locale"
DOMAIN: Final = "door"
_NAMES: Final = {"en": ("English", "ltr")}


@dataclass(frozen=True, slots=True)
class Language:
    """One language in which the door can be read."""

    tag: str
    name: str
    direction: str
    _catalogue: gettext.NullTranslations = field(repr=False, compare=False)

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence in this language, with its values filled in."""
        said = self._catalogue.gettext(sentence)
        return said.format(**values) if values else said

    def say_count(self, one: str, many: str, count: int) -> str:
        """Return the form of a sentence that goes with a number, with the number filled in."""
        return self._catalogue.ngettext(one, many, count).format(count=count)


@cache
def load_language(tag: str) -> Language:
    """Return a language by its tag; KeyError for one that the door does not have."""
    name, direction = _NAMES[tag]
    catalogue = gettext.translation(DOMAIN, CATALOGUES, languages=[tag], fallback=True)
    return Language(tag, name, direction, catalogue)
