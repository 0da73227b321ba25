"""Whoever copies a docket's folder finds no word of any case in it: not in UTF-8, not in UTF-16, not in base64."""

import base64
from pathlib import Path

from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.casework.docket import Docket
from onrecord.casework.models import Attribution, Claim, Exhibit, Passage
from onrecord.casework.record.audit import audit
from onrecord.casework.record.kept_bundles import kept_bundle
from onrecord.casework.record.redraw import check
from onrecord.desk.keeping import make_and_keep, open_kept
from whole_story import CANARIES, tell_story


def disguises(word: str) -> set[bytes]:
    """Return the ways in which a word could stand in a file."""
    utf8, utf16 = word.encode(), word.encode("utf-16-le")
    # Base64 turns three bytes into four letters, so a word looks different at each of three offsets.
    turned = {base64.b64encode(bytes(offset) + utf8)[4:-4] for offset in range(3)}
    return {utf8, utf16, word.encode("utf-16-be"), utf8.hex().encode(), word.upper().encode(), *turned}


def found(folder: Path, words: tuple[str, ...]) -> set[tuple[str, str]]:
    looked_for = {form: word for word in words for form in disguises(word)}
    return {
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for data in [path.read_bytes()]
        for form, word in looked_for.items()
        if form in data
    }


def test_after_everything_happened_no_file_shows_a_word(docket: Docket, tmp_path: Path) -> None:
    story = tell_story(docket, tmp_path / "outside")
    kept = make_and_keep(docket, Request(story.case, (Basis.LAWFUL_ORDER,), "share_international_court", "order 12"))
    check(docket)
    audit(docket)

    shown = found(docket.folder, CANARIES)

    assert shown == set()
    assert kept_bundle(docket, kept.id).exists()
    assert b"Prizonquill" in b"".join(open_kept(docket, kept.id)[1])


def test_the_search_would_have_found_them(docket: Docket, tmp_path: Path) -> None:
    (docket.folder / "db/leak").write_bytes(b"xx" + base64.b64encode(b"y" + CANARIES[0].encode() + b"z"))
    (docket.folder / "vault/leak").write_bytes(CANARIES[2].encode("utf-16-le"))

    shown = found(docket.folder, CANARIES)

    assert shown == {("leak", CANARIES[0]), ("leak", CANARIES[2])}


def test_the_words_are_really_in_the_docket(docket: Docket, tmp_path: Path) -> None:
    story = tell_story(docket, tmp_path / "outside")

    columns = ((Exhibit, "name"), (Passage, "quote"), (Claim, "manner"), (Attribution, "name"))
    known = " ".join(text for table, column in columns for text in table.objects.values_list(column, flat=True))
    words = ("xanadoor", "Prizonquill", "murmured", "Inkwellov", "Fabeltown")
    assert [word for word in words if word not in known] == []
    assert story.bundle.exists()
