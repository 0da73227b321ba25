"""Write the statements of a bundle: tables in which each row is a signed entry written differently, and nothing else.

A reader makes the same tables from the openings in proof/ and compares, byte for byte; docs/format/bundle.md says how
each row comes about. A cell that a spreadsheet would take for a formula begins with an apostrophe, because a stranger's
words must never become a program on a court's computer; `case.json` holds every entry exactly as it was signed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.bundle.content import Content, KeysetLeaf
from onrecord.ledger.entry import Event, read_without_checking
from onrecord.seal.keyset import read_keyset

# The entries that say what an exhibit was when it came; both name them as body["exhibits"] = [{"id", "sha256", ...}].
RECEIVING_KINDS = ("LetterOpened", "SourceCaptured")
CASE = "data/case/"
BASES = "data/manifest/basis.csv"
ENTRIES = "data/manifest/entries.csv"
KEYSETS = "data/manifest/keysets.csv"
LEFT_OUT = "data/manifest/left-out.csv"
# Plain lists: every cell is a word or a number, and needs no quotation marks.
HEADS = {
    "basis.csv": "exhibit,basis,reason,entry",
    "entries.csv": "index,subject,subject_seq,state",
    "keysets.csv": "index,number",
    "left-out.csv": "thing,id,reason",
}

_COLUMNS = {
    "acts.csv": "act field value mode degree claim entry",
    "claims.csv": "claim kind act person field value mode quote exhibit start end quote_sha256 "
    "said_by connection manner stance reliability credibility basis entry",
    "custody.csv": "exhibit at kind actor subject entry",
    "exhibits.csv": "exhibit made_from tool name media_type size_bytes sha256 blob subject entry",
    "people.csv": "person counting_unit number_min number_best number_max entry",
    "sources.csv": "source title author publisher published published_raw reading_order entry",
    "timeline.csv": "date act person claim entry",
}
# These two are in the order of their first column; all others in the order of the entries.
_SORTED = ("acts.csv", "timeline.csv")
# What a spreadsheet reads as the beginning of a formula. Line ends and tabs cannot begin a cell: they are escaped.
_FORMULA = ("=", "+", "-", "@")

Row = Mapping[str, object]


def statement_files(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every file that states something."""
    envelopes = {entry.index: entry.envelope for entry in content.opened}
    yield from statements(envelopes, {line.exhibit: line.basis for line in content.basis_lines}).items()
    yield BASES, _list(BASES, ((line.exhibit, line.basis, line.reason, line.entry) for line in content.basis_lines))
    yield LEFT_OUT, _list(LEFT_OUT, ((line.thing, line.id, line.reason) for line in content.left_out))
    yield ENTRIES, _list(ENTRIES, _entry_rows(content))
    yield KEYSETS, keyset_list((leaf.index, _number(leaf)) for leaf in content.keysets)


def statements(envelopes: Mapping[int, bytes], bases: Mapping[str, str]) -> dict[str, bytes]:
    """Return every file of data/case/, made from entries and the basis on which each exhibit leaves."""
    events = {index: read_without_checking(envelope) for index, envelope in sorted(envelopes.items())}
    rows: dict[str, list[Row]] = {table: [] for table in _COLUMNS}
    for table, row in (*_rows(events, bases), *_custody(events)):
        rows[table].append(row)
    files = {f"{CASE}{table}": _table(table, rows[table]) for table in _COLUMNS}
    return {f"{CASE}case.json": _exact(envelopes), **files}


def received_in(events: Mapping[int, Event]) -> Iterator[tuple[int, Event, Mapping[str, object]]]:
    """Yield each exhibit that a receiving entry describes, with that entry."""
    for index, event in events.items():
        for exhibit in event.body.get("exhibits", ()) if event.kind in RECEIVING_KINDS else ():
            yield index, event, exhibit


def keyset_list(keysets: Iterable[tuple[int, int]]) -> bytes:
    """Return the list of keysets: the place of each in the ledger and its number."""
    return _list(KEYSETS, sorted(keysets))


def json_file(value: object) -> bytes:
    """Return JSON for people to read; words stay exactly as they are, whatever their Unicode form."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _list(path: str, rows: Iterable[Sequence[object]]) -> bytes:
    lines = [HEADS[path.rpartition("/")[2]], *(",".join(map(str, row)) for row in rows)]
    return "".join(f"{line}\n" for line in lines).encode()


def _exact(envelopes: Mapping[int, bytes]) -> bytes:
    """Return one JSON object of all entries, each exactly as it was signed, named by its place in the ledger."""
    events = [b'"%d":%s\n' % (index, envelope.partition(b"\n")[0]) for index, envelope in sorted(envelopes.items())]
    return b"{\n" + b",".join(events) + b"}\n"


def _rows(events: Mapping[int, Event], bases: Mapping[str, str]) -> Iterator[tuple[str, Row]]:
    passages = {event.body.get("passage"): event.body for event in events.values() if event.kind == "PassageMarked"}
    for index, event, exhibit in received_in(events):
        yield "exhibits.csv", {**exhibit, "exhibit": exhibit.get("id"), "subject": event.subject, "entry": index}
    for index, event in events.items():
        body = {**event.body, "entry": index}
        if event.kind == "SourceDescribed":
            yield "sources.csv", body
        elif event.kind == "PersonAdded":
            yield "people.csv", body
        elif event.kind == "ActOpened":
            for field in ("event", "victim"):
                yield "acts.csv", {"act": body.get("act"), "field": field, "value": body.get(field), "entry": index}
        elif event.kind == "InvolvementAdded":
            yield "acts.csv", {**body, "field": "perpetrator", "value": body.get("perpetrator")}
        elif event.kind == "ClaimCoded":
            words = passages.get(body.get("passage"), {})
            quoted = {name: words.get(name) for name in ("quote", "start", "end", "quote_sha256")}
            said = {"said_by": _said_by(body.get("by", ())), "basis": bases.get(body.get("exhibit", ""))}
            yield from _claim({**body, **quoted, **said})


def _claim(claim: Mapping[str, object]) -> Iterator[tuple[str, Row]]:
    """Yield a claim once for each of its values; the same values once more for its act, and for the timeline."""
    values = claim.get("values")
    for value in values if isinstance(values, list) and values else [{}]:
        row = {**claim, **value}
        yield "claims.csv", row
        if value and claim.get("act"):
            yield "acts.csv", row
        if value.get("field") == "event.date":
            yield "timeline.csv", {**row, "date": value.get("value")}


def _said_by(links: Iterable[Mapping[str, str]]) -> str:
    """Return who says so, from the one nearest to the words to the one who is said to know it."""
    return " > ".join(" ".join(filter(None, (link.get(part) for part in ("kind", "source", "name")))) for link in links)


def _custody(events: Mapping[int, Event]) -> Iterator[tuple[str, Row]]:
    """Yield for each exhibit every entry of the letter or source it came with."""
    for _, received, exhibit in received_in(events):
        for index, event in events.items():
            if event.subject == received.subject:
                who = {"at": event.at, "kind": event.kind, "actor": event.actor, "subject": event.subject}
                yield "custody.csv", {"exhibit": exhibit.get("id"), **who, "entry": index}


def _table(name: str, rows: Iterable[Row]) -> bytes:
    """Return a table in which every cell stands in quotation marks (RFC 4180, but with plain line ends)."""
    columns = _COLUMNS[name].split()
    texts = [[_text(row.get(column)) for column in columns] for row in rows]
    if name in _SORTED:
        texts.sort(key=lambda cells: cells[0])
    return "".join('"' + '","'.join(map(_cell, cells)) + '"\n' for cells in (columns, *texts)).encode()


def _text(value: object) -> str:
    """Return a value as canonical JSON writes it, a string without its quotation marks."""
    if value is None or isinstance(value, list | dict):
        return ""
    text = json.dumps(value, ensure_ascii=False)
    return text[1:-1] if isinstance(value, str) else text


def _cell(text: str) -> str:
    quoted = text.replace('\\"', '""')
    return f"'{quoted}" if quoted.startswith(_FORMULA) else quoted


def _number(leaf: KeysetLeaf) -> int:
    return read_keyset(leaf.file, root_key=None, now=None).number


def _entry_rows(content: Content) -> Iterator[Sequence[object]]:
    opened = [(entry.index, read_without_checking(entry.envelope)) for entry in content.opened]
    rows = [(index, event.subject, event.subject_seq, "opened") for index, event in opened]
    rows += [(entry.index, entry.subject, entry.subject_seq, "withheld") for entry in content.withheld]
    yield from sorted(rows)
