"""Open a collected letter with a member's keys: every file into the vault, every word under the letter's own key.

Nothing of a letter is kept before all of it has been checked: what was already received is taken out of the vault
again if the seal, the padding, a part or the signature turns out to be wrong. Such a letter goes to quarantine:
kept, listed and never dropped. The part with names and contacts stays sealed to the identity key.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onrecord.casework import search
from onrecord.casework.docket import Docket
from onrecord.casework.entries.exhibits import ExhibitReceived
from onrecord.casework.entries.letters import LetterOpened, LetterQuarantined
from onrecord.casework.models import Letter as LetterRow
from onrecord.casework.record.append import record
from onrecord.errors import BadInput, Damaged, OnrecordError
from onrecord.ground.ids import LetterId, SubjectId, new_id
from onrecord.ground.media import HEAD_BYTES, media_type_of
from onrecord.seal.letter.content import Letter, Part
from onrecord.seal.letter.read import LetterOverfull, LetterReading, read_part
from onrecord.seal.open import NoKeyFits, open_chunks
from onrecord.seal.recipients import HybridIdentity
from onrecord.seal.signed import LaterLetter, check_body
from onrecord.store.blobs import BlobMissing
from onrecord.vault.exhibit import open_exhibit

ACCOUNT = "account"
READER = "onrecord letter reader 1"


class NoSuchLetter(BadInput):
    """There is no letter of this identifier."""

    next_step = "List the letters with `onrecord letter list`."


class PartMissing(Damaged):
    """A file that the letter names did not arrive with it."""

    next_step = "Keep the letter. Ask the reporter to send the file again if you can reach them."


class LaterLetterUnsigned(Damaged):
    """This letter claims to continue an earlier one and is not signed by whoever wrote that."""

    next_step = "Keep it apart. It may come from somebody else."


@dataclass(slots=True)
class _Intake:
    """What has been received of a letter so far."""

    docket: Docket
    key: bytes
    exhibits: list[ExhibitReceived] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)

    def receive(self, name: str, chunks: Iterable[bytes], **about: Any) -> ExhibitReceived:
        head, rest = _peek(chunks)
        received = self.docket.vault.receive(rest, self.key)
        self.blobs.append(received.ct_sha256)
        exhibit = ExhibitReceived(
            id=new_id(),
            name=name,
            media_type=media_type_of(name, head),
            size_bytes=received.size_bytes,
            sha256=received.sha256,
            blob=received.ct_sha256,
            **about,
        )
        self.exhibits.append(exhibit)
        return exhibit

    def keep_sealed(self, sealed: bytes | None) -> str:
        if sealed is None:
            return ""
        received = self.docket.vault.receive([sealed], self.key)
        self.blobs.append(received.ct_sha256)
        return received.ct_sha256

    def take_back(self) -> None:
        for blob in self.blobs:
            with suppress(
                BlobMissing
            ):  # two equal files share nothing: each blob has its own nonce, so this one is simply gone
                self.docket.vault.remove(blob)


def unseal(docket: Docket, letter: LetterId) -> LetterRow:
    """Open a letter, or put it in quarantine, and return its row. Opening an opened letter again changes nothing."""
    row = LetterRow.objects.filter(pk=letter).first()
    if row is None:
        raise NoSuchLetter
    if row.state != LetterRow.State.SEALED:
        return row
    identities = docket.keyring.identities("epoch")
    intake = _Intake(docket, docket.subjects.open(SubjectId(letter), docket.keyring))
    try:
        entry, words = _open(intake, row, identities)
    except (Damaged, LetterOverfull, NoKeyFits) as error:
        intake.take_back()
        record(docket, LetterQuarantined(letter=letter, reason=_reason(error)))
    except OnrecordError:
        intake.take_back()
        raise
    else:
        record(docket, entry)
        if words is not None:
            search.index(letter, words.id, _account(entry))
    return LetterRow.objects.get(pk=letter)


def unseal_all(docket: Docket) -> Iterator[LetterRow]:
    """Open every letter that is still sealed, one after another."""
    waiting = LetterRow.objects.filter(state=LetterRow.State.SEALED).order_by("id").values_list("id", flat=True)
    for letter in list(waiting):
        yield unseal(docket, LetterId(letter))


def _open(
    intake: _Intake, row: LetterRow, identities: list[HybridIdentity]
) -> tuple[LetterOpened, ExhibitReceived | None]:
    sealed = open_exhibit(intake.docket.vault.blobs, row.blob, intake.key)
    reading = LetterReading(open_chunks(sealed, identities))
    letter = reading.letter
    original = intake.receive("letter.json", [reading.letter_json])
    words = _receive_account(intake, letter, original)
    identity_blob = intake.keep_sealed(reading.identity)
    for file in reading.files():
        intake.receive(file.name, file.chunks)
    _check_signature(reading, letter)
    for part in letter.parts:
        intake.receive(part.name, read_part(_open_part(intake, row, part, identities), part.size_bytes))
    return (
        LetterOpened(
            letter=row.id,
            tier=letter.tier,
            language=letter.language,
            path=letter.path,
            written_on=letter.written_on.isoformat(),
            answers=dict(letter.answers),
            prompted=letter.prompted,
            consent=tuple(asdict(consent) for consent in letter.consent),
            reporter=None if letter.reporter is None else asdict(letter.reporter),
            identity_blob=identity_blob,
            exhibits=tuple(exhibit.plain() for exhibit in intake.exhibits),
        ),
        words,
    )


def _receive_account(intake: _Intake, letter: Letter, original: ExhibitReceived) -> ExhibitReceived | None:
    """Keep the reporter's own words as a text of their own: passages are offsets into it."""
    account = letter.answers.get(ACCOUNT)
    if not isinstance(account, str) or not account:
        return None
    made = {"made_from": original.id, "tool": READER, "is_reading_text": True}
    return intake.receive("account.txt", [account.encode()], **made)


def _open_part(intake: _Intake, row: LetterRow, part: Part, identities: list[HybridIdentity]) -> Iterator[bytes]:
    for kept in row.parts:
        if kept["sealed_sha256"] == part.sha256:
            return open_chunks(open_exhibit(intake.docket.vault.blobs, kept["blob"], intake.key), identities)
    raise PartMissing


def _check_signature(reading: LetterReading, letter: Letter) -> None:
    if letter.counter == 0:
        return
    first = LetterRow.objects.filter(sealed_sha256=letter.first_letter_sha256).first()
    if first is None or first.reporter is None or reading.signature is None:
        raise LaterLetterUnsigned
    key = Ed25519PublicKey.from_public_bytes(b64decode(first.reporter["verify_key"]))
    check_body(LaterLetter(first.sealed_sha256, letter.counter, reading.body_sha256), reading.signature, key)


def _account(entry: LetterOpened) -> str:
    return str(entry.answers[ACCOUNT])


def _reason(error: OnrecordError) -> str:
    """Name the reason by the class of the refusal: it says what was wrong and holds no word of the letter."""
    return type(error).__name__


def _peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, which tell what kind of file it is, and all of the bytes."""
    iterator = iter(chunks)
    head = next(iterator, b"")
    return head[:HEAD_BYTES], _chain(head, iterator)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
