"""Where a case can be taken: every forum says what it needs, and nothing counts that may not be shared."""

from onrecord.law.forums import Have, load_forums, load_things, readiness
from onrecord.law.mapping import load_claim_map, narrowest
from onrecord.law.model import Means, Range

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
    assert not any(one.verified for forum in forums.values() for one in forum.requirements)


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


def test_a_claim_becomes_the_fact_that_it_states() -> None:
    claims = load_claim_map()

    assert claims.facts("coercion.means", "detention", "threatened") == (
        ("coercion.means", Means("detention", "threatened")),
    )
    assert claims.facts("legal_status", "convict") == (("victim.status", "convict"),)
    assert claims.facts("age_band", "from_15_to_17") == (("victim.age", Range(15, 17)),)
    assert claims.facts("role", "cook") == ()
    assert "opinion" not in claims.states | claims.disputes


def test_a_wider_word_does_not_dispute_a_narrower_one() -> None:
    assert narrowest("victim.age", [Range(0, 17), Range(15, 17), 16]) == 16
    assert narrowest("actor.kind", ["police_or_security", "police"]) == "police"
    assert narrowest("victim.age", [Range(0, 14), 16]) is None
    assert narrowest("actor.kind", ["court", "police"]) is None
