"""What may be chosen in the coding form: fields with their terms and modes, acts, people, and who says something."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy

from onrecord.casework.coding import NEW_EVENT
from onrecord.casework.models import Case, Pattern, Person, Source
from onrecord.casework.overview import CaseShown, show_case
from onrecord.desk.shown.case_table import person_names
from onrecord.desk.shown.categories import ACT, MEANS, PAPER, PERSON, PLACE, TIME, letter_of_field
from onrecord.desk.shown.wording import field_name, terms_of, value_name
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import CLOSED, YES_OR_NO, load_facts
from onrecord.words.vocabulary import FALLBACK_LANGUAGE, Vocabulary

GROUPS = {
    ACT: gettext_lazy("Act"),
    MEANS: gettext_lazy("Means"),
    PERSON: gettext_lazy("Person or office"),
    PLACE: gettext_lazy("Place"),
    TIME: gettext_lazy("Time"),
    PAPER: gettext_lazy("Paper"),
}
# What a form of value that is no list looks like; the words before the examples are for people.
HINTS = {
    "number_or_range": gettext_lazy("A number or a range: 17, 15..17, unknown"),
    "date_or_range": gettext_lazy("A date as it is known: 2025-02-09, 2025-02, 2025-02~, 2025-01/2025-03, unknown"),
    "country": gettext_lazy("Two letters of ISO 3166-1: AA, or unknown"),
}
# The codebook's vocabularies that describe a statement, a figure or the desk's own work rather than what happened.
NOT_OF_AN_ACT = frozenset(
    {
        "triage",
        "urgency",
        "consent_purpose",
        "consent_state",
        "intervention_kind",
        "basis_of_knowledge",
        "claim_kind",
        "source_reliability",
        "information_credibility",
        "source_relation",
        "coercion_mode",
        "date_precision",
        "pattern",
        "involvement_degree",
        "verification_status",
    }
)

# What tells one event of a case from another.
EVENT_NAMED_BY = ("event.date", "place.region")

Pair = tuple[str, str]
Group = tuple[str, list[Pair]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What one field takes: terms to choose from, or a text of some form; and modes, where a means needs one."""

    terms: tuple[Pair, ...] = ()
    modes: tuple[Pair, ...] = ()
    hint: str = ""


def field_groups() -> list[Group]:
    """Return every field that a coder may state, under the letter of its category; facts of the law data come first."""
    vocabularies = [name for name in load_codebook().vocabularies if name not in NOT_OF_AN_ACT]
    names = [*load_facts(), CLOSED, *vocabularies]
    return [
        (str(label), [(name, field_name(name)) for name in names if letter_of_field(name) == letter])
        for letter, label in GROUPS.items()
    ]


def field_choices(name: str) -> Choices:
    """Return what a field takes; nothing for a field that is not known."""
    book, fact = load_codebook(), load_facts().get(name)
    if name == CLOSED:
        return Choices(terms=tuple((one.name, field_name(one.name)) for one in load_facts().values() if one.is_list))
    if fact is not None and fact.form == "yesno":
        return Choices(terms=tuple((code, value_name(name, code)) for code in YES_OR_NO))
    if fact is not None and fact.form is not None:
        return Choices(hint=str(HINTS.get(fact.form, "")))
    vocabulary = book.vocabularies.get((fact.vocabulary or "") if fact else name)
    return Choices() if vocabulary is None else Choices(_terms(vocabulary), _modes(vocabulary))


def all_choices() -> dict[str, Any]:
    """Return what every field takes, for the page's script."""
    return {name: asdict(field_choices(name)) for _, fields in field_groups() for name, _ in fields}


def cases_shown() -> list[CaseShown]:
    """Return every case, by name."""
    return [show_case(row.id) for row in Case.objects.order_by("name")]


def holder_groups(cases: Iterable[CaseShown]) -> list[Group]:
    """Return what a claim may be about: acts, a new act or the whole of each case, and patterns."""
    groups: list[Group] = []
    for shown in cases:
        row = shown.case
        names = person_names(shown.people)
        acts = [
            (
                f"act:{act.id}",
                _act_name(number, [value.value for value, _ in act.values_of("act_type")], names, act.victim),
            )
            for number, act in enumerate(shown.acts, start=1)
        ]
        about = [(f"new:{row.id}", gettext("a new act")), (f"case:{row.id}", gettext("the case as a whole"))]
        groups.append((gettext("Case %(name)s") % {"name": row.name}, [*acts, *about]))
    patterns = [(f"pattern:{row.id}", row.name) for row in Pattern.objects.order_by("name")]
    return [*groups, (gettext("Patterns"), patterns)] if patterns else groups


def victim_groups() -> list[Group]:
    """Return to whom a new act may be done: somebody new, or somebody a case has already."""
    new = [
        ("new:person", gettext("a person not yet in the case")),
        ("new:group", gettext("a group not yet in the case")),
    ]
    groups: list[Group] = [(gettext("New"), new)]
    for row in Case.objects.order_by("name"):
        names = person_names(Person.objects.filter(case=row.id).order_by("entry", "id"))
        if names:
            groups.append((gettext("Case %(name)s") % {"name": row.name}, list(names.items())))
    return groups


def event_groups(cases: Iterable[CaseShown]) -> list[Group]:
    """Return in which event a new act may stand, where it is not the case's first: another, or one that a case has."""
    groups: list[Group] = [(gettext("New"), [(NEW_EVENT, gettext("another event: another time or place"))])]
    for shown in cases:
        events = dict.fromkeys(act.event for act in shown.acts)
        named = [(event, _event_name(number, event, shown)) for number, event in enumerate(events, start=1)]
        if named:
            groups.append((gettext("Case %(name)s") % {"name": shown.case.name}, named))
    return groups


def speaker_groups(*, is_letter: bool) -> list[Group]:
    """Return who may be said to state something: nobody, the reporter of a letter, a source, or somebody named."""
    first = [("reporter", gettext("the reporter"))] if is_letter else []
    first += [("nobody", gettext("nobody: the text asserts it")), ("name", gettext("somebody named, written beside"))]
    sources = [(row.id, row.publisher or row.title or row.id[:6]) for row in Source.objects.order_by("entry")]
    groups: list[Group] = [(gettext("Who"), first)]
    return [*groups, (gettext("Sources"), sources)] if sources else groups


def _act_name(number: int, types: list[str], names: dict[str, str], victim: Person | None) -> str:
    what = value_name("act_type", types[0]) if types else gettext("not named yet")
    whom = names.get(victim.id, "") if victim else gettext("erased")
    return gettext("act %(number)d: %(what)s, done to %(whom)s") % {"number": number, "what": what, "whom": whom}


def _event_name(number: int, event: str, shown: CaseShown) -> str:
    """Name an event by its number and, as far as they are coded on its acts, its dates and places."""
    acts = [act for act in shown.acts if act.event == event]
    coded = [
        value_name(name, value.value) for name in EVENT_NAMED_BY for act in acts for value, _ in act.values_of(name)
    ]
    return " · ".join([gettext("event %(number)s") % {"number": number}, *dict.fromkeys(coded)])


def _terms(vocabulary: Vocabulary) -> tuple[Pair, ...]:
    return tuple(terms_of(vocabulary.name, with_universal=True))


def _modes(vocabulary: Vocabulary) -> tuple[Pair, ...]:
    if vocabulary.mode is None:
        return ()
    language = get_language() or FALLBACK_LANGUAGE
    terms = load_codebook().vocabulary(vocabulary.mode).terms
    return tuple((code, term.label(language)) for code, term in terms.items() if code != "other")
