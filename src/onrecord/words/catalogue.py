"""The languages of the door: their names in their own script, their direction, and their sentences.

A language is chosen by its address, never guessed and never remembered. Sentences are the gettext catalogues of
`words/locale`, read when the program starts: no compiled file can disagree with the text that was reviewed. A sentence
that a catalogue lacks, or marks as fuzzy, is shown in English.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from onrecord.words.strict_yaml import read_data_file

HERE: Final = Path(__file__).parent
CATALOGUES: Final = HERE / "locale"
TEMPLATE: Final = CATALOGUES / "door.pot"
FALLBACK: Final = "en"

# Unicode's isolates: a name or number inside a sentence keeps its own direction and does not turn its neighbours round.
_ISOLATE: Final = "\u2068{}\u2069"


@dataclass(frozen=True, slots=True)
class Language:
    """One language in which the door can be read."""

    tag: str
    name: str
    direction: Literal["ltr", "rtl"]
    _locale: Locale = field(repr=False, compare=False)
    _months: tuple[str, ...] = field(repr=False, compare=False)
    _catalogue: gettext.NullTranslations = field(repr=False, compare=False)

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence in this language, with its values filled in."""
        said = self._catalogue.gettext(sentence)
        return self._filled(said, values) if values else said

    def say_count(self, one: str, many: str, count: int, **values: object) -> str:
        """Return the form of a sentence that goes with a number, with the number filled in as {count}."""
        return self._filled(self._catalogue.ngettext(one, many, count), {**values, "count": count})

    def forms(self, one: str, many: str) -> tuple[str, ...]:
        """Return every form that a sentence with a number has in this language, unfilled; for its reviewer."""
        return tuple(dict.fromkeys(self._catalogue.ngettext(one, many, count) for count in range(200)))

    def forms_by_number(self, one: str, many: str) -> dict[str, str]:
        """Return the forms of a sentence with a number, unfilled, by the names that browsers have for them (CLDR)."""
        forms = {self._locale.plural_form(count): self._catalogue.ngettext(one, many, count) for count in range(200)}
        return {"other": self._catalogue.ngettext(one, many, 100), **forms}

    def number(self, number: int) -> str:
        """Return a whole number as it is written in this language, in the digits that every phone shows."""
        return format_decimal(number, locale=self._locale, numbering_system="latn")

    def month(self, day: date) -> str:
        """Return the month and year of a day."""
        if self._months:
            return f"{self._months[day.month - 1]} {day.year}"
        return format_date(day, "LLLL y", locale=self._locale)

    def day(self, day: date) -> str:
        """Return a day with its month and year."""
        if self._months:
            return f"{day.day} {self.month(day)}"
        return format_date(day, "long", locale=self._locale)

    def _filled(self, said: str, values: Mapping[str, object]) -> str:
        return said.format(**{name: self._value(value) for name, value in values.items()})

    def _value(self, value: object) -> str:
        written = self.number(value) if isinstance(value, int) else str(value)
        return _ISOLATE.format(written) if self.direction == "rtl" or not isinstance(value, int) else written


@cache
def declared_languages() -> Mapping[str, Mapping[str, Any]]:
    """Return what languages.yaml declares, by tag, in the order in which a reader is offered them."""
    languages: Mapping[str, Mapping[str, Any]] = read_data_file(HERE / "languages.yaml").values["languages"]
    return languages


@cache
def load_language(tag: str) -> Language:
    """Return a language by its tag; KeyError for one that the door does not have."""
    declared = declared_languages()[tag]
    return Language(
        tag,
        declared["name"],
        declared.get("direction", "ltr"),
        Locale.parse(declared["locale"]),
        tuple(declared.get("months", ())),
        _catalogue(tag),
    )


def catalogue_file(tag: str) -> Path:
    """Return where the sentences of a language stand."""
    return CATALOGUES / f"{tag}.po"


def _catalogue(tag: str) -> gettext.NullTranslations:
    file = catalogue_file(tag)
    if tag == FALLBACK or not file.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as lines:
        write_mo(compiled, read_po(lines, ignore_obsolete=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
