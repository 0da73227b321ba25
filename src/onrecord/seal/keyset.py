"""Name the public keys of a docket for one epoch, signed by a root key that lies offline.

Whoever writes to a docket trusts this one file: to whom letters are sealed, who may sign replies, where the doors are
and until when all that holds. It is numbered so that an old one cannot replace a newer one, and it ends after 90 days
so that a key stolen from an old epoch opens nothing new.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.errors import BadInput, Damaged, Refused
from onrecord.ground.bounds import AGE_STANZAS, EPOCH_DAYS, KEYSET_BYTES
from onrecord.ground.canon import NotCanonical, canonical, parse_canonical
from onrecord.ground.clock import NotATime, parse_utc

DOMAIN: Final = b"onrecord-keyset/v1\n"
VERSION: Final = 1
ROLES: Final = ("member", "service")
# Letters are kept for decades. Only the post-quantum hybrid of age keeps them closed that long.
RECIPIENT_PREFIX: Final = "age1pq1"


class KeysetForged(Damaged):
    """This keyset was not signed by the docket's root key."""

    next_step = "Do not seal to it. Get the keyset again by another way and compare the root key."


class KeysetMalformed(Damaged):
    """This file is not a keyset."""

    next_step = "Get the keyset again from the docket it belongs to."


class KeysetExpired(Refused):
    """The keys of this keyset have ended, so nothing more is sealed to them."""

    next_step = "Get the docket's newest keyset. What was sealed before stays good."


class WrongRootKey(BadInput):
    """This root key is not the one that the keyset names."""

    next_step = "Sign the keyset with the root key whose public half it holds."


@dataclass(frozen=True, slots=True)
class Signer:
    """One key that may sign in this docket's name, of a member or of a service."""

    id: str
    role: str
    verify_key: str


@dataclass(frozen=True, slots=True)
class Keyset:
    """The public keys of one docket for one epoch."""

    number: int
    docket: str
    epoch: int
    issued: str
    expires: str
    letter_recipients: tuple[str, ...]
    identity_recipients: tuple[str, ...]
    log_key: str
    signers: tuple[Signer, ...]
    doors: tuple[str, ...]
    root_key: str


def sign_keyset(keyset: Keyset, root: Ed25519PrivateKey) -> bytes:
    """Return the keyset file: canonical JSON of the keyset and the root key's signature over it."""
    if root.public_key().public_bytes_raw() != raw_key(keyset.root_key):
        raise WrongRootKey
    value = _plain(keyset)
    _parse(value)
    return canonical({"keyset": value, "signature": base64.b64encode(root.sign(_signed(value))).decode()})


def read_keyset(data: bytes, *, root_key: bytes | None, now: datetime | None) -> Keyset:
    """Read a keyset file; raise KeysetForged, KeysetMalformed or, for a given moment, KeysetExpired.

    `root_key` is the raw root key learned by another way. Without it the file only vouches for itself: good for showing
    what is in it, never for a first letter.
    """
    if len(data) > KEYSET_BYTES:
        raise KeysetMalformed
    try:
        file = parse_canonical(data)
    except NotCanonical:
        raise KeysetMalformed from None
    if not isinstance(file, dict) or file.keys() != {"keyset", "signature"} or not isinstance(file["keyset"], dict):
        raise KeysetMalformed
    keyset = _parse(file["keyset"])
    if root_key is not None and raw_key(keyset.root_key) != root_key:
        raise KeysetForged
    _check_signature(file["keyset"], file["signature"], raw_key(keyset.root_key))
    if now is not None and now >= parse_utc(keyset.expires):
        raise KeysetExpired
    return keyset


def raw_key(text: str) -> bytes:
    """Return the 32 bytes of an Ed25519 public key written in base64; raise KeysetMalformed for anything else."""
    raw = _base64(text)
    if len(raw) != 32:
        raise KeysetMalformed
    return raw


def _check_signature(value: Mapping[str, Any], signature: object, root_key: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(root_key).verify(_base64(signature), _signed(value))
    except InvalidSignature:
        raise KeysetForged from None


def _signed(value: Mapping[str, Any]) -> bytes:
    return DOMAIN + canonical(value)


def _plain(keyset: Keyset) -> dict[str, Any]:
    value = {name: getattr(keyset, name) for name in Keyset.__slots__}
    lists = {name: list(item) for name, item in value.items() if isinstance(item, tuple)}
    signers = [{name: getattr(signer, name) for name in Signer.__slots__} for signer in keyset.signers]
    return value | lists | {"v": VERSION, "signers": signers}


def _parse(value: Mapping[str, Any]) -> Keyset:
    if value.keys() != {"v", *Keyset.__slots__} or value["v"] != VERSION:
        raise KeysetMalformed
    texts = ("docket", "issued", "expires", "log_key", "root_key")
    if not all(isinstance(value[name], str) for name in texts):
        raise KeysetMalformed
    if not (_is_count(value["number"]) and _is_count(value["epoch"])):
        raise KeysetMalformed
    raw_key(value["log_key"])
    raw_key(value["root_key"])
    _check_epoch(value["issued"], value["expires"])
    return Keyset(
        number=value["number"],
        docket=value["docket"],
        epoch=value["epoch"],
        issued=value["issued"],
        expires=value["expires"],
        letter_recipients=_recipients(value["letter_recipients"]),
        identity_recipients=_recipients(value["identity_recipients"]),
        log_key=value["log_key"],
        signers=tuple(_signer(item) for item in _items(value["signers"], dict)),
        doors=tuple(_items(value["doors"], str)),
        root_key=value["root_key"],
    )


def _check_epoch(issued: str, expires: str) -> None:
    try:
        lifetime = parse_utc(expires) - parse_utc(issued)
    except NotATime:
        raise KeysetMalformed from None
    if not timedelta() < lifetime <= timedelta(days=EPOCH_DAYS):
        raise KeysetMalformed


def _recipients(value: object) -> tuple[str, ...]:
    recipients = _items(value, str)
    if not 0 < len(recipients) <= AGE_STANZAS or not all(text.startswith(RECIPIENT_PREFIX) for text in recipients):
        raise KeysetMalformed
    return tuple(recipients)


def _signer(value: Mapping[str, Any]) -> Signer:
    if value.keys() != set(Signer.__slots__) or not all(isinstance(item, str) for item in value.values()):
        raise KeysetMalformed
    if value["role"] not in ROLES:
        raise KeysetMalformed
    raw_key(value["verify_key"])
    return Signer(**value)


def _items(value: object, kind: type) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        raise KeysetMalformed
    return value


def _is_count(value: object) -> bool:
    return type(value) is int and value > 0


def _base64(text: object) -> bytes:
    if not isinstance(text, str):
        raise KeysetMalformed
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeysetMalformed from None
    if base64.b64encode(raw).decode() != text:
        raise KeysetMalformed
    return raw
