"""Read the table of one conflict: whose power, whose territory, how citizenship is read, what held where since when."""

from collections.abc import Mapping

from onrecord.law.model import Conflict, Situation
from onrecord.law.reading.condition import Reader
from onrecord.law.reading.sections import check_keys, day, items, mapping, optional, text, texts
from onrecord.law.reading.wrong import CodeNotKnown, ConditionWrong, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import load_countries
from onrecord.words.strict_yaml import DataFile, Place

KEYS = {
    "title",
    "power",
    "territorial_state",
    "bond",
    "before_acquisition",
    "no_diplomatic_relations_with_power",
    "situations",
    "context",
}
OF_BOND = {"order", "countries", "no_bond_if"}
OF_CONTEXT = ("date", "fact", "basis")
NATIONALITY, BOND, RELATIONS = "victim.nationality", "victim.bond", "victim.home_diplomatic_relations"
ACQUIRED, SINCE = "victim.power_citizenship", "victim.power_citizenship_since"
ON_DAY = "victim.power_citizenship_on_day"
REGION, DATE = "place.region", "event.date"
ANY_OTHER = "any_other"
NO_RELATIONS: Place = ("no_diplomatic_relations_with_power",)


def read_conflict(file: DataFile, name: str, flags: Mapping[str, str]) -> Conflict:
    """Return a conflict's table; raise LawWrong with the line of the first thing wrong."""
    check_keys(file, (), KEYS | {"schema", "version"}, KEYS)
    reader = Reader(file, load_codebook())
    power, territorial = (_country(file, (state,)) for state in ("power", "territorial_state"))
    bonds = _bonds(reader)
    by_hand = frozenset(file.values["bond"].get("by_hand", ()))
    named = [*by_hand, *(country for _bond, several in bonds for country in several or ())]
    own = next((bond for bond, several in bonds if several == frozenset((power,))), "")
    if not own or territorial not in named or len(set(named)) < len(named):
        raise wrong(KeyNotKnown, file, ("bond",), "power and territorial state each need a bond, no country has two")
    before, no_bond_if = text(file, ("before_acquisition",)), texts(file, ("bond", "no_bond_if"))
    reader.codes(ON_DAY, no_bond_if, ("bond", "no_bond_if"))
    if before not in no_bond_if:
        raise wrong(CodeNotKnown, file, ("before_acquisition",), "no_bond_if must name it: what is not held makes none")
    situations = _situations(reader, flags)
    _check_context(file)
    of_place = {fact for line in situations for fact in line.gives}
    return Conflict(
        id=name,
        title=text(file, ("title",)),
        power=power,
        territorial_state=territorial,
        bonds=bonds,
        own_national=own,
        by_hand=by_hand,
        no_bond_if=frozenset(no_bond_if),
        before_acquisition=before,
        no_relations=_countries(file, NO_RELATIONS, may_be_empty=True),
        situations=situations,
        rests_on={ON_DAY: (ACQUIRED, SINCE, DATE)}
        | dict.fromkeys((BOND, RELATIONS), (NATIONALITY,))
        | dict.fromkeys(sorted(of_place), (REGION, DATE)),
    )


def _bonds(reader: Reader) -> tuple[tuple[str, frozenset[str] | None], ...]:
    """Return which countries make which bond, in order."""
    file = reader.file
    check_keys(file, ("bond",), OF_BOND | {"by_hand", "notes"}, OF_BOND)
    order = texts(file, ("bond", "order"))
    reader.codes(BOND, order, ("bond", "order"))
    countries = check_keys(file, ("bond", "countries"), order, order)
    for section in ("by_hand", "notes"):
        for country in mapping(file, ("bond", section)) if section in file.values["bond"] else ():
            check_country(file, country, ("bond", section, country))
            text(file, ("bond", section, country))
    return tuple(
        (bond, None if countries[bond] == ANY_OTHER else _countries(file, ("bond", "countries", bond)))
        for bond in order
    )


def _situations(reader: Reader, flags: Mapping[str, str]) -> tuple[Situation, ...]:
    """Return the lines, of each region in the order of their days: the last one that had begun counts."""
    lines: list[Situation] = []
    for index, _given in enumerate(items(reader.file, ("situations",))):
        line, place = _situation(reader, index, flags), ("situations", index, "since")
        if any(line.region == earlier.region and line.since < earlier.since for earlier in lines):
            raise wrong(ConditionWrong, reader.file, place, "a line above this one is of a later day")
        lines.append(line)
    return tuple(lines)


def _situation(reader: Reader, index: int, flags: Mapping[str, str]) -> Situation:
    place: Place = ("situations", index)
    file = reader.file
    values = check_keys(
        file, place, {"region", "since", "gives", "flag", "basis"}, {"region", "since", "gives", "basis"}
    )
    reader.codes(REGION, [values["region"]], (*place, "region"))
    if (optional(file, (*place, "flag")) or next(iter(flags))) not in flags:
        raise wrong(ReferenceDangling, file, (*place, "flag"), "flags.yaml has no flag of this name")
    gives = mapping(file, (*place, "gives"))
    if not gives:
        raise wrong(KeyNotKnown, file, (*place, "gives"), "a line must give at least one fact")
    for fact, code in gives.items():
        if reader.kind(fact, (*place, "gives", fact)).is_list:
            raise wrong(ConditionWrong, file, (*place, "gives", fact), "a table gives one value, not a list")
        reader.codes(fact, [code], (*place, "gives", fact))
    return Situation(values["region"], day(file, (*place, "since")), gives, text(file, (*place, "basis")))


def _check_context(file: DataFile) -> None:
    for index, _line in enumerate(items(file, ("context",), may_be_empty=True)):
        place: Place = ("context", index)
        for key in check_keys(file, place, OF_CONTEXT, OF_CONTEXT):
            text(file, (*place, key))
        day(file, (*place, "date"))


def _countries(file: DataFile, place: Place, *, may_be_empty: bool = False) -> frozenset[str]:
    given = texts(file, place, may_be_empty=may_be_empty)
    return frozenset(_country(file, (*place, index)) for index, _country_code in enumerate(given))


def _country(file: DataFile, place: Place) -> str:
    country = text(file, place)
    check_country(file, country, place)
    return country


def check_country(file: DataFile, country: str, place: Place) -> None:
    """Raise CodeNotKnown for what is neither the code of a country nor that of an invented state."""
    if country not in load_countries() and not is_invented(country):
        raise wrong(CodeNotKnown, file, place, "this is not a country code of ISO 3166-1")


def is_invented(country: str) -> bool:
    """Tell whether a code is one of XA to XZ, which ISO 3166-1 leaves to its users: an invented state of a test."""
    return len(country) == 2 and country[0] == "X" and country[1].isascii() and country[1].isupper()
