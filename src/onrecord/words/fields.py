"""Check one value that a coder states: FIELD=VALUE.

A field is a fact of the law data (`coercion.means`) or a vocabulary of the codebook (`act_type`). What is stated is one
term, yes or no, a number or range, a date, or a country; always also `unknown`. A means carries whether it was
threatened or done (`detention:threatened`), because a threat and the deed are different facts. A list is open until a
coder says that it is complete (`closed=coercion.means`): that nothing is said of a thing does not mean it was not done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.errors import BadInput
from onrecord.ground.dates import NotADate, parse_edtf
from onrecord.words.codebook import load_codebook
from onrecord.words.strict_yaml import DataFile, read_data_file
from onrecord.words.vocabulary import Codebook, NotInCodebook, Vocabulary, nearest

HERE = Path(__file__).parent
UNKNOWN = "unknown"
YES_OR_NO = ("yes", "no", UNKNOWN)
COUNTRY = "country"
# The field by which a coder says that a list is complete: `closed=coercion.means`, nothing else was done.
CLOSED = "closed"

# A number is an age or a count written by hand; longer ones are slips of the hand.
NUMBER_DIGITS = 4


class UnknownField(NotInCodebook):
    """There is no fact and no vocabulary of this name."""

    next_step = "Use a fact of the law data or a vocabulary of the codebook; docs/CODEBOOK.md tells how to list both."


class TermDeprecated(NotInCodebook):
    """This term is kept for old records only."""

    next_step = "Choose another term of the same vocabulary."


class ModeWrong(NotInCodebook):
    """A means needs the mode in which it was used, and this one is missing or makes no sense here."""

    next_step = "Write TERM:MODE, for example with :threatened, :carried_out, :both or :unknown."


class ValueWrong(BadInput):
    """This value does not have the form that its field needs."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.hint = hint


@dataclass(frozen=True, slots=True)
class CodedValue:
    """One value as it is recorded: canonical, with the vocabulary it was chosen from and its mode, if it has one."""

    field: str
    value: str
    vocabulary: str | None = None
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What kind of value a fact takes: a form such as `yesno`, or the terms of a vocabulary; one or several."""

    name: str
    form: str | None
    vocabulary: str | None
    is_list: bool


def check_value(field: str, value: str, *, codebook: Codebook | None = None) -> CodedValue:
    """Return the value as it is recorded; raise UnknownField, UnknownTerm, ModeWrong or ValueWrong with a hint."""
    book = codebook or load_codebook()
    facts = load_facts()
    if field == CLOSED:
        return CodedValue(field, _check_list(value, facts))
    if field in facts:
        fact = facts[field]
        if fact.form is not None:
            return CodedValue(field, FORMS[fact.form](value))
        return _check_term(field, value, book.vocabulary(fact.vocabulary or ""), book)
    if field in book.vocabularies:
        return _check_term(field, value, book.vocabulary(field), book)
    raise UnknownField(nearest(field, {**facts, **book.vocabularies}))


@cache
def load_facts() -> Mapping[str, Fact]:
    """Return the facts of the law data by name; raise DataFileWrong with the line if the file is wrong."""
    file = read_data_file(HERE / "facts.yaml")
    return {name: _read_fact(file, name, kind) for name, kind in file.values["facts"].items()}


@cache
def load_countries() -> frozenset[str]:
    """Return the country codes of ISO 3166-1 alpha-2."""
    return frozenset(read_data_file(HERE / "countries.yaml").values["codes"].split())


def _read_fact(file: DataFile, name: str, kind: object) -> Fact:
    is_list = isinstance(kind, dict) and set(kind) == {"list_of"}
    word = kind["list_of"] if isinstance(kind, dict) and is_list else kind
    if isinstance(word, str) and word in FORMS:
        return Fact(name, form=word, vocabulary=None, is_list=is_list)
    if isinstance(word, str) and word in load_codebook().vocabularies:
        return Fact(name, form=None, vocabulary=word, is_list=is_list)
    raise file.wrong(("facts", name), "this is neither a form of value nor a vocabulary")


def _check_term(field: str, value: str, vocabulary: Vocabulary, book: Codebook) -> CodedValue:
    code, colon, mode = value.partition(":")
    if code == UNKNOWN and vocabulary.mode is not None:
        mode = mode or UNKNOWN
    term = vocabulary.term(code)
    if term.is_deprecated:
        raise TermDeprecated
    if vocabulary.mode is None:
        if colon:
            raise ModeWrong("this field takes a term without a mode")
        return CodedValue(field, code, vocabulary.name)
    modes = term.modes or tuple(name for name in book.vocabulary(vocabulary.mode).terms if name != "other")
    if mode not in (*modes, UNKNOWN):
        raise ModeWrong(", ".join(dict.fromkeys((*modes, UNKNOWN))))
    return CodedValue(field, code, vocabulary.name, mode)


def _check_list(value: str, facts: Mapping[str, Fact]) -> str:
    if value not in facts or not facts[value].is_list:
        raise ValueWrong(", ".join(name for name, fact in facts.items() if fact.is_list))
    return value


def _check_yes_or_no(value: str) -> str:
    if value not in YES_OR_NO:
        raise ValueWrong("yes, no, unknown")
    return value


def _check_number(value: str) -> str:
    """Accept `17` or `15..17`."""
    ends = value.split("..")
    are_numbers = all(end.isascii() and end.isdigit() and len(end) <= NUMBER_DIGITS for end in ends)
    if value != UNKNOWN and not (are_numbers and len(ends) <= 2 and int(ends[0]) <= int(ends[-1])):
        raise ValueWrong("17, 15..17, unknown")
    return value if value == UNKNOWN else "..".join(str(int(end)) for end in ends)


def _check_date(value: str) -> str:
    if value == UNKNOWN:
        return value
    try:
        return parse_edtf(value).text
    except NotADate:
        raise ValueWrong("2025-02-09, 2025-02, 2025, 2025-02~, 2025-01/2025-03, ../2025-03, unknown") from None


def _check_country(value: str) -> str:
    if value != UNKNOWN and value not in load_countries():
        raise ValueWrong("two capital letters of ISO 3166-1, unknown")
    return value


FORMS: Mapping[str, Callable[[str], str]] = {
    "yesno": _check_yes_or_no,
    "number_or_range": _check_number,
    "date_or_range": _check_date,
    COUNTRY: _check_country,
}
