"""A member's name and passphrase open that member's keys, and signing out forgets them."""

from django.contrib.sessions.models import Session

from conftest import MEMBER, PASSPHRASE
from onrecord.desk import served
from unit.desk.conftest import Desk


def test_a_member_signs_in_and_the_session_holds_nothing_but_who_it_is(closed_desk: Desk) -> None:
    answer = closed_desk.sign_in()

    assert answer.status_code == 302
    assert Session.objects.get().get_decoded().keys() == {"member"}
    assert len(closed_desk.served.unlocked) == 1


def test_signing_out_forgets_the_keys_and_the_session(desk: Desk) -> None:
    desk.client.post("/sign-out")

    assert len(desk.served.unlocked) == 0
    assert not Session.objects.exists()
    assert desk.client.get("/").status_code == 302


def test_a_restart_forgets_the_keys_although_the_cookie_lives_on(desk: Desk) -> None:
    served.begin(desk.served.docket)

    assert desk.client.get("/")["Location"].startswith("/sign-in")


def test_a_wrong_name_and_a_wrong_passphrase_give_the_same_answer(closed_desk: Desk) -> None:
    sentence = "We do not say which was wrong"

    for name, passphrase in ((MEMBER, "not this passphrase"), ("Nobody Example", PASSPHRASE)):
        answer = closed_desk.sign_in(name, passphrase)
        assert answer.status_code == 403
        assert sentence in answer.content.decode()
        closed_desk.served.patience._next_at = 0.0
    assert len(closed_desk.served.unlocked) == 0


def test_after_failures_the_next_attempt_waits_even_with_the_right_passphrase(closed_desk: Desk) -> None:
    for _ in range(2):
        closed_desk.sign_in(passphrase="not this passphrase")

    assert closed_desk.sign_in().status_code == 429


def test_a_member_returns_to_the_page_that_asked_and_never_to_another_site(closed_desk: Desk) -> None:
    typed = {"name": MEMBER, "passphrase": PASSPHRASE}

    here = closed_desk.client.post("/sign-in", {**typed, "next": "/ledger"})
    elsewhere = closed_desk.client.post("/sign-in", {**typed, "next": "//evil.example/"})

    assert here["Location"] == "/ledger"
    assert elsewhere["Location"] == "/"


def test_the_form_does_not_say_whether_a_name_exists_or_which_cases_there_are(closed_desk: Desk) -> None:
    closed_desk.case()

    page = closed_desk.client.get("/sign-in").content.decode()

    assert MEMBER not in page
    assert "Lantern" not in page
