"""Write one line of the ledger: who did what, when, signed, and hidden behind a number that gives nothing away.

An *event* is the private record. Its *envelope* is the event's canonical bytes and the actor's signature. Its *leaf* is
SHA-256 of a random 32-byte salt and the envelope: the leaf is all the public ever sees, and without the salt nobody can
test a guess against it. With the salt, `cat salt envelope | sha256sum` checks it.

The exact bytes are in docs/format/entry.md.
"""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import ENTRY_BYTES
from onrecord.ground.canon import LARGEST_INTEGER, NotCanonical, canonical, parse_canonical

# The signature covers this line first, so that it can never pass for a signature of anything else made by the same key.
SIGNING_DOMAIN = b"onrecord-entry/v1\n"

# As long as the hash itself: the leaf then hides its envelope whatever the envelope says.
SALT_BYTES = 32

# Canonical JSON has one order: the nine fields of an event stand in these places, whatever its body says.
_EVENT = re.compile(
    rb'\{"actor":"([0-9a-f]{32})","actor_seq":([1-9][0-9]{0,15})'
    rb',"at":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)","body":(\{.*\})'
    rb',"id":"([0-9a-f]{32})","kind":"([A-Z][A-Za-z]{0,63})"'
    rb',"subject":"([0-9a-f]{32})","subject_seq":([1-9][0-9]{0,15}),"v":([1-9][0-9]{0,15})\}'
)
_BODY = 4
_SIGNATURE_LINE_BYTES = 89  # 64 bytes in base64, and the line's end


class EntryMalformed(Damaged):
    """An entry of the ledger does not have the form of an entry."""

    next_step = "Do not use it. Run `onrecord ledger audit` and keep every file as it is."


class EntryTooLarge(BadInput):
    """This is too long for one entry of the ledger."""

    next_step = "Keep long material as an exhibit and record only its identifier."


class SignatureWrong(Damaged):
    """A signature does not belong to these bytes and this key: something was changed or forged."""

    next_step = "Do not rely on it. Keep the file, and compare with another copy of the ledger."


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, as its actor signs it."""

    kind: str
    id: str
    at: str
    actor: str
    actor_seq: int
    subject: str
    subject_seq: int
    body: dict[str, Any]
    v: int = 1


def event_bytes(event: Event) -> bytes:
    """Return the canonical bytes of an event; raise EntryMalformed or EntryTooLarge for one not to be recorded."""
    before = f'{{"actor":"{event.actor}","actor_seq":{event.actor_seq},"at":"{event.at}","body":'.encode()
    after = (
        f',"id":"{event.id}","kind":"{event.kind}"'
        f',"subject":"{event.subject}","subject_seq":{event.subject_seq},"v":{event.v}}}'
    ).encode()
    body = canonical(event.body)
    data = before + body + after
    # Compared by place too: no field may hold what would move the others.
    if _fields(data).span(_BODY) != (len(before), len(before) + len(body)):
        raise EntryMalformed
    if len(data) + 1 + _SIGNATURE_LINE_BYTES > ENTRY_BYTES:
        raise EntryTooLarge
    return data


def sign_event(event: Event, key: Ed25519PrivateKey) -> bytes:
    """Return the envelope: the event's bytes and its actor's signature, one line each."""
    data = event_bytes(event)
    return data + b"\n" + base64.b64encode(key.sign(SIGNING_DOMAIN + data)) + b"\n"


def open_envelope(envelope: bytes, verify_key: Ed25519PublicKey) -> Event:
    """Return the event of an envelope signed by this key; raise SignatureWrong or EntryMalformed."""
    data, signature = _split(envelope)
    try:
        verify_key.verify(signature, SIGNING_DOMAIN + data)
    except InvalidSignature:
        raise SignatureWrong from None
    return _parse(data)


def read_without_checking(envelope: bytes) -> Event:
    """Return what an envelope says, whoever wrote it: only to learn whose key must open it, or after it was checked."""
    data, _ = _split(envelope)
    return _parse(data)


def new_salt(random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """Return a fresh salt for one entry."""
    return random(SALT_BYTES)


def commit(salt: bytes, envelope: bytes) -> bytes:
    """Return the leaf of an envelope: SHA-256 of its salt and itself."""
    if len(salt) != SALT_BYTES:
        raise EntryMalformed
    return hashlib.sha256(salt + envelope).digest()


def commit_keyset(keyset_file: bytes) -> bytes:
    """Return the leaf of a published keyset. It is unsalted on purpose: everybody may check that it was recorded."""
    return hashlib.sha256(keyset_file).digest()


def _parse(data: bytes) -> Event:
    actor, actor_seq, at, body, entry_id, kind, subject, subject_seq, v = _fields(data).groups()
    try:
        value = parse_canonical(body)
    except NotCanonical:
        raise EntryMalformed from None
    return Event(
        kind=kind.decode(),
        id=entry_id.decode(),
        at=at.decode(),
        actor=actor.decode(),
        actor_seq=int(actor_seq),
        subject=subject.decode(),
        subject_seq=int(subject_seq),
        body=value,
        v=int(v),
    )


def _fields(data: bytes) -> re.Match[bytes]:
    """Return the fields of an event, everything but the body checked; raise EntryMalformed."""
    found = _EVENT.fullmatch(data)
    if found is None:
        raise EntryMalformed
    _, actor_seq, at, _, _, _, _, subject_seq, v = found.groups()
    if max(int(actor_seq), int(subject_seq), int(v)) > LARGEST_INTEGER:
        raise EntryMalformed
    try:
        datetime.fromisoformat(at.decode())
    except ValueError:
        raise EntryMalformed from None
    return found


def _split(envelope: bytes) -> tuple[bytes, bytes]:
    if len(envelope) > ENTRY_BYTES:
        raise EntryMalformed
    data, newline, line = envelope.partition(b"\n")
    try:
        signature = base64.b64decode(line[:-1], validate=True)
    except binascii.Error:
        raise EntryMalformed from None
    # Encoded again and compared: base64 has spare bits, and one signature must have one spelling.
    if len(signature) != 64 or newline + base64.b64encode(signature) + b"\n" != newline + line:
        raise EntryMalformed
    return data, signature
