"""Write the statements of a bundle as tables that any spreadsheet opens, and once more, exactly, as JSON.

The JSON file is the exact one. In a table a cell that a spreadsheet would take for a formula begins with an apostrophe,
because a stranger's words must never become a program on a court's computer.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from onrecord.bundle.content import Claim, Content
from onrecord.ledger.entry import read_without_checking

Table = tuple[Sequence[str], Iterable[Sequence[object]]]

# What a spreadsheet reads as the beginning of a formula, a link or a command.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_CLAIM_COLUMNS = (
    "claim", "kind", "about", "field", "value", "quote", "exhibit", "start", "end", "quote_sha256",
    "said_by", "connection", "reliability", "credibility", "basis",
)  # fmt: skip
_ACT_COLUMNS = ("act", "event", "kind", "victim", "when", "where", "field", "value", "degree", "claims")


def statement_files(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every file that states something."""
    yield "data/case/case.json", json_file(case_value(content))
    for path, (columns, rows) in _tables(content).items():
        yield path, csv_file(columns, rows)


def _tables(content: Content) -> Mapping[str, Table]:
    return {
        "data/case/claims.csv": (_CLAIM_COLUMNS, _claim_rows(content)),
        "data/case/acts.csv": (_ACT_COLUMNS, _act_rows(content)),
        "data/case/timeline.csv": (("when", "earliest", "act", "kind", "where", "claims"), _timeline_rows(content)),
        "data/case/custody.csv": (("exhibit", "at", "entry", "kind", "actor", "subject"), _custody_rows(content)),
        "data/manifest/basis.csv": (
            ("thing", "id", "field", "basis", "reason"),
            ((line.thing, line.id, line.field, line.basis, line.reason) for line in content.basis_lines),
        ),
        "data/manifest/left-out.csv": (
            ("thing", "id", "field", "reason"),
            ((line.thing, line.id, line.field, line.reason) for line in content.left_out),
        ),
        "data/manifest/entries.csv": (("index", "subject", "subject_seq", "state"), _entry_rows(content)),
    }


def case_value(content: Content) -> dict[str, object]:
    """Return all statements as one JSON value."""
    return {
        "v": 1,
        "bundle": content.bundle,
        content.subject_kind: content.subject,
        "name": content.name,
        "purpose": content.purpose,
        "bases": list(content.bases),
        "acts": [asdict(act) for act in content.acts],
        "claims": [asdict(claim) for claim in content.claims],
        "counts": dict(content.counts),
    }


def json_file(value: object) -> bytes:
    """Return JSON for people to read; words stay exactly as they are, whatever their Unicode form."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table (RFC 4180, but with plain line ends) in which no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _claim_rows(content: Content) -> Iterator[Sequence[object]]:
    bases = {(line.id, line.field): line.basis for line in content.basis_lines}
    for claim in content.claims:
        for field, value in [(value.field, value.value) for value in claim.values] or [("", "")]:
            basis = bases.get((claim.id, field), bases.get((claim.passage.exhibit, ""), ""))
            yield (claim.id, claim.kind, claim.about, field, value, *_passage(claim), basis)


def _passage(claim: Claim) -> tuple[object, ...]:
    passage = claim.passage
    words = (passage.quote, passage.exhibit, passage.start, passage.end, passage.quote_sha256)
    return (*words, " > ".join(claim.said_by), claim.connection, claim.reliability, claim.credibility)


def _act_rows(content: Content) -> Iterator[Sequence[object]]:
    for act in content.acts:
        who_what = (act.id, act.event, act.kind, act.victim, act.when, act.where)
        yield (*who_what, "", "", "", " ".join(act.claims))
        for one in act.involvements:
            yield (*who_what, "perpetrator", one.perpetrator, one.degree, " ".join(one.claims))
        for value in act.values:
            yield (*who_what, value.field, value.value, "", " ".join(value.claims))


def _timeline_rows(content: Content) -> Iterator[Sequence[object]]:
    # An act without a known day comes last, never first: an empty cell is not an early date.
    for act in sorted(content.acts, key=lambda act: (act.earliest == "", act.earliest, act.id)):
        yield (act.when, act.earliest, act.id, act.kind, act.where, " ".join(act.claims))


def _custody_rows(content: Content) -> Iterator[Sequence[object]]:
    events = [(entry.index, read_without_checking(entry.envelope)) for entry in content.opened]
    for exhibit in content.exhibits:
        for index, event in sorted(events, key=lambda pair: pair[0]):
            if event.subject == exhibit.subject:
                yield (exhibit.id, event.at, index, event.kind, event.actor, event.subject)


def _entry_rows(content: Content) -> Iterator[Sequence[object]]:
    opened = [(entry.index, read_without_checking(entry.envelope)) for entry in content.opened]
    rows = [(index, event.subject, event.subject_seq, "opened") for index, event in opened]
    rows += [(entry.index, entry.subject, entry.subject_seq, "withheld") for entry in content.withheld]
    yield from sorted(rows)
