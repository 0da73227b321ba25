"""Of what its reporter asks to erase no fact is drawn, the letters that continue it included."""

import hashlib

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.law.facts import facts_of
from onrecord.casework.models import Letter
from onrecord.casework.record.append import record
from onrecord.ground.ids import CaseId
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.law.load import load_law
from onrecord.law.model import Fact
from onrecord.seal.receipt import Receipt
from unit.casework.law.conftest import Code

LAW = load_law()


def test_what_a_reporter_wrote_later_is_held_with_the_first_letter(docket: Docket, code: Code, case: CaseId) -> None:
    keys = Receipt.new().keys()
    first = InventedLetter(account="They took us at night.", receipt=keys).sealed(docket)
    hashed = hashlib.sha256(first).hexdigest()
    later = InventedLetter(account="Later words.", form="mailbox.1", counter=1, first_sha256=hashed, signed_by=keys)
    for sealed in (first, later.sealed(docket)):
        drop(docket, sealed)
        list(collect(docket, spool_of(docket)))
        list(unseal_all(docket))
    row = Letter.objects.get(sealed_sha256=hashed)
    kept = code("victim.age=19")
    code("oath.demanded=yes", text=Letter.objects.get(continues=row.id).id)

    before = facts_of(case, kept.person, LAW).facts
    record(docket, ErasureAsked(letter=row.id, said_in="a" * 32, tier="C"))

    assert set(before) == {"victim.age", "oath.demanded"}
    assert facts_of(case, kept.person, LAW).facts == {"victim.age": Fact((19,), (kept.claim,))}
