"""Read the table of one conflict: whose power, whose territory, how citizenship is read, what held where since when."""

from collections.abc import Mapping

from onrecord.law.model import Conflict, Situation
from onrecord.law.reading.condition import Reader
from onrecord.law.reading.sections import check_keys, day, items, mapping, text, texts
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
    check_keys(file, ("bond",), OF_BOND | {"own_national", "by_hand", "notes"}, OF_BOND)
    order = texts(file, ("bond", "order"))
    reader.codes(BOND, order, ("bond", "order"))
    countries = check_keys(file, ("bond", "countries"), order, order)
    no_bond_if = texts(file, ("bond", "no_bond_if"))
    reader.codes(ON_DAY, no_bond_if, ("bond", "no_bond_if"))
    before = text(file, ("before_acquisition",))
    reader.codes(ON_DAY, [before], ("before_acquisition",))
    by_hand = mapping(file, ("bond", "by_hand")) if "by_hand" in file.values["bond"] else {}
    power = _countries(file, [text(file, ("power",))], ("power",))
    bonds = tuple((bond, _bond(file, bond, countries[bond])) for bond in order)
    named = [*by_hand, *(country for _name, several in bonds for country in several or ())]
    if len(set(named)) < len(named):
        raise wrong(KeyNotKnown, file, ("bond",), "a country stands under two bonds, or under one and by hand")
    context = items(file, ("context",))
    for index, _line in enumerate(context):
        check_keys(file, ("context", index), {"date", "fact", "basis"}, {"date", "fact", "basis"})
    situations = tuple(_situation(reader, index, flags) for index, _line in enumerate(items(file, ("situations",))))
    of_place = {fact for line in situations for fact in line.gives}
    return Conflict(
        id=name,
        title=text(file, ("title",)),
        power=next(iter(power)),
        territorial_state=text(file, ("territorial_state",)),
        bonds=bonds,
        own_national=next((bond for bond in order if countries[bond] == [*power]), ""),
        by_hand={country: by_hand[country] for country in _countries(file, [*by_hand], ("bond", "by_hand"))},
        no_bond_if=frozenset(no_bond_if),
        before_acquisition=before,
        no_relations=_countries(file, list(texts(file, NO_RELATIONS)), NO_RELATIONS),
        situations=situations,
        rests_on={ON_DAY: (ACQUIRED, SINCE, DATE)}
        | dict.fromkeys((BOND, RELATIONS), (NATIONALITY,))
        | dict.fromkeys(sorted(of_place), (REGION, DATE)),
        context=tuple(context),
    )


def _bond(file: DataFile, bond: str, given: object) -> frozenset[str] | None:
    place: Place = ("bond", "countries", bond)
    return None if given == ANY_OTHER else _countries(file, list(texts(file, place)), place)


def _situation(reader: Reader, index: int, flags: Mapping[str, str]) -> Situation:
    place: Place = ("situations", index)
    file = reader.file
    values = check_keys(
        file, place, {"region", "since", "gives", "flag", "basis"}, {"region", "since", "gives", "basis"}
    )
    reader.codes(REGION, [values["region"]], (*place, "region"))
    if values.get("flag", next(iter(flags))) not in flags:
        raise wrong(ReferenceDangling, file, (*place, "flag"), "flags.yaml has no flag of this name")
    gives = mapping(file, (*place, "gives"))
    for fact, code in gives.items():
        if reader.kind(fact, (*place, "gives", fact)).is_list:
            raise wrong(ConditionWrong, file, (*place, "gives", fact), "a table gives one value, not a list")
        reader.codes(fact, [code], (*place, "gives", fact))
    return Situation(values["region"], day(file, (*place, "since")), gives, values["basis"])


def _countries(file: DataFile, given: list[str], place: Place) -> frozenset[str]:
    for country in given:
        if country not in load_countries() and not is_invented(country):
            raise wrong(CodeNotKnown, file, place, "this is not a country code of ISO 3166-1")
        if given.count(country) > 1:
            raise wrong(KeyNotKnown, file, place, "a country is named twice")
    return frozenset(given)


def is_invented(country: str) -> bool:
    """Tell whether a code is one of XA to XZ, which ISO 3166-1 leaves to its users: an invented state of a test."""
    return len(country) == 2 and country[0] == "X" and country[1].isascii() and country[1].isupper()
