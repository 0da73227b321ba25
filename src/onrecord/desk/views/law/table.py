"""What the law page shows of one person, as facts stand now or as they stood: a table, and one element in full."""

from dataclasses import replace
from typing import Any

from django.http import QueryDict

from onrecord.casework.law.facts import CaseFacts
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.evidence import EventPlace, by_hand, detail, gaps_of, reached
from onrecord.desk.shown.law.marks import CONTRADICTED, LEGEND, SOURCES_DISAGREE, mark_of_element
from onrecord.desk.shown.law.matrix import elements_of, lay_out, nearest
from onrecord.desk.shown.law.over_time.history import History
from onrecord.desk.shown.law.weighing import Held, count, weigh
from onrecord.law.model import Law

FIRST_GAPS = 6


def addresses_of(law: Law, case: str, person: str, event: str, asked: QueryDict) -> Addresses:
    """Return the address of what is asked for, as far as the law data knows it."""
    chosen = [name for name in law.provisions if name in asked.getlist("show")]
    element = asked.get("element", "")
    element = element if element in law.elements else ""
    return Addresses(case, person, chosen, element, event=event, recorded=asked.get("recorded", ""))


def table_of(
    held: Held, case: CaseFacts, addresses: Addresses, history: History, places: tuple[EventPlace, ...]
) -> dict[str, Any]:
    """Return the table of the provisions that are asked for, or of the nearest ones, with one element in full."""
    law, assessment = held.law, held.assessment
    shown = tuple(addresses.shown) or nearest(law, assessment)
    rows = elements_of(law, shown)
    element = addresses.element or _first_to_look_at(held, rows)
    weighed = weigh(held, dict.fromkeys((*rows, *([element] if element else []))))
    is_of_today_together = not addresses.event and not addresses.recorded
    differing = case.differing_by_event(addresses.person) if is_of_today_together else ()
    table = lay_out(
        law,
        assessment,
        shown,
        counts={name: count(claims) for name, claims in weighed.items()},
        addresses=addresses,
        by_hand=reached(law, by_hand(places)),
        known=held.seen().facts,
    )
    return {
        "shown": shown,
        "matrix": table,
        "width": 3 + len(table.columns),
        "detail": detail(held, element, weighed[element], differing) if element else None,
        "changes": history.of(element, law),
        "gaps": gaps_of(held, FIRST_GAPS),
        "legend": LEGEND,
        "contradicted": CONTRADICTED,
        "addresses": replace(addresses, element=element),
        "all_provisions": _all_provisions(law, shown),
        "by_hand": by_hand(places),
    }


def _first_to_look_at(held: Held, rows: tuple[str, ...]) -> str:
    """Return what needs a person most: where sources disagree, else the first gap, else the first row."""
    marks = {name: mark_of_element(held.assessment.elements[name]) for name in rows}
    disputed = [name for name in rows if marks[name] == SOURCES_DISAGREE]
    open_ones = [gap.element for gap in held.assessment.gaps if gap.element in marks]
    return next(iter([*disputed, *open_ones, *rows]), "")


def _all_provisions(law: Law, shown: tuple[str, ...]) -> list[tuple[str, list[tuple[str, str, str, bool]]]]:
    """Return every provision under its instrument: its identifier, short name and label, and whether it is shown."""
    groups: dict[str, list[tuple[str, str, str, bool]]] = {}
    for name, provision in law.provisions.items():
        line = (name, provision.short, str(provision.text["label"]), name in shown)
        groups.setdefault(provision.instrument, []).append(line)
    return list(groups.items())
