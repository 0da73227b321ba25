"""Tie a later letter to the first one of the same reporter, and to nobody else's.

A later letter names the first by the hash of its sealed form and signs, with the key that the first one carried, that
hash, its own number and all it says. Who found no answer yet does not know that hash: then a letter carries the public
halves of the receipt, as a first one does, and a signature that proves them. It belongs to the first letter of the same
key, or is one. Letters come in no order: a later one may be here before the first is opened.
"""

from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Q

from onrecord.casework.models import Letter as LetterRow
from onrecord.errors import Damaged
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.letter.signed import LaterLetter, check_body


class FirstLetterMissing(Damaged):
    """This letter continues another one, which has not been opened here yet."""

    next_step = "It is tried again when other letters are opened. If the first one never comes, keep this one apart."


class LaterLetterUnsigned(Damaged):
    """This letter claims to continue an earlier one and is not signed by whoever wrote that."""

    next_step = "Keep it apart. It may come from somebody else."


class LaterLetterRepeated(Damaged):
    """This letter says again, word for word and under the same number, what an earlier one of its reporter said."""

    next_step = "Keep it apart. Somebody may have sent an old letter again to make it look new."


def first_letter_of(reading: LetterReading, letter: Letter, *, may_begin: bool = True) -> str:
    """Return the first letter that this one continues, if any, having checked that the same person wrote it.

    With `may_begin` false a letter that only may be a first one waits, because the first may still be unopened.
    """
    first = _named_first(reading, letter) if letter.counter else _first_of_same_key(reading, letter)
    if first is None:
        if reading.signature is not None and not may_begin:
            raise FirstLetterMissing
        return ""
    same = LetterRow.objects.filter(Q(pk=first.id) | Q(continues=first.id), counter=letter.counter)
    if same.filter(body_sha256=reading.body_sha256).exists():
        raise LaterLetterRepeated
    return first.id


def _named_first(reading: LetterReading, letter: Letter) -> LetterRow:
    first = LetterRow.objects.filter(sealed_sha256=letter.first_letter_sha256, state=LetterRow.State.OPENED).first()
    if first is None:
        raise FirstLetterMissing
    if first.reporter is None or first.continues:
        raise LaterLetterUnsigned
    _check(reading, letter, first.sealed_sha256, first.reporter["verify_key"])
    return first


def _first_of_same_key(reading: LetterReading, letter: Letter) -> LetterRow | None:
    if reading.signature is None:
        return None
    if letter.reporter is None:
        raise LaterLetterUnsigned
    _check(reading, letter, "", letter.reporter.verify_key)
    firsts = LetterRow.objects.filter(mailbox=letter.reporter.mailbox, continues="").order_by("entry")
    # A mailbox is no secret of its reporter's, as the key is: a stranger may have named it.
    same_key = (row for row in firsts if row.reporter and row.reporter["verify_key"] == letter.reporter.verify_key)
    return next(same_key, None)


def _check(reading: LetterReading, letter: Letter, first_letter_sha256: str, verify_key: str) -> None:
    if reading.signature is None:
        raise LaterLetterUnsigned
    key = Ed25519PublicKey.from_public_bytes(b64decode(verify_key))
    check_body(LaterLetter(first_letter_sha256, letter.counter, reading.body_sha256), reading.signature, key)
