"""A claim rests on a passage of a text, is about an act or a case, and says who says so."""

import hashlib
import unicodedata

import pytest

from onrecord.casework.coding import (
    CaseNotNamed,
    ClaimNeedsReason,
    ClaimWithdrawnBefore,
    Coding,
    EventWrong,
    GradeUnknown,
    NoSuchClaim,
    NothingToCodeOn,
    PassageOutside,
    PatternHasNoVictim,
    VictimMissing,
    code_claim,
    withdraw_claim,
)
from onrecord.casework.docket import Docket
from onrecord.casework.models import Act, Attribution, Case, Claim, Event, LedgerRow, Passage, Person, Source
from onrecord.casework.opening import (
    NameTaken,
    NameWrong,
    NoSuchAct,
    NoSuchPerson,
    add_person,
    involve,
    name_person,
    open_case,
    open_pattern,
)
from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.casework.sourcing import Description, OrderUnknown, RelatedToItself, describe_source, relate_sources
from onrecord.casework.texts import NoSuchExhibit, NoTextToRead
from onrecord.ground.dates import NotADate
from onrecord.words.vocabulary import NotInCodebook
from whole_story import capture_sources, capture_text

TEXT = "Workers of Fabeltown were told to sign."


@pytest.fixture
def source(docket: Docket) -> str:
    return capture_text(docket, TEXT)


def test_a_first_act_brings_its_event_and_its_victim_in_one_step(docket: Docket, source: str) -> None:
    case = open_case(docket, "Lantern")
    before = newest_entry()

    coded = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim="new:group"))

    assert newest_entry() == before + 5
    assert (Act.objects.get().id, Act.objects.get().victim) == (coded.act, coded.person)
    assert (Event.objects.get().case, Person.objects.get().counting_unit) == (case, "group")
    assert Passage.objects.get().quote == "Workers"


def test_a_second_act_of_the_same_person_joins_the_event(docket: Docket, source: str) -> None:
    open_case(docket, "Lantern")
    first = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim="new:person"))

    second = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim=first.person))

    assert second.person == first.person and second.act != first.act
    assert Event.objects.count() == 1


def test_an_act_in_another_event_opens_it_and_a_third_act_may_join_either(docket: Docket, source: str) -> None:
    open_case(docket, "Lantern")
    first = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim="new:person"))

    code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim=first.person, event="new:event"))
    events = list(Event.objects.order_by("entry").values_list("id", flat=True))
    third = code_claim(docket, Coding(source, 0, 7, "act", "new:act", victim=first.person, event=events[1]))

    assert len(events) == 2 and Act.objects.get(pk=third.act).event == events[1]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 4), (0, len(TEXT) + 1), (999, 1000)])
def test_a_passage_outside_the_text_is_refused(docket: Docket, source: str, start: int, end: int) -> None:
    case = open_case(docket, "Lantern")

    with pytest.raises(PassageOutside):
        code_claim(docket, Coding(source, start, end, "act", case))

    assert not Claim.objects.exists() and not Passage.objects.exists()


def test_a_passage_keeps_the_hash_of_the_words_exactly_as_they_stand(docket: Docket) -> None:
    written = unicodedata.normalize("NFD", "Порт-Їжакове café")
    source = capture_text(docket, written)

    coded = code_claim(docket, Coding(source, 0, len(written), "context", open_case(docket, "Lantern")))

    passage = Passage.objects.get(pk=coded.passage)
    assert passage.quote == unicodedata.normalize("NFC", written) != written
    assert passage.quote_sha256 == hashlib.sha256(written.encode()).hexdigest()


REFUSED = {
    "an act without a victim": ({"on": "new:act"}, VictimMissing),
    "a new act in nobody knows which case": ({"on": "new:act", "victim": "new:person"}, CaseNotNamed),
    "a new act in no case": ({"on": "new:act", "victim": "new:person", "case": "f" * 32}, NothingToCodeOn),
    "something that is not there": ({"on": "f" * 32}, NothingToCodeOn),
    "a victim of another case": ({"on": "new:act", "victim": "f" * 32, "case": "CASE"}, NothingToCodeOn),
    "an event of another case": (
        {"on": "new:act", "victim": "new:person", "case": "CASE", "event": "f" * 32}, EventWrong
    ),
    "an event for what is no new act": ({"on": "CASE", "event": "new:event"}, EventWrong),
    "a kind nobody knows": ({"on": "CASE", "kind": "rumour"}, NotInCodebook),
    "a connection nobody knows": ({"on": "CASE", "connection": "dreamt"}, NotInCodebook),
    "a stance nobody knows": ({"on": "CASE", "stance": "perhaps"}, GradeUnknown),
    "a grade nobody knows": ({"on": "CASE", "reliability": "G"}, GradeUnknown),
    "a passage of nothing": ({"on": "CASE", "exhibit": "f" * 32}, NoSuchExhibit),
    "a victim of a pattern": ({"on": "PATTERN", "victim": "new:person"}, PatternHasNoVictim),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_coded_is_refused_and_records_nothing(
    docket: Docket, source: str, wrong: dict[str, str], refusal: type[Exception]
) -> None:
    names = {"CASE": open_case(docket, "Lantern"), "PATTERN": open_pattern(docket, "Construction sites")}
    open_case(docket, "Anchor")
    before = newest_entry()
    values = {"exhibit": source, "kind": "act"} | {name: names.get(value, value) for name, value in wrong.items()}

    with pytest.raises(refusal):
        code_claim(docket, Coding(start=0, end=7, **values))  # type: ignore[arg-type]

    assert newest_entry() == before


def test_who_says_it_is_kept_in_order_nearest_to_the_words_first(docket: Docket, source: str) -> None:
    coded = code_claim(
        docket, Coding(source, 0, 7, "act", open_case(docket, "Lantern"), by=(source, "Example Monitor", "reporter"))
    )

    chain = Attribution.objects.filter(claim=coded.claim).order_by("place")
    assert [(link.kind, link.source, link.name) for link in chain] == [
        ("source", source, ""),
        ("name", "", "Example Monitor"),
        ("reporter", "", ""),
    ]


def test_a_claim_coded_on_a_case_that_changed_meanwhile_is_refused(docket: Docket, source: str) -> None:
    case = open_case(docket, "Lantern")
    seen = newest_entry()
    add_person(docket, case, "person")

    with pytest.raises(StaleRecord):
        code_claim(docket, Coding(source, 0, 7, "act", case), seen=seen)

    assert not Claim.objects.exists()


def test_a_withdrawn_claim_stays_with_its_reason(docket: Docket, source: str) -> None:
    coded = code_claim(docket, Coding(source, 0, 7, "act", open_case(docket, "Lantern")))

    withdraw_claim(docket, coded.claim, "misread")

    assert Claim.objects.get().withdrawn_because == "misread"
    with pytest.raises(NoSuchClaim):
        withdraw_claim(docket, "f" * 32, "misread")


@pytest.mark.parametrize("reason", ["", " ", "\u200b\u2066"])
def test_no_claim_is_withdrawn_without_a_reason_that_can_be_read(docket: Docket, source: str, reason: str) -> None:
    coded = code_claim(docket, Coding(source, 0, 7, "act", open_case(docket, "Lantern")))

    with pytest.raises(ClaimNeedsReason):
        withdraw_claim(docket, coded.claim, reason)

    assert not Claim.objects.get().withdrawn_because


def test_the_first_reason_for_which_a_claim_was_withdrawn_stays(docket: Docket, source: str) -> None:
    coded = code_claim(docket, Coding(source, 0, 7, "act", open_case(docket, "Lantern")))
    withdraw_claim(docket, coded.claim, "misread")

    with pytest.raises(ClaimWithdrawnBefore):
        withdraw_claim(docket, coded.claim, "a second click")

    assert Claim.objects.get().withdrawn_because == "misread"


def test_a_file_that_no_reader_opened_has_no_passages(docket: Docket) -> None:
    _, scan = capture_sources(docket)

    with pytest.raises(NoTextToRead):
        code_claim(docket, Coding(scan, 0, 1, "act", open_case(docket, "Lantern")))


def test_names_of_cases_are_short_and_used_once(docket: Docket) -> None:
    open_case(docket, " Lantern ")

    with pytest.raises(NameTaken):
        open_case(docket, "Lantern")
    for name in ("", "   ", "x" * 101):
        with pytest.raises(NameWrong):
            open_pattern(docket, name)
    assert Case.objects.get().name == "Lantern"


def test_only_people_and_acts_of_the_case_are_tied_together(docket: Docket, source: str) -> None:
    case, other = open_case(docket, "Lantern"), open_case(docket, "Anchor")
    act = code_claim(docket, Coding(source, 0, 7, "act", "new:act", case=case, victim="new:person")).act
    stranger = add_person(docket, other, "person")

    with pytest.raises(NoSuchPerson):
        involve(docket, act, stranger, "carried_out")
    with pytest.raises(NoSuchAct):
        involve(docket, "f" * 32, stranger, "carried_out")
    with pytest.raises(NoSuchPerson):
        name_person(docket, "f" * 32, "Nobody Invented")  # type: ignore[arg-type]


def test_a_name_lies_under_a_key_of_its_own_wrapped_to_the_identity_key(docket: Docket) -> None:
    person = add_person(docket, open_case(docket, "Lantern"), "person")

    name_person(docket, person, "Zyxwen Placeholderovich")

    assert docket.subjects.wrapped_to(person) == "identity-1"  # type: ignore[arg-type]
    assert LedgerRow.objects.order_by("-index")[0].subject == person


def test_what_is_confirmed_about_a_source_is_checked(docket: Docket, source: str) -> None:
    with pytest.raises(NotADate):
        describe_source(docket, source, Description(published="09/02/2025"))  # type: ignore[arg-type]
    with pytest.raises(OrderUnknown):
        describe_source(docket, source, Description(reading_order="x" * 50))  # type: ignore[arg-type]
    with pytest.raises(RelatedToItself):
        relate_sources(docket, source, "derived_from", source)  # type: ignore[arg-type]


def test_a_page_that_says_too_much_of_itself_is_captured_without_a_proposal(docket: Docket) -> None:
    source = capture_text(docket, "x" * 300_000)

    assert Source.objects.get(pk=source).proposal == {}
