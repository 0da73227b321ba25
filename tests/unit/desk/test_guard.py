"""Only members pass, no browser keeps a page, and an error shows words and an id."""

import re

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest import CaptureFixture, MonkeyPatch

from onrecord.desk.views import inbox
from unit.desk.conftest import Desk

PAGES = ["/", "/ledger", "/letter/" + "0" * 32, "/exhibit/" + "0" * 32, "/case/" + "0" * 32 + "/bundle"]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_signing_in(closed_desk: Desk, path: str) -> None:
    answer = closed_desk.client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_a_page_is_kept_by_no_cache_framed_by_nobody_and_loads_nothing_from_elsewhere(desk: Desk) -> None:
    headers = desk.client.get("/").headers

    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(desk: Desk) -> None:
    cookie = desk.client.cookies["onrecord_desk"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["expires"]
    assert not cookie["max-age"]


def test_a_forged_form_is_refused(desk: Desk) -> None:
    desk.client.handler.enforce_csrf_checks = True

    answer = desk.client.post("/cases/new", {"name": "Lantern"})

    assert answer.status_code == 403


def test_a_page_for_another_host_is_refused(closed_desk: Desk) -> None:
    assert closed_desk.client.get("/sign-in", headers={"host": "desk.example"}).status_code == 400


def test_something_that_is_not_there_gives_a_sentence_and_an_id(desk: Desk) -> None:
    answer = desk.client.get("/letter/" + "0" * 32)

    assert answer.status_code == 404
    assert "There is no letter of this identifier." in answer.content.decode()
    assert re.search(r">[0-9a-f]{8}<", answer.content.decode())


def test_an_unforeseen_error_shows_an_id_and_keeps_its_message_to_itself(
    desk: Desk, monkeypatch: MonkeyPatch, capsys: CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Invented Reporter lives in Brick Street")

    monkeypatch.setattr(inbox, "_lines", fail)
    answer = desk.client.get("/")

    shown = answer.content.decode() + capsys.readouterr().err
    assert answer.status_code == 500
    assert "ValueError" in shown
    assert "Brick Street" not in shown


@pytest.mark.parametrize("table", ["casework_letter", "casework_member"])
@pytest.mark.parametrize("version", ["an older", "a newer"])
def test_a_desk_whose_tables_another_version_made_is_closed_and_says_why(desk: Desk, table: str, version: str) -> None:
    desk.client.raise_request_exception = False
    recorder = MigrationRecorder(connection)
    if version == "an older":
        recorder.record_unapplied("casework", "0011_grade")
    else:
        recorder.record_applied("casework", "9999_of_a_later_year")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO of_another_version")

    answer = desk.client.get("/")

    assert answer.status_code == 503
    assert f"made by {version} version of Onrecord" in answer.content.decode()
