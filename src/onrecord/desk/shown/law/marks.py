"""Give every status its shape and its word, so that none is told by colour alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onrecord.law.model import Assessment, ElementStatus, Provision, Status

DISAGREE = frozenset({"conflicting_evidence", "conflicting_indicia"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A status as it is drawn (`shape` names a symbol of parts/law/shapes.html) and as it is said."""

    shape: str
    word: str | Promise


SUPPORTED = Mark("s", gettext_lazy("supported"))
CONTRADICTED = Mark("c", gettext_lazy("contradicted"))
SOURCES_DISAGREE = Mark("b", gettext_lazy("sources disagree"))
UNKNOWN = Mark("u", gettext_lazy("unknown"))
ASKED = Mark("a", gettext_lazy("asked, and not known"))
# Of an entry that another program wrote.
NOT_KNOWN_HERE = Mark(UNKNOWN.shape, gettext_lazy("a status that this program does not know"))
LEGEND = (SUPPORTED, SOURCES_DISAGREE, CONTRADICTED, UNKNOWN, ASKED)

_PLAIN: Mapping[str, Mark] = {
    Status.SUPPORTED: SUPPORTED,
    Status.CONTRADICTED: CONTRADICTED,
    Status.UNKNOWN: UNKNOWN,
}


def plain_mark(status: str) -> Mark:
    """Return the mark of a status of which nothing more is known, such as a recorded one."""
    return _PLAIN.get(status, NOT_KNOWN_HERE)


def mark_of_element(status: ElementStatus) -> Mark:
    """Return the mark of an element: where it is unknown, why, if that is known."""
    if status.status == Status.UNKNOWN and DISAGREE.intersection(status.flags):
        return SOURCES_DISAGREE
    return ASKED if status.status == Status.UNKNOWN and status.asked else _PLAIN[status.status]


def mark_of_provision(provision: Provision, assessment: Assessment) -> Mark:
    """Return the mark of a provision: sources disagree where that is what keeps it unknown, or one thing that does."""
    status = assessment.provisions[provision.id].status
    marks = [mark_of_element(assessment.elements[element]) for element in provision.elements]
    return SOURCES_DISAGREE if status == Status.UNKNOWN and SOURCES_DISAGREE in marks else _PLAIN[status]


def open_points(flags: Iterable[str]) -> tuple[str, ...]:
    """Return the flags that are points of law: that sources disagree is a matter of fact and has a shape of its own."""
    return tuple(flag for flag in flags if flag not in DISAGREE)
