"""The desk collects what the door took in, and says when it cannot."""

from pytest import MonkeyPatch

from invented_desk import put_letter
from onrecord.casework.models import Letter
from onrecord.desk import collector
from onrecord.desk.collector import collect_once
from unit.desk.conftest import Desk


def test_a_letter_in_the_spool_becomes_a_sealed_letter_of_the_desk(closed_desk: Desk) -> None:
    put_letter(closed_desk.docket)

    letters = collect_once(closed_desk.served)

    assert letters == 1
    assert Letter.objects.get().state == Letter.State.SEALED
    assert closed_desk.served.collecting.last_ran_at


def test_a_failure_is_told_on_the_first_page_without_a_word_of_a_letter(desk: Desk, monkeypatch: MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space beside Invented Reporter")

    monkeypatch.setattr(collector, "collect", fail)
    collect_once(desk.served)

    page = desk.client.get("/").content.decode()

    assert "could not be collected" in page
    assert "Invented Reporter" not in page
