"""Where a case can be taken: every forum says what it needs, and nothing counts that may not be shared."""

from dataclasses import replace

import pytest

from onrecord.law.forums import Have, Part, Verified, load_forums, load_things, read_forums, readiness
from onrecord.law.load import FOLDER
from onrecord.law.model import Statement
from onrecord.law.reading.wrong import LawWrong
from onrecord.words.strict_yaml import DataFile, parse_data

TEXT = (FOLDER / "forums.yaml").read_text(encoding="utf-8")

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


def file_with(old: str, new: str) -> DataFile:
    """Return the file of forums with some words changed, where they stand first."""
    assert old in TEXT
    return parse_data(TEXT.replace(old, new, 1), name="forums.yaml")


def verified_as(given: str) -> DataFile:
    """Return the file with a forum more, whose one requirement says this of being verified."""
    needs = '{id: one, needs: [account], text: "Invented", source: "Invented rules, art. 1", verified: ' + given + "}"
    rules = 'title: "An invented forum", purpose: share_un, languages: [], deadline: "None."'
    return file_with("\nforums:\n", f"\nforums:\n  invented: {{{rules}, requirements: [{needs}]}}\n")


def test_a_requirement_that_was_compared_with_its_source_says_where_and_when() -> None:
    file = verified_as('{at: "Invented rules, third print", on: "2026-03-01"}')

    (requirement,) = read_forums(file)["invented"].requirements

    assert requirement.verified == Verified("Invented rules, third print", "2026-03-01")


def test_a_requirement_that_nobody_compared_says_so() -> None:
    (requirement,) = read_forums(verified_as('"no"'))["invented"].requirements

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
def test_verified_without_where_and_when_is_refused_with_its_line(given: str) -> None:
    file = verified_as(given)

    with pytest.raises(LawWrong) as caught:
        read_forums(file)

    assert caught.value.line == TEXT.splitlines().index("forums:") + 2


WRONG = {
    "a thing that is not there": ("needs: [identity, contact]", "needs: [identity, contakt]"),
    "a thing named twice": ("needs: [identity, contact]", "needs: [identity, identity]"),
    "a requirement without a source": ('source: "Code of Criminal Procedure of Ukraine, art. 214(1)"', 'source: ""'),
    "two requirements of one name": ("id: applicant", "id: statement"),
    "a forum that needs nothing": ("needs: [account, when_and_where]", "needs: []"),
    "a fact of which a thing is made": ("facts: [event.date,", "facts: [event.day,"),
    "a fact of which some count": ("{fact: liberty.deprived,", "{fact: liberty.depraved,"),
    "a value that counts": ("in: [seized, destroyed]", "in: [seized, detsroyed]"),
    "what is asked of a fact": ("in: [seized, destroyed]", "has: [seized, destroyed]"),
    "an exception": ('{fact: liberty.deprived, is: "yes"}', '{except: "no"}'),
    "nothing of which it is made": ("facts: [event.date, {any_of: [place.region, place.status]}]", "facts: []"),
}


@pytest.mark.parametrize("what", WRONG)
def test_forums_that_are_wrong_are_refused_with_their_line(what: str) -> None:
    file = file_with(*WRONG[what])

    with pytest.raises(LawWrong) as caught:
        read_forums(file)

    assert (caught.value.file, caught.value.line > 1) == ("forums.yaml", True)


def test_a_thing_is_made_of_facts_and_of_some_of_them_one_is_enough() -> None:
    things = load_things()

    assert things["when_and_where"].facts == ((Part("event.date"),), (Part("place.region"), Part("place.status")))
    assert things["account"].facts == ()


@pytest.mark.parametrize(("value", "counts"), [("seized", True), ("threatened", False), ("none", False)])
def test_of_a_fact_some_values_make_a_thing_and_who_denies_one_states_none(value: str, counts: bool) -> None:
    ((taken, _held),) = load_things()["losses"].facts
    said = Statement("property.event", value, "C1", 1)

    assert taken.is_met_by(said) == counts
    assert not taken.is_met_by(replace(said, denies=True))


def test_a_thing_may_let_the_reason_stand_in_its_place() -> None:
    things = load_things()

    assert [name for name, thing in things.items() if thing.or_reason] == ["authority", "remedies"]
    with pytest.raises(LawWrong) as caught:
        read_forums(file_with(", or_reason: true", ', or_reason: "yes"'))
    assert "true or false" in caught.value.hint
