"""Where a case can be taken: what it has, lacks, or may not share, and what came of what was sent."""

from dataclasses import asdict

from django.utils.html import escape

from onrecord.casework.entries.law import HoldingNoted
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law.holdings import Said, note_holding
from onrecord.casework.models import Exhibit, Holding, Letter, Submission
from onrecord.casework.record.append import record
from onrecord.casework.record.erase import erase
from onrecord.desk.shown.forums.holdings import SEEN_WITHOUT_FACTS
from onrecord.desk.shown.wording import term
from onrecord.ground.ids import SubjectId, new_id
from onrecord.law.forums import load_forums, load_things
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import open_second_person, part

AGREED = {"purposes": ["share_un"], "agreed_by": "her mother, by telephone", "agreed_on": "2026-02"}


def thing(page: str, name: str) -> str:
    return part(page, f'id="thing-{name}"', '<li class="thing').split('<section class="panel"')[0]


def requirement(page: str, forum: str, thing: str) -> str:
    """Return the line of the first requirement of a forum that rests on a thing."""
    needing = next(one for one in load_forums()[forum].requirements if thing in one.needs)
    return part(page, f'<tr id="{forum}-{needing.id}">', "</tr>")


def note(law_desk: LawDesk, name: str, **typed: object) -> int:
    return law_desk.post("/holding", thing=name, **typed).status_code


def test_a_forum_shows_what_a_case_has_lacks_and_may_not_share(law_desk: LawDesk) -> None:
    page = law_desk.page("/forums")

    assert "has it" in requirement(page, "icc_otp", "account")
    assert "lacks it" in requirement(page, "icc_otp", "proofs")
    assert "no basis to share it" in requirement(page, "national_prosecutor", "account")


def test_what_the_desk_looks_for_by_its_name_is_a_thing_of_the_law_data() -> None:
    assert set(load_things()) >= SEEN_WITHOUT_FACTS
    assert not any(load_things()[name].facts for name in SEEN_WITHOUT_FACTS)


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

    law_desk.send(f"/submission/{row.id}/note", sent_on="2026-03-02", reference="G/SO 217")
    law_desk.send(f"/submission/{row.id}/note", reply="Received", next_date="2026-05")

    sent = part(law_desk.page("/forums"), 'class="sent"', "</article>")
    assert all(news in sent for news in ("2026-06", "2026-03-02", "G/SO 217", "Received", "2026-05"))


def test_a_date_that_is_none_is_refused_beside_its_form_and_stays_typed(law_desk: LawDesk) -> None:
    answer = law_desk.post("/forums", forum="wgeid", language="en", deadline="next spring")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="next spring"' in page
    assert 'aria-describedby="deadline-wgeid-wrong"' in page
    assert 'id="deadline-wgeid-wrong"' in page
    assert Submission.objects.count() == 0


def test_nothing_was_sent_on_a_day_to_come(law_desk: LawDesk) -> None:
    law_desk.post("/forums", forum="wgeid", language="en", deadline="2026-06")
    row = Submission.objects.get()

    answer = law_desk.send(f"/submission/{row.id}/note", sent_on="2099-01-01")

    assert answer.status_code == 422
    assert f'aria-describedby="sent_on-{row.id}-wrong"' in answer.content.decode()
    assert Submission.objects.get().sent_on == ""


def test_news_noted_from_an_old_page_is_refused_and_stays_typed(law_desk: LawDesk) -> None:
    law_desk.post("/forums", forum="wgeid", language="en")
    row = Submission.objects.get()
    seen = part(law_desk.page("/forums"), 'name="seen" value="', '">').removeprefix('name="seen" value="')
    path = f"/submission/{row.id}/note"
    law_desk.desk.client.post(path, {"seen": seen, "reply": "Received"})

    typed = {"seen": seen, "submission": row.id, "reply": "Refused", "person": law_desk.person}
    second = law_desk.desk.client.post(path, typed)

    assert second.status_code == 409
    assert ">Refused</textarea>" in second.content.decode()
    assert Submission.objects.get().reply == "Received"


def test_every_thing_can_be_noted_from_where_it_is_missing(law_desk: LawDesk) -> None:
    missing = requirement(law_desk.page("/forums"), "treaty_body", "authority")

    assert f"/case/{law_desk.case}/forums?person={law_desk.person}&amp;note=authority#thing-authority" in missing
    for name in load_things():
        form = thing(law_desk.page("/forums", note=name), name)
        assert f'action="/case/{law_desk.case}/holding"' in form, name
        assert f'<input type="hidden" name="thing" value="{name}">' in form, name


def test_a_members_word_adds_what_the_desk_cannot_see_and_is_marked_as_a_word(law_desk: LawDesk) -> None:
    assert note(law_desk, "authority", state="held", where="In the safe, on paper", **AGREED) == 302

    page = law_desk.page("/forums")
    assert "a member's word" in requirement(page, "treaty_body", "authority")
    shown = thing(page, "authority")
    assert all(word in shown for word in ("In the safe, on paper", "her mother, by telephone", "2026-02"))


def test_what_the_person_agreed_to_for_one_recipient_is_shared_with_no_other(law_desk: LawDesk) -> None:
    note(law_desk, "authority", state="held", where="In the safe", **AGREED)

    page = law_desk.page("/forums")

    assert "note=authority" not in requirement(page, "treaty_body", "authority")
    assert "note=authority" in requirement(page, "civil_claim", "authority")
    assert f"May go to: {term('consent_purpose', 'share_un')}." in thing(page, "authority")


def test_a_word_never_takes_away_what_the_desk_sees(law_desk: LawDesk) -> None:
    note(law_desk, "account", state="not_held", reason="I have not read it yet")

    line = requirement(law_desk.page("/forums"), "icc_otp", "account")

    assert "has it" in line and "member" not in line


def test_why_a_thing_cannot_be_had_counts_only_where_the_data_says_so(law_desk: LawDesk) -> None:
    for name in ("authority", "family_knows"):
        note(law_desk, name, state="cannot_be_had", reason="Nobody can reach them", **AGREED)

    page = law_desk.page("/forums")
    assert "note=authority" not in requirement(page, "treaty_body", "authority")
    assert "lacks it" in thing(page, "family_knows")


def test_an_exhibit_is_shared_on_its_own_consent(law_desk: LawDesk) -> None:
    letter = Letter.objects.get()

    note(law_desk, "remedies", state="held", item=letter.id)

    found = thing(law_desk.page("/forums"), "remedies")
    assert f"/letter/{letter.id}" in found and "no basis to share it" in found
    note(law_desk, "elements", state="held", item=letter.id)
    assert "no basis to share it" in thing(law_desk.page("/forums"), "elements")  # no lawyer has signed


def test_what_was_erased_is_lacking_and_the_page_says_so(law_desk: LawDesk) -> None:
    source = Exhibit.objects.filter(origin_kind="source")[0]
    note(law_desk, "remedies", state="held", item=source.id)
    assert "has it" in thing(law_desk.page("/forums"), "remedies")

    erase(law_desk.desk.docket, SubjectId(source.origin), "asked_by_the_person")

    found = thing(law_desk.page("/forums"), "remedies")
    assert "lacks it" in found and "what it named was erased" in found


def test_the_newest_word_counts_and_the_other_ones_are_on_the_page(law_desk: LawDesk) -> None:
    note(law_desk, "authority", state="not_held", reason="Asked for in January")
    note(law_desk, "authority", state="held", where="In the safe")

    found = thing(law_desk.page("/forums"), "authority")

    assert "no basis to share it" in found
    assert "1 other word" in found and "Asked for in January" in found


def test_what_a_person_took_back_stays_taken_back_whatever_is_said_later_of_everybody(law_desk: LawDesk) -> None:
    note(law_desk, "authority", state="held", where="In the safe", **AGREED)
    note(law_desk, "authority", state="not_held", reason="She took it back")

    assert note(law_desk, "authority", state="held", where="In the other safe", of="case") == 302

    found = thing(law_desk.page("/forums"), "authority")
    assert "lacks it" in found
    assert found.index("She took it back") < found.index("2 other words") < found.index("In the other safe")


def test_nobody_agrees_for_everybody_in_a_case(law_desk: LawDesk) -> None:
    open_second_person(law_desk)

    answer = law_desk.post("/holding", thing="identity", state="held", where="In the safe", of="case", **AGREED)

    page = answer.content.decode()
    assert answer.status_code == 422 and not Holding.objects.exists()
    assert 'id="of-wrong"' in page and 'aria-describedby="of-wrong"' in page
    assert 'value="case" checked' in page


def test_an_agreement_for_everybody_in_an_older_docket_shares_nothing_and_is_offered_for_nobody(
    law_desk: LawDesk,
) -> None:
    said = asdict(Said("authority", "held", where="In the safe", **AGREED))
    record(law_desk.desk.docket, HoldingNoted(case=law_desk.case, holding=new_id(), person="", **said))

    page = law_desk.page("/forums", note="authority")

    assert "no basis to share it" in thing(page, "authority")
    assert "In the safe</textarea>" in page
    assert 'value="share_un" checked' not in page and 'value="her mother, by telephone"' not in page


def test_a_word_that_is_neither_of_one_person_nor_of_everybody_is_refused(law_desk: LawDesk) -> None:
    said = {"state": "held", "where": "In the safe"}

    answers = [note(law_desk, "authority", of=of, **said) for of in ("xyz", "")]
    answers.append(note(law_desk, "authority", person="", **said))

    assert answers == [422, 422, 422] and not Holding.objects.exists()


def test_what_is_wrong_with_a_word_is_said_beside_its_field_and_stays_typed(law_desk: LawDesk) -> None:
    answer = law_desk.post("/holding", thing="authority", state="held", where="In the safe", purposes=["share_un"])

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="agreed_by-wrong"' in page and 'aria-describedby="agreed_by-wrong"' in page
    assert ">In the safe</textarea>" in page
    assert 'value="share_un" checked' in page and 'value="held" checked' in page
    assert Holding.objects.count() == 0


def test_a_word_from_an_old_page_is_refused_and_stays_typed(law_desk: LawDesk) -> None:
    page = law_desk.page("/forums", note="authority")
    seen = part(page, 'name="seen" value="', '">').removeprefix('name="seen" value="')
    note_holding(law_desk.desk.docket, law_desk.case, Said("authority", "not_held"))

    answer = law_desk.post("/holding", thing="authority", state="held", where="In the safe", seen=seen)

    assert answer.status_code == 409
    assert ">In the safe</textarea>" in answer.content.decode()
    assert [row.state for row in Holding.objects.all()] == ["not_held"]


def test_what_is_due_next_stands_first_over_all_cases_and_on_the_first_page(law_desk: LawDesk) -> None:
    for forum, deadline in (("wgeid", "2020-01"), ("icc_otp", "none"), ("treaty_body", "2090-05-01")):
        law_desk.post("/forums", forum=forum, deadline=deadline)
    court = Submission.objects.get(forum="icc_otp")
    law_desk.send(f"/submission/{court.id}/note", next_date="2080")

    lines = law_desk.desk.client.get("/submissions").content.decode().split("<tr>")[2:]

    assert [date in line for date, line in zip(("2020-01", "2080", "2090-05-01"), lines, strict=True)] == [True] * 3
    assert ["has passed" in line for line in lines] == [True, False, False]
    assert "2020-01" in part(law_desk.desk.client.get("/").content.decode(), 'id="dates"', "</section>")


def test_all_that_became_known_of_a_submission_can_be_read(law_desk: LawDesk) -> None:
    law_desk.post("/forums", forum="wgeid", language="en")
    row = Submission.objects.get()
    for reply in ("They ask for a better copy", "It is registered"):
        law_desk.send(f"/submission/{row.id}/note", reply=reply)

    sent = part(law_desk.page("/forums"), 'class="sent"', "</article>")

    assert "2 notes" in sent
    assert "They ask for a better copy" in sent and "It is registered" in sent


def test_what_its_reporter_asks_to_erase_is_neither_shared_nor_named(law_desk: LawDesk) -> None:
    letter = Letter.objects.get()
    note(law_desk, "proofs", state="held", item=letter.id)
    assert "has it" in thing(law_desk.page("/forums"), "proofs")

    record(law_desk.desk.docket, ErasureAsked(letter=letter.id, said_in=new_id(), tier="A"))

    page = law_desk.page("/forums")
    assert "has it" not in requirement(page, "icc_otp", "account")
    assert "no basis to share it" in thing(page, "proofs")
    answer = law_desk.post("/holding", thing="remedies", state="held", item=letter.id)
    assert answer.status_code == 403
    assert 'id="item-wrong"' in answer.content.decode()
    assert Holding.objects.count() == 1


def test_what_is_so_of_the_whole_case_is_noted_once_for_everybody(law_desk: LawDesk) -> None:
    second = open_second_person(law_desk)
    assert "everybody in this case" in law_desk.page("/forums", note="authority")

    note(law_desk, "authority", state="held", where="In the safe", of="case")

    assert Holding.objects.get().person == ""
    found = thing(law_desk.page("/forums", person=second), "authority")
    assert "In the safe" in found and "of the whole case" in found
