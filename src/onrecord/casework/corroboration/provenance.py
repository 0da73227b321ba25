"""Count independent origins: how many sources there really are behind many that say the same.

Three outlets quoting one press office are one origin. Letters that nobody put a name to are one origin together, until
a documenter records why one of them is independent. What a machine made is none.

LIMIT: only relations on file join sources. Two pages that retell a third in silence count as two until somebody records
it: the count is the most origins there can be, never a grade of truth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

# The relations of the codebook (vocabulary source_relation) by which two sources go back to one origin. The others,
# such as same_event, follow_up or contradicts, say nothing about origin.
ONE_ORIGIN = {
    "derived_from",
    "source_of",
    "shares_source",
    "language_version",
    "duplicate_of",
    "same_organisation",
}


class Kind(StrEnum):
    """What a source is, as far as its origin is concerned."""

    NAMED = "named"  # a publication, a document or an account of a person the docket knows
    ANONYMOUS = "anonymous"  # a letter whose writer nobody knows
    MACHINE = "machine"  # a transcript, translation or summary made by a program


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as counted: its id, what it is, and whether a documenter recorded that it stands on its own."""

    id: str
    kind: Kind = Kind.NAMED
    is_recorded_independent: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One source stands in a relation of the codebook to another, which need not be on file itself."""

    source: str
    kind: str
    to: str


def origins(sources: Iterable[Origin], relations: Iterable[Relation]) -> tuple[frozenset[str], ...]:
    """Return the groups of sources that go back to one origin each, in a fixed order; machines alone make no group."""
    on_file = {source.id: source for source in sources}
    parents: dict[str, str] = {}
    for relation in relations:
        # The other end may be missing from the file: two retellings of one unknown page still have one origin.
        if relation.kind in ONE_ORIGIN:
            _join(parents, relation.source, relation.to)
    _join_anonymous(parents, on_file)
    groups: dict[str, set[str]] = {}
    for id_ in on_file:
        groups.setdefault(_root(parents, id_), set()).add(id_)
    human = (group for group in groups.values() if any(on_file[id_].kind is not Kind.MACHINE for id_ in group))
    return tuple(sorted((frozenset(group) for group in human), key=sorted))


def count_origins(sources: Iterable[Origin], relations: Iterable[Relation]) -> int:
    """Return how many independent origins the sources have between them."""
    return len(origins(sources, relations))


def _join_anonymous(parents: dict[str, str], on_file: Mapping[str, Origin]) -> None:
    letters = [
        source.id for source in on_file.values() if source.kind is Kind.ANONYMOUS and not source.is_recorded_independent
    ]
    for other in letters[1:]:
        _join(parents, letters[0], other)


def _join(parents: dict[str, str], one: str, other: str) -> None:
    parents[_root(parents, one)] = _root(parents, other)


def _root(parents: dict[str, str], id_: str) -> str:
    while (parent := parents.get(id_, id_)) != id_:
        parents[id_] = parents.get(parent, parent)  # halve the path, so that long chains stay fast
        id_ = parent
    return id_
