"""The form that codes a passage into a claim: read what was typed, say field by field what is wrong, lose nothing.

It works without a script: a person names the paragraph and pastes the exact words, and if these stand there more than
once is asked which are meant. The page's script fills in the same fields from what is selected.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, gettext_lazy

from onrecord.casework.coding import Coding
from onrecord.desk.shown.choices import Choices, field_choices
from onrecord.desk.shown.paragraphs import LINE
from onrecord.errors import BadInput
from onrecord.words.fields import CodedValue, check_value

VALUES, LINKS = 6, 3
AROUND = 40

NO_WORDS = gettext_lazy("Select a passage in the text, or paste the exact words here.")
NOT_THERE = gettext_lazy(
    "These words do not stand in the text like this. Copy them exactly, or name another paragraph."
)
SEVERAL = gettext_lazy("These words stand in the text more than once. Say which are meant.")
NO_KIND = gettext_lazy("Say what kind of statement this is.")
NO_HOLDER = gettext_lazy("Say which case, act or pattern this is about.")
NO_SPEAKER = gettext_lazy("Say who states this: the reporter, a source, somebody named, or nobody.")
NO_NAME = gettext_lazy("Write the name as the text has it.")
NO_VICTIM = gettext_lazy("A new act is done to somebody: choose to whom.")
NO_NEW_ACT = gettext_lazy("Somebody new comes with a new act: choose one above, or leave this empty.")
NO_NEW_EVENT = gettext_lazy("An event is chosen for a new act alone: choose one above, or leave this as it was.")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of several places where the same words stand."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(slots=True)
class ValueRow:
    """One value: its field, what was chosen or typed, and what may be chosen."""

    number: int
    field: str
    value: str
    mode: str
    choices: Choices
    error: str = ""


@dataclass(slots=True)
class LinkRow:
    """One link of the chain by which the statement reached us."""

    number: int
    who: str
    name: str
    error: str = ""


@dataclass(slots=True)
class CodingForm:
    """What was typed so far, and what is wrong with it."""

    text: str
    exhibit: str
    typed: Mapping[str, str]
    rows: list[ValueRow] = field(default_factory=list)
    links: list[LinkRow] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        number = max(1, min(VALUES, _digits(self.typed.get("rows", "")) or 1))
        self.rows = [self._row(place) for place in range(number)]
        self.links = [
            LinkRow(place, self.typed.get(f"by-{place}", ""), self.typed.get(f"by-name-{place}", ""))
            for place in range(LINKS)
        ]

    @property
    def is_asking(self) -> bool:
        """Tell whether a person only asked for more to choose from, and goes on at the value."""
        return self.typed.get("step", "code") != "code"

    def add_row(self) -> None:
        """Offer one more value."""
        if len(self.rows) < VALUES:
            self.rows.append(self._row(len(self.rows)))

    def coding(self) -> Coding | None:
        """Return what was coded, or None with `errors` saying field by field what is missing."""
        span = self._span()
        values = [value for row in self.rows if (value := self._value(row)) is not None]
        by = self._chain()
        on, case = self._about()
        if not self.typed.get("kind"):
            self.errors["kind"] = str(NO_KIND)
        if self.errors or span is None:
            return None
        return Coding(
            exhibit=self.exhibit,
            start=span[0],
            end=span[1],
            kind=self.typed["kind"],
            on=on,
            values=values,
            by=by,
            case=case,
            victim=self.typed.get("victim", ""),
            event=self.typed.get("event", ""),
            connection=self.typed.get("connection", ""),
            manner=self.typed.get("manner", "").strip(),
            stance=self.typed.get("stance", "supports"),
            reliability=self.typed.get("reliability", ""),
            credibility=self.typed.get("credibility", ""),
        )

    def _row(self, place: int) -> ValueRow:
        name = self.typed.get(f"field-{place}", "")
        value, mode = self.typed.get(f"value-{place}", ""), self.typed.get(f"mode-{place}", "")
        return ValueRow(place, name, value.strip(), mode, field_choices(name))

    def _span(self) -> tuple[int, int] | None:
        words = self.typed.get("words", "").split()
        if not words:
            self.errors["words"] = str(NO_WORDS)
            return None
        wanted = re.compile(r"\s+".join(re.escape(word) for word in words))
        start, end = (_digits(edge) for edge in f"{self.typed.get('place', '')}:".split(":")[:2])
        if start is not None and end is not None and wanted.fullmatch(self.text[start:end].strip()):
            return start, end
        low, high = self._paragraph()
        found = [match.span() for match in wanted.finditer(self.text, low, high)]
        if len(found) > 1:
            self.occurrences = [self._occurrence(*span) for span in found]
        if len(found) != 1:
            self.errors["words"] = str(SEVERAL if found else NOT_THERE)
            return None
        return found[0]

    def _paragraph(self) -> tuple[int, int]:
        number = _digits(self.typed.get("paragraph", ""))
        lines = [found.span() for found in LINE.finditer(self.text) if found[0].strip()]
        return lines[number - 1] if number and number <= len(lines) else (0, len(self.text))

    def _occurrence(self, start: int, end: int) -> Occurrence:
        before, after = self.text[max(0, start - AROUND) : start], self.text[end : end + AROUND]
        return Occurrence(start, end, before, self.text[start:end], after)

    def _value(self, row: ValueRow) -> CodedValue | None:
        if not row.field or (not row.value and len(self.rows) > 1):
            return None
        try:
            return check_value(row.field, f"{row.value}:{row.mode}" if row.mode else row.value)
        except BadInput as error:
            hint = getattr(error, "hint", "")
            row.error = gettext(error.sentence()) + (f" ({hint})" if hint else "")
            self.errors[f"value-{row.number}"] = row.error
            return None

    def _chain(self) -> list[str]:
        chain = []
        for link in self.links:
            if link.who == "name" and not link.name.strip():
                link.error = self.errors[f"by-name-{link.number}"] = str(NO_NAME)
            if link.who and link.who != "nobody":
                chain.append(link.name.strip() if link.who == "name" else link.who)
        if not self.links[0].who:
            self.links[0].error = self.errors["by-0"] = str(NO_SPEAKER)
        return chain

    def _about(self) -> tuple[str, str]:
        kind, _, id_ = self.typed.get("on", "").partition(":")
        if not id_:
            self.errors["on"] = str(NO_HOLDER)
        victim = self.typed.get("victim", "")
        if kind == "new" and not victim:
            self.errors["victim"] = str(NO_VICTIM)
        if kind in ("act", "case") and victim.startswith("new:"):
            self.errors["victim"] = str(NO_NEW_ACT)
        if kind != "new" and self.typed.get("event"):
            self.errors["event"] = str(NO_NEW_EVENT)
        return ("new:act", id_) if kind == "new" else (id_, "")


def _digits(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None
