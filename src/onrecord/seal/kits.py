"""Name the kits that a docket stands behind: a root-signed list of the hash of each file.

A kit is one file that seals letters without the net. It carries its own keyset, so it cannot vouch for itself, and a
door that hands it out must not be able to vouch for it either: the list is signed by the root key, offline. A door
shows no kit that the list does not name. docs/format/kit.md describes both.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.errors import Damaged
from onrecord.ground.bounds import KEYSET_BYTES
from onrecord.ground.canon import NotCanonical, canonical, parse_canonical

DOMAIN: Final = b"onrecord-kits/v1\n"
VERSION: Final = 1
LIST_NAME: Final = "kits.json"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_HASH = re.compile(r"[0-9a-f]{64}")


class KitsMalformed(Damaged):
    """This is not a list of kits."""

    next_step = "Get the list again from the docket it belongs to."


class KitsForged(Damaged):
    """This list of kits was not signed by the docket's root key."""

    next_step = "Use no kit that it names. Get the list in another way and compare the root key."


@dataclass(frozen=True, slots=True)
class Kits:
    """Which files are this docket's kits: language tag to SHA-256, all of one keyset."""

    keyset: int
    kits: Mapping[str, str]


def sign_kits(kits: Kits, root: Ed25519PrivateKey) -> bytes:
    """Return the list as a file: canonical JSON and the root key's signature over it."""
    value = {"v": VERSION, "keyset": kits.keyset, "kits": dict(kits.kits)}
    _parse(value)
    signature = base64.b64encode(root.sign(DOMAIN + canonical(value))).decode("ascii")
    return canonical({"kits": value, "signature": signature})


def read_kits(data: bytes, *, root_key: bytes) -> Kits:
    """Read a list of kits; raise KitsMalformed or KitsForged."""
    if len(data) > KEYSET_BYTES:
        raise KitsMalformed
    try:
        file = parse_canonical(data)
        signature = base64.b64decode(file["signature"], validate=True)
        value = file["kits"]
    except (NotCanonical, KeyError, TypeError, binascii.Error):
        raise KitsMalformed from None
    kits = _parse(value)
    if file.keys() != {"kits", "signature"} or base64.b64encode(signature).decode("ascii") != file["signature"]:
        raise KitsMalformed
    try:
        Ed25519PublicKey.from_public_bytes(root_key).verify(signature, DOMAIN + canonical(value))
    except InvalidSignature:
        raise KitsForged from None
    return kits


def listed_kit(folder: Path, language: str, *, root_key: bytes) -> bytes | None:
    """Return a language's kit from a folder, or None unless the root-signed list beside it names its hash."""
    try:
        kits = read_kits((folder / LIST_NAME).read_bytes(), root_key=root_key)
        kit = (folder / f"{language}.html").read_bytes() if language in kits.kits else b""
    except (FileNotFoundError, NotADirectoryError, KitsMalformed, KitsForged):
        return None
    return kit if hashlib.sha256(kit).hexdigest() == kits.kits.get(language) else None


def _parse(value: Any) -> Kits:
    if not isinstance(value, dict) or value.keys() != {"v", "keyset", "kits"}:
        raise KitsMalformed
    version, number, kits = value["v"], value["keyset"], value["kits"]
    if type(version) is not int or version != VERSION:
        raise KitsMalformed
    if type(number) is not int or number < 1 or not isinstance(kits, dict):
        raise KitsMalformed
    if not all(_TAG.fullmatch(tag) and isinstance(one, str) and _HASH.fullmatch(one) for tag, one in kits.items()):
        raise KitsMalformed
    return Kits(number, kits)
