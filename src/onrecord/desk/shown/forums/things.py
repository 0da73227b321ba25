"""Show the things that a submission needs: which of them the case has, who may see them, and what members said."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from onrecord.bundle.basis import PASS_IDENTITY
from onrecord.casework.consent import letters_of_reporters
from onrecord.casework.law.holdings import CANNOT_BE_HAD, HELD, NOT_HELD
from onrecord.casework.models import Exhibit, Holding, Letter, Source
from onrecord.desk.shown.forums.holdings import SEEN_WITHOUT_FACTS, Holdings
from onrecord.desk.shown.forums.readiness import MARKS
from onrecord.desk.shown.law.marks import Mark
from onrecord.desk.shown.wording import term
from onrecord.desk.tags import short
from onrecord.law.forums import WORST_FIRST, Have, Thing, load_forums, load_things

STATES: Mapping[str, str | Promise] = {
    HELD: gettext_lazy("there, or known"),
    NOT_HELD: gettext_lazy("not there"),
    CANNOT_BE_HAD: gettext_lazy("cannot be had"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """What a member said about a thing."""

    row: Holding
    state: str | Promise
    item: str
    address: str
    is_gone: bool
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThingShown:
    """One thing: how the case stands to it, who may see it, what counts of what was said, and what else was said."""

    thing: Thing
    mark: Mark
    is_seen: bool
    can_be_seen: bool
    shared: tuple[str, ...]
    word: Word | None
    others: tuple[Word, ...]


def show_things(holdings: Holdings) -> tuple[ThingShown, ...]:
    """Return every thing that some forum needs, in the order of the law data."""
    found = {purpose: holdings.of(purpose) for purpose in forum_purposes()}
    needs = {name: _purposes_that_need(name) for name in load_things()}
    names = _names({row.item for row in holdings.words if row.item})
    shown = []
    for name, thing in load_things().items():
        stands = {purpose: found[purpose][name] for purpose in needs[name]}
        counts = holdings.said.get(name)
        others = [row for row in holdings.words if row.thing == name and row != counts]
        shown.append(
            ThingShown(
                thing=thing,
                mark=MARKS[max((one.have for one in stands.values()), key=WORST_FIRST.index)],
                is_seen=any(one.seen != Have.LACKS for one in stands.values()),
                can_be_seen=name in SEEN_WITHOUT_FACTS or bool(thing.facts),
                shared=_labels(purpose for purpose, one in stands.items() if one.have == Have.HAS),
                word=_word(counts, holdings, names) if counts else None,
                others=tuple(_word(row, holdings, names) for row in others),
            )
        )
    return tuple(shown)


def forum_purposes() -> tuple[str, ...]:
    """Return the purposes of consent for which forums ask."""
    return tuple(dict.fromkeys(forum.purpose for forum in load_forums().values()))


def purposes_to_agree() -> list[tuple[str, str]]:
    """Return what a person may agree to where no letter says so, as code and label."""
    return [(purpose, term("consent_purpose", purpose)) for purpose in (*forum_purposes(), PASS_IDENTITY)]


def items_of(exhibits: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the letters, files and sources behind some exhibits, the later letters of their reporters too."""
    origins = set(Exhibit.objects.filter(pk__in=exhibits).values_list("origin", flat=True))
    letters = {one.id: one for _, chain in sorted(letters_of_reporters(origins).items()) for one in chain}
    sources = Source.objects.filter(pk__in=origins).order_by("entry")
    files = Exhibit.objects.filter(origin__in={*letters, *origins}, is_reading_text=False, made_from="")
    groups = [
        (gettext("Letters"), [(one.id, _letter_name(one)) for one in letters.values()]),
        (gettext("Files"), [(one.id, _file_name(one)) for one in files.order_by("entry", "place")]),
        (gettext("Sources"), [(one.id, _source_name(one)) for one in sources]),
    ]
    return [(group, options) for group, options in groups if options]


def _purposes_that_need(thing: str) -> tuple[str, ...]:
    forums = load_forums().values()
    needing = (forum.purpose for forum in forums if any(thing in one.needs for one in forum.requirements))
    return tuple(dict.fromkeys(needing))


def _labels(purposes: Iterable[str]) -> tuple[str, ...]:
    return tuple(term("consent_purpose", purpose) for purpose in purposes)


def _word(row: Holding, holdings: Holdings, names: Mapping[str, tuple[str, str]]) -> Word:
    item, address = names.get(row.item, ("", ""))
    return Word(row, STATES.get(row.state, row.state), item, address, holdings.is_gone(row), _labels(row.purposes))


def _names(items: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return what each of some items is called and where it is read; one that was erased has neither."""
    files = Exhibit.objects.in_bulk(items)
    origins = {item: files[item].origin if item in files else item for item in items}
    letters, sources = Letter.objects.in_bulk(set(origins.values())), Source.objects.in_bulk(set(origins.values()))
    names = {}
    for item, origin in origins.items():
        if origin in letters:
            name, page = _letter_name(letters[origin]), "letter"
        elif origin in sources:
            name, page = _source_name(sources[origin]), "source"
        else:
            continue
        names[item] = _file_name(files[item]) if item in files else name, reverse(page, args=[origin])
    return names


def _letter_name(letter: Letter) -> str:
    return gettext("Letter %(id)s, arrived %(day)s") % {"id": short(letter.id), "day": letter.arrived_on}


def _file_name(exhibit: Exhibit) -> str:
    return gettext("%(name)s, in %(id)s") % {"name": exhibit.name, "id": short(exhibit.origin)}


def _source_name(source: Source) -> str:
    return source.title or gettext("Source %(id)s") % {"id": short(source.id)}
