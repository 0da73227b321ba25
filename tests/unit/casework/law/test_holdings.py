"""What a member says about a thing that submissions need is kept: the newest word counts, the earlier ones stay."""

from dataclasses import replace

import pytest

from onrecord.casework.docket import Docket
from onrecord.casework.law.facts import NoSuchPersonHere
from onrecord.casework.law.holdings import (
    AgreedForEverybody,
    AgreedInTheFuture,
    AgreedTwice,
    HeldNowhere,
    HoldingNeedsReason,
    NobodyAgreed,
    NoSuchItem,
    NoSuchThing,
    PurposeUnknown,
    Said,
    SaidOfAnotherState,
    StateUnknown,
    holdings,
    newest,
    note_holding,
)
from onrecord.casework.models import Exhibit
from onrecord.casework.opening import add_person
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record import redraw
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.ground.dates import NotADate
from onrecord.ground.ids import CaseId, SourceId
from onrecord.law.forums import load_things

IN_THE_SAFE = Said("authority", "held", where="In the safe, on paper.")
AGREED = replace(IN_THE_SAFE, purposes=("share_un",), agreed_by="The person, by telephone", agreed_on="2026-02")


def test_the_newest_word_counts_and_the_earlier_ones_can_be_read(docket: Docket, case: CaseId) -> None:
    person = add_person(docket, case, "person")
    note_holding(docket, case, Said("authority", "not_held", reason="Asked for; nothing came yet."), person=person)
    note_holding(docket, case, AGREED, person=person)

    rows = holdings(case)
    assert [row.state for row in rows] == ["not_held", "held"]
    assert rows[0].reason == "Asked for; nothing came yet."
    counts = newest(rows)["authority"]
    assert (counts.where, counts.purposes) == ("In the safe, on paper.", ["share_un"])
    assert (counts.agreed_by, counts.agreed_on) == ("The person, by telephone", "2026-02")
    assert redraw.check(docket) == []


def test_every_thing_that_a_submission_can_need_can_be_noted(docket: Docket, case: CaseId) -> None:
    for thing in load_things():
        note_holding(docket, case, Said(thing, "cannot_be_had", reason="The archive burnt."))

    assert list(newest(holdings(case))) == list(load_things())


def test_a_thing_lies_in_an_exhibit_or_in_what_it_came_with(docket: Docket, case: CaseId, source: SourceId) -> None:
    exhibit = Exhibit.objects.filter(origin=source)[0].id

    for item in (exhibit, source):
        note_holding(docket, case, Said("papers", "held", item=item))

    assert [row.item for row in holdings(case)] == [exhibit, source]


def test_a_word_is_about_one_person_or_about_the_whole_case(docket: Docket, case: CaseId) -> None:
    first, second = (add_person(docket, case, "person") for _ in range(2))

    note_holding(docket, case, IN_THE_SAFE)
    note_holding(docket, case, Said("remedies", "held", where="A court file."), person=first)

    assert [row.thing for row in holdings(case, first)] == ["authority", "remedies"]
    assert [row.thing for row in holdings(case, second)] == ["authority"]


def test_what_was_said_about_one_person_goes_before_what_was_said_later_about_everybody(
    docket: Docket, case: CaseId
) -> None:
    first, second = (add_person(docket, case, "person") for _ in range(2))
    note_holding(docket, case, Said("authority", "not_held", reason="She took it back."), person=first)

    note_holding(docket, case, IN_THE_SAFE)

    states = [newest(holdings(case, one))["authority"].state for one in (first, second)]
    assert states == ["not_held", "held"]


@pytest.mark.parametrize("left_out", [{}, {"purposes": ()}, {"purposes": (), "agreed_by": ""}])
def test_nobody_agrees_for_everybody_in_a_case(docket: Docket, case: CaseId, left_out: dict[str, str]) -> None:
    person = add_person(docket, case, "person")
    said = replace(AGREED, **left_out)

    with pytest.raises(AgreedForEverybody):
        note_holding(docket, case, said)

    assert holdings(case) == []
    note_holding(docket, case, said, person=person)
    assert [row.person for row in holdings(case)] == [person]


@pytest.mark.parametrize(
    "error, said",
    [
        (NoSuchThing, replace(IN_THE_SAFE, thing="the moon")),
        (StateUnknown, replace(IN_THE_SAFE, state="perhaps")),
        (HeldNowhere, replace(IN_THE_SAFE, where=" ")),
        (HoldingNeedsReason, Said("authority", "cannot_be_had", reason=" ")),
        (NoSuchItem, Said("authority", "held", item="f" * 32)),
        (SaidOfAnotherState, replace(IN_THE_SAFE, reason="The archive burnt.")),
        (SaidOfAnotherState, replace(IN_THE_SAFE, state="not_held")),
        (SaidOfAnotherState, replace(AGREED, state="not_held", where="")),
        (PurposeUnknown, replace(AGREED, purposes=("share_moon",))),
        (NobodyAgreed, replace(AGREED, agreed_by="")),
        (NobodyAgreed, replace(AGREED, agreed_on="")),
        (NotADate, replace(AGREED, agreed_on="last spring")),
        (AgreedInTheFuture, replace(AGREED, agreed_on="2099-02")),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_does_not_fit_together_is_not_recorded(
    docket: Docket, case: CaseId, error: type[Exception], said: Said
) -> None:
    with pytest.raises(error):
        note_holding(docket, case, said)

    assert holdings(case) == []


def test_an_exhibit_is_shared_on_its_own_consent_and_on_no_other(
    docket: Docket, case: CaseId, source: SourceId
) -> None:
    with pytest.raises(AgreedTwice):
        note_holding(docket, case, replace(AGREED, where="", item=source))

    assert holdings(case) == []


def test_a_word_is_about_a_case_and_a_person_that_are_there(docket: Docket, case: CaseId) -> None:
    with pytest.raises(NoSuchCase):
        note_holding(docket, "f" * 32, IN_THE_SAFE)
    with pytest.raises(NoSuchPersonHere):
        note_holding(docket, case, IN_THE_SAFE, person="f" * 32)

    assert holdings(case) == []


def test_nothing_is_noted_over_what_somebody_else_noted_meanwhile(docket: Docket, case: CaseId) -> None:
    seen = newest_entry()
    note_holding(docket, case, IN_THE_SAFE)

    with pytest.raises(StaleRecord):
        note_holding(docket, case, Said("authority", "not_held"), seen=seen)

    assert newest(holdings(case))["authority"].state == "held"
