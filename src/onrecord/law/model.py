"""What goes into an assessment and what comes out: facts with their evidence, the law as a value, statuses.

Everything here is an immutable value. A status is never a finding: it says what is on file for an element, that the
file points the other way, or that nobody knows. docs/LAW.md says how to read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from onrecord.words.strict_yaml import DataFile

# The three values of strong Kleene logic, ordered, so that "all" is the least and "any" the greatest.
Truth = int
FALSE, OPEN, TRUE = 0, 1, 2


class Status(StrEnum):
    """What the file says about an element or a provision."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


STATUS_OF: Mapping[Truth, Status] = {TRUE: Status.SUPPORTED, OPEN: Status.UNKNOWN, FALSE: Status.CONTRADICTED}
# The effects that the program acts on, and does not only show: of a person in such danger nobody asks anything, and
# nothing about them is published. load.py refuses a law of which no danger has them.
NO_CONTACT, NO_PUBLICATION = "no_contact", "no_publication"
ACTED_ON = (NO_CONTACT, NO_PUBLICATION)
TRUTH_OF: Mapping[Status, Truth] = {status: truth for truth, status in STATUS_OF.items()}


# ---------------------------------------------------------------- what goes in


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item that a fact rests on; items of one origin (one witness, one press office) count once."""

    id: str
    origin: str  # empty: not shown to be independent, so all such items together count once
    grade: str | None = None  # Admiralty, such as B3


@dataclass(frozen=True, slots=True)
class Range:
    """A number or an ISO date known only within bounds; None is an open end."""

    low: int | str | None
    high: int | str | None


@dataclass(frozen=True, slots=True)
class Means:
    """A means and whether it was threatened or carried out; a mode of None or `unknown` may be either."""

    term: str
    mode: str | None = None


Value = str | int | Range | Means


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claim says about one fact: a value, or (`closes`) that the list of values is complete."""

    fact: str
    value: Value
    claim: str
    entry: int
    denies: bool = False
    inferred: bool = False
    closes: bool = False
    word: str = ""  # the broader word from which it was inferred, such as `act_type=child_recruitment`
    undone: bool = False  # inferred from the name of an act that was not done, or of which its claim does not know


@dataclass(frozen=True, slots=True)
class Fact:
    """What is coded about one fact of one person; no values and not closed means: not known."""

    values: tuple[Value, ...] = ()
    evidence: tuple[str, ...] = ()
    conflict: bool = False  # sources disagree; `values` holds what each of them says
    asked: bool = False  # somebody asked and it is not known
    closed: bool = False  # the coder says that this list is complete
    # A member's own word, which is no evidence: it has no origin. Without a value: the table gives none either.
    by_hand: bool = False
    disputed: tuple[Value, ...] = ()  # those of `values` that somebody denies; of a list the others stand
    # Why, where nobody states it and the conflict's table gives it of each of several events by itself.
    table_basis: str = field(default="", compare=False)
    # Which evidence says which of it; without any, each item of evidence says all. The same evidence says the same.
    said: tuple[Statement, ...] = field(default=(), compare=False)

    @property
    def is_missing(self) -> bool:
        """Tell whether nothing is known: every value is the code unknown, or there is none and no complete list."""
        if self.conflict:
            return False
        return all(map(is_unknown, self.values)) if self.values else not self.closed

    @property
    def denied_by(self) -> tuple[str, ...]:
        """Return the evidence that denies something of it, also where nobody states what is denied."""
        return tuple(dict.fromkeys(one.claim for one in self.said if one.denies))

    @property
    def is_disputed(self) -> bool:
        """Tell whether sources disagree about it or about an item of it."""
        return self.conflict or bool(self.disputed)

    @property
    def sides(self) -> "tuple[Fact, ...]":
        """Return what it may be: in conflict each value or all; a list with and without the disputed items."""
        if not self.conflict:
            sure = tuple(value for value in self.values if value not in self.disputed)
            lists = (sure, *((*sure, item) for item in self.disputed), self.values) if self.disputed else (sure,)
            return tuple(Fact(side, closed=self.closed) for side in lists)
        known = tuple(value for value in self.values if not is_unknown(value))
        closed = self.closed and len(known) == len(self.values)
        return tuple(Fact(side, closed=closed) for side in (*((value,) for value in known), known) if side)


def is_unknown(value: Value) -> bool:
    """Tell whether a value is the universal term `unknown`: asked or looked for and not known."""
    return value == "unknown" or (isinstance(value, Means) and value.term == "unknown")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is coded about one person, and the evidence behind it."""

    facts: Mapping[str, Fact]
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


# ---------------------------------------------------------------- the law


class Condition(Protocol):
    """One rule, read once when the law is loaded (law/conditions.py)."""

    def value(self, seen: "Seen", /) -> Truth:
        """Return whether the rule holds for what is seen."""
        ...

    def open_facts(self, seen: "Seen", /) -> frozenset[str]:
        """Return the facts that are missing or disputed and could still decide the rule."""
        ...

    def needs(self) -> "Needs":
        """Return what the rule reads."""
        ...


@dataclass(frozen=True, slots=True)
class Needs:
    """The facts, elements and provisions that a rule reads, each in order and once."""

    facts: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()


@dataclass(slots=True)
class Seen:
    """What conditions look at while one assessment is made.

    A status takes as not known what the sides of a dispute do not agree on. A danger must not be silenced by it: there
    `disputed_as` is TRUE, and a disputed fact answers as the side that says yes most, or FALSE, and as the one that
    does least.
    """

    facts: Mapping[str, Fact]
    elements: dict[str, Truth]
    provisions: dict[str, Truth]
    disputed_as: Truth = OPEN
    # What the part of a "not" looks at: what says yes most under it says no most above it. Mostly the same as this.
    turned: "Seen" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.turned = self


@dataclass(frozen=True, slots=True)
class FactRule:
    """What to find out about a fact: `check` is for the analyst, `ask` a reviewed question for the person, or none."""

    name: str
    check: str
    ask: str | None
    to: str


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A doubt that is shown beside a status when its condition holds; it never changes the status."""

    flag: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Group:
    """Elements whose rows stand together in a table.

    `around` marks what stands around the conduct: many provisions share it, so it says little about which is near.
    """

    id: str
    title: str
    around: bool


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that must be shown; `reach` marks those that decide whether a rule reaches the facts at all."""

    id: str
    group: Group
    short: str  # the few words for it in a table
    question: str
    check: str
    ask: str | None
    to: str
    supported_if: Condition | None
    contradicted_if: Condition | None
    flags: tuple[FlagRule, ...]
    reach: bool
    notes: str
    facts: tuple[str, ...]  # what its clauses read, also through other elements


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of law: all its groups must be shown, and of each group one element."""

    id: str
    groups: tuple[tuple[str, ...], ...]
    safeguard: bool
    instrument: str  # in a few letters
    article: str  # in a few signs
    word: str  # one for what it is about
    text: Mapping[str, Any]  # label, instrument, article, protects, binds, scope, basis, customary, eoc, notes
    sha256: str  # of what a signature binds and the review form prints (reading/signed_text.py)

    @property
    def short(self) -> str:
        """Return it as one says it: `GC IV 51 s.1`."""
        return f"{self.instrument} {self.article}"

    @property
    def elements(self) -> tuple[str, ...]:
        """Return the ids of its elements, in order."""
        return tuple(element for group in self.groups for element in group)


@dataclass(frozen=True, slots=True)
class RiskRule:
    """A danger to a person that must be seen before anything else; `of_event` ones speak of the time of the event."""

    id: str
    condition: Condition
    effect: tuple[str, ...]
    reason: str
    of_event: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What the table of a conflict says about a place from a date on."""

    region: str
    since: str
    gives: Mapping[str, str]
    basis: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The table of one conflict: whose power, whose territory, how citizenship and place are read."""

    id: str
    title: str
    power: str
    territorial_state: str
    bonds: tuple[tuple[str, frozenset[str] | None], ...]  # in order; None: any other country
    own_national: str  # the bond that holds only when no other citizenship is coded
    by_hand: frozenset[str]  # countries whose bond is disputed: nothing is derived, a person codes it
    no_bond_if: frozenset[str]  # ways of acquiring the citizenship of the power that make no bond
    before_acquisition: str  # how the citizenship of the power stood before the day on which it was taken
    no_relations: frozenset[str]
    situations: tuple[Situation, ...]
    rests_on: Mapping[str, tuple[str, ...]]  # per fact that the table can give: what it is read from


@dataclass(frozen=True, slots=True)
class Law:
    """One version of the law, with one conflict's table. Equal bytes have equal hashes."""

    version: str
    sha256: str
    disclaimer: str
    words_never_shown: tuple[str, ...]
    facts: Mapping[str, FactRule]
    groups: Mapping[str, Group]  # in the order of a table
    elements: Mapping[str, Element]
    provisions: Mapping[str, Provision]
    risks: tuple[RiskRule, ...]
    flag_texts: Mapping[str, str]
    conflict: Conflict
    order: tuple[str, ...]  # elements and provisions, each after what it reads
    readers: Mapping[str, tuple[str, ...]]  # per element: what must be worked out again when it changes, in order
    files: Mapping[str, DataFile] = field(repr=False, compare=False)


# ---------------------------------------------------------------- what comes out


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A fact that a status rests on. Strength is shown beside the status and never folded into it."""

    name: str
    evidence: tuple[str, ...]  # what states it; of several values, what states one that decides the element
    origins: int  # how many independent ones that evidence has; for a derived fact those of its weakest base
    best_grade: str | None
    derived: bool
    against: tuple[str, ...] = ()  # what denies something of it, though nobody may state what is denied


@dataclass(frozen=True, slots=True)
class ElementStatus:
    """What is on file for one element."""

    status: Status
    flags: tuple[str, ...]
    facts: tuple[UsedFact, ...]
    check: str
    ask: str | None
    asked: bool  # unknown, and a fact that could decide it was asked for in vain


@dataclass(frozen=True, slots=True)
class ProvisionStatus:
    """What is on file for one provision, as counts; `not_reached` names what puts the facts outside the rule."""

    status: Status
    counts: Mapping[str, int]
    flags: tuple[str, ...]
    not_reached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A danger to a person, with what follows from it."""

    id: str
    effect: tuple[str, ...]
    reason: str
    of_event: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something to find out, for an element or a `fact` that could decide it; known, it would move `provisions`."""

    element: str
    check: str
    ask: str | None
    provisions: tuple[str, ...]
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that nobody coded and the conflict's table gives, with the reason."""

    value: str
    basis: str
    rests_on: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one version of the law says about one person's facts. A new fact makes a new one; the old one stays."""

    law_version: str
    law_sha256: str
    elements: Mapping[str, ElementStatus]
    provisions: Mapping[str, ProvisionStatus]
    flags: tuple[str, ...]
    risks: tuple[Risk, ...]
    gaps: tuple[Gap, ...]
    derived: Mapping[str, Derived]
