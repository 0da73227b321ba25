"""Sign and check what stands inside a seal: a reporter's later letters and the desk's replies.

A seal says who can read, never who wrote (age, section "Authentication"). The signature inside says who wrote, for
whom, about which letter, and which one in a row it is, so that nothing can be forged, sent to somebody else or sent
again. The two kinds begin with different words, so that one can never be passed off as the other.
"""

from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.errors import Damaged
from onrecord.ground.canon import canonical

LETTER_DOMAIN: Final = b"onrecord-letter/v1\n"
REPLY_DOMAIN: Final = b"onrecord-reply/v1\n"


class SignatureWrong(Damaged):
    """The signature inside this seal does not belong to what it should sign."""

    next_step = "Do not act on it. Keep it as it arrived."


@dataclass(frozen=True, slots=True)
class LaterLetter:
    """What a reporter signs in each later letter: which letter was first, which one this is, and all it says."""

    first_letter_sha256: str
    counter: int
    body_sha256: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a desk signs: for whom a reply is, to which letter, which one in a row it is, and all it says."""

    recipient: str
    letter_sha256: str
    counter: int
    body_sha256: str


def sign_body(statement: LaterLetter | Reply, key: Ed25519PrivateKey) -> bytes:
    """Return the Ed25519 signature (64 bytes) over a statement."""
    return key.sign(signed_bytes(statement))


def check_body(statement: LaterLetter | Reply, signature: bytes, key: Ed25519PublicKey) -> None:
    """Check a signature; raise SignatureWrong unless this key signed exactly this statement."""
    try:
        key.verify(signature, signed_bytes(statement))
    except InvalidSignature:
        raise SignatureWrong from None


def signed_bytes(statement: LaterLetter | Reply) -> bytes:
    """Return what is signed: the kind's own first line, then the statement as canonical JSON."""
    domain = LETTER_DOMAIN if isinstance(statement, LaterLetter) else REPLY_DOMAIN
    return domain + canonical({name: getattr(statement, name) for name in statement.__slots__})
