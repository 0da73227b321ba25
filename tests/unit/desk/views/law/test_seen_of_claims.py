"""What a case holds of what a submission needs is seen in claims that state it, in a value that counts."""

import pytest

from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.places import override_place
from onrecord.casework.models import Act, Source
from onrecord.casework.opening import open_case
from onrecord.desk.shown.forums.holdings import Holdings
from onrecord.law.forums import Have
from onrecord.law.load import load_law
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk

LAW = load_law()


def code(law_desk: LawDesk, on: str, *pairs: str, **more: object) -> str:
    """Code `FIELD=VALUE`s on the published article; return the act."""
    values = [check_value(*pair.split("=", 1)) for pair in pairs]
    coding = Coding(Source.objects.get().id, 0, 7, more.pop("kind", "act"), on, values=values, **more)  # type: ignore[arg-type]
    return code_claim(law_desk.desk.docket, coding).act


def seen(case: str, person: str, thing: str) -> Have:
    """Return how the desk sees a thing for a recipient to whom no letter may go, and every published page may."""
    return Holdings(read_case(case, LAW), person, may_leave=True).of("share_un")[thing].have


def test_who_denies_a_fact_in_public_does_not_state_it(law_desk: LawDesk) -> None:
    act = Act.objects.get().id
    assert seen(law_desk.case, law_desk.person, "actors") == Have.NO_BASIS  # a letter states it

    code(law_desk, act, "actor.kind=armed_forces", kind="denial")

    assert seen(law_desk.case, law_desk.person, "actors") == Have.NO_BASIS
    code(law_desk, act, "actor.kind=private_recruiter")
    assert seen(law_desk.case, law_desk.person, "actors") == Have.HAS


def test_that_nothing_was_taken_and_nobody_held_is_no_loss(law_desk: LawDesk) -> None:
    act = Act.objects.get().id

    code(law_desk, act, "property.event=none")
    code(law_desk, act, "liberty.deprived=no")

    assert seen(law_desk.case, law_desk.person, "losses") == Have.LACKS
    code(law_desk, act, "property.event=destroyed")
    assert seen(law_desk.case, law_desk.person, "losses") == Have.HAS


@pytest.mark.parametrize("status", ["occupied", "third_state"])
def test_a_place_set_by_hand_takes_nothing_from_what_claims_say_of_it(law_desk: LawDesk, status: str) -> None:
    docket = law_desk.desk.docket
    case = open_case(docket, "Anchor")
    act = code(law_desk, "new:act", "place.status=occupied", "event.date=2025-02", case=case, victim="new:person")
    row = Act.objects.get(pk=act)
    assert seen(case, row.victim, "when_and_where") == Have.HAS

    override_place(docket, row.event, status, "A map of that day.")

    assert seen(case, row.victim, "when_and_where") == Have.HAS


def test_a_place_that_only_a_member_set_has_no_claim_to_share(law_desk: LawDesk) -> None:
    docket = law_desk.desk.docket
    case = open_case(docket, "Anchor")
    row = Act.objects.get(pk=code(law_desk, "new:act", "event.date=2025-02", case=case, victim="new:person"))

    override_place(docket, row.event, "occupied", "A map of that day.")

    assert seen(case, row.victim, "when_and_where") == Have.LACKS
