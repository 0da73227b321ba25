"""The keys of an invented docket, made afresh for each test: a root, three readers, one holder of names."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.seal.keyset import Keyset, Signer, sign_keyset
from onrecord.seal.open import open_sealed
from onrecord.seal.recipients import HybridIdentity

ISSUED, EXPIRES = "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"
DURING = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
AFTER = datetime(2026, 5, 1, tzinfo=UTC)


def public_text(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


@dataclass(frozen=True)
class InventedKeys:
    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    log: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    member: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    readers: tuple[HybridIdentity, ...] = field(
        default_factory=lambda: tuple(HybridIdentity.generate() for _ in range(3))
    )
    names: HybridIdentity = field(default_factory=HybridIdentity.generate)
    issued: str = ISSUED
    expires: str = EXPIRES

    @property
    def keyset(self) -> Keyset:
        return Keyset(
            number=1,
            docket="practice.example",
            epoch=1,
            issued=self.issued,
            expires=self.expires,
            letter_recipients=tuple(str(reader.recipient) for reader in self.readers),
            identity_recipients=(str(self.names.recipient),),
            log_key=public_text(self.log),
            signers=(Signer("a" * 32, "member", public_text(self.member)),),
            doors=("http://localhost:8470",),
            root_key=public_text(self.root),
        )

    @property
    def file(self) -> bytes:
        return sign_keyset(self.keyset, self.root)

    def open(self, sealed: bytes) -> bytes:
        return open_sealed(sealed, [self.readers[1]])
