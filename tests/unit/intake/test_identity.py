"""Who wrote a letter is sealed apart, read only by those who hold the identity key, and the ledger says by whom."""

from datetime import timedelta

import pytest

from conftest import MEMBER, PASSPHRASE
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.docket import Docket
from onrecord.casework.record import redraw
from onrecord.casework.record.append import ClockBehind, newest_entry
from onrecord.casework.record.audit import audit
from onrecord.casework.record.reading import entries_of
from onrecord.ground.clock import StillClock
from onrecord.intake.collect import collect
from onrecord.intake.identity import NoIdentityPart, read_identity
from onrecord.intake.unseal import unseal_all
from onrecord.seal.keyring import KeyNotHeld, unlock


def receive(docket: Docket, letter: InventedLetter):
    drop(docket, letter.sealed(docket))
    list(collect(docket, spool_of(docket)))
    return next(unseal_all(docket))


def test_a_holder_of_the_identity_key_reads_name_and_contact(docket: Docket) -> None:
    row = receive(docket, InventedLetter(name="Bahrom Invented", contact="by the baker"))

    identity = read_identity(docket, row)

    assert identity == {"name": "Bahrom Invented", "contact": "by the baker"}


def test_the_operator_reads_no_name(docket: Docket) -> None:
    row = receive(docket, InventedLetter(name="Bahrom Invented"))
    operator = unlock(docket.folder / "keys", PASSPHRASE, kind="operator", name=MEMBER)

    with pytest.raises(KeyNotHeld):
        read_identity(docket.working_as(operator), row)


def test_a_letter_without_a_name_says_so(docket: Docket) -> None:
    row = receive(docket, InventedLetter())

    with pytest.raises(NoIdentityPart):
        read_identity(docket, row)


def test_a_look_is_recorded_under_the_name_of_who_looked_and_no_other(docket: Docket) -> None:
    row = receive(docket, InventedLetter(name="Bahrom Invented", contact="by the baker"))

    read_identity(docket, row)

    look = entries_of(docket, [row.id])[-1]
    assert (look.event.kind, look.event.actor, look.event.subject) == ("IdentityRead", docket.actor, row.id)
    assert look.event.body == {"letter": row.id}
    assert redraw.check(docket) == []
    assert audit(docket).findings == []


def test_what_could_not_be_read_is_not_recorded_as_read(docket: Docket) -> None:
    row = receive(docket, InventedLetter(name="Bahrom Invented"))
    operator = unlock(docket.folder / "keys", PASSPHRASE, kind="operator", name=MEMBER)
    before = newest_entry()

    with pytest.raises(KeyNotHeld):
        read_identity(docket.working_as(operator), row)

    assert newest_entry() == before


def test_a_name_is_not_shown_where_the_look_cannot_be_recorded(docket: Docket, clock: StillClock) -> None:
    row = receive(docket, InventedLetter(name="Bahrom Invented"))
    clock.moment -= timedelta(days=1)

    with pytest.raises(ClockBehind):
        read_identity(docket, row)
