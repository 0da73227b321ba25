"""Where a case can be taken, and what a submission there needs that it has, lacks, or may not share.

The list is data (law/data/forums.yaml). Every requirement names its source; one that nobody has checked against it says
so. A thing that a case holds without a basis to share it is never counted as there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from onrecord.law.load import load_law
from onrecord.law.model import Law
from onrecord.law.reading.sections import check_keys, items, mapping, text, texts
from onrecord.law.reading.wrong import CodeNotKnown, KeyNotKnown, ReferenceDangling, wrong
from onrecord.words.codebook import load_codebook
from onrecord.words.strict_yaml import DataFile, Place

KEYS = {"things", "forums"}
FORUM_KEYS = {"title", "purpose", "languages", "deadline", "requirements"}
REQUIREMENT_KEYS = {"id", "needs", "text", "source", "verified"}


class Have(StrEnum):
    """Whether a case holds a thing, and may share it."""

    HAS = "has"
    NO_BASIS = "no_basis_to_share"
    LACKS = "lacks"


WORST_FIRST = (Have.LACKS, Have.NO_BASIS, Have.HAS)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a submission needs, and where that is said."""

    id: str
    needs: tuple[str, ...]
    text: str
    source: str
    verified: bool


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
    return read_forums(load_law())


def load_things() -> Mapping[str, str]:
    """Return what a case may hold that a submission can need, in words."""
    things: Mapping[str, str] = load_law().files["forums.yaml"].values["things"]
    return things


def readiness(forum: Forum, have: Mapping[str, Have]) -> tuple[Ready, ...]:
    """Return for each requirement whether the case has it; a thing that is not named is lacking."""
    return tuple(_ready(requirement, have) for requirement in forum.requirements)


def read_forums(law: Law) -> Mapping[str, Forum]:
    """Return the forums of a law; raise LawWrong with the line of the first thing wrong."""
    file = law.files["forums.yaml"]
    check_keys(file, (), KEYS | {"schema", "version"}, KEYS)
    return {name: _forum(file, name) for name in mapping(file, ("forums",))}


def _ready(requirement: Requirement, have: Mapping[str, Have]) -> Ready:
    held = {thing: have.get(thing, Have.LACKS) for thing in requirement.needs}
    worst = next(state for state in WORST_FIRST if state in held.values())
    return Ready(requirement, worst, tuple(thing for thing, state in held.items() if state != Have.HAS))


def _forum(file: DataFile, name: str) -> Forum:
    place: Place = ("forums", name)
    check_keys(file, place, FORUM_KEYS, FORUM_KEYS)
    purpose = text(file, (*place, "purpose"))
    if purpose not in load_codebook().vocabulary("consent_purpose").terms:
        raise wrong(CodeNotKnown, file, (*place, "purpose"), "the codebook has no such purpose of consent")
    requirements = tuple(
        _requirement(file, name, index) for index, _ in enumerate(items(file, (*place, "requirements")))
    )
    if not requirements:
        raise wrong(KeyNotKnown, file, (*place, "requirements"), "a forum needs at least one requirement")
    languages = texts(file, (*place, "languages"))
    return Forum(
        name, text(file, (*place, "title")), purpose, languages, text(file, (*place, "deadline")), requirements
    )


def _requirement(file: DataFile, forum: str, index: int) -> Requirement:
    place: Place = ("forums", forum, "requirements", index)
    values = check_keys(file, place, REQUIREMENT_KEYS, REQUIREMENT_KEYS)
    needs = texts(file, (*place, "needs"))
    if not needs or not set(needs) <= set(mapping(file, ("things",))):
        raise wrong(ReferenceDangling, file, (*place, "needs"), "there is no thing of this name")
    if values["verified"] not in ("yes", "no"):
        raise wrong(CodeNotKnown, file, (*place, "verified"), "yes or no must stand here")
    words = {key: text(file, (*place, key)) for key in ("id", "text", "source")}
    return Requirement(words["id"], needs, words["text"], words["source"], values["verified"] == "yes")
