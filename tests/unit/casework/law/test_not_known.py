"""What somebody says is not known stays not known, whatever a table or a list that is called complete would say."""

from onrecord.casework.docket import Docket
from onrecord.casework.law.facts import facts_of
from onrecord.casework.law.places import override_place
from onrecord.casework.models import Act
from onrecord.ground.ids import CaseId
from onrecord.law.assess import assess
from onrecord.law.load import load_law
from unit.casework.law.conftest import Code
from unit.casework.law.test_facts import the_facts

LAW = load_law()


def test_a_place_that_a_member_says_is_not_known_is_not_filled_from_the_table(
    docket: Docket, code: Code, case: CaseId
) -> None:
    coded = code("place.region=crimea", "event.date=2019-05-01")
    override_place(docket, Act.objects.get(pk=coded.act).event, "unknown", "Nobody could say which village it was.")

    assessment = assess(facts_of(case, coded.person, LAW), LAW)

    assert "place.status" not in assessment.derived
    assert assessment.elements["in_occupied"].status == "unknown"


def test_a_list_is_not_complete_where_somebody_does_not_know_it(code: Code, case: CaseId) -> None:
    code("coercion.means=unknown")
    code("closed=coercion.means")

    fact = the_facts(case)["coercion.means"]

    assert fact.asked and fact.is_missing and not fact.closed
