"""Where a case can be taken, and what a submission there needs that it has, lacks, or may not share.

The list is data (law/data/forums.yaml). Every requirement names its source, and where and when it was compared with it;
one that nobody has compared says so. A thing that a case holds without a basis to share it is never counted as there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from onrecord.law.load import FOLDER
from onrecord.law.model import TRUE, Condition, Fact, Seen, Statement
from onrecord.law.reading.condition import Reader
from onrecord.law.reading.sections import at, check_keys, day, items, mapping, text, texts, yes
from onrecord.law.reading.wrong import CodeNotKnown, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.codebook import load_codebook
from onrecord.words.strict_yaml import DataFile, Place, read_data_file

KEYS = {"things", "forums"}
FORUM_KEYS = {"title", "purpose", "languages", "deadline", "requirements"}
THING_KEYS = {"text", "or_reason", "facts"}
REQUIREMENT_KEYS = {"id", "needs", "text", "source", "verified"}
VERIFIED_KEYS = {"at", "on"}
UNVERIFIED = "no"


class Have(StrEnum):
    """Whether a case holds a thing, and may share it."""

    HAS = "has"
    NO_BASIS = "no_basis_to_share"
    LACKS = "lacks"


WORST_FIRST = (Have.LACKS, Have.NO_BASIS, Have.HAS)


@dataclass(frozen=True, slots=True)
class Part:
    """A fact of which a thing is made, in any value or in those alone that its condition asks for."""

    fact: str
    counts: Condition | None = None

    def is_met_by(self, said: Statement) -> bool:
        """Tell whether a claim states a value of it that counts; who denies one states none."""
        if said.fact != self.fact or said.denies or said.closes:
            return False
        return self.counts is None or self.counts.value(Seen({self.fact: Fact((said.value,))}, {}, {})) == TRUE


@dataclass(frozen=True, slots=True)
class Thing:
    """What a case may hold; `or_reason`: why it cannot be had stands in its place."""

    id: str
    text: str
    or_reason: bool = False
    facts: tuple[tuple[Part, ...], ...] = ()  # of which it is made: of each group one must be stated


@dataclass(frozen=True, slots=True)
class Verified:
    """Where a requirement was compared with its source (a title or an address), and on which day."""

    at: str
    on: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a submission needs, and where that is said; `verified` is None until somebody has compared it."""

    id: str
    needs: tuple[str, ...]
    text: str
    source: str
    verified: Verified | None


@dataclass(frozen=True, slots=True)
class Forum:
    """A place to which a case can be taken; `purpose` is the consent without which nothing of it is shared."""

    id: str
    title: str
    purpose: str
    languages: tuple[str, ...]
    deadline: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """How a case stands to one requirement; `missing` names the things that it lacks or may not share."""

    requirement: Requirement
    have: Have
    missing: tuple[str, ...]


@cache
def load_forums() -> Mapping[str, Forum]:
    """Return the forums that this program knows."""
    return read_forums(_own_file())


@cache
def load_things() -> Mapping[str, Thing]:
    """Return what a case may hold that a submission can need."""
    return read_things(_own_file())


def readiness(forum: Forum, have: Mapping[str, Have]) -> tuple[Ready, ...]:
    """Return for each requirement whether the case has it; a thing that is not named is lacking."""
    return tuple(_ready(requirement, have) for requirement in forum.requirements)


def read_forums(file: DataFile) -> Mapping[str, Forum]:
    """Return the forums of a file; raise LawWrong with the line of the first thing wrong."""
    check_keys(file, (), KEYS | {"schema", "version"}, KEYS)
    read_things(file)
    return {name: _forum(file, name) for name in mapping(file, ("forums",))}


def read_things(file: DataFile) -> Mapping[str, Thing]:
    """Return the things of a file; raise LawWrong with the line of the first thing wrong."""
    return {name: _thing(file, name) for name in mapping(file, ("things",))}


def _own_file() -> DataFile:
    # The forums are the same whichever conflict's table a docket's cases are held against.
    return read_data_file(FOLDER / "forums.yaml")


def _ready(requirement: Requirement, have: Mapping[str, Have]) -> Ready:
    held = {thing: have.get(thing, Have.LACKS) for thing in requirement.needs}
    worst = next(state for state in WORST_FIRST if state in held.values())
    return Ready(requirement, worst, tuple(thing for thing, state in held.items() if state != Have.HAS))


def _thing(file: DataFile, name: str) -> Thing:
    place: Place = ("things", name)
    if isinstance(at(file, place), str):
        return Thing(name, text(file, place))
    given = check_keys(file, place, THING_KEYS, {"text"})
    facts = _made_of(Reader(file, load_codebook()), (*place, "facts")) if "facts" in given else ()
    return Thing(name, text(file, (*place, "text")), yes(file, (*place, "or_reason")), facts)


def _made_of(reader: Reader, place: Place) -> tuple[tuple[Part, ...], ...]:
    """Return the facts that are all needed, or of an `any_of` one."""
    found = []
    for index, entry in enumerate(items(reader.file, place)):
        several: Place = (*place, index, "any_of")
        if isinstance(entry, dict) and "any_of" in entry:
            check_keys(reader.file, (*place, index), {"any_of"}, {"any_of"})
            parts = enumerate(items(reader.file, several))
            found.append(tuple(_part(reader, (*several, number)) for number, _ in parts))
        else:
            found.append((_part(reader, (*place, index)),))
    return tuple(found)


def _part(reader: Reader, place: Place) -> Part:
    given = at(reader.file, place)
    if not isinstance(given, dict):
        return Part(reader.kind(given, place).name)
    if "fact" not in given:
        raise wrong(KeyNotKnown, reader.file, place, "a fact must stand here, or {any_of: [..]}")
    return Part(given["fact"], reader.condition(given, place))


def _forum(file: DataFile, name: str) -> Forum:
    place: Place = ("forums", name)
    check_keys(file, place, FORUM_KEYS, FORUM_KEYS)
    purpose = text(file, (*place, "purpose"))
    if purpose not in load_codebook().vocabulary("consent_purpose").terms:
        raise wrong(CodeNotKnown, file, (*place, "purpose"), "the codebook has no such purpose of consent")
    requirements = tuple(
        _requirement(file, name, index) for index, _ in enumerate(items(file, (*place, "requirements")))
    )
    if len({one.id for one in requirements}) < len(requirements):
        raise wrong(KeyNotKnown, file, (*place, "requirements"), "two requirements of a forum have one name")
    languages = texts(file, (*place, "languages"), may_be_empty=True)
    return Forum(
        name, text(file, (*place, "title")), purpose, languages, text(file, (*place, "deadline")), requirements
    )


def _requirement(file: DataFile, forum: str, index: int) -> Requirement:
    place: Place = ("forums", forum, "requirements", index)
    check_keys(file, place, REQUIREMENT_KEYS, REQUIREMENT_KEYS)
    needs = texts(file, (*place, "needs"))
    if not set(needs) <= set(mapping(file, ("things",))):
        raise wrong(ReferenceDangling, file, (*place, "needs"), "there is no thing of this name")
    words = {key: text(file, (*place, key)) for key in ("id", "text", "source")}
    return Requirement(words["id"], needs, words["text"], words["source"], _verified(file, (*place, "verified")))


def _verified(file: DataFile, place: Place) -> Verified | None:
    given = at(file, place)
    if given == UNVERIFIED:
        return None
    if not isinstance(given, dict):
        raise wrong(CodeNotKnown, file, place, '"no" must stand here, or {at: "title or address", on: "YYYY-MM-DD"}')
    check_keys(file, place, VERIFIED_KEYS, VERIFIED_KEYS)
    return Verified(text(file, (*place, "at")), day(file, (*place, "on")))
