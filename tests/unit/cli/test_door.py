"""What goes from a docket to its door, which language was checked and by whom; and what stays as it was there."""

from dataclasses import asdict, replace
from pathlib import Path

from invented_commands import Filled, Onrecord
from onrecord.door.config import DoorSettings
from onrecord.words.catalogue import load_language
from onrecord.words.form import load_form

REVIEW = """
[[review]]
language = "uk"
reviewer = "Olha Reader"
organisation = "Harbour House"
on = "2026-12-01"
sha256 = "{sha256}"
"""


def test_what_a_reviewer_reads_holds_every_question_and_ends_with_the_hash_to_sign(onrecord: Onrecord) -> None:
    answer = onrecord("door", "language", "uk")

    assert answer.code == 0
    for question in load_form().questions.values():
        assert f"{question.text}\n    {load_language('uk').say(question.text)}\n" in answer.out
    assert len(answer.out.splitlines()[-1].removeprefix("sha256 ")) == 64


def test_a_language_that_the_door_does_not_have_is_refused_with_those_that_it_has(onrecord: Onrecord) -> None:
    answer = onrecord("door", "language", "xx")

    assert answer.code == 2
    assert "uz-Cyrl" in answer.err


def test_a_review_recorded_in_the_settings_goes_to_the_door(filled: Filled, onrecord: Onrecord) -> None:
    sha256 = onrecord("door", "language", "uk").out.split()[-1]
    with (filled.folder / "docket.toml").open("a", encoding="utf-8") as settings:
        settings.write(REVIEW.format(sha256=sha256))

    answer = onrecord("door", "export", "-o", "door")

    assert answer.code == 0
    [review] = DoorSettings.parse((filled.folder.parent / "door" / "door.toml").read_text(encoding="utf-8")).reviews()
    assert (review.language, review.organisation, review.sha256) == ("uk", "Harbour House", sha256)


def test_what_was_set_for_one_door_alone_stays_when_the_docket_is_exported_again(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    onrecord("door", "export", "-o", "door")
    path = tmp_path / "door" / "door.toml"
    exported = DoorSettings.parse(path.read_text(encoding="utf-8"))
    own = {"leave": "https://weather.example", "rota": "daily", "onion": "http://example.onion", "kits_off": ["en"]}
    path.write_text(replace(exported, **own, letter_bytes=1, root_key="another").write(), encoding="utf-8")

    answer = onrecord("door", "export", "-o", "door")

    assert answer.code == 0
    assert asdict(DoorSettings.parse(path.read_text(encoding="utf-8"))) == asdict(exported) | own


def test_settings_of_a_door_that_cannot_be_read_are_not_written_over(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    (tmp_path / "door").mkdir()
    (tmp_path / "door" / "door.toml").write_text("rota = daily", encoding="utf-8")

    answer = onrecord("door", "export", "-o", "door", "--json")

    assert answer.code == 2
    assert (tmp_path / "door" / "door.toml").read_text(encoding="utf-8") == "rota = daily"
