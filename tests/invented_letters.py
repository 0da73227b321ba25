"""Letters from invented people, sealed to a docket's own keyset and laid into a spool as a door would."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.casework.docket import Docket
from onrecord.seal.close import Sealer
from onrecord.seal.keyset import Keyset
from onrecord.seal.letter.content import Consent, Letter, Part
from onrecord.seal.letter.padding import padded_size
from onrecord.seal.letter.signed import LaterLetter, sign_body
from onrecord.seal.letter.write import LetterFile, SignBody, identity_json, parsed_recipients, sealed_pieces
from onrecord.seal.receipt import ReceiptKeys
from onrecord.store.folder_spool import FolderSpool
from onrecord.store.spool import DoorSpool

WRITTEN_ON = date(2026, 2, 27)
WORDING = "7" * 64


@dataclass(frozen=True)
class InventedLetter:
    """What an invented person writes; everything has a harmless default."""

    account: str = "They came at night with a list."
    files: Sequence[tuple[str, bytes]] = ()
    name: str = ""
    contact: str = ""
    language: str = "en"
    form: str = "report_form.1"
    tier: str = "A"
    consent: Sequence[tuple[str, str]] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    receipt: ReceiptKeys | None = None
    parts: tuple[Part, ...] = ()
    counter: int = 0
    first_sha256: str | None = None
    signed_by: ReceiptKeys | None = None

    def sealed(self, docket: Docket) -> bytes:
        """Return the letter as it leaves the reporter's hands, sealed to a docket."""
        return self.sealed_to(docket.keyset)

    def sealed_to(self, keyset: Keyset) -> bytes:
        """Return the letter sealed to the keys of a keyset."""
        letter = Letter(
            form=self.form,
            tier=self.tier,
            language=self.language,
            path="",
            written_on=WRITTEN_ON,
            answers=({"account": self.account} if self.account else {}) | self.answers,
            consent=tuple(Consent(purpose, state, WORDING) for purpose, state in self.consent),
            reporter=None if self.receipt is None else self.receipt.reporter(),
            parts=self.parts,
            counter=self.counter,
            first_letter_sha256=self.first_sha256,
        )
        files = [LetterFile(name, len(data), [data]) for name, data in self.files]
        identity = identity_json(name=self.name, contact=self.contact) if self.name or self.contact else None
        return b"".join(sealed_pieces(letter, files, to=keyset, identity=identity, sign=self._signer()))

    def _signer(self) -> SignBody | None:
        if self.signed_by is None:
            return None
        key, first, counter = self.signed_by.signing_key, self.first_sha256 or "", self.counter
        return lambda body_sha256: sign_body(LaterLetter(first, counter, body_sha256), key)


def sealed_part(docket: Docket, data: bytes) -> bytes:
    """Return a file sealed on its own, as a letter that is sealed on arrival names it."""
    sealer = Sealer(parsed_recipients(docket.keyset.letter_recipients))
    return sealer.update(data + bytes(padded_size(len(data)) - len(data))) + sealer.finish()


def spool_of(docket: Docket) -> FolderSpool:
    """Return the docket's own spool."""
    return FolderSpool(docket.folder / "spool", clock=docket.clock)


def drop(docket: Docket, sealed: bytes, *, parts: Iterable[bytes] = ()) -> str:
    """Lay a sealed letter into the docket's spool and return the arrival's name."""
    return lay(spool_of(docket), sealed, parts=parts)


def lay(spool: DoorSpool, sealed: bytes, *, parts: Iterable[bytes] = ()) -> str:
    """Lay a sealed letter into a spool and return the arrival's name."""
    arrival = spool.begin()
    for part in parts:
        piece = arrival.part()
        piece.write(part)
        piece.finish()
    piece = arrival.letter()
    piece.write(sealed)
    piece.finish()
    arrival.complete()
    return arrival.name
