"""Draw the sheet that is printed, as plain values that go on record, and show it from these values alone.

What was printed is shown again as it stood, whatever has changed since: claims, law data, signatures.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from onrecord.bundle.analysis.printing import Drawn, Printable, sheets
from onrecord.casework.law.signing import Leave, may_leave, signed
from onrecord.casework.models import MatrixPrint, ProvisionSignature
from onrecord.desk.shown.law.addresses import Addresses
from onrecord.desk.shown.law.dangers import dangers
from onrecord.desk.shown.law.evidence import EventPlace, by_hand, gaps_of, places_of, reached
from onrecord.desk.shown.law.marks import LEGEND
from onrecord.desk.shown.law.matrix import Column, Group, Row, elements_of, lay_out, nearest
from onrecord.desk.shown.law.weighing import count, hold, weigh
from onrecord.desk.shown.wording import field_name, term
from onrecord.errors import NotThere
from onrecord.law.model import Law, Risk

PRINTED_GAPS = 12
NEEDED, EITHER, NOT_NEEDED = "needed", "either", ""
_MARKS = {mark.shape: mark for mark in LEGEND}


class NotForPrint(NotThere):
    """The law data has no provision of this name, or it is one that is never printed."""

    next_step = "Go back to the law page of the case and choose what to show."


def draw_sheet(law: Law, printable: Printable, asked: Iterable[str], names: Mapping[str, str]) -> Drawn:
    """Return the sheet of the provisions that are asked for, or of the nearest, drawn from what may leave alone.

    Which are nearest is worked out from what may leave too. `names` are those of the case and the person.
    """
    held = hold(printable.case, printable.person, law, printable.event)
    provisions = printable_provisions(law, asked) or nearest(law, held.assessment)
    elements = elements_of(law, provisions)
    places = places_by_hand(printable)
    table = lay_out(
        law,
        held.assessment,
        provisions,
        counts={name: count(claims) for name, claims in weigh(held, elements).items()},
        addresses=Addresses(printable.case.case, printable.person, provisions, ""),
        by_hand=reached(law, places),
    )
    signatures = signed(law)
    raised = {flag for name in provisions for flag in held.assessment.provisions[name].flags}
    values = {
        "names": dict(names),
        "limits": law.disclaimer,
        **_events(printable),
        "unsigned": _unsigned(may_leave(printable.case.case, law, provisions)),
        "places": [
            {"status": one.status, "reason": one.row.reason, "entry": one.row.entry} for one in places if one.row
        ],
        "dangers": [
            {"effects": list(one.effects), "reason": one.reason, "of_event": one.of_event}
            for one in dangers(risk for risk in held.assessment.risks if not _is_of_label(law, risk))
        ],
        "provisions": [_provision(column, signatures.get(column.id)) for column in table.columns],
        "elements": [_group(group) for group in table.groups],
        "open_points": [law.flag_texts[flag] for flag in law.flag_texts if flag in raised],
        "find_out": [gap.check for gap in gaps_of(held, PRINTED_GAPS, provisions)],
    }
    return Drawn(provisions, elements, held.assessment, values)


def printable_provisions(law: Law, asked: Iterable[str]) -> tuple[str, ...]:
    """Return which of the provisions that are asked for may be printed: a safeguard is never shown outside."""
    wanted = set(asked)
    return tuple(name for name, one in law.provisions.items() if name in wanted and not one.safeguard)


def check_provisions(law: Law, asked: Sequence[str]) -> tuple[str, ...]:
    """Return which of the provisions that are asked for may be printed; raise NotForPrint rather than show others."""
    found = printable_provisions(law, asked)
    if not set(asked) <= set(law.provisions) or (asked and not found):
        raise NotForPrint
    return found


def remarks_on(law: Law, provisions: Collection[str]) -> list[tuple[str, str]]:
    """Return what lawyers remarked on these provisions, or on any where it is not yet known which are the nearest.

    Each remark comes once, with the provisions beside which it is printed.
    """
    beside: dict[str, list[str]] = {}
    for name, row in signed(law).items():
        if row.remarks and (name in provisions or not provisions) and not law.provisions[name].safeguard:
            beside.setdefault(row.remarks, []).append(law.provisions[name].short)
    return [(remark, ", ".join(names)) for remark, names in beside.items()]


def places_by_hand(printable: Printable) -> tuple[EventPlace, ...]:
    """Return the places that a member set and that the sheet speaks of."""
    return by_hand(places_of(printable.case, printable.person, printable.event))


def prints_of(case: str) -> list[tuple[MatrixPrint, str]]:
    """Return what was printed of a case, the newest first, each with its recipient in words."""
    return [(row, term("consent_purpose", row.purpose)) for row in sheets(case)]


def table_of(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table of a sheet as its template takes it, with the marks and cells in their places."""
    columns = [column | {"mark": _MARKS[column["mark"]]} for column in shown["provisions"]]
    groups = [
        {"name": group["name"], "rows": [_row_shown(row, columns) for row in group["rows"]]}
        for group in shown["elements"]
    ]
    return {"columns": columns, "groups": groups}


def _row_shown(row: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    mark = _MARKS[row["mark"]]
    cells = [
        {
            "mark": mark if cell else None,
            "is_either": cell == EITHER,
            "begins_instrument": column["begins_instrument"],
        }
        for cell, column in zip(row["cells"], columns, strict=True)
    ]
    return {**row, "mark": mark, "cells": cells, "address": f"#in-full-{row['id']}"}


def _events(printable: Printable) -> dict[str, Any]:
    """Return how many events of a person the sheet takes together, if several, and in what they differ."""
    events = () if printable.event else printable.case.events_of(printable.person)
    differing = printable.case.differing_by_event(printable.person) if len(events) > 1 else ()
    return {"events": len(events), "differing": [field_name(name) for name in differing]}


def _provision(column: Column, signature: ProvisionSignature | None) -> dict[str, Any]:
    names = ("lawyer", "qualification", "on", "remarks")
    return {
        "id": column.id,
        "instrument": str(column.instrument),
        "article": str(column.article),
        "word": str(column.word),
        "label": column.label,
        "mark": column.mark.shape,
        "supported": column.supported,
        "needed": column.needed,
        "begins_instrument": column.begins_instrument,
        "signed": {name: getattr(signature, name) for name in names} if signature else None,
    }


def _group(group: Group) -> dict[str, Any]:
    return {"name": str(group.name), "rows": [_row(row) for row in group.rows]}


def _row(row: Row) -> dict[str, Any]:
    cells = [(EITHER if cell.is_either else NEEDED) if cell.mark else NOT_NEEDED for cell in row.cells]
    return {
        "id": row.id,
        "name": str(row.name),
        "question": row.question,
        "mark": row.mark.shape,
        "has_open_point": row.has_open_point,
        "speaks_for": row.speaks_for,
        "speaks_against": row.speaks_against,
        "by_hand": row.by_hand,
        "cells": cells,
    }


def _is_of_label(law: Law, risk: Risk) -> bool:
    """Tell whether a danger speaks of a safeguard: a label is not written down to say that it is not used."""
    rule = next(rule for rule in law.risks if rule.id == risk.id)
    return any(law.provisions[name].safeguard for name in rule.condition.needs().provisions)


def _unsigned(leave: Leave) -> dict[str, Any] | None:
    if not leave.allowance:
        return None
    return {"number": len(leave.unsigned), "reason": leave.allowance.reason, "entry": leave.allowance.entry}
