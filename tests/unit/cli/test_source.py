"""Sources: what is captured is proposed, what is confirmed counts, and a failure leaves nothing behind."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from invented_commands import ARTICLE, Filled, Onrecord


def test_an_empty_file_is_refused(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    answer = onrecord("source", "capture", "empty", "--json")

    assert (answer.code, answer.error["error"]) == (2, "This file is empty; there is nothing to capture.")


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_file_that_is_not_there_is_refused(filled: Filled, onrecord: Onrecord, name: str) -> None:
    assert onrecord("source", "capture", name, "--json").code == 2


def test_a_person_is_told_what_counts_and_that_an_ambiguous_date_does_not(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    (tmp_path / "call.txt").write_text("Call for drivers\n\nBy Ada Placeholder\n09/02/2025\nCome.\n", encoding="utf-8")

    answer = onrecord("source", "capture", "call.txt", "--confirm")

    proposed, confirmed = answer.out.split("\nconfirmed\n")
    assert "2025-02-09 (\u201c09/02/2025\u201d, day_first) or 2025-09-02" in proposed
    assert "title      Call for drivers" in confirmed
    assert "published  not known" in confirmed


def test_what_is_not_told_stays_as_it_was_confirmed(filled: Filled, onrecord: Onrecord) -> None:
    onrecord("source", "describe", filled.source[:6], "--published", "2025-02~")

    found = onrecord("source", "read", filled.source, "--json").json
    assert (found["publisher"], found["published"]) == ("The Example Gazette", "2025-02~")


def test_a_date_that_is_no_date_is_refused(filled: Filled, onrecord: Onrecord) -> None:
    assert onrecord("source", "describe", filled.source, "--published", "09/02/2025", "--json").code == 2


def test_a_source_is_read_with_its_words_last(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("source", "read", filled.source)

    assert answer.out.rstrip().endswith("By Ada Placeholder")
    assert f"1   0:{len(ARTICLE.splitlines()[0])}  Workers were told to sign." in answer.out


def test_a_full_disk_is_one_sentence_and_leaves_nothing_and_the_next_try_works(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    (tmp_path / "film").write_bytes(bytes(4_000_000))
    before = sorted(filled.folder.rglob("vault/**/*"))
    limited = 2_000_000

    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "source", "capture", "film", "--json"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limited, limited)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert '"error": "The disk is full; nothing was changed."' in done.stderr
    assert sorted(filled.folder.rglob("vault/**/*")) == before
    assert len(onrecord("source", "list", "--json").json["items"]) == 1
    assert onrecord("source", "capture", "film", "--json").code == 0
    assert onrecord("ledger", "audit", "--json").code == 0


def test_a_letter_and_a_source_are_graded_once_and_a_wrong_grade_is_explained(
    filled: Filled, onrecord: Onrecord
) -> None:
    why = ("--reason", "Known for years.", "--json")
    graded = [
        onrecord(noun, "grade", id_[:8], "--reliability", "B", "--credibility", "3", *why)
        for noun, id_ in (("source", filled.source), ("letter", filled.letter))
    ]
    narrowed = onrecord("source", "grade", filled.source, "--credibility", "", *why)
    refused = [
        onrecord("source", "grade", *wrong, "--json").code
        for wrong in ((filled.source, "--reliability", "G", "--reason", "x"), (filled.source, "--reliability", "B"))
    ]

    assert [(answer.code, answer.json["reliability"], answer.json["credibility"]) for answer in graded] == [
        (0, "B", "3")
    ] * 2
    assert (narrowed.json["reliability"], narrowed.json["credibility"]) == ("B", "")
    assert refused == [2, 2]
