"""Which claims go back to one origin, as sources were related and as claims say whom they quote."""

from itertools import pairwise

import pytest

from onrecord.casework.coding import Coding, code_claim, withdraw_claim
from onrecord.casework.corroboration.origins import Origins
from onrecord.casework.docket import Docket
from onrecord.casework.opening import open_case
from onrecord.casework.overview import claims_of
from onrecord.casework.record.erase import erase
from onrecord.casework.sourcing import relate_sources
from onrecord.ground.ids import SourceId, SubjectId
from whole_story import capture_text


@pytest.fixture
def pages(docket: Docket) -> list[SourceId]:
    return [capture_text(docket, f"Page {number} of Fabeltown.") for number in range(6)]


def test_two_pages_are_one_origin_through_pages_that_no_claim_rests_on(docket: Docket, pages: list[SourceId]) -> None:
    case = open_case(docket, "Lantern")
    for page, other in pairwise(pages):
        relate_sources(docket, page, "derived_from", other)
    for page in (pages[0], pages[5]):
        code_claim(docket, Coding(page, 0, 4, "act", case))

    claims = claims_of(case)
    origins = Origins(claims)

    assert origins.of(claims[0]) == origins.of(claims[1]) != ""
    assert origins.count(claims) == 1


def test_a_relation_that_says_nothing_of_origin_joins_nothing(docket: Docket, pages: list[SourceId]) -> None:
    case = open_case(docket, "Lantern")
    relate_sources(docket, pages[0], "same_event", pages[1])
    for page in pages[:2]:
        code_claim(docket, Coding(page, 0, 4, "act", case))

    assert Origins(claims_of(case)).count(claims_of(case)) == 2


def test_a_page_that_quotes_another_on_file_has_its_origin(docket: Docket, pages: list[SourceId]) -> None:
    case = open_case(docket, "Lantern")
    code_claim(docket, Coding(pages[0], 0, 4, "act", case, by=(pages[0], pages[1], "Somebody")))
    for page in pages[1:3]:
        code_claim(docket, Coding(page, 0, 4, "act", case, by=(page,)))

    claims = claims_of(case)

    assert Origins(claims).count(claims) == 2


def test_withdrawn_claims_and_erased_pages_have_no_origin_to_count(docket: Docket, pages: list[SourceId]) -> None:
    case = open_case(docket, "Lantern")
    coded = [code_claim(docket, Coding(page, 0, 4, "act", case)) for page in pages[:3]]
    withdraw_claim(docket, coded[0].claim, "a slip")
    erase(docket, SubjectId(pages[1]), "mistake")

    claims = claims_of(case)

    assert Origins(claims).of(claims[1]) == "" and Origins(claims).count(claims) == 1
