"""Tie a later letter to the first one of the same reporter, and to nobody else's.

A later letter names the first by the hash of its sealed form and signs, with the key that the first one carried, that
hash, its own number and all it says. Letters come in no order: a later one may be here before the first is opened.
"""

from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

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
    """This letter says again what an earlier letter of the same reporter said, under the same number."""

    next_step = "Keep it apart. Somebody may have sent an old letter again to make it look new."


def first_letter_of(reading: LetterReading, letter: Letter) -> str:
    """Return the first letter that this one continues, if any, having checked that the same person wrote it."""
    if letter.counter == 0:
        return ""
    first = LetterRow.objects.filter(sealed_sha256=letter.first_letter_sha256, state=LetterRow.State.OPENED).first()
    if first is None:
        raise FirstLetterMissing
    if first.reporter is None or first.counter != 0 or reading.signature is None:
        raise LaterLetterUnsigned
    key = Ed25519PublicKey.from_public_bytes(b64decode(first.reporter["verify_key"]))
    check_body(LaterLetter(first.sealed_sha256, letter.counter, reading.body_sha256), reading.signature, key)
    if LetterRow.objects.filter(continues=first.id, counter=letter.counter).exists():
        raise LaterLetterRepeated
    return first.id
