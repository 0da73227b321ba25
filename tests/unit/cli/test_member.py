"""Members and their roles at the command line."""

from invented_commands import Filled, Onrecord

MEMBER = "Vira Example"


def test_the_members_are_listed_with_their_roles(filled: Filled, onrecord: Onrecord) -> None:
    onrecord("member", "roles", MEMBER, "--role", "coder", "--role", "lead")

    answer = onrecord("member", "list", "--json")

    assert answer.code == 0
    assert [(one["name"], one["roles"]) for one in answer.json["items"]] == [(MEMBER, ["coder", "lead"])]


def test_the_last_lead_stays_one(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("member", "roles", MEMBER, "--role", "coder", "--json")

    assert answer.code == 3
    assert answer.error["error"] == "A docket has at least one lead, and this would leave none."


def test_a_role_or_a_member_that_is_not_known_is_refused(filled: Filled, onrecord: Onrecord) -> None:
    assert onrecord("member", "roles", MEMBER, "--role", "king").code == 2
    assert onrecord("member", "roles", "Nobody Example", "--role", "lead").code == 2
    assert onrecord("member", "roles", MEMBER).code == 2
