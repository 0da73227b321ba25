"""What a desk sealed and no entry says is refused: the tables a reader sees are the entries that members signed.

Here the desk itself lies, or its database was changed before the seal: lists, seal and proofs all fit what it wrote.
"""

from dataclasses import replace
from pathlib import Path

import pytest

import onrecord.bundle.write
from onrecord.bundle.redact import keep_what_may_leave
from onrecord.bundle.report import Finding, Report
from unit.bundle.invented_docket import (
    ARTICLE,
    CASE,
    COURT,
    LETTER,
    PAGE,
    PHOTO,
    WORDS,
    InventedDocket,
    bundle_up,
    code,
    decisions,
    fill,
    make_id,
    openings,
)
from unit.bundle.verifiers import Verdict, by_onrecord, by_python, by_shell

# A file, what stands in it, what the desk wrote instead, and what every verifier says of it.
LIES = {
    "a claim with another value": ("case/claims.csv", '"immovable_property"', '"violence_to_others"', "claims.csv"),
    "a claim with another quote": ("case/claims.csv", "the flat is gon", "the flat is yours", "claims.csv"),
    "a claim said by somebody else": ("case/claims.csv", "an invented office", "a named official", "claims.csv"),
    "a claim of another date": ("case/claims.csv", '"event.date","2025-03"', '"event.date","2025-04"', "claims.csv"),
    "an act with another victim": ("case/acts.csv", f'"victim","{make_id("victim")}"', '"victim",""', "acts.csv"),
    "another perpetrator": ("case/acts.csv", make_id("perpetrator"), make_id("somebody else"), "acts.csv"),
    "another degree": ("case/acts.csv", '"ordered"', '"carried_out"', "acts.csv"),
    "another date": ("case/timeline.csv", '"2025-02~"', '"2025-01~"', "timeline.csv"),
    "a receipt an hour earlier": ("case/custody.csv", "12:06:00Z", "11:06:00Z", "custody.csv"),
    "another title of a source": ("case/sources.csv", "The Example", "The Exemplary", "sources.csv"),
    "more people": ("case/people.csv", '"2","","11"', '"2","","111"', "people.csv"),
    "another name of a file": ("case/exhibits.csv", "letter.txt", "confession.txt", "exhibits.csv"),
    "another entry in the exact file": ("case/case.json", "immovable_property", "violence_to_others", "case.json"),
    "a consent from nowhere": ("manifest/basis.csv", f"{WORDS},consent,{COURT}:given,7",
                               f"{WORDS},consent,{COURT}:given,6", f"no entry carries the basis of exhibit {WORDS}"),
    "a basis that was not named": ("manifest/basis.csv", f"{ARTICLE},public_source,captured_publication,9",
                                   f"{ARTICLE},vital_interest,named_by_operator,", "no entry carries the basis"),
    "an exhibit without a basis": ("manifest/basis.csv", f"{PHOTO},consent,{COURT}:given,7\n", "",
                                   "not one basis for each exhibit"),
}  # fmt: skip

# What the desk put beside what a bundle holds.
MORE = (
    "verdict.txt", "case/findings.csv", "case/more/claims.csv", "case/claims.txt", "manifest/verdict.csv",
    f"exhibits/{PHOTO}/verdict.txt", f"exhibits/{PHOTO}/more/photo.jpg", f"exhibits/{PHOTO}/original/more/photo.jpg",
    "exhibits/more.txt", "exhibits/more/original/photo.jpg",
)  # fmt: skip
BASES, ENTRIES, LEFT_OUT = (f"data/manifest/{name}.csv" for name in ("basis", "entries", "left-out"))
# A list that one program reads and another does not, or reads as something else.
UNREADABLE = {
    f"{path}: {change}": (path, changed)
    for path in (BASES, ENTRIES, LEFT_OUT)
    for change, changed in {
        "no last line end": lambda data: data[:-1],
        "no head": lambda data: data.partition(b"\n")[2],
        "a head below": lambda data: data + data.partition(b"\n")[0] + b"\n",
        "nothing": lambda data: b"",
        "other line ends": lambda data: data.replace(b"\n", b"\r\n"),
        "a line of too many cells": lambda data: data + b"1,2,3,4,5\n",
        "a line end that is none": lambda data: data + b"\x00\n",
        "other letters": lambda data: data + "entry,7,ж\n".encode(),
    }.items()
} | {
    "a place with a line below": (ENTRIES, lambda data: data.replace(b"\n10,", b"\n1_0,")),
    "a place that begins with zero": (ENTRIES, lambda data: data.replace(b"\n10,", b"\n010,")),
    "a place with a sign": (ENTRIES, lambda data: data.replace(b"\n10,", b"\n+10,")),
    "another state": (ENTRIES, lambda data: data.replace(b",opened\n", b",shown\n", 1)),
    "an entry left out that begins with zero": (LEFT_OUT, lambda data: data + b"entry,07,on_hold\n"),
    "an entry left out without a place": (LEFT_OUT, lambda data: data + b"entry,,on_hold\n"),
    "an entry left out that is no number": (LEFT_OUT, lambda data: data + b"entry,abc,on_hold\n"),
    "another thing left out": (LEFT_OUT, lambda data: data + b"note,7,on_hold\n"),
}


@pytest.fixture
def docket(tmp_path: Path) -> InventedDocket:
    return InventedDocket(tmp_path / "tiles")


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A desk that does not check what it made."""
    whole = Report(own_keys=False, findings=[Finding("shape", holds=True, says="")])
    monkeypatch.setattr("onrecord.bundle.write.check_bundle", lambda *_, **__: whole)
    return monkeypatch


def make(docket: InventedDocket, place: Path) -> Path:
    content = fill(docket)
    return bundle_up(docket, keep_what_may_leave(content, decisions(content)), place / "bundle")


def verdicts(bundle: Path, keys: Path) -> list[Verdict]:
    return [by_shell(bundle, keys), by_python(bundle, keys), by_onrecord(bundle, keys)]


@pytest.mark.parametrize("lie", LIES)
def test_what_no_entry_says_is_refused_though_it_was_sealed(lie: str, docket, careless, tmp_path: Path, keys: Path):
    name, true, false, says = LIES[lie]
    written = onrecord.bundle.write.statement_files

    def lying(content):
        for path, data in written(content):
            assert path != f"data/{name}" or true.encode() in data
            yield path, data.replace(true.encode(), false.encode()) if path == f"data/{name}" else data

    careless.setattr("onrecord.bundle.write.statement_files", lying)
    bundle = make(docket, tmp_path)

    found = verdicts(bundle, keys)

    assert [(verdict.code, verdict.check) for verdict in found] == [(4, "statements")] * 3, found
    assert all(says in verdict.said for verdict in found)


@pytest.mark.parametrize("name", MORE)
def test_a_file_of_the_desks_own_is_refused_though_it_was_sealed(
    name: str, docket, careless, tmp_path: Path, keys: Path
):
    written = onrecord.bundle.write.statement_files
    more = (f"data/{name}", b"all of it is true\n")
    careless.setattr("onrecord.bundle.write.statement_files", lambda content: [*written(content), more])

    found = verdicts(make(docket, tmp_path), keys)

    assert [(verdict.code, verdict.check) for verdict in found] == [(4, "shape")] * 3, found
    assert all(f"added file: data/{name}" in verdict.said for verdict in found)


@pytest.mark.parametrize("change", UNREADABLE)
def test_a_list_that_readers_could_read_differently_is_refused_though_it_was_sealed(
    change: str, docket, careless, tmp_path: Path, keys: Path
):
    name, changed = UNREADABLE[change]
    written = onrecord.bundle.write.statement_files

    def writing_oddly(content):
        for path, data in written(content):
            assert path != name or changed(data) != data
            yield path, changed(data) if path == name else data

    careless.setattr("onrecord.bundle.write.statement_files", writing_oddly)

    found = verdicts(make(docket, tmp_path), keys)

    assert [(verdict.code, verdict.check) for verdict in found] == [(4, "counts")] * 3, found
    assert all(f"this list cannot be read: {name}" in verdict.said for verdict in found)


@pytest.mark.parametrize("counted", [{CASE}, {CASE, LETTER}, {LETTER, PAGE}])
def test_an_entry_whose_subject_is_not_counted_is_refused_though_it_was_sealed(
    counted: set[str], docket, careless, tmp_path: Path, keys: Path
):
    content = fill(docket)
    kept = keep_what_may_leave(content, decisions(content, letter="refused"))
    uncounted = {entry.index for entry in kept.withheld if entry.subject not in counted}
    content = replace(
        kept,
        counts={subject: count for subject, count in kept.counts.items() if subject in counted},
        withheld=tuple(entry for entry in kept.withheld if entry.index not in uncounted),
        left_out=tuple(one for one in kept.left_out if one.thing != "entry" or int(one.id) not in uncounted),
    )

    found = verdicts(bundle_up(docket, content, tmp_path / "bundle"), keys)

    assert [(verdict.code, verdict.check) for verdict in found] == [(4, "counts")] * 3, found
    assert all("is of a subject that is not counted" in verdict.said for verdict in found)


@pytest.mark.parametrize("counts", [{}, {CASE: 0}, {"a case": 1}, {make_id("nobody"): True}])
def test_counts_that_are_none_are_refused_though_they_were_sealed(
    counts: dict[str, object], docket, careless, tmp_path: Path, keys: Path
):
    content = fill(docket)
    kept = keep_what_may_leave(content, decisions(content))

    found = verdicts(bundle_up(docket, replace(kept, counts=counts), tmp_path / "bundle"), keys)

    assert [(verdict.code, verdict.check) for verdict in found] == [(4, "counts")] * 3, found
    assert all("the counts cannot be read" in verdict.said for verdict in found)


def test_an_entry_withheld_without_a_word_is_refused_though_it_was_sealed(docket, careless, tmp_path: Path, keys: Path):
    written = onrecord.bundle.write.statement_files
    careless.setattr(
        "onrecord.bundle.write.statement_files",
        lambda content: [(path, data.replace(b"entry,7,", b"claim,7,")) for path, data in written(content)],
    )
    content = fill(docket)
    kept = keep_what_may_leave(content, decisions(content, letter="refused"))
    bundle = bundle_up(docket, kept, tmp_path / "bundle")

    found = verdicts(bundle, keys)

    assert [(verdict.code, verdict.check) for verdict in found] == [(4, "counts")] * 3, found
    assert all("entry 7 is withheld in one list and not in the other" in verdict.said for verdict in found)


@pytest.mark.parametrize(("purpose", "reason"), [(COURT, "confirmed"), ("share_un", "given_later")])
def test_a_yes_said_after_the_letter_is_carried_by_the_entry_that_records_it_or_said_to_be_unseen(
    purpose: str, reason: str, docket, tmp_path: Path, keys: Path
):
    content = fill(docket, consent="ask_first")
    docket.record("ConsentConfirmed", LETTER, letter=LETTER, purpose=purpose, said_in=make_id("a later letter"))
    counts = {subject: len(docket.by_subject[subject]) for subject in content.counts}
    content = replace(content, opened=openings(docket), counts=counts)

    bundle = bundle_up(docket, keep_what_may_leave(content, decisions(content)), tmp_path / "bundle")

    assert f"{WORDS},consent,{COURT}:{reason}," in (bundle / "data/manifest/basis.csv").read_text()
    assert [verdict.check for verdict in verdicts(bundle, keys)] == [None] * 3


@pytest.mark.parametrize("letter", ["given", "refused"])
def test_a_bundle_whose_words_hold_every_kind_of_character_is_whole(letter: str, docket, tmp_path: Path, keys: Path):
    content = fill(docket)
    odd = [
        '"',
        "\\",
        '\\"',
        '\\\\"x\\',
        "=1+1",
        "-1",
        "@a",
        "'",
        "a,b\r\n\tc",
        "\x01\x7f",
        "\u2028",
        "Їжак 🙂",
        "null",
        "",
        " ",
    ]
    more = [
        code(docket, f"odd {n}", WORDS, n, n + 1, f"place.text={text.replace(':', '')}") for n, text in enumerate(odd)
    ]
    more.append(
        code(docket, "many", WORDS, 0, 5, *(f"event.date={text}" for text in ("2025", "unknown", "2025-02", "../2024")))
    )
    for text in odd:
        docket.record("SourceDescribed", make_id("page"), source=text, title=text, author=text, published=None)
        docket.record("PersonAdded", CASE, person=text, number_min=-1, number_best=0, number_max=10**15, basis="")
    counts = {subject: len(docket.by_subject[subject]) for subject in content.counts}
    content = replace(content, claims=(*content.claims, *more), opened=openings(docket), counts=counts)

    bundle = bundle_up(docket, keep_what_may_leave(content, decisions(content, letter=letter)), tmp_path / "bundle")

    assert [verdict.check for verdict in verdicts(bundle, keys)] == [None] * 3
