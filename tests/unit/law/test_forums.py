"""Where a case can be taken: every forum says what it needs, and nothing counts that may not be shared."""

import shutil
from pathlib import Path

import pytest

from onrecord.law.forums import Have, Verified, load_forums, load_things, read_forums, readiness
from onrecord.law.load import FOLDER, read_law
from onrecord.law.model import Law
from onrecord.law.reading.wrong import LawWrong

EIGHT = {
    "national_prosecutor",
    "icc_otp",
    "special_procedures",
    "wgeid",
    "treaty_body",
    "consular_help",
    "register_of_damage",
    "civil_claim",
}


def test_the_eight_forums_are_there_and_every_requirement_names_its_source() -> None:
    forums = load_forums()

    assert set(forums) == EIGHT
    assert all(one.source for forum in forums.values() for one in forum.requirements)


def test_a_requirement_is_met_only_by_what_is_held_and_may_be_shared() -> None:
    forum = load_forums()["wgeid"]
    have = {"identity": Have.HAS, "citizenship": Have.HAS, "when_and_where": Have.HAS, "place_of_stay": Have.NO_BASIS}

    states = {one.requirement.id: (one.have, one.missing) for one in readiness(forum, have)}

    assert states["person"] == (Have.HAS, ())
    assert states["last_seen"] == (Have.NO_BASIS, ("place_of_stay",))
    assert states["family"] == (Have.LACKS, ("family_knows", "contact"))


def test_every_thing_is_needed_somewhere() -> None:
    needed = {thing for forum in load_forums().values() for one in forum.requirements for thing in one.needs}

    assert needed == set(load_things())


def law_with(folder: Path, old: str, new: str) -> Law:
    """Return the law with some words of its forums changed, where they stand first."""
    changed = shutil.copytree(FOLDER, folder / "changed") / "forums.yaml"
    text = changed.read_text(encoding="utf-8")
    assert old in text
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_law(changed.parent)


def verified_as(given: str, folder: Path) -> Law:
    """Return the law with a forum more, whose one requirement says this of being verified."""
    needs = '{id: one, needs: [account], text: "Invented", source: "Invented rules, art. 1", verified: ' + given + "}"
    rules = 'title: "An invented forum", purpose: share_un, languages: [], deadline: "None."'
    return law_with(folder, "\nforums:\n", f"\nforums:\n  invented: {{{rules}, requirements: [{needs}]}}\n")


def test_a_requirement_that_was_compared_with_its_source_says_where_and_when(tmp_path: Path) -> None:
    law = verified_as('{at: "Invented rules, third print", on: "2026-03-01"}', tmp_path)

    (requirement,) = read_forums(law)["invented"].requirements

    assert requirement.verified == Verified("Invented rules, third print", "2026-03-01")


def test_a_requirement_that_nobody_compared_says_so(tmp_path: Path) -> None:
    (requirement,) = read_forums(verified_as('"no"', tmp_path))["invented"].requirements

    assert requirement.verified is None


@pytest.mark.parametrize(
    "given",
    [
        '"yes"',
        "true",
        "[]",
        "{}",
        '{at: "Invented rules"}',
        '{on: "2026-03-01"}',
        '{at: "", on: "2026-03-01"}',
        '{at: "Invented rules", on: "2026-02-30"}',
        '{at: "Invented rules", on: "March"}',
        '{at: "Invented rules", on: "2026-03-01", by: "somebody"}',
    ],
)
def test_verified_without_where_and_when_is_refused_with_its_line(tmp_path: Path, given: str) -> None:
    law = verified_as(given, tmp_path)

    with pytest.raises(LawWrong) as caught:
        read_forums(law)

    lines = (tmp_path / "changed" / "forums.yaml").read_text(encoding="utf-8").splitlines()
    assert "An invented forum" in lines[caught.value.line - 1]


def test_a_thing_may_let_the_reason_stand_in_its_place(tmp_path: Path) -> None:
    things = load_things()

    assert [name for name, thing in things.items() if thing.or_reason] == ["authority", "remedies"]
    with pytest.raises(LawWrong) as caught:
        read_forums(law_with(tmp_path, ", or_reason: true", ', or_reason: "yes"'))
    assert "true or false" in caught.value.hint
