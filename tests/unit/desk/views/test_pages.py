"""Letters, sources, the ledger and the search show what they hold, and say what they do not."""

import pytest

from invented_desk import put_letter
from onrecord.casework.models import Letter, Source
from onrecord.ground.bounds import KIB
from onrecord.intake.identity import read_identity
from unit.desk.conftest import Desk


def test_a_letter_shows_how_far_its_sealing_protected_it_and_what_nobody_allowed(desk: Desk) -> None:
    letter = desk.open_letter()

    page = desk.client.get(f"/letter/{letter.id}").content.decode()

    assert "passed through that server&#x27;s memory" in page
    assert "asked, left blank: no" in page
    assert "prompted" in page
    assert "sealed apart" in page
    assert "Invented Reporter" not in page


def test_a_letter_shows_who_read_the_name(desk: Desk) -> None:
    letter = desk.open_letter()

    read_identity(desk.docket, letter)

    page = desk.client.get(f"/letter/{letter.id}").content.decode()
    assert "Name and contact read" in page
    assert "Invented Reporter" not in page


def test_a_letter_that_does_not_verify_is_held_apart_with_its_reason_in_words(desk: Desk) -> None:
    letter = desk.open_letter()
    Letter.objects.filter(pk=letter.id).update(state=Letter.State.QUARANTINED, reason="PartMissing")

    page = desk.client.get("/").content.decode()

    assert "A file that the letter names did not arrive with it." in page


def test_what_a_person_confirms_of_a_source_is_recorded_and_a_wrong_date_is_not(desk: Desk) -> None:
    source = desk.article()

    wrong = desk.client.post(f"/source/{source}/describe", {"title": "Workers asked", "published": "09/02/2025"})
    right = desk.client.post(f"/source/{source}/describe", {"title": "Workers asked", "published": "2025-02-09"})

    assert wrong.status_code == 400
    assert "Workers asked" in wrong.content.decode()
    assert right.status_code == 302
    assert Source.objects.get().published == "2025-02-09"


def test_a_case_name_that_is_taken_is_refused_and_kept_in_its_field(desk: Desk) -> None:
    desk.case()

    answer = desk.client.post("/cases/new", {"name": "Lantern"})

    assert answer.status_code == 400
    assert 'value="Lantern"' in answer.content.decode()


def test_words_are_found_in_texts_and_never_stand_in_an_address(desk: Desk) -> None:
    desk.account()

    found = desk.client.post("/search", {"words": "captain muster"})
    asked_by_address = desk.client.get("/search?words=captain")

    assert "<b>Captain Muster</b>" in found.content.decode()
    assert asked_by_address.status_code == 405


def test_the_ledger_shows_what_was_done_by_whom_and_audits_itself_when_asked(desk: Desk) -> None:
    desk.open_letter()

    page = desk.client.get("/ledger").content.decode()
    audited = desk.client.post("/ledger").content.decode()

    assert "Letter opened" in page
    assert "Mira Example" in page
    assert "nothing wrong was found" in audited


@pytest.mark.parametrize("kind", ["letter", "source", "case", "pattern", "read", "exhibit"])
def test_what_is_not_there_is_not_found(desk: Desk, kind: str) -> None:
    ending = "/download" if kind == "exhibit" else ""

    answer = desk.client.get(f"/{kind}/{'0' * 32}{ending}")

    assert answer.status_code == 404
    assert "There is no" in answer.content.decode()


def test_an_account_too_long_for_an_entry_is_shown_wherever_letters_are(desk: Desk) -> None:
    account = "They came at night. " + "слова " * 50_000 + "That is all."
    put_letter(desk.docket, account)
    letter = desk.collect_and_open()

    paths = ("/", f"/letter/{letter.id}", f"/read/{letter.id}")
    inbox, shown, reading = (desk.client.get(path, follow=True).content.decode() for path in paths)

    assert len(account.encode()) > 300 * KIB and "account" not in letter.answers
    assert "They came at night. слова" in inbox
    assert account in shown
    assert reading.count("слова") >= 50_000
