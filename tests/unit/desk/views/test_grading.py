"""A letter or a source is graded on its own page: in the codebook's words, with a reason, and no grade is lost."""

import re

import pytest
from django.http import HttpResponse

from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.corroboration.grades import Graded, grades_of
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.holds import lift_hold
from onrecord.casework.models import Grade
from onrecord.casework.record.append import newest_entry, record
from unit.desk.conftest import Desk

B3 = {"reliability": "B", "credibility": "3", "reason": "An archive of long standing."}
C = {"reliability": "C", "credibility": "", "reason": "It was wrong about the month."}


@pytest.fixture(params=["letter", "source"])
def place(request: pytest.FixtureRequest, desk: Desk) -> str:
    """The address of a letter, then of a source."""
    return f"/letter/{desk.open_letter().id}" if request.param == "letter" else f"/source/{desk.article()}"


def grade(desk: Desk, place: str, **typed: object) -> HttpResponse:
    return desk.client.post(f"{place}/grade", {"seen": newest_entry(), **typed})


def panel(answer: HttpResponse) -> str:
    return answer.content.decode().split('id="grade"')[1].split("</section>")[0]


def test_a_grade_is_offered_and_shown_in_the_words_of_the_codebook_with_who_gave_it_and_why(
    desk: Desk, place: str
) -> None:
    before = panel(desk.client.get(place))
    answer = grade(desk, place, **B3)
    shown = panel(desk.client.get(place))

    assert "Nobody has graded it" in before and "B, Usually reliable" in before
    assert (answer.status_code, answer["Location"]) == (302, f"{place}#grade")
    assert re.search(r"<dd>B, Usually reliable</dd>.*<dd>3, Possibly true</dd>", shown)
    assert "An archive of long standing." in shown and desk.docket.keyring.principal.name in shown
    assert 'value="B" selected' in shown and 'value="3" selected' in shown


def test_an_earlier_grade_stays_on_the_page_with_its_reason(desk: Desk, place: str) -> None:
    grade(desk, place, **B3)
    grade(desk, place, **C)

    now, earlier = panel(desk.client.get(place)).split("1 earlier grade")

    assert "<dd>C, Fairly reliable</dd>" in now and "<dd>not judged</dd>" in now and B3["reason"] not in now
    assert "B, Usually reliable · 3, Possibly true" in earlier and B3["reason"] in earlier


def test_what_is_no_grade_is_refused_where_it_was_typed_and_stays_there(desk: Desk, place: str) -> None:
    silent = grade(desk, place, **B3 | {"reason": " "})
    unknown = grade(desk, place, **B3 | {"reliability": "G"})
    nothing = grade(desk, place, reason="because")

    assert [one.status_code for one in (silent, unknown, nothing)] == [422, 422, 422]
    assert 'role="alert"' in panel(silent) and 'value="B" selected' in panel(silent)
    assert re.search(r'name="reason"[^>]*aria-invalid="true"', panel(silent))
    assert 'value="An archive of long standing."' in panel(unknown)
    assert not Grade.objects.exists()


def test_a_grade_from_an_old_page_is_refused_and_stays_typed(desk: Desk, place: str) -> None:
    seen = newest_entry()
    grade(desk, place, **B3)

    old = grade(desk, place, **C, seen=seen)
    without = grade(desk, place, **C, seen="")

    assert (old.status_code, without.status_code) == (409, 422)
    assert f'value="{C["reason"]}"' in panel(old) and "<dd>B, Usually reliable</dd>" in panel(old)
    assert Grade.objects.get().reason == B3["reason"]


def test_the_coding_form_says_which_grade_a_claim_inherits_and_its_card_shows_it(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    code_claim(
        desk.docket, Coding(exhibit.id, 0, 6, "act", "new:act", (), ("reporter",), case=case, victim="new:person")
    )
    before = desk.client.get(f"/read/{exhibit.id}").content.decode()

    grade(desk, f"/letter/{exhibit.origin}", **C)

    after = desk.client.get(f"/read/{exhibit.id}").content.decode()
    assert f'href="/letter/{exhibit.origin}#grade"' in before and "none yet." in before
    assert '<span class="ltr">C–</span>, which a claim inherits' in after
    assert 'grades <span class="ltr">C–</span>, <span class="ltr">C</span> inherited' in after
    assert grades_of([exhibit.origin]) == {exhibit.origin: Graded("C", "")}


def test_what_its_reporter_asks_to_erase_is_not_graded_until_a_member_has_decided(desk: Desk) -> None:
    letter = desk.open_letter().id
    record(desk.docket, ErasureAsked(letter=letter, said_in="a" * 32, tier="C"))

    held = grade(desk, f"/letter/{letter}", **B3)

    assert held.status_code == 403 and not Grade.objects.exists()
    assert "Its reporter asks to erase this letter" in panel(held) and f'value="{B3["reason"]}"' in panel(held)
    lift_hold(desk.docket, "a" * 32, "It was somebody else who asked.")
    assert grade(desk, f"/letter/{letter}", **B3).status_code == 302


def test_what_is_not_there_is_not_graded(desk: Desk) -> None:
    answers = [grade(desk, f"/{kind}/{'f' * 32}", **B3) for kind in ("letter", "source")]

    assert [one.status_code for one in answers] == [404, 404]
