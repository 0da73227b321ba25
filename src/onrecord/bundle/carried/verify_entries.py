"""Compare what a bundle lists and tells with what its signed entries say: the second half of verify.py.

Pure functions: each takes entries whose signatures were checked, and says what is wrong. Every row of a table in
data/case/ is such an entry written differently (docs/format/bundle.md), so the tables are made again here and compared.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Events = Mapping[int, Any]  # in the order of their places in the ledger
Lines = Sequence[Sequence[str]]

TABLES = {
    "acts": "act field value mode degree claim entry",
    "claims": "claim kind act person field value mode quote exhibit start end quote_sha256 "
    "said_by connection manner stance reliability credibility basis entry",
    "custody": "exhibit at kind actor subject entry",
    "exhibits": "exhibit made_from tool name media_type size_bytes sha256 blob subject entry",
    "people": "person counting_unit number_min number_best number_max entry",
    "sources": "source title author publisher published published_raw reading_order entry",
    "timeline": "date act person claim entry",
}

# The head of each list, and the one form of its lines; written the same in verify.sh.
ID, NUMBER, WORD = "[0-9a-f]+", "(0|[1-9][0-9]{0,14})", "[a-z0-9_:]+"
LISTS = {
    "data/manifest/basis.csv": ("exhibit,basis,reason,entry", f"{ID},{WORD},{WORD},{NUMBER}?"),
    "data/manifest/entries.csv": ("index,subject,subject_seq,state", f"{NUMBER},{ID},{NUMBER},(opened|withheld)"),
    "data/manifest/left-out.csv": ("thing,id,reason", f"(exhibit|claim),{ID},{WORD}|entry,{NUMBER},{WORD}"),
}


def miscounted(events: Events, seal: int, listed: Lines, left_out: Lines) -> Iterator[str]:
    """Yield what is wrong with entries.csv: an entry that is missing, another, or withheld without a word."""
    counts = events[seal]["body"]["counts"]
    entries = sorted((int(index), subject, int(number), state) for index, subject, number, state in listed)
    if not _are_counts(counts):
        yield "the counts cannot be read"
        return
    yield from (f"entry {entry[0]} is of a subject that is not counted" for entry in entries if entry[1] not in counts)
    opened = {entry[:3] for entry in entries if entry[3] == "opened"}
    there = {(index, event["subject"], event["subject_seq"]) for index, event in events.items()}
    last = (seal, events[seal]["subject"], events[seal]["subject_seq"])
    yield from (f"entry {index} is missing or another" for index, _, _ in opened - there)
    yield from (f"entry {index} is not in the list of entries" for index, _, _ in there - opened - {last})
    withheld = {entry[0] for entry in entries if entry[3] == "withheld"}
    named = {int(id) for thing, id, _ in left_out if thing == "entry"}
    yield from (f"entry {index} is withheld in one list and not in the other" for index in withheld ^ named)
    if last[2] != counts.get(last[1], -1) + 1:
        yield "the seal does not follow the last entry it counts"
    for subject, count in counts.items():
        numbers = [entry[2] for entry in entries if entry[1] == subject]
        if len(numbers) != count or numbers != list(range(1, count + 1)):
            yield f"entries of a subject are missing or doubled: {len(numbers)} here, {count} counted"


def _are_counts(counts: Mapping[str, Any]) -> bool:
    are_numbers = all(re.fullmatch(ID, subject) and type(count) is int for subject, count in counts.items())
    return are_numbers and any(counts.values())


def not_as_received(events: Events, sums: Mapping[str, str]) -> Iterator[str]:
    """Yield each exhibit that is not exactly one file, byte for byte what its entry received."""
    received, there = dict[str, set[tuple[str, str]]](), dict[str, list[tuple[str, str]]]()
    for _, _, one in received_in(events):
        received.setdefault(one["id"], set()).add(("derived" if one["made_from"] else "original", one["sha256"]))
    for name, sum_ in sums.items():
        part = name.split("/")
        if part[:2] == ["data", "exhibits"]:
            there.setdefault(part[2], []).append((part[3], sum_))
    yield from (f"two entries differ about exhibit {id}" for id in received if len(received[id]) > 1)
    yield from (f"removed exhibit: {id}" for id in received.keys() - there.keys())
    yield from (f"not one file: exhibit {id}" for id in there if len(there[id]) != 1)
    yield from (
        f"not as it was received: exhibit {id}" for id in there if not set(there[id]) <= received.get(id, set())
    )


def unfounded(events: Events, seal: Mapping[str, Any], bases: Lines) -> Iterator[str]:
    """Yield what is wrong with basis.csv: each exhibit has one basis, which an entry or the seal carries."""
    grounds, purpose = set(), seal["purpose"]
    for index, event, exhibit in received_in(events):
        found = {("lawful_order", "named_by_operator", ""), ("vital_interest", "named_by_operator", "")}
        for n, one in events.items():
            if one["subject"] == event["subject"] and one["kind"] == "SourceDescribed":
                found.add(("public_source", "captured_publication", str(n)))
            elif one["subject"] == event["subject"] and one["kind"] == "ConsentConfirmed":
                found |= {("consent", f"{purpose}:confirmed", str(n))} if one["body"]["purpose"] == purpose else set()
        if event["kind"] == "LetterOpened":
            state = {one["purpose"]: one["state"] for one in event["body"]["consent"]}.get(purpose)
            if state == "given":
                found.add(("consent", f"{purpose}:given", str(index)))
            elif not any(basis == "consent" for basis, _, _ in found):
                found.add(("consent", f"{purpose}:given_later", ""))
        grounds |= {(exhibit["id"], *line) for line in found if line[0] in seal["basis"]}
    yield from (f"no entry carries the basis of exhibit {line[0]}" for line in bases if tuple(line) not in grounds)
    if sorted(line[0] for line in bases) != sorted({one["id"] for _, _, one in received_in(events)}):
        yield "not one basis for each exhibit"


def not_what_entries_say(envelopes: Mapping[int, bytes], bases: Lines, sums: Mapping[str, str]) -> Iterator[str]:
    """Yield each file of data/case/ that is not, byte for byte, what the entries of these envelopes make it."""
    signed = {index: envelopes[index].split(b"\n")[0] for index in sorted(envelopes)}
    rows = rows_of({index: json.loads(data) for index, data in signed.items()}, {line[0]: line[1] for line in bases})
    made = {f"data/case/{name}.csv": table(name, rows[name]) for name in TABLES}
    made["data/case/case.json"] = b"{\n" + b",".join(b'"%d":%s\n' % one for one in signed.items()) + b"}\n"
    for name, data in made.items():
        if sums.get(name) != hashlib.sha256(data).hexdigest():
            yield f"not what the signed entries say: {name}"


def received_in(events: Events) -> Iterator[tuple[int, Any, dict[str, Any]]]:
    """Yield each exhibit that an entry received, with that entry."""
    for index, event in events.items():
        if event["kind"] in ("LetterOpened", "SourceCaptured"):
            yield from ((index, event, exhibit) for exhibit in event["body"]["exhibits"])


def rows_of(events: Events, bases: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table; a column that a row does not name stays empty."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    passages = {one["body"]["passage"]: one["body"] for one in events.values() if one["kind"] == "PassageMarked"}
    for index, event, exhibit in received_in(events):
        rows["exhibits"].append({**exhibit, "exhibit": exhibit["id"], "subject": event["subject"], "entry": index})
        same = [(n, one) for n, one in events.items() if one["subject"] == event["subject"]]
        rows["custody"] += [{**one, "exhibit": exhibit["id"], "entry": n} for n, one in same]
    for index, event in events.items():
        body = {**event["body"], "entry": index}
        match event["kind"]:
            case "SourceDescribed":
                rows["sources"].append(body)
            case "PersonAdded":
                rows["people"].append(body)
            case "ActOpened":
                about = {"act": body["act"], "entry": index}
                rows["acts"] += [{**about, "field": name, "value": body[name]} for name in ("event", "victim")]
            case "InvolvementAdded":
                rows["acts"].append({**body, "field": "perpetrator", "value": body["perpetrator"]})
            case "ClaimCoded":
                words = passages.get(body["passage"], {})
                body |= {name: words.get(name) for name in ("quote", "start", "end", "quote_sha256")}
                links = ((link["kind"], link["source"], link["name"]) for link in body["by"])
                body["said_by"] = " > ".join(" ".join(filter(None, link)) for link in links)
                body["basis"] = bases.get(body["exhibit"])
                stated = [{**body, **value} for value in body["values"]]
                rows["claims"] += stated or [body]
                rows["acts"] += stated if body["act"] else []
                rows["timeline"] += [{**row, "date": row["value"]} for row in stated if row["field"] == "event.date"]
    return rows


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a table: every cell in quotation marks, and an apostrophe before what could be a formula."""
    columns = TABLES[name].split()
    lines = [[text_of(row.get(column)) for column in columns] for row in rows]
    if name in ("acts", "timeline"):
        lines.sort(key=lambda line: line[0])
    return "".join('"' + '","'.join(map(safe, line)) + '"\n' for line in (columns, *lines)).encode()


def safe(cell: str) -> str:
    """Return a cell that no program takes for its end or for a formula."""
    return "'" * cell.startswith(("=", "+", "-", "@")) + cell.replace('\\"', '""')


def text_of(value: Any) -> str:
    """Return a value as canonical JSON writes it, a string without its quotation marks; nothing for no value."""
    text = "" if value is None else json.dumps(value, ensure_ascii=False)
    return text[1:-1] if isinstance(value, str) else text
