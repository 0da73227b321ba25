"""Keep the docket's keys: who holds which, sealed to the people who may use it, opened only in memory.

A *principal* is a member, an operator or a service (the collector). Each has two secrets of 32 bytes: the seed of
an age hybrid identity, which opens what is sealed to it, and an Ed25519 seed, which signs its entries. A member's
and an operator's secrets are wrapped by a passphrase (Argon2id, RFC 9106); a service's are sealed to those who may
run it. A docket key (epoch, identity, log, database) is an age file sealed to the principals who may use it.

LIMIT: Python cannot wipe memory. `forget` drops the references; copies may stay in the process until it ends.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from onrecord.errors import BadInput, Damaged, Refused
from onrecord.ground.bounds import (
    ARGON2_LANES,
    ARGON2_MEMORY_KIB,
    ARGON2_MOST,
    ARGON2_PASSES,
    PASSPHRASE_CHARACTERS,
)
from onrecord.ground.canon import canonical
from onrecord.ground.files import create_file
from onrecord.ground.ids import ActorId, RandomBytes, is_id, new_id
from onrecord.ground.text import nfc
from onrecord.seal.close import seal
from onrecord.seal.open import open_chunks, open_sealed
from onrecord.seal.recipients import HybridIdentity, HybridRecipient

Kind = Literal["member", "operator", "service"]
SEED_BYTES = 32
# The wrapping key is used once, because its salt is drawn anew for every wrap; a fixed nonce is safe with it.
WRAP_NONCE = bytes(12)


class WrongPassphrase(Refused):
    """This passphrase does not open the key."""

    next_step = "Type it again. If it is lost, another member must let you in with a new key."


class NoSuchPrincipal(Refused):
    """Nobody of this name keeps a key in this docket."""

    next_step = "Check the name, or ask the lead to add you as a member."


class KeyNotHeld(Refused):
    """You do not hold the key that this needs."""

    next_step = "Ask a member who holds it, or the lead to give it to you."


class KeyFileDamaged(Damaged):
    """A file in the keys folder is damaged."""

    next_step = "Restore the keys folder from the newest backup before doing anything else."


class PassphraseTooShort(BadInput):
    """This passphrase is too short to protect what lies behind it."""

    next_step = "Use five or more random words, sixteen characters at least."


class KeyAlreadyThere(BadInput):
    """A key of this name is already in the keys folder and was not touched."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The public half of a member, an operator or a service."""

    id: ActorId
    kind: Kind
    name: str
    recipient: HybridRecipient
    verify_key: bytes


class Keyring:
    """What one principal has unlocked, for as long as this object lives."""

    def __init__(self, folder: Path, principal: Principal, secret: bytes) -> None:
        self.principal = principal
        self._folder = folder
        self._identity: HybridIdentity | None = HybridIdentity.from_seed(secret[:SEED_BYTES])
        self._signing: Ed25519PrivateKey | None = Ed25519PrivateKey.from_private_bytes(secret[SEED_BYTES:])
        self._opened: dict[str, bytes] = {}
        self._grown: dict[tuple[str, int], HybridIdentity] = {}

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """Return the key that signs this principal's entries; raise KeyNotHeld after `forget`."""
        if self._signing is None:
            raise KeyNotHeld
        return self._signing

    def docket_key(self, name: str, number: int | None = None) -> bytes:
        """Open a docket key of 32 bytes (`log`, `database`, or `epoch`/`identity` with a number)."""
        label = name if number is None else f"{name}-{number}"
        if label not in self._opened:
            self._opened[label] = self._open(f"{label}.age")
        return self._opened[label]

    def holds(self, name: str, number: int | None = None) -> bool:
        """Tell whether this principal may use a docket key."""
        try:
            self.docket_key(name, number)
        except KeyNotHeld:
            return False
        return True

    def identities(self, name: Literal["epoch", "identity"]) -> list[HybridIdentity]:
        """Return the age identities of every epoch of a docket key that this principal holds, newest first."""
        endings = [path.stem.removeprefix(f"{name}-") for path in self._folder.glob(f"{name}-*.age")]
        numbers = sorted((int(ending) for ending in endings if ending.isdecimal()), reverse=True)
        return [self.identity(name, number) for number in numbers if self.holds(name, number)]

    def identity(self, name: str, number: int) -> HybridIdentity:
        """Return the age identity that grows out of a docket key, grown once; raise KeyNotHeld."""
        if (name, number) not in self._grown:
            self._grown[name, number] = HybridIdentity.from_seed(self.docket_key(name, number))
        return self._grown[name, number]

    def service(self, name: str) -> "Keyring":
        """Open the keyring of a service that this principal may run; raise KeyNotHeld otherwise."""
        record = _read_record(self._folder, kind="service", name=name)
        return Keyring(self._folder, _principal(record), self._open(f"service-{name}.age", 2 * SEED_BYTES))

    def open_for_me(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Open what was sealed to this principal's own recipient; raise NoKeyFits if it was sealed to somebody else."""
        if self._identity is None:
            raise KeyNotHeld
        return open_chunks(chunks, [self._identity])

    def forget(self) -> None:
        """Drop every key; the keyring is of no use afterwards."""
        self._identity = self._signing = None
        self._opened.clear()
        self._grown.clear()

    def _open(self, file_name: str, size_bytes: int = SEED_BYTES) -> bytes:
        if self._identity is None:
            raise KeyNotHeld
        try:
            sealed = (self._folder / file_name).read_bytes()
        except FileNotFoundError:
            raise KeyNotHeld from None
        try:
            secret = open_sealed(sealed, [self._identity])
        except Refused:
            raise KeyNotHeld from None
        except (BadInput, Damaged):
            raise KeyFileDamaged from None
        if len(secret) != size_bytes:
            raise KeyFileDamaged
        return secret


def create_member(
    folder: Path, *, kind: Literal["member", "operator"], name: str, passphrase: str, random: RandomBytes
) -> Keyring:
    """Make a member or an operator whose secrets are wrapped by a passphrase, and return the open keyring."""
    if len(passphrase) < PASSPHRASE_CHARACTERS:
        raise PassphraseTooShort
    public, secret = _new_principal(kind, name, random)
    salt = random(16)
    cost = {"passes": ARGON2_PASSES, "memory_kib": ARGON2_MEMORY_KIB, "lanes": ARGON2_LANES}
    wrapped = ChaCha20Poly1305(_stretch(passphrase, salt, cost)).encrypt(WRAP_NONCE, secret, canonical(public))
    wrap = {"kdf": "argon2id", "salt": _b64(salt), "wrapped": _b64(wrapped), **cost}
    _write_record(folder, {**public, "wrap": wrap})
    return Keyring(folder, _principal(public), secret)


def create_service(folder: Path, *, name: str, may_run: Sequence[Principal], random: RandomBytes) -> Keyring:
    """Make a service whose secrets are sealed to the principals who may run it."""
    public, secret = _new_principal("service", name, random)
    _write_key(folder, f"service-{name}.age", secret, may_run)
    _write_record(folder, public)
    return Keyring(folder, _principal(public), secret)


def create_docket_key(folder: Path, label: str, *, may_use: Sequence[Principal], random: RandomBytes) -> bytes:
    """Make a docket key of 32 random bytes (label `log`, `database`, `epoch-1`, ...) sealed to those who may use it."""
    key = random(SEED_BYTES)
    _write_key(folder, f"{label}.age", key, may_use)
    return key


def unlock(folder: Path, passphrase: str, *, kind: Literal["member", "operator"], name: str | None = None) -> Keyring:
    """Open the keyring of a member or operator; without a name, of the one whom the passphrase opens."""
    records = [record for record in _records(folder, kind) if name is None or record["name"] == name]
    if not records:
        raise NoSuchPrincipal
    for record in records:
        secret = _unwrap(record, passphrase)
        if secret is not None:
            return Keyring(folder, _principal(record), secret)
    raise WrongPassphrase


def principals(folder: Path) -> list[Principal]:
    """Return the public halves of everyone who has a key in this docket, by kind and name."""
    return [_principal(record) for kind in ("member", "operator", "service") for record in _records(folder, kind)]


def _new_principal(kind: Kind, name: str, random: RandomBytes) -> tuple[dict[str, Any], bytes]:
    secret = random(2 * SEED_BYTES)
    signing = Ed25519PrivateKey.from_private_bytes(secret[SEED_BYTES:])
    public = {
        "v": 1,
        "id": new_id(random),
        "kind": kind,
        "name": name,
        "recipient": str(HybridIdentity.from_seed(secret[:SEED_BYTES]).recipient),
        "verify_key": _b64(signing.public_key().public_bytes_raw()),
    }
    return public, secret


def _unwrap(record: dict[str, Any], passphrase: str) -> bytes | None:
    try:
        wrap = record["wrap"]
        public = {key: value for key, value in record.items() if key != "wrap"}
        key = _stretch(passphrase, base64.b64decode(wrap["salt"]), wrap)
        return ChaCha20Poly1305(key).decrypt(WRAP_NONCE, base64.b64decode(wrap["wrapped"]), canonical(public))
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError, MemoryError):
        raise KeyFileDamaged from None


def _stretch(passphrase: str, salt: bytes, cost: dict[str, Any]) -> bytes:
    if any(cost[name] > most for name, most in ARGON2_MOST.items()):
        raise KeyFileDamaged
    kdf = Argon2id(salt=salt, length=32, iterations=cost["passes"], lanes=cost["lanes"], memory_cost=cost["memory_kib"])
    # One keyboard writes a letter and its accent as one character, another as two.
    return kdf.derive(nfc(passphrase).encode())


def _principal(record: dict[str, Any]) -> Principal:
    try:
        verify_key = base64.b64decode(record["verify_key"], validate=True)
        Ed25519PublicKey.from_public_bytes(verify_key)
        recipient = HybridRecipient.parse(record["recipient"])
    except (KeyError, TypeError, ValueError, AttributeError, BadInput):
        raise KeyFileDamaged from None
    return Principal(ActorId(record["id"]), record["kind"], record["name"], recipient, verify_key)


def _records(folder: Path, kind: str) -> list[dict[str, Any]]:
    records = []
    for path in (folder / "principals").glob("*.json"):
        try:
            record = json.loads(path.read_bytes())
        except ValueError:
            raise KeyFileDamaged from None
        if not (isinstance(record, dict) and is_id(path.stem) and record.get("id") == path.stem):
            raise KeyFileDamaged
        if not isinstance(record.get("name"), str):
            raise KeyFileDamaged
        if record.get("kind") == kind:
            records.append(record)
    return sorted(records, key=lambda record: (record["name"], record["id"]))


def _read_record(folder: Path, *, kind: str, name: str) -> dict[str, Any]:
    for record in _records(folder, kind):
        if record["name"] == name:
            return record
    raise NoSuchPrincipal


def _write_record(folder: Path, record: dict[str, Any]) -> None:
    (folder / "principals").mkdir(parents=True, exist_ok=True)
    create_file(folder / "principals" / f"{record['id']}.json", [json.dumps(record, indent=1).encode() + b"\n"])


def _write_key(folder: Path, file_name: str, secret: bytes, holders: Iterable[Principal]) -> None:
    if (folder / file_name).exists():
        raise KeyAlreadyThere
    create_file(folder / file_name, [seal(secret, [holder.recipient for holder in holders])])


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
