"""One ledger, two databases: what is recorded, redrawn, searched and erased is the same on SQLCipher and on PostgreSQL."""

from onrecord.casework.docket import Docket
from onrecord.casework.models import Case, Erasure
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId


def test_a_case_is_drawn_from_its_entry_and_redraws_the_same(docket_on_each_database: Docket) -> None:
    case = open_case(docket_on_each_database, "Lantern")

    differences = redraw.check(docket_on_each_database)

    assert differences == []
    assert Case.objects.get().id == case


def test_an_erased_case_is_gone_from_the_tables_and_says_so(docket_on_each_database: Docket) -> None:
    case = open_case(docket_on_each_database, "Lantern")

    erase(docket_on_each_database, SubjectId(case), "mistake")

    assert not Case.objects.exists()
    assert Erasure.objects.get().id == case
    assert redraw.check(docket_on_each_database) == []
