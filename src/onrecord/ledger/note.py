"""Sign the state of the ledger in five lines that a person can read aloud and any tool of this family can check.

A *signed note* (C2SP signed-note) is a text, an empty line, and one line per signature. A *checkpoint* (C2SP
tlog-checkpoint) is a note whose text names the ledger, its size and its root. Signatures by keys we do not know are
ignored, so that cosigners can add theirs; a signature that claims to be ours and does not verify is refused.

The exact bytes are in docs/format/checkpoint.md.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.errors import Damaged
from onrecord.ground.bounds import NOTE_BYTES, NOTE_SIGNATURES
from onrecord.ledger.entry import SignatureWrong
from onrecord.ledger.merkle import HASH_BYTES

_ED25519 = b"\x01"
_SIGNATURE_START = "\u2014 "
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


class NoteMalformed(Damaged):
    """This is not a signed checkpoint, or it was damaged on its way."""

    next_step = "Ask for the file again, and keep this one."


class NotSignedByThisLedger(Damaged):
    """This checkpoint does not bear the signature of the ledger it should come from."""

    next_step = "Check that the key is the one of this docket. If it is, do not rely on the checkpoint."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger at one size."""

    origin: str
    size: int
    root: bytes

    def text(self) -> bytes:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """Return the signed note of a checkpoint; the key's name is the ledger's origin."""
    return sign_note(checkpoint.text(), checkpoint.origin, key)


def open_checkpoint(note: bytes, *, origin: str, log_key: Ed25519PublicKey) -> Checkpoint:
    """Return the checkpoint that this ledger signed; raise NoteMalformed, NotSignedByThisLedger or SignatureWrong."""
    checkpoint = _parse_checkpoint(open_note(note, origin, log_key))
    if checkpoint.origin != origin:
        raise NotSignedByThisLedger
    return checkpoint


def read_checkpoint_without_checking(note: bytes) -> Checkpoint:
    """Return what a note says, whoever signed it: only to show it, or to learn which ledger it claims to be of."""
    return _parse_checkpoint(_split(note)[0])


def sign_note(text: bytes, name: str, key: Ed25519PrivateKey) -> bytes:
    """Return a text with its first signature; raise NoteMalformed for a text or a name that a note cannot hold."""
    return text + b"\n" + signature_line(text, name, key)


def signature_line(text: bytes, name: str, key: Ed25519PrivateKey) -> bytes:
    """Return one signature line over a text: what a cosigner adds at a note's end."""
    if not _NAME.fullmatch(name) or not _is_text(text):
        raise NoteMalformed
    signature = base64.b64encode(key_id(name, key.public_key()) + key.sign(text)).decode()
    return f"{_SIGNATURE_START}{name} {signature}\n".encode()


def open_note(note: bytes, name: str, verify_key: Ed25519PublicKey) -> bytes:
    """Return the text of a note signed by a key under a name; signatures by other keys are ignored."""
    text, signatures = _split(note)
    identity = key_id(name, verify_key)
    ours = [line for line in signatures if line.name == name and line.key_id == identity]
    if not ours:
        raise NotSignedByThisLedger
    for line in ours:
        try:
            verify_key.verify(line.signature, text)
        except InvalidSignature:
            raise SignatureWrong from None
    return text


def key_id(name: str, verify_key: Ed25519PublicKey) -> bytes:
    """Return the four bytes by which a note's signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + verify_key.public_bytes_raw()).digest()[:4]


def verifier_text(name: str, verify_key: Ed25519PublicKey) -> str:
    """Return a key as tools of this family write it: `name+keyid+base64`."""
    key = base64.b64encode(_ED25519 + verify_key.public_bytes_raw()).decode()
    return f"{name}+{key_id(name, verify_key).hex()}+{key}"


def _parse_checkpoint(text: bytes) -> Checkpoint:
    # Extension lines are allowed by the standard and never written by us: a fourth line is refused.
    lines = text.decode().split("\n")
    if len(lines) != 4 or lines[3] or not _NAME.fullmatch(lines[0]) or not _SIZE.fullmatch(lines[1]):
        raise NoteMalformed
    root = _decode(lines[2])
    if len(root) != HASH_BYTES:
        raise NoteMalformed
    return Checkpoint(lines[0], int(lines[1]), root)


class _Signature(NamedTuple):
    name: str
    key_id: bytes
    signature: bytes


def _split(note: bytes) -> tuple[bytes, list[_Signature]]:
    """Return a note's text and its signatures."""
    if len(note) > NOTE_BYTES or not _is_text(note):
        raise NoteMalformed
    text, empty_line, tail = note.rpartition(b"\n\n")
    lines = tail.decode().split("\n")[:-1]
    if not empty_line or not 0 < len(lines) <= NOTE_SIGNATURES:
        raise NoteMalformed
    return text + b"\n", [_signature(line) for line in lines]


def _signature(line: str) -> _Signature:
    name, space, encoded = line.removeprefix(_SIGNATURE_START).partition(" ")
    if not line.startswith(_SIGNATURE_START) or not space or not _NAME.fullmatch(name):
        raise NoteMalformed
    decoded = _decode(encoded)
    if len(decoded) < 5:
        raise NoteMalformed
    return _Signature(name, decoded[:4], decoded[4:])


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return text.endswith("\n") and all(character == "\n" or character >= " " for character in text)


def _decode(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteMalformed from None
    if base64.b64encode(data).decode() != text:  # one spelling for one value: base64 has spare bits
        raise NoteMalformed
    return data
