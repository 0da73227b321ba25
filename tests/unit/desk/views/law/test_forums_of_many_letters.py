"""However many letters a case rests on, the forums ask the tables as often."""

from itertools import islice

from django.db import connection
from django.test.utils import CaptureQueriesContext

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.docket import Docket
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.holdings import HELD, Said, note_holding
from onrecord.casework.models import Act, Exhibit, Letter
from onrecord.desk.shown.forums.holdings import Holdings
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.law.forums import load_forums, load_things
from onrecord.law.load import load_law
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk

LAW = load_law()


def code_letters(law_desk: LawDesk, number: int) -> None:
    """Code a passage of some new letters, and say of each that a thing lies in it."""
    docket, act = law_desk.desk.docket, Act.objects.get().id
    for n in range(number):
        letter = InventedLetter(
            f"Letter {n}.", tier="B", consent=[("share_un", "given"), ("share_lawyer", "ask_first")]
        )
        drop(docket, letter.sealed(docket))
    list(collect(docket, spool_of(docket)))
    new = [one.id for one in unseal_all(docket)]
    noted = Letter.objects.count() - 1 - number
    for letter_id, thing in zip(new, islice(load_things(), noted, None), strict=False):
        code_claim(docket, Coding(letter_id, 0, 6, "act", act, [check_value("victim.age", "31")], ["reporter"]))
        note_holding(docket, law_desk.case, Said(thing, HELD, item=letter_id), person=law_desk.person)


def readiness(docket: Docket, case: str, person: str) -> None:
    """Ask what `onrecord law forums CASE` asks once the docket is open."""
    holdings = Holdings(read_case(case, LAW), person, may_leave=False)
    assert all(holdings.of(forum.purpose)["account"].have for forum in load_forums().values())


def test_a_case_with_many_letters_asks_the_tables_no_more_often_than_one_with_two(law_desk: LawDesk) -> None:
    docket, case, person = law_desk.desk.docket, law_desk.case, law_desk.person
    asked = []
    for more in (1, 10):
        code_letters(law_desk, more)
        law_desk.page("/forums")
        with CaptureQueriesContext(connection) as of_page:
            page = law_desk.page("/forums", note="authority")
        with CaptureQueriesContext(connection) as of_command:
            readiness(docket, case, person)
        asked.append((len(of_page), len(of_command)))

    assert asked[0] == asked[1]
    assert Letter.objects.count() == 12
    letters = Exhibit.objects.filter(origin_kind="letter").values_list("origin", flat=True)
    assert all(f'value="{letter}"' in page for letter in letters)
