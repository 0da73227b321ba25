"""Lay out one person's assessment as a table: rows are elements, columns provisions, cells shapes with a word.

Counts are counts of elements and passages. Nothing is added up to a score, and no status is a finding.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.evidence import in_words
from onrecord.desk.shown.law.marks import Mark, mark_of_element, mark_of_provision, open_points
from onrecord.desk.shown.wording import field_name
from onrecord.law.model import Assessment, Fact, Law, Provision, Status

# So many columns stand beside the evidence on a screen of 1,440 pixels; everything else is one step away.
COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One provision: its short name, its status, and how many of the elements it needs are supported."""

    id: str
    instrument: str
    article: str
    word: str
    label: str
    mark: Mark
    supported: int
    needed: int
    begins_instrument: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One element in one provision; without a mark the provision does not need it. `is_either` joins alternatives."""

    mark: Mark | None
    is_either: bool
    begins_instrument: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One element: its status, how many passages speak for and against, and whether a point of law is open."""

    id: str
    address: str
    name: str
    question: str
    mark: Mark
    has_open_point: bool
    speaks_for: int
    speaks_against: int
    by_hand: bool  # a member set the place that it reads
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """An element that puts the facts outside a rule, and the facts that say so; what a table gives has its reason."""

    question: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotShown:
    """A provision that is not in the table: why it does not reach the facts, or how little of it is on file."""

    id: str
    name: str
    label: str
    mark: Mark
    address: str
    because: tuple[Because, ...]
    supported: int
    needed: int
    is_safeguard: bool
    by_hand: bool  # what puts it out of reach reads a place that a member set


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table, and what is left out of it."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    not_reached: tuple[NotShown, ...]
    others: tuple[NotShown, ...]


def lay_out(
    law: Law,
    assessment: Assessment,
    shown: Sequence[str],
    *,
    counts: Mapping[str, tuple[int, int]],
    addresses: Addresses,
    by_hand: Collection[str] = (),
    known: Mapping[str, Fact] | None = None,
) -> Matrix:
    """Return the table of some provisions; `counts` has the passages for and against each of their elements.

    `by_hand` names the elements that read a place which a member set; `known` are the facts, the derived ones among
    them, that say why a provision does not reach.
    """
    columns = tuple(_columns([law.provisions[name] for name in shown], assessment))
    out = [
        _not_shown(provision, law, assessment, addresses.with_provision(name, shown), by_hand, known or {})
        for name, provision in law.provisions.items()
        if name not in shown
    ]
    return Matrix(
        columns=columns,
        groups=tuple(_groups(law, assessment, columns, counts, addresses, by_hand)),
        not_reached=tuple(line for line in out if line.because and not line.is_safeguard),
        others=tuple(line for line in out if not line.because or line.is_safeguard),
    )


def elements_of(law: Law, shown: Iterable[str]) -> tuple[str, ...]:
    """Return the elements that some provisions need, each once, in the order of the rows."""
    wanted = {element for name in shown for element in law.provisions[name].elements}
    return tuple(element for _, elements in in_groups(law) for element in elements if element in wanted)


def in_groups(law: Law) -> Iterable[tuple[str, Iterable[str]]]:
    """Yield the groups of elements in the order of the rows."""
    for group in law.groups.values():
        yield group.title, [name for name, element in law.elements.items() if element.group == group]


def nearest(law: Law, assessment: Assessment, most: int = COLUMNS) -> tuple[str, ...]:
    """Return the provisions that the facts reach and that lack least; safeguards are no allegation and stay out."""
    reached = [
        provision
        for name, provision in law.provisions.items()
        if not provision.safeguard
        and not assessment.provisions[name].not_reached
        and assessment.provisions[name].counts[Status.SUPPORTED]
    ]
    # In the order of the law data where two lack the same.
    ranked = sorted(reached, key=lambda provision: _lacking(law, assessment, provision))[:most]
    return tuple(name for name in law.provisions if law.provisions[name] in ranked)


def _lacking(law: Law, assessment: Assessment, provision: Provision) -> tuple[int, int, int]:
    """Return what puts a provision behind others: what is contradicted, no supported conduct, what is unknown."""
    counts = assessment.provisions[provision.id].counts
    conduct = [name for name in provision.elements if not law.elements[name].group.around]
    supported = sum(assessment.elements[name].status == Status.SUPPORTED for name in conduct)
    return counts[Status.CONTRADICTED], -supported, counts[Status.UNKNOWN]


def _columns(shown: Sequence[Provision], assessment: Assessment) -> Iterable[Column]:
    before = ""
    for provision in shown:
        yield Column(
            id=provision.id,
            instrument=provision.instrument,
            article=provision.article,
            word=provision.word,
            label=str(provision.text["label"]),
            mark=mark_of_provision(provision, assessment),
            supported=assessment.provisions[provision.id].counts[Status.SUPPORTED],
            needed=len(provision.groups),
            begins_instrument=provision.instrument != before,
        )
        before = provision.instrument


def _groups(
    law: Law,
    assessment: Assessment,
    columns: Sequence[Column],
    counts: Mapping[str, tuple[int, int]],
    addresses: Addresses,
    by_hand: Collection[str],
) -> Iterable[Group]:
    wanted = {element for column in columns for element in law.provisions[column.id].elements}
    for name, elements in in_groups(law):
        rows = [
            _row(law, assessment, columns, element, counts[element], addresses.with_element(element), by_hand)
            for element in elements
            if element in wanted
        ]
        if rows:
            yield Group(name, tuple(rows))


def _row(
    law: Law,
    assessment: Assessment,
    columns: Sequence[Column],
    element: str,
    counts: tuple[int, int],
    address: str,
    by_hand: Collection[str],
) -> Row:
    status = assessment.elements[element]
    mark = mark_of_element(status)
    return Row(
        id=element,
        address=address,
        name=law.elements[element].short,
        question=law.elements[element].question,
        mark=mark,
        has_open_point=bool(open_points(status.flags)),
        speaks_for=counts[0],
        speaks_against=counts[1],
        by_hand=element in by_hand,
        cells=tuple(_cell(law.provisions[column.id], column, element, mark) for column in columns),
    )


def _cell(provision: Provision, column: Column, element: str, mark: Mark) -> Cell:
    group = next((group for group in provision.groups if element in group), ())
    return Cell(mark if group else None, is_either=len(group) > 1, begins_instrument=column.begins_instrument)


def _not_shown(
    provision: Provision,
    law: Law,
    assessment: Assessment,
    address: str,
    by_hand: Collection[str],
    known: Mapping[str, Fact],
) -> NotShown:
    status = assessment.provisions[provision.id]
    return NotShown(
        id=provision.id,
        name=provision.short,
        label=str(provision.text["label"]),
        mark=mark_of_provision(provision, assessment),
        address=address,
        because=tuple(_because(law, assessment, element, known) for element in status.not_reached),
        supported=status.counts[Status.SUPPORTED],
        needed=len(provision.groups),
        is_safeguard=provision.safeguard,
        by_hand=any(element in by_hand for element in status.not_reached),
    )


def _because(law: Law, assessment: Assessment, element: str, known: Mapping[str, Fact]) -> Because:
    facts = [used.name for used in assessment.elements[element].facts if used.name in known]
    return Because(law.elements[element].question, tuple(_said(assessment, name, known[name]) for name in facts))


def _said(assessment: Assessment, name: str, fact: Fact) -> str:
    values = ", ".join(in_words(name, value) for value in fact.values)
    basis = f" ({assessment.derived[name].basis})" if name in assessment.derived else ""
    return f"{field_name(name)} = {values}{basis}"
