"""The ways into a sealed file: for whom it can be sealed, and what each of them needs to open it.

Three kinds, as age v1 defines them (c2sp.org/age, "Native recipient types"): hybrid (ML-KEM-768 with X25519, safe
against future quantum computers; what letters use), X25519 (what every age program can open), and a passphrase
(scrypt). A recipient only wraps, an identity only unwraps. LIMIT: Python cannot wipe memory; an identity's secret stays
there until the process ends.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from onrecord.errors import BadInput, Refused
from onrecord.ground.bounds import SCRYPT_LOG2, SCRYPT_LOG2_MAX
from onrecord.seal import bech32
from onrecord.seal.age import NotAnAgeFile, Stanza, decode_base64, derive_key, encode_base64

X25519_BYTES = 32
MLKEM_PUBLIC_BYTES = 1184
HYBRID_PUBLIC_BYTES = MLKEM_PUBLIC_BYTES + X25519_BYTES
HYBRID_SHARE_BYTES = 1120
SEED_BYTES = 32
SALT_BYTES = 16

_X25519_LABEL = b"age-encryption.org/v1/X25519"
_HYBRID_LABEL = b"age-encryption.org/mlkem768x25519"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_WRAPPED_BYTES = 32  # a file key of 16 bytes and its tag
_ZERO_NONCE = bytes(12)
_HYBRID_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_WORK_FACTOR = re.compile(r"[1-9][0-9]*")


class NotARecipient(BadInput):
    """This is not the public key of a recipient."""

    next_step = "A recipient begins with age1 or age1pq1; copy all of it."


class NotAnIdentity(BadInput):
    """This is not a secret key that opens sealed files."""

    next_step = "A secret key begins with AGE-SECRET-KEY-; copy all of it."


class WorkFactorTooHigh(Refused):
    """Opening this file with a passphrase would keep this machine busy for too long."""

    next_step = "Ask the sender to seal it with an ordinary work factor or to a key."


class Recipient(Protocol):
    """Somebody for whom a file can be sealed."""

    kind: ClassVar[str]

    def wrap(self, file_key: bytes) -> Stanza:
        """Return a stanza from which only this recipient can take the file key."""
        ...


class Identity(Protocol):
    """Somebody who can open what was sealed for them."""

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, None if the stanza is for somebody else; raise NotAnAgeFile if it is malformed."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class _GrownFromSeed:
    """A secret key of 32 bytes, written as text behind the prefix of its kind."""

    PREFIX: ClassVar[str]

    seed: bytes

    @classmethod
    def generate(cls) -> Self:
        """Make a new secret key."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Make the secret key that belongs to 32 secret bytes; raise NotAnIdentity if they are fewer or more."""
        if len(seed) != SEED_BYTES:
            raise NotAnIdentity
        return cls(seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-...`; raise NotAnIdentity."""
        return cls(_key_bytes(text, cls.PREFIX, SEED_BYTES, NotAnIdentity))

    def __str__(self) -> str:
        return bech32.encode(self.PREFIX.lower(), self.seed).upper()


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """A public key that every age program knows. LIMIT: a future quantum computer could open what is sealed to it."""

    kind: ClassVar[str] = "X25519"

    public_bytes: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1...`; raise NotARecipient."""
        return cls(_key_bytes(text, "age", X25519_BYTES, NotARecipient))

    def wrap(self, file_key: bytes) -> Stanza:
        """Return a stanza from which only this recipient can take the file key."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.public_bytes))
        except ValueError:  # a point of low order: what is sealed to it could be opened by anyone
            raise NotARecipient from None
        key = derive_key(secret, salt=share + self.public_bytes, label=_X25519_LABEL)
        return Stanza((self.kind, encode_base64(share)), ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None))

    def __str__(self) -> str:
        return bech32.encode("age", self.public_bytes)


@dataclass(frozen=True, slots=True, repr=False)
class X25519Identity(_GrownFromSeed):
    """The secret key of an X25519 recipient."""

    PREFIX: ClassVar[str] = "AGE-SECRET-KEY-"

    @property
    def recipient(self) -> X25519Recipient:
        """Return the public half."""
        return X25519Recipient(X25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, None if the stanza is for somebody else; raise NotAnAgeFile if it is malformed."""
        if stanza.kind != X25519Recipient.kind:
            return None
        share = _argument(stanza, X25519_BYTES)
        try:
            secret = X25519PrivateKey.from_private_bytes(self.seed).exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:  # a share of low order: the result would be known to everybody
            raise NotAnAgeFile from None
        key = derive_key(secret, salt=share + self.recipient.public_bytes, label=_X25519_LABEL)
        return _open_key(key, stanza.body)


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """A public key that stays safe against future quantum computers as long as either half does."""

    kind: ClassVar[str] = "mlkem768x25519"

    public_bytes: bytes
    _key: MLKEM768X25519PublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            key = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.public_bytes[:MLKEM_PUBLIC_BYTES]),
                X25519PublicKey.from_public_bytes(self.public_bytes[MLKEM_PUBLIC_BYTES:]),
            )
        except ValueError:
            raise NotARecipient from None
        object.__setattr__(self, "_key", key)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1pq1...`; raise NotARecipient."""
        return cls(_key_bytes(text, "age1pq", HYBRID_PUBLIC_BYTES, NotARecipient))

    @property
    def public_key(self) -> MLKEM768X25519PublicKey:
        """Return the public key as HPKE (RFC 9180) takes it."""
        return self._key

    def wrap(self, file_key: bytes) -> Stanza:
        """Return a stanza from which only this recipient can take the file key."""
        sealed = _HYBRID_SUITE.encrypt(file_key, self._key, _HYBRID_LABEL)
        share, body = sealed[:HYBRID_SHARE_BYTES], sealed[HYBRID_SHARE_BYTES:]
        return Stanza((self.kind, encode_base64(share)), body)

    def __str__(self) -> str:
        return bech32.encode("age1pq", self.public_bytes)


@dataclass(frozen=True, slots=True, repr=False)
class HybridIdentity(_GrownFromSeed):
    """The secret key of a hybrid recipient: 32 bytes from which both halves are grown."""

    PREFIX: ClassVar[str] = "AGE-SECRET-KEY-PQ-"

    _mlkem: MLKEM768PrivateKey = field(init=False, compare=False)
    _x25519: X25519PrivateKey = field(init=False, compare=False)

    def __post_init__(self) -> None:
        grown = hashlib.shake_256(self.seed).digest(96)
        object.__setattr__(self, "_mlkem", MLKEM768PrivateKey.from_seed_bytes(grown[:64]))
        object.__setattr__(self, "_x25519", X25519PrivateKey.from_private_bytes(grown[64:]))

    @property
    def recipient(self) -> HybridRecipient:
        """Return the public half."""
        mlkem = self._mlkem.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return HybridRecipient(mlkem + self._x25519.public_key().public_bytes_raw())

    @property
    def private_key(self) -> MLKEM768X25519PrivateKey:
        """Return the secret key as HPKE (RFC 9180) takes it."""
        return MLKEM768X25519PrivateKey(self._mlkem, self._x25519)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, None if the stanza is for somebody else; raise NotAnAgeFile if it is malformed."""
        if stanza.kind != HybridRecipient.kind:
            return None
        share = _argument(stanza, HYBRID_SHARE_BYTES)
        try:
            self._x25519.exchange(X25519PublicKey.from_public_bytes(share[-X25519_BYTES:]))
        except ValueError:  # a share of low order: half of the result would be known to everybody
            raise NotAnAgeFile from None
        try:
            return _HYBRID_SUITE.decrypt(share + _body(stanza), self.private_key, _HYBRID_LABEL)
        except InvalidTag:
            return None


@dataclass(frozen=True, slots=True, repr=False)
class PassphraseRecipient:
    """Whoever knows a passphrase. It must be the only way into a file."""

    kind: ClassVar[str] = "scrypt"

    passphrase: str
    work_factor: int = SCRYPT_LOG2

    def wrap(self, file_key: bytes) -> Stanza:
        """Return a stanza from which only the passphrase can take the file key."""
        salt = secrets.token_bytes(SALT_BYTES)
        key = _stretch(self.passphrase, salt, self.work_factor)
        body = ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)
        return Stanza((self.kind, encode_base64(salt), str(self.work_factor)), body)

    def __str__(self) -> str:
        return "a passphrase"


@dataclass(frozen=True, slots=True, repr=False)
class PassphraseIdentity:
    """A passphrase to try, and how much work a stranger's file may ask of this machine for it."""

    passphrase: str
    highest_work_factor: int = SCRYPT_LOG2_MAX

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, None if it does not fit; raise NotAnAgeFile or WorkFactorTooHigh."""
        if stanza.kind != PassphraseRecipient.kind:
            return None
        salt = _argument(stanza, SALT_BYTES, of=3)
        if not _WORK_FACTOR.fullmatch(stanza.arguments[2]):
            raise NotAnAgeFile
        if len(stanza.arguments[2]) > 2 or int(stanza.arguments[2]) > self.highest_work_factor:
            raise WorkFactorTooHigh
        body = _body(stanza)
        return _open_key(_stretch(self.passphrase, salt, int(stanza.arguments[2])), body)

    def __str__(self) -> str:
        return "a passphrase"


def parse_recipient(text: str) -> Recipient:
    """Read a recipient of either kind; raise NotARecipient. Keep the result: a hybrid key takes long to read."""
    return HybridRecipient.parse(text) if text.startswith("age1pq1") else X25519Recipient.parse(text)


def parse_identity(text: str) -> Identity:
    """Read a secret key of either kind; raise NotAnIdentity."""
    return HybridIdentity.parse(text) if text.startswith("AGE-SECRET-KEY-PQ-") else X25519Identity.parse(text)


def _key_bytes(text: str, prefix: str, size: int, refusal: type[NotARecipient | NotAnIdentity]) -> bytes:
    try:
        found, data = bech32.decode(text)
    except bech32.KeyTextMalformed:
        raise refusal from None
    if found != prefix or len(data) != size:
        raise refusal
    return data


def _argument(stanza: Stanza, size: int, *, of: int = 2) -> bytes:
    if len(stanza.arguments) != of:
        raise NotAnAgeFile
    data = decode_base64(stanza.arguments[1].encode("ascii"))
    if len(data) != size:
        raise NotAnAgeFile
    _body(stanza)
    return data


def _body(stanza: Stanza) -> bytes:
    # A longer body could be made to open under several keys at once and so tell which of them is in use.
    if len(stanza.body) != _WRAPPED_BYTES:
        raise NotAnAgeFile
    return stanza.body


def _open_key(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, body, None)
    except InvalidTag:
        return None


def _stretch(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    return Scrypt(salt=_SCRYPT_LABEL + salt, length=32, n=1 << work_factor, r=8, p=1).derive(passphrase.encode("utf-8"))
