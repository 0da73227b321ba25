"""Where a case can be taken: what it has, lacks, or may not share, and what came of what was sent."""

from django.utils.html import escape

from onrecord.casework.models import Submission
from onrecord.law.forums import load_forums
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part


def test_a_forum_shows_what_a_case_has_lacks_and_may_not_share(law_desk: LawDesk) -> None:
    page = law_desk.page("/forums")

    court = part(page, 'id="icc_otp"', "</section>")
    prosecutor = part(page, 'id="national_prosecutor"', "</section>")
    assert "has it" in part(court, "Facts that let crimes", "</tr>")
    assert "lacks it" in part(court, "Material as it was found", "</tr>")
    assert "no basis to share it" in part(prosecutor, "What happened, where and when", "</tr>")


def test_every_requirement_names_its_source_and_says_whether_it_was_checked_there(law_desk: LawDesk) -> None:
    lines = law_desk.page("/forums").split('<th scope="row"')[1:]

    requirements = [one for forum in load_forums().values() for one in forum.requirements]
    for requirement in requirements:
        shown = [line for line in lines if escape(requirement.text) in line and escape(requirement.source) in line]
        checked = requirement.verified
        says = f"<bdi>{escape(checked.at)}</bdi>" if checked else "not checked at the source"
        assert shown and all(says in line for line in shown), requirement.id


def test_a_submission_is_begun_and_its_news_are_kept_one_by_one(law_desk: LawDesk) -> None:
    law_desk.post("/forums", forum="wgeid", language="en", deadline="2026-06")
    row = Submission.objects.get()

    law_desk.desk.client.post(f"/submission/{row.id}/note", {"sent_on": "2026-03-02", "reference": "G/SO 217"})
    law_desk.desk.client.post(f"/submission/{row.id}/note", {"reply": "Received", "next_date": "2026-05"})

    sent = part(law_desk.page("/forums"), 'class="sent"', "</article>")
    assert all(news in sent for news in ("2026-06", "2026-03-02", "G/SO 217", "Received", "2026-05"))


def test_a_date_that_is_none_is_refused_beside_its_form_and_stays_typed(law_desk: LawDesk) -> None:
    answer = law_desk.post("/forums", forum="wgeid", language="en", deadline="next spring")

    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="next spring"' in page
    assert Submission.objects.count() == 0


def test_news_noted_from_an_old_page_is_refused_and_stays_typed(law_desk: LawDesk) -> None:
    law_desk.post("/forums", forum="wgeid", language="en")
    row = Submission.objects.get()
    seen = part(law_desk.page("/forums"), 'name="seen" value="', '">').removeprefix('name="seen" value="')
    path = f"/submission/{row.id}/note"
    law_desk.desk.client.post(path, {"seen": seen, "reply": "Received"})

    second = law_desk.desk.client.post(path, {"seen": seen, "reply": "Refused", "person": law_desk.person})

    assert second.status_code == 409
    assert ">Refused</textarea>" in second.content.decode()
    assert Submission.objects.get().reply == "Received"
