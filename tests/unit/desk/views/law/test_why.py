"""Why a rule does not reach the facts is told with the facts that say so, and with what they follow from."""

import pytest

from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.models import Claim, ClaimValue
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part


def take_citizenship(law_desk: LawDesk, since: str) -> None:
    """Code that the person took the citizenship of the Power by choice at some time; the event is of 2025-02-12."""
    [never] = ClaimValue.objects.filter(field="victim.power_citizenship")
    withdraw_claim(law_desk.desk.docket, never.claim, "misread")
    account = Claim.objects.get(pk=never.claim)
    said = {"victim.power_citizenship": "by_choice", "victim.power_citizenship_since": since}
    values = [check_value(field, value) for field, value in said.items()]
    code_claim(law_desk.desk.docket, Coding(account.exhibit, 0, 6, "act", account.act, values=values, by=("reporter",)))


def test_a_rule_that_does_not_reach_names_the_facts_and_what_they_follow_from(law_desk: LawDesk) -> None:
    beyond = part(law_desk.page(), 'id="beyond"', "</section>")

    hostile = part(beyond, "Rome 8.2.b.xv", "</li>")
    assert "victim: bond = National of a third state (citizenship)." in hostile
    assert "victim: age = 31." in part(beyond, "OPAC 2", "</li>")


def test_a_citizenship_of_the_power_that_stood_on_the_day_says_since_when(law_desk: LawDesk) -> None:
    take_citizenship(law_desk, "2024-06-01")

    page = law_desk.page(element="protected_gc4", show="hr-45")

    service = part(part(page, 'id="beyond"', "</section>"), "GC IV 51 s.1", "</li>")
    assert "taken on 2024-06-01, not after the event" in service
    assert "taken on 2024-06-01, not after the event" in part(page, "Nobody coded this", "</section>")


@pytest.mark.parametrize(
    "since, told", [("2025-06-01", "taken on 2025-06-01"), ("2025-06", "taken between 2025-06-01")]
)
def test_a_citizenship_that_was_taken_after_the_event_keeps_no_rule_away_and_says_why(
    law_desk: LawDesk, since: str, told: str
) -> None:
    take_citizenship(law_desk, since)

    page = law_desk.page(element="protected_gc4")

    assert "supported" in part(page, 'id="element"', "</section>")
    assert f"{told}" in part(page, "Nobody coded this", "</section>")
    assert "after the event" in part(page, "Nobody coded this", "</section>")
    assert "not after" not in part(page, "Nobody coded this", "</section>")
