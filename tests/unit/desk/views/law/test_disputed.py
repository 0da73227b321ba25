"""Of a list only the items that somebody denies are disputed, and the page says which."""

from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.models import Claim
from onrecord.words.fields import check_value
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part


def test_only_the_item_that_somebody_denies_is_shown_as_disputed(law_desk: LawDesk) -> None:
    account = Claim.objects.order_by("entry").first()
    assert account is not None
    denied = Coding(
        account.exhibit,
        0,
        6,
        "act",
        account.act,
        values=[check_value("coercion.means", "document_retention:carried_out")],
        by=("reporter",),
        stance="contradicts",
    )
    code_claim(law_desk.desk.docket, denied)

    items = part(law_desk.page(element="compelled"), 'class="items"', "</ul>").split("<li>")[1:]

    disputed = [item for item in items if "counts as not known" in item]
    assert len(items) > len(disputed) == 1
    assert "Identity papers kept (Carried out)" in disputed[0]
