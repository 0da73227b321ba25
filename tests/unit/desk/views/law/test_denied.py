"""Who denies what nobody states is seen beside the element that asks for it, and decides nothing."""

import pytest

from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.models import Act, Claim
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import open_second_person, part


@pytest.mark.parametrize(
    ("field", "value", "element"),
    [
        ("victim.age", "0..17", "under_18"),
        ("victim.status", "prisoner_of_war", "is_pow"),
        ("coercion.means", "detention:threatened", "compelled"),
    ],
)
def test_a_denial_alone_stands_against_what_it_denies(law_desk: LawDesk, field: str, value: str, element: str) -> None:
    person = open_second_person(law_desk)
    words = Claim.objects.order_by("entry").first()
    assert words is not None
    act = Act.objects.get(victim=person).id
    denied = Coding(words.exhibit, 0, 6, "denial", act, values=[check_value(field, value)], by=("reporter",))
    code_claim(law_desk.desk.docket, denied)

    page = law_desk.page(element=element, person=person)

    against = part(page, 'class="ev2 ag"', "</section>")
    assert "1 passage," in against and "#p" in against
    assert "denied:" in against
    assert "Nothing on file" in part(page, 'class="ev2 for"', "</section>")
