"""Who wrote a letter is sealed apart, and read only by those who hold the identity key."""

import pytest

from conftest import MEMBER, PASSPHRASE
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.docket import Docket
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
