"""Seal bytes for recipients, so that nobody else can read them and no change goes unseen.

Writes age v1 (c2sp.org/age). Bytes are taken as they come and given back sealed; nothing is kept. Sealing proves
nothing about who sealed: whoever matters signs inside.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from onrecord.errors import BadInput, Refused
from onrecord.ground.ids import RandomBytes
from onrecord.seal.age import FILE_KEY_BYTES, NONCE_BYTES, payload_key, write_header
from onrecord.seal.armor import ArmorWriter
from onrecord.seal.payload import Bytes, PayloadSealer
from onrecord.seal.recipients import HybridRecipient, PassphraseRecipient, Recipient


class NoRecipient(BadInput):
    """Nobody was named who could open this."""

    next_step = "Name at least one recipient."


class PassphraseNotAlone(BadInput):
    """A passphrase must be the only way into a sealed file."""

    next_step = "Seal once with the passphrase, or once to keys, not both."


class WeakestRecipientWins(Refused):
    """One of these recipients is safe against future quantum computers and another is not."""

    next_step = "Seal two files: one to the recipients that begin with age1pq1, one to the others."


class Sealer:
    """Seal bytes as they come: `update` as often as needed, then `finish` once."""

    def __init__(
        self,
        recipients: Sequence[Recipient],
        *,
        armored: bool = False,
        give_up_quantum_safety_by_mixing: bool = False,
        random: RandomBytes = secrets.token_bytes,
    ) -> None:
        _check(recipients, may_mix=give_up_quantum_safety_by_mixing)
        file_key, nonce = random(FILE_KEY_BYTES), random(NONCE_BYTES)
        self._start = write_header([recipient.wrap(file_key) for recipient in recipients], file_key) + nonce
        self._payload = PayloadSealer(payload_key(file_key, nonce))
        self._armor = ArmorWriter() if armored else None

    def update(self, data: Bytes) -> bytes:
        """Take some bytes and return what is sealed so far."""
        return self._written(self._payload.update(data))

    def finish(self) -> bytes:
        """Return the rest of the sealed file."""
        sealed = self._written(self._payload.finish())
        return sealed + self._armor.finish() if self._armor else sealed

    def _written(self, sealed: bytes) -> bytes:
        if self._start:
            sealed, self._start = self._start + sealed, b""
        return self._armor.update(sealed) if self._armor else sealed


def seal(data: Bytes, recipients: Sequence[Recipient], *, armored: bool = False) -> bytes:
    """Seal bytes that are all there."""
    sealer = Sealer(recipients, armored=armored)
    return sealer.update(data) + sealer.finish()


def seal_chunks(chunks: Iterable[Bytes], recipients: Sequence[Recipient], *, armored: bool = False) -> Iterator[bytes]:
    """Seal bytes that come in chunks of any size."""
    sealer = Sealer(recipients, armored=armored)
    for chunk in chunks:
        yield sealer.update(chunk)
    yield sealer.finish()


def _check(recipients: Sequence[Recipient], *, may_mix: bool) -> None:
    if not recipients:
        raise NoRecipient
    kinds = {recipient.kind for recipient in recipients}
    if PassphraseRecipient.kind in kinds and len(recipients) > 1:
        raise PassphraseNotAlone
    # The file key lies in every stanza: one that a quantum computer can open opens the file for all.
    if HybridRecipient.kind in kinds and len(kinds) > 1 and not may_mix:
        raise WeakestRecipientWins
